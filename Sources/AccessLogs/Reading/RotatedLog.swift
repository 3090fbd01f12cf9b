import Foundation

/// Which files are one log: the one that is written, and those that rotation made of it.
package enum RotatedLog {
    /// The name that a file of a rotated set has in common with the others: `access.log` of `access.log.2.gz`, `access.log-20260102.xz` and
    /// `access-2026-01-02.log`. Files of one folder with the same name belong together; their order is told by their first stamps.
    package static func name(of file: String) -> String {
        var name = Array(file.utf8)
        for suffix in [".gz", ".zst", ".xz", ".bz2", ".lz4", ".Z"]
        where name.count > suffix.utf8.count && name.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) {
            name.removeLast(suffix.utf8.count)
        }
        name = withoutDates(name)
        return String(decoding: withoutNumber(name), as: UTF8.self)
    }

    /// The files, by folder and name, each set in the order of its paths.
    package static func sets(_ paths: [String]) -> [[String]] {
        let groups = Dictionary(grouping: paths) { path in
            let url = URL(fileURLWithPath: path)
            return url.deletingLastPathComponent().appendingPathComponent(name(of: url.lastPathComponent)).path
        }
        return groups.sorted { $0.key < $1.key }.map { $0.value.sorted() }
    }

    /// The other files of the set that `path` belongs to.
    package static func siblings(of path: String) -> [String] {
        let url = URL(fileURLWithPath: path)
        let folder = url.deletingLastPathComponent()
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let own = name(of: url.lastPathComponent)
        return names.filter { $0 != url.lastPathComponent && name(of: $0) == own }.sorted().map { folder.appendingPathComponent($0).path }
    }

    /// logrotate's and Apache's `.1`, copies called `.old`.
    private static func withoutNumber(_ name: [UInt8]) -> [UInt8] {
        if name.count > 4, name.suffix(4).elementsEqual(".old".utf8) { return Array(name.dropLast(4)) }
        let digits = name.reversed().prefix { isDigit($0) }.count
        guard (1...4).contains(digits), name.count > digits + 1, name[name.count - digits - 1] == 0x2E else { return name }
        return Array(name.dropLast(digits + 1))
    }

    /// Without dates, the times behind them, and the separator before them.
    private static func withoutDates(_ name: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var at = 0
        while at < name.count {
            if let end = dateEnd(name, at) {
                if let last = result.last, isSeparator(last) { result.removeLast() }
                at = end
            } else {
                result.append(name[at])
                at += 1
            }
        }
        return result.isEmpty ? name : result
    }

    /// Behind `20260102`, `2026-01-02`, `2026_01_02`, IIS's `260102` after letters, or seconds since 1970 of ten digits, with a time that follows.
    private static func dateEnd(_ name: [UInt8], _ at: Int) -> Int? {
        guard at == 0 || !isDigit(name[at - 1]) else { return nil }
        var end = at
        while end < name.count, isDigit(name[end]) { end += 1 }
        switch end - at {
        case 10 where name[at] == 0x31: return end
        case 8 where isDate(name[at..<end]): break
        case 10 where isDate(name[at..<(at + 8)]): return end
        case 6 where at >= 2 && name[0..<at].suffix(4).elementsEqual("u_ex".utf8): break
        case 4:
            guard end + 6 <= name.count, name[end] == 0x2D || name[end] == 0x5F || name[end] == 0x2E, name[end + 3] == name[end] else { return nil }
            let digits = Array(name[at..<end]) + name[(end + 1)...(end + 2)] + name[(end + 4)...(end + 5)]
            guard digits.allSatisfy(isDigit), isDate(digits[...]), end + 6 == name.count || !isDigit(name[end + 6]) else { return nil }
            end += 6
        default: return nil
        }
        return timeEnd(name, end)
    }

    /// `_030405`, `-03`, `T030405`, `-03-04-05`
    private static func timeEnd(_ name: [UInt8], _ at: Int) -> Int {
        var at = at
        for _ in 0..<3 {
            guard at < name.count, isSeparator(name[at]) && name[at] != 0x2E || name[at] == 0x54 else { break }
            let digits = name[(at + 1)...].prefix { isDigit($0) }.count
            guard digits == 2 || digits == 4 || digits == 6 else { break }
            at += 1 + digits
        }
        return at
    }

    private static func isDate(_ digits: ArraySlice<UInt8>) -> Bool {
        let values = digits.map { Int($0 - 0x30) }
        guard values.count == 8 else { return false }
        let year = values[0] * 1_000 + values[1] * 100 + values[2] * 10 + values[3]
        return (1990...2100).contains(year) && (1...12).contains(values[4] * 10 + values[5]) && (1...31).contains(values[6] * 10 + values[7])
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    private static func isSeparator(_ byte: UInt8) -> Bool { byte == 0x2D || byte == 0x5F || byte == 0x2E }
}
