import Foundation

/// Real clients of a server, driven by a few lines of shell.
package enum ClientScript {
    /// - Parameters:
    ///   - script: for `sh -e`; what may fail says `|| true`.
    ///   - environment: besides the search path and the locale.
    /// - Returns: what the clients printed.
    /// - Throws: when the script fails.
    @discardableResult
    package static func run(_ script: String, environment: [String: String] = [:], in folder: ServerFolder) async throws -> String {
        let process = try await ServerProcess.start("/bin/sh", ["-e", "-c", script], in: folder, environment: environment)
        return try await process.finish("client")
    }

    /// Runs many requests in one curl.
    /// - Parameter configuration: curl(1), `--config`.
    package static func curl(_ configuration: String, in folder: ServerFolder) async throws {
        let file = try folder.write(configuration, to: "requests.curl")
        _ = try await ServerProcess.run("/usr/bin/curl", ["--config", file.path], in: folder)
    }
}
