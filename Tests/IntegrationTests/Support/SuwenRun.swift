import Foundation

/// A run of the built `suwen` that a test may kill.
final class SuwenRun {
    struct End {
        var status: Int32
        var isKilled: Bool
        var output: String
        var errors: String

        func json() throws -> [String: Any] { try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any] ?? [:] }
    }

    private let process = Process()
    private let files: [URL]
    private let ends: AsyncStream<Void>

    /// - Parameter folder: where its output goes.
    init(_ arguments: [String], in folder: URL) throws {
        let name = UUID().uuidString
        files = ["out", "err"].map { folder.appendingPathComponent("\(name).\($0)") }
        for file in files { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        process.executableURL = SuwenProcess.executable
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        ends = stream
        process.terminationHandler = { _ in continuation.finish() }
        try process.run()
    }

    var identifier: pid_t { process.processIdentifier }
    var isRunning: Bool { process.isRunning }

    func end() async throws -> End {
        for await _ in ends {}
        defer { for file in files { try? FileManager.default.removeItem(at: file) } }
        let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        return End(
            status: process.terminationStatus, isKilled: process.terminationReason == .uncaughtSignal, output: texts[0], errors: texts[1])
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): a seed that is printed gives the same choices again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
