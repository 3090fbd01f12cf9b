import Estate
import Findings
import Foundation
import Logging
import Regime
import Testing

/// A folder of documents in a temporary place, and what the inspector says of it.
struct Fixture {
    /// 2026-11-24, 10:00 in China.
    static let now = Date(timeIntervalSince1970: 1_795_485_600)

    let folder: URL

    init(_ files: [String: String] = [:]) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("regime-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, text) in files { try write(name, Data(text.utf8)) }
    }

    func write(_ name: String, _ bytes: Data) throws {
        let url = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: url)
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    func inspect(level: Int = 3, persons: Int = 20_000) async -> Inspection { await Self.inspect(folder, level: level, persons: persons) }

    static func inspect(_ folder: URL?, level: Int = 3, persons: Int = 20_000, now: Date = Fixture.now) async -> Inspection {
        let root = FileManager.default.temporaryDirectory
        let organisation = Organisation(name: "示例", persons: persons, mlpsLevel: level)
        let estate = Estate(
            file: root.appendingPathComponent("estate.yaml"), organisation: organisation, documents: folder,
            history: root.appendingPathComponent("history.sqlite"))
        return await RegimeInspector().inspect(estate, InspectionContext(now: now, logger: Logger(label: "test")))
    }

    /// Writes the files, inspects them and takes the folder away again.
    static func result(_ check: CheckID, of files: [String: String], level: Int = 3, persons: Int = 20_000) async throws -> CheckResult {
        let fixture = try Fixture(files)
        defer { fixture.remove() }
        let inspection = await fixture.inspect(level: level, persons: persons)
        return try #require(inspection.result(check))
    }
}

extension Inspection {
    func result(_ check: CheckID) -> CheckResult? { checks.first { $0.check == check } }
}

extension CheckResult {
    /// The key of each finding's problem, in order.
    var problems: [String] {
        findings.compactMap { finding in
            guard case .message(let message)? = finding.facts["problem"] else { return nil }
            return message.key
        }
    }
}

/// The repository's folder, from the tests' own place in it.
let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
