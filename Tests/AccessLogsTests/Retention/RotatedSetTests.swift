import AccessLogs
import Foundation
import Testing

@Suite("Rotated sets")
struct RotatedSetTests {
    private func members(_ names: [String], step: Int64 = 86_400) -> [RotatedSet.Member] {
        names.enumerated().map { index, name in
            let first = 1_780_000_000 - Int64(index) * step
            return .init(name: name, first: first, last: first + step - 60)
        }
    }

    @Test(
        "The log's own name",
        arguments: [
            ("access.log", "access.log"), ("access.log.1", "access.log"), ("access.log.12.gz", "access.log"), ("access.log-20260131", "access.log"),
            ("access.log-20260131.gz", "access.log"), ("access.log-2026013107.zst", "access.log"), ("access.log-20261331", "access.log-20261331"),
            ("access-8080.log", "access-8080.log"), ("app.2026", "app"), ("1", "1"), (".1", ".1"), ("", ""), ("a.gz", "a"), ("log.20260101", "log"),
        ])
    func base(_ name: String, _ base: String) { #expect(RotatedLog.name(of: name) == base) }

    @Test("A missing number is named, with the events between which it lies")
    func number() {
        let all = members(["access.log", "access.log.1", "access.log.2.gz", "access.log.3.gz", "access.log.4.gz", "access.log.5.gz"])
        #expect(RotatedSet.missing(all).isEmpty)
        let missing = RotatedSet.missing(all.filter { $0.name != "access.log.3.gz" })
        #expect(missing.map(\.name) == ["access.log.3"])
        #expect(missing.first?.after == all[4].last && missing.first?.before == all[2].first)
        #expect(
            RotatedSet.missing(all.filter { !["access.log.2.gz", "access.log.3.gz"].contains($0.name) }).map(\.name) == [
                "access.log.2", "access.log.3",
            ])
        // Another log of the folder fills no hole.
        let other = RotatedSet.Member(name: "error.log.3", first: 1, last: 2)
        #expect(RotatedSet.missing(all.filter { $0.name != "access.log.3.gz" } + [other]).count == 1)
    }

    @Test("A missing date is named, where dates have a step")
    func date() {
        let days = ["20260110", "20260109", "20260108", "20260107", "20260106", "20260105", "20260104"].map { "access.log-\($0).gz" }
        #expect(RotatedSet.missing(members(days)).isEmpty)
        #expect(RotatedSet.missing(members(days).filter { $0.name != days[2] }).map(\.name) == ["access.log-20260108"])
        let weeks = ["20260301", "20260222", "20260215", "20260208", "20260201", "20260125", "20260118"].map { "m-\($0)" }
        #expect(RotatedSet.missing(members(weeks, step: 7 * 86_400).filter { $0.name != weeks[3] }).map(\.name) == ["m-20260208"])
        // A handful of files shows no step.
        #expect(RotatedSet.missing(members([days[0], days[3], days[5]])).isEmpty)
    }

    @Test("A file that lies in the folder, and was only not read, isn't missing")
    func unread() throws {
        let folder = try LogFolder()
        var files: [FileCoverage] = []
        for (index, name) in ["access.log.1", "access.log.2.gz", "access.log.3.gz", "access.log.4.gz"].enumerated() {
            try folder.write(name, ["line"])
            var file = FileCoverage(path: folder.path(name))
            file.first = 1_780_000_000 - Int64(index) * 86_400
            file.last = file.first.map { $0 + 86_000 }
            files.append(file)
        }
        files.remove(at: 2)
        #expect(RotatedSet.missing(of: files).isEmpty)
        try FileManager.default.removeItem(atPath: folder.path("access.log.3.gz"))
        #expect(RotatedSet.missing(of: files).map(\.name) == ["access.log.3"])
    }

    @Test("Files without events, and numbers that are no set, are no holes")
    func none() {
        #expect(RotatedSet.missing([]).isEmpty)
        #expect(RotatedSet.missing([.init(name: "a.1", first: nil, last: nil), .init(name: "a.3", first: nil, last: nil)]).isEmpty)
        #expect(RotatedSet.missing(members(["app.1", "app.9000"])).isEmpty)
        // Files whose events overlap leave nothing out.
        #expect(RotatedSet.missing([.init(name: "a.1", first: 1, last: 9), .init(name: "a.3", first: 0, last: 8)]).isEmpty)
    }
}
