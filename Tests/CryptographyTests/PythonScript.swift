import Foundation
import Testing

/// A script of this target's resources that answers requests: one JSON object a line in, `{"answer": …}` a line out.
struct PythonScript {
    let name: String
    var python = URL(fileURLWithPath: "/usr/bin/python3")
    var arguments: [String] = []

    /// The answers, in order.
    func ask(_ requests: [[String: Any]]) throws -> [Any] {
        try #require(FileManager.default.isExecutableFile(atPath: python.path), "\(python.path) is missing: run scripts/setup")
        let script = try #require(Bundle.module.url(forResource: "Resources/\(name)", withExtension: "py"))
        let input = FileManager.default.temporaryDirectory.appendingPathComponent("suwen-\(name)-\(UUID().uuidString).jsonl")
        try Data(requests.flatMap { try JSONSerialization.data(withJSONObject: $0) + Data("\n".utf8) }).write(to: input)
        defer { try? FileManager.default.removeItem(at: input) }
        let process = Process()
        process.executableURL = python
        process.arguments = [script.path] + arguments
        process.standardInput = try FileHandle(forReadingFrom: input)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        let answers = try data.split(separator: 0x0A).map { line in
            let object = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
            return try #require(object["answer"])
        }
        try #require(answers.count == requests.count)
        return answers
    }
}

/// For what is sent to scripts.
func randomBytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: .min ... .max) } }
func hexadecimal(_ bytes: [UInt8]) -> String { bytes.map { String(format: "%02x", $0) }.joined() }
