import Foundation

/// The built `suwen`, run as a user runs it.
struct SuwenProcess {
    struct Outcome {
        var exitCode: Int32
        var output: [UInt8]
        var errors: [UInt8]

        var outputText: String { String(decoding: output, as: UTF8.self) }
        var errorText: String { String(decoding: errors, as: UTF8.self) }

        func json() throws -> [String: Any] {
            try JSONSerialization.jsonObject(with: Data(output)) as? [String: Any] ?? [:]
        }
    }

    /// The executable lies beside the test bundle.
    static let executable: URL = {
        let name = "suwen"
        for argument in CommandLine.arguments where argument.hasSuffix(".xctest") {
            return URL(fileURLWithPath: argument).deletingLastPathComponent().appendingPathComponent(name)
        }
        return URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent(name)
    }()

    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func run(_ arguments: [String], environment: [String: String] = [:], in folder: URL? = nil) async throws -> Outcome {
        try await run(executable, arguments, environment: environment, in: folder)
    }

    /// Output goes through files: a pipe that nobody empties would stop the program.
    static func run(_ program: URL, _ arguments: [String], environment: [String: String] = [:], in folder: URL? = nil) async throws -> Outcome {
        try await TemporaryFolder.with { outputs in
            let process = Process()
            process.executableURL = program
            process.arguments = arguments
            process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
            if let folder { process.currentDirectoryURL = folder }
            let files = ["out", "err"].map { outputs.appendingPathComponent($0) }
            for file in files { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
            let handles = try files.map { try FileHandle(forWritingTo: $0) }
            process.standardOutput = handles[0]
            process.standardError = handles[1]
            process.standardInput = FileHandle.nullDevice
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                process.terminationHandler = { _ in continuation.resume() }
                do { try process.run() } catch { continuation.resume(throwing: error) }
            }
            for handle in handles { try handle.close() }
            let contents = try files.map { Array(try Data(contentsOf: $0)) }
            return Outcome(exitCode: process.terminationStatus, output: contents[0], errors: contents[1])
        }
    }
}

/// A folder for one test, gone after it.
enum TemporaryFolder {
    static func with<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("suwen-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder)
    }
}
