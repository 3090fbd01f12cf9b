import Foundation
import ReferenceData
import Samples
import Testing

private let start = 1_750_000_000

private func sample(
    lines: Int = 20_000, seed: UInt64 = 11, days: Int = 20, theft: SampleAccessLog.Theft = .overseas(addresses: 2), gaps: [DateInterval] = []
) -> SampleAccessLog {
    let from = Date(timeIntervalSince1970: Double(start))
    return SampleAccessLog(lines: lines, seed: seed, from: from, to: from.addingTimeInterval(Double(days) * 86_400), theft: theft, gaps: gaps)
}

private func lines(_ log: SampleAccessLog) throws -> (lines: [Substring], truth: GroundTruth) {
    var bytes: [UInt8] = []
    let truth = try log.generate { bytes.append(contentsOf: $1) }
    return (String(decoding: bytes, as: UTF8.self).split(separator: "\n"), truth)
}

private struct Event {
    var address: String
    var second: Int
    var path: String
    var bytes: Int

    init?(_ line: Substring) throws {
        let pattern = /(\d+\.\d+\.\d+\.\d+) - - \[([^\]]+)\] "(GET|POST) (\/\S*) HTTP\/1\.1" (\d{3}) (\d+) "([^"]*)" "([^"]+)"/
        guard let match = try pattern.wholeMatch(in: line), let bytes = Int(match.6) else { return nil }
        guard let second = Event.second(match.2) else { return nil }
        self.second = second
        address = String(match.1)
        path = String(match.4)
        self.bytes = bytes
    }

    /// `29/May/2026:04:27:07 +0800` in seconds since 1970.
    private static func second(_ text: Substring) -> Int? {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let fields = text.split { "/: ".contains($0) }
        guard fields.count == 7, fields[6] == "+0800", let month = months.firstIndex(of: String(fields[1])) else { return nil }
        let numbers = [0, 2, 3, 4, 5].compactMap { Int(fields[$0]) }
        guard numbers.count == 5, let date = CivilDate(year: numbers[1], month: month + 1, day: numbers[0]) else { return nil }
        return date.daysSince1970 * 86_400 + numbers[2] * 3_600 + numbers[3] * 60 + numbers[4] - 8 * 3_600
    }
}

@Suite struct SampleAccessLogTests {
    @Test("the same seed gives the same bytes and another one others")
    func deterministic() throws {
        let first = try lines(sample())
        let second = try lines(sample())
        #expect(first == second)
        #expect(try lines(sample(seed: 12)).lines != first.lines)
    }

    @Test("every line is combined format, in order, and the ground truth is what a recount finds")
    func recount() throws {
        let (lines, truth) = try lines(sample(lines: 3_000))
        #expect(lines.count == 3_000)
        #expect(truth.lines == 3_000)
        let events = try lines.map { line in
            let event = try Event(line)
            return try #require(event)
        }
        #expect(zip(events, events.dropFirst()).allSatisfy { $0.second <= $1.second })
        #expect(truth.first == events.first?.second)
        #expect(truth.last == events.last?.second)
        #expect(truth.bytes == events.reduce(0) { $0 + $1.bytes })
        #expect(truth.regions.values.reduce(0) { $0 + $1.requests } == 3_000)
        #expect(truth.theft.count == 2)
        for thief in truth.theft + truth.otherOverseas {
            let own = events.filter { $0.address == thief.address }
            #expect(own.count == thief.requests)
            #expect(own.reduce(0) { $0 + $1.bytes } == thief.bytes)
            #expect(own.first?.second == thief.first)
            #expect(own.last?.second == thief.last)
        }
        for thief in truth.theft {
            #expect(thief.region != "CN")
            #expect(events.filter { $0.address == thief.address }.allSatisfy { $0.path.hasPrefix("/api/patients/") })
        }
    }

    @Test("nothing is logged in a gap or outside the period")
    func gaps() throws {
        let gap = DateInterval(start: Date(timeIntervalSince1970: Double(start + 3 * 86_400 + 100)), duration: 5 * 86_400)
        let (lines, truth) = try lines(sample(lines: 2_000, gaps: [gap]))
        let events = try lines.map { line in
            let event = try Event(line)
            return try #require(event)
        }
        #expect(events.count == 2_000)
        #expect(truth.gaps.map(\.start) == [start + 3 * 86_400 + 100])
        #expect(truth.gaps.map(\.end) == [start + 8 * 86_400 + 100])
        for event in events {
            #expect(!(start + 3 * 86_400 + 100..<start + 8 * 86_400 + 100).contains(event.second))
            #expect((start..<start + 20 * 86_400).contains(event.second))
        }
    }

    @Test("without a theft nobody takes records in bulk")
    func peaceful() throws {
        let (lines, truth) = try lines(sample(theft: .none))
        #expect(truth.theft.isEmpty)
        #expect(!lines.contains { $0.contains("pageSize=500") })
    }

    @Test("an empty period is refused")
    func emptyPeriod() {
        #expect(throws: SampleError.emptyPeriod) { try sample(days: 0).generate { _, _ in } }
    }
}

@Suite struct SampleFileTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("samples-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    @Test("an existing file is kept unless overwriting is allowed")
    func overwrite() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("access.log")
        try Data("kept".utf8).write(to: file)
        #expect(throws: SampleError.alreadyExists(file.path)) { try sample(lines: 10).write(to: file) }
        #expect(try Data(contentsOf: file) == Data("kept".utf8))
        let truth = try sample(lines: 10).write(to: file, overwrite: true)
        #expect(try String(contentsOf: file, encoding: .utf8).split(separator: "\n").count == truth.lines)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["access.log"])
    }

    @Test("a rotated set holds the whole log, the older the higher its number")
    func rotated() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let log = sample(lines: 5_000)
        let truth = try log.writeRotated(in: folder, files: 4)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == ["access.log", "access.log.1", "access.log.2.gz", "access.log.3.gz"])
        let plain = try ["access.log.1", "access.log"].map { try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8) }.joined()
        let whole = try lines(log)
        #expect(whole.truth == truth)
        let tail = plain.split(separator: "\n")
        #expect(!tail.isEmpty)
        #expect(Array(whole.lines.suffix(tail.count)) == tail)
        let compressed = try Data(contentsOf: folder.appendingPathComponent("access.log.3.gz"))
        #expect(compressed.starts(with: [0x1F, 0x8B]))
    }

    @Test("a failure leaves the old file and no other")
    func failure() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("patients.csv")
        try Data("kept".utf8).write(to: file)
        await #expect(throws: SampleError.emptyPeriod) {
            try await replacingFile(at: file.path, overwrite: true) { temporary in
                try Data("half".utf8).write(to: URL(fileURLWithPath: temporary))
                throw SampleError.emptyPeriod
            }
        }
        #expect(try Data(contentsOf: file) == Data("kept".utf8))
        try await replacingFile(at: file.path, overwrite: true) { try Data("new".utf8).write(to: URL(fileURLWithPath: $0)) }
        #expect(try Data(contentsOf: file) == Data("new".utf8))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["patients.csv"])
    }
}
