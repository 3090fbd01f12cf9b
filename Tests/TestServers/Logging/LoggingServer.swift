import Foundation

/// A server of the tests that is there for its logs.
package struct LoggingServer: Sendable {
    package let port: UInt16
    package let folder: ServerFolder
    /// Paths of its logs, by what they are.
    package let logs: [String: String]

    package func log(_ name: String) throws -> String {
        guard let path = logs[name] else { throw TestServerError.unexpected("no log \(name)") }
        return path
    }

    /// Waits until a log holds a text: some are written after the client has its answer.
    package func wait(for text: String, in name: String, times: Int = 1) async throws {
        let path = try log(name)
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(30)
        while folder.text(at: path).components(separatedBy: text).count <= times {
            guard clock.now < deadline else { throw TestServerError.unexpected("the log \(name) doesn't show \(text)") }
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
