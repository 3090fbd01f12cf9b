import CZlib
import CZstd
import Foundation
import Glibc
import Sealing
import TestServers
import Testing

@Suite("Remanence")
struct RemanenceTests {
    private static let value = "13800138000 住院号"

    /// A folder of one test.
    private final class Folder {
        let path: String

        init() throws {
            path = "/tmp/suwen-remanence-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func put(_ bytes: [UInt8], _ name: String) throws {
            let url = URL(fileURLWithPath: path).appendingPathComponent(name)
            try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: url)
        }

        func put(_ text: String, _ name: String) throws { try put(Array(text.utf8), name) }
    }

    private static func needles(_ values: [String: [String]], limit: Int = 100_000) -> RemanenceNeedles {
        let needles = RemanenceNeedles(limit: limit)
        for (column, values) in values.sorted(by: { $0.key < $1.key }) {
            for value in values { Array(value.utf8).withUnsafeBytes { needles.add($0, column: column) } }
        }
        return needles
    }

    private static func scan(_ folder: Folder, _ values: [String], threads: Int? = nil) throws -> RemanenceReport {
        try RemanenceScanner.scan(folder.path, needles: needles(["name": values]), threads: threads)
    }

    /// Random bytes, without the first and last of ``value``: what ends or begins beside one of its pieces must not complete it.
    private static func filler(_ count: Int) -> [UInt8] {
        var random = SystemRandomNumberGenerator()
        var bytes = [UInt8]()
        bytes.reserveCapacity(count + 8)
        while bytes.count < count { withUnsafeBytes(of: random.next()) { bytes.append(contentsOf: $0) } }
        let edges = [Self.value.utf8.first, Self.value.utf8.last]
        return bytes.prefix(count).map { edges.contains($0) ? 0 : $0 }
    }

    // MARK: Places

    @Test("A value is found at a file's first and last byte, at every offset, once each")
    func everyOffset() throws {
        let folder = try Folder()
        let value = Array(Self.value.utf8)
        try folder.put(value, "alone")
        try folder.put(value.dropLast(), "short of one")
        for offset in 0..<40 { try folder.put(Self.filler(offset) + value + Self.filler(40 - offset), "at \(offset)") }
        let report = try Self.scan(folder, [Self.value])
        #expect(report.occurrences == 41 && report.files.count == 41 && report.filesScanned == 42 && report.gaps.isEmpty && !report.isClean)
        for file in report.files {
            #expect(file.occurrences == 1 && file.needles == 1 && file.columns == ["name": 1])
            #expect(file.firstOffsets == [file.path == "alone" ? 0 : Int(file.path.dropFirst(3)) ?? -1])
        }
        let column = try #require(report.columns.first)
        #expect(column.name == "name" && [column.values, column.tooShort, column.needles, column.found, column.occurrences] == [1, 0, 1, 1, 41])
    }

    @Test("Values across the borders of what is read at once are found, once each", arguments: [1, 4])
    func borders(_ threads: Int) throws {
        let folder = try Folder()
        let value = Array(Self.value.utf8)
        var bytes = Self.filler(20 << 20)
        var places: [Int] = []
        for border in stride(from: 16 << 10, to: bytes.count, by: 16 << 10) {
            let place = border - (border >> 14) % (value.count + 1)
            bytes.replaceSubrange(place..<place + value.count, with: value)
            places.append(place)
        }
        bytes.replaceSubrange(bytes.count - value.count..<bytes.count, with: value)
        try folder.put(bytes, "large")
        let report = try Self.scan(folder, [Self.value], threads: threads)
        #expect(report.occurrences == places.count + 1 && report.bytes == bytes.count)
        #expect(report.files.first?.firstOffsets == Array(places.prefix(5)))
        try folder.put(Self.gzip(bytes), "large")
        let compressed = try Self.scan(folder, [Self.value], threads: threads)
        #expect(compressed.occurrences == places.count + 1 && compressed.bytes == bytes.count && compressed.files.first?.isCompressed == true)
        #expect(compressed.files.first?.firstOffsets == Array(places.prefix(5)))
    }

    @Test("A value that a page's header interrupts is found in write-ahead and redo logs, and nowhere else")
    func pages() throws {
        let folder = try Folder()
        let value = Array(Self.value.utf8)
        for cut in 1..<value.count {
            let (left, right) = (value.prefix(cut), value.dropFirst(cut))
            let page = Self.filler(8192 - cut) + left + Self.filler(24) + right + Self.filler(9_000)
            try folder.put(page, "pg_wal/\(String(format: "%024X", cut))")
            try folder.put(page, "base/5/\(16384 + cut)")
            try folder.put(Self.filler(512 - 4 - cut) + left + Self.filler(16) + right + Self.filler(700), "ib_logfile\(cut)")
        }
        let report = try Self.scan(folder, [Self.value])
        #expect(report.occurrencesByKind == [.wal: value.count - 1, .redo: value.count - 1])
        #expect(report.files.first { $0.path.hasSuffix("0001") }?.firstOffsets == [8191])
    }

    // MARK: Values

    @Test("Among very many values each one is found, and no other", arguments: [1_000, 60_000])
    func many(_ count: Int) throws {
        // All share their first bytes, half of them their last ones too.
        let values = (0..<count).map { "110101199001\(String(format: "%06d", $0))" + ($0 % 2 == 0 ? "@clinic.example" : "") }
        let folder = try Folder()
        let planted = values.enumerated().filter { $0.offset % 7 == 0 }.map(\.element)
        try folder.put(planted.joined(separator: "|"), "planted")
        try folder.put(values.map { String($0.prefix(17)) + "x" }.joined(), "lookalikes")
        let report = try Self.scan(folder, values)
        // The value without the address is the beginning of no other.
        #expect(report.occurrences == planted.count && report.columns.first?.found == planted.count)
        #expect(report.files.map(\.path) == ["planted"] && report.files.first?.needles == planted.count)
    }

    @Test("Values with windows that thousands share are found as well")
    func sharedWindows() throws {
        let values = (0..<3_000).map { "1380013" + String(format: "%04d", $0) }
        let folder = try Folder()
        try folder.put(values.joined(separator: ","), "a.sql")
        #expect(try Self.scan(folder, values).columns.first?.found == 3_000)
    }

    @Test("Equal values are one, the same value in two columns two; overlapping ones are all found")
    func equal() throws {
        let folder = try Folder()
        try folder.put("北京市东城区长安街1号院2单元", "a")
        let needles = Self.needles(["address": ["北京市东城区长安街1号", "东城区长安街1号院", "北京市东城区长安街1号"], "birthplace": ["北京市东城区"]])
        let report = try RemanenceScanner.scan(folder.path, needles: needles)
        #expect(report.columns.map(\.needles) == [2, 1] && report.columns.map(\.values) == [3, 1])
        #expect(report.files.first?.columns == ["address": 2, "birthplace": 1])
    }

    @Test(
        "What is no evidence is counted and not looked for",
        arguments: [
            ("", false), ("张伟", false), ("王秀英", false), ("13800138", false), ("1990-01-01", false), ("00000000000000000", false),
            ("           ", false),
            ("欧阳秀英", true), ("13800138000", true), ("13800000000", false), ("11010119900307123X", true), ("zhang.san@example.cn", true),
            ("北京市东城区", true),
        ])
    func evidence(_ value: String, _ isEvidence: Bool) throws {
        let folder = try Folder()
        try folder.put("|\(value)|", "a")
        let report = try Self.scan(folder, [value])
        #expect(report.columns.first?.tooShort == (isEvidence ? 0 : 1))
        #expect(report.isClean == !isEvidence)
    }

    @Test("Of long values the beginning is looked for; binary ones in hexadecimal digits too")
    func longAndBinary() throws {
        let folder = try Folder()
        let long = Self.filler(5_000)
        try folder.put(Array(long.prefix(256)) + [1, 2, 3], "beginning")
        try folder.put(Array(long.dropFirst(1)), "rest")
        try folder.put("\\x" + long.map { String(format: "%02x", $0) }.joined(), "dump.sql")
        let needles = RemanenceNeedles()
        long.withUnsafeBytes { needles.add($0, column: "photo", isBinary: true) }
        let report = try RemanenceScanner.scan(folder.path, needles: needles)
        #expect(report.files.map(\.path) == ["beginning", "dump.sql"] && report.files.map(\.firstOffsets) == [[0], [2]])
    }

    @Test("Of more values than are kept a fixed choice is looked for, from all of them alike")
    func sampling() throws {
        let folder = try Folder()
        let values = (0..<20_000).map { "13\(String(format: "%09d", $0))号码" }
        try folder.put(values.prefix(10_000).joined(), "first half")
        try folder.put(values.suffix(10_000).joined(), "second half")
        let reports = try (0..<2).map { _ in try RemanenceScanner.scan(folder.path, needles: Self.needles(["mobile": values], limit: 1_000)) }
        #expect(reports[0].files == reports[1].files && reports[0].columns == reports[1].columns)
        #expect(reports[0].columns.first?.needles == 1_000 && reports[0].columns.first?.found == 1_000)
        // 1,000 draws with even odds: six standard deviations are 95.
        #expect(reports[0].files.allSatisfy { abs($0.occurrences - 500) < 95 })
    }

    // MARK: Files

    @Test("gzip and Zstandard are read through whatever their name; a damaged one is listed, and what was read of it counts")
    func compressed() throws {
        let folder = try Folder()
        let text = Array("a|\(Self.value)|b".utf8) + Self.filler(100_000)
        let (gzip, zstandard) = (try Self.gzip(text), Self.zstandard(text))
        try folder.put(gzip + gzip, "two members.bin")
        try folder.put(zstandard, "dump.zst")
        try folder.put(Array(gzip.dropLast(2_000)), "cut.sql.gz")
        try folder.put(Array("PGDMP".utf8) + Array(Self.value.utf8), "custom.dump")
        try folder.put([0x1F, 0x8B, 0x08] + Array(Self.value.utf8), "lookalike")
        let report = try Self.scan(folder, [Self.value])
        #expect(
            report.files.map(\.path) == ["custom.dump", "cut.sql.gz", "dump.zst", "lookalike", "two members.bin"]
                && report.files.map(\.occurrences) == [1, 1, 1, 1, 2])
        #expect(report.gaps.map(\.path) == ["custom.dump", "cut.sql.gz", "lookalike"])
        #expect(report.gaps.first?.reason.contains("pg_restore") == true)
    }

    @Test("What can't be reached is listed with the reason, and the rest is looked through")
    func unreadable() throws {
        let folder = try Folder()
        try folder.put("|\(Self.value)|", "readable")
        // Too long a path for any call, for root as well.
        var deep = folder.path
        var descriptor = open(folder.path, O_RDONLY | O_DIRECTORY)
        let name = String(repeating: "d", count: 200)
        for _ in 0..<25 {
            #expect(mkdirat(descriptor, name, 0o700) == 0)
            let next = openat(descriptor, name, O_RDONLY | O_DIRECTORY)
            close(descriptor)
            descriptor = next
            deep += "/" + name
        }
        close(descriptor)
        defer { try? Self.removeDeep(folder.path + "/" + name) }
        try folder.put("|\(Self.value)|", "closed")
        chmod(folder.path + "/closed", 0)
        let report = try Self.scan(folder, [Self.value])
        #expect(report.gaps.contains { $0.path.hasPrefix(name) && $0.reason == "File name too long" })
        #expect(report.files.contains { $0.path == "readable" })
        if geteuid() == 0 { #expect(report.occurrences == 2) } else { #expect(report.gaps.contains { $0.path == "closed" }) }
    }

    private static func removeDeep(_ path: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/rm")
        process.arguments = ["-rf", path]
        try process.run()
        process.waitUntilExit()
    }

    @Test("Symbolic links are not followed, into loops or out, and are listed; pipes don't make it wait")
    func links() throws {
        let (folder, outside) = (try Folder(), try Folder())
        try outside.put("|\(Self.value)|", "16384")
        try folder.put("nothing", "base/5/16384")
        #expect(symlink("..", folder.path + "/base/loop") == 0)
        #expect(symlink(outside.path, folder.path + "/base/out") == 0)
        #expect(symlink("nowhere", folder.path + "/dangling") == 0)
        #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
        let report = try Self.scan(folder, [Self.value])
        #expect(report.files.isEmpty && report.gaps.map(\.path) == ["base/loop", "base/out", "dangling"] && report.filesScanned == 1)
        // The one that is named is followed.
        #expect(try RemanenceScanner.scan(folder.path + "/base/out", needles: Self.needles(["name": [Self.value]])).occurrences == 1)
    }

    @Test("An empty folder is clean, an empty file too; without values everything is looked through; what isn't there is an error")
    func empty() throws {
        let folder = try Folder()
        #expect(try Self.scan(folder, [Self.value]).isClean)
        try folder.put([UInt8](), "empty")
        #expect(try Self.scan(folder, [Self.value]).isClean)
        try folder.put(Self.value, "file")
        let report = try Self.scan(folder, [])
        #expect(report.isClean && report.columns.isEmpty && report.filesScanned == 2 && report.bytes == Self.value.utf8.count)
        #expect(throws: RemanenceFailure.self) { try RemanenceScanner.scan(folder.path + "/nothing", needles: RemanenceNeedles()) }
        #expect(throws: RemanenceFailure.self) { try RemanenceScanner.scan("/dev/null", needles: RemanenceNeedles()) }
    }

    @Test("With an SQLite file go its -wal and -journal; the report never holds a value")
    func singleFile() throws {
        let folder = try Folder()
        for name in ["his.db", "his.db-wal", "his.db-journal", "other.db"] { try folder.put("|\(Self.value)|", name) }
        let report = try RemanenceScanner.scan(folder.path + "/his.db", needles: Self.needles(["name": [Self.value]]))
        #expect(report.files.map(\.path) == ["his.db", "his.db-wal", "his.db-journal"] && report.files.map(\.kind) == [.database, .wal, .undo])
        let json = String(decoding: try JSONEncoder().encode(report), as: UTF8.self)
        #expect(json.contains("suwen.seal-remanence") && !json.contains("138"))
    }

    @Test(
        "A file's kind is told by its path",
        arguments: [
            ("base/16384/16390", .heap), ("base/16384/16390.1", .heap), ("base/16384/2619", .statistics), ("base/16384/16390_fsm", .other),
            ("base/pgsql_tmp/pgsql_tmp123.0", .temporary), ("base/5/t3_16400", .temporary), ("pg_wal/000000010000000000000001", .wal),
            ("pg_stat/pgstat.stat", .statistics), ("global/1262", .heap), ("log/postgresql-2026-01-01.log", .log), ("PG_VERSION", .other),
            ("ibdata1", .database), ("ib_logfile0", .redo), ("#innodb_redo/#ib_redo12", .redo), ("undo001", .undo), ("undo_001", .undo),
            ("mysql-bin.000017", .binlog), ("his/patients.ibd", .database), ("ibtmp1", .temporary), ("his/#sql-alter-1.ibd", .temporary),
            ("aria_log.00000001", .redo), ("his.sqlite", .database), ("his.sqlite-wal", .wal), ("his.sqlite-journal", .undo), ("his.sql.gz", .backup),
            ("data/pg_wal/000000010000000000000001", .wal),
        ] as [(String, RemanenceFileKind)])
    func kinds(_ path: String, _ kind: RemanenceFileKind) { #expect(RemanenceFileKind(path: path) == kind) }

    @Test("Progress comes to the end")
    func progress() async throws {
        let folder = try Folder()
        try folder.put(Self.filler(9 << 20), "a")
        try await confirmation(expectedCount: 1) { reached in
            _ = try RemanenceScanner.scan(folder.path, needles: Self.needles(["name": [Self.value]])) { progress in
                if progress.bytes == progress.totalBytes, progress.totalBytes == 9 << 20 { reached() }
            }
        }
    }

    // MARK: Compression

    private static func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
        let path = "/tmp/suwen-remanence-\(UUID().uuidString).gz"
        defer { unlink(path) }
        let file = try #require(gzopen(path, "wb1"))
        #expect(gzwrite(file, bytes, UInt32(bytes.count)) == bytes.count && gzclose(file) == Z_OK)
        return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private static func zstandard(_ bytes: [UInt8]) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
        let count = ZSTD_compress(&output, output.count, bytes, bytes.count, 3)
        return Array(output.prefix(count))
    }
}
