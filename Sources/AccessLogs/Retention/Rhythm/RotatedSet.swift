import Foundation
import LogFormats

/// A file that a rotated set should have and hasn't, and between which events it would lie. Seconds since 1970.
package struct MissingFile: Hashable, Sendable {
    package var name: String
    package var after: Int64
    package var before: Int64
    /// A number is left out: somebody removed the file. Otherwise it may never have been there, and only a silence of the source shows that it was.
    package var isCertain: Bool

    package init(name: String, after: Int64, before: Int64, isCertain: Bool) {
        self.name = name
        self.after = after
        self.before = before
        self.isCertain = isCertain
    }
}

/// The files of one log as rotation leaves them, and which of them were taken out: `access.log.1`, `.2.gz`, `.4.gz`; or `access.log-20260101`, ….
///
/// A missing number is a file that somebody removed: rotation moves numbers up and leaves none out. A missing date may be a day on which nothing was
/// rotated; it counts only together with a silence.
package enum RotatedSet {
    /// One file and its events.
    package struct Member: Sendable {
        package var name: String
        /// Nil when it has no event.
        package var first: Int64?
        package var last: Int64?

        package init(name: String, first: Int64?, last: Int64?) {
            self.name = name
            self.first = first
            self.last = last
        }
    }

    /// - Parameter members: the files of one folder, of one or more logs.
    package static func missing(_ members: [Member]) -> [MissingFile] {
        var sets: [String: [(place: Place, member: Member)]] = [:]
        for member in members {
            let parts = parts(member.name)
            if let place = parts.place { sets[parts.base, default: []].append((place, member)) }
        }
        return sets.sorted { $0.key < $1.key }.flatMap { base, set in numbered(base, set) + dated(base, set) }
    }

    /// What is missing of a source's sets. A file that was not among those read, but lies in the folder, isn't missing.
    /// - Parameter files: those that were read, by their paths.
    package static func missing(of files: [FileCoverage]) -> [MissingFile] {
        let folders = Dictionary(grouping: files) { $0.path[..<($0.path.lastIndex(of: "/") ?? $0.path.startIndex)] }
        return folders.sorted { $0.key < $1.key }.flatMap { folder, files -> [MissingFile] in
            let missing = missing(files.map(\.member))
            if missing.isEmpty { return [] }
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : String(folder))) ?? []
            let present = Set(names.map { name in compressions.first(where: name.hasSuffix).map { String(name.dropLast($0.count)) } ?? name })
            return missing.filter { !present.contains($0.name) }
        }
    }

    private enum Place {
        case number(Int)
        /// Days since 1970.
        case day(Int64)
    }

    private static let compressions = [".gz", ".xz", ".zst", ".bz2", ".lz4", ".Z"]

    private static func parts(_ name: String) -> (base: String, place: Place?) {
        var rest = Substring(name)
        if let ending = compressions.first(where: rest.hasSuffix) { rest = rest.dropLast(ending.count) }
        if let dot = rest.lastIndex(of: "."), dot > rest.startIndex, let number = number(rest[rest.index(after: dot)...], 1...4) {
            return (String(rest[..<dot]), .number(number))
        }
        if let mark = rest.lastIndex(where: { $0 == "-" || $0 == "." || $0 == "_" }), mark > rest.startIndex {
            let digits = rest[rest.index(after: mark)...]
            if let day = day(digits) { return (String(rest[..<mark]), .day(day)) }
        }
        return (String(rest), nil)
    }

    private static func number(_ text: Substring, _ length: ClosedRange<Int>) -> Int? {
        guard length.contains(text.utf8.count), text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        return Int(text)
    }

    /// `20260131`, perhaps with an hour behind it, as `dateext` writes.
    private static func day(_ digits: Substring) -> Int64? {
        guard [8, 10].contains(digits.utf8.count), let date = number(digits.prefix(8), 8...8),
            number(digits.dropFirst(8), 0...2) != nil || digits.count == 8
        else { return nil }
        let (year, month, day) = (Int64(date / 10_000), Int64(date / 100 % 100), Int64(date % 100))
        guard (1990...2100).contains(year), (1...12).contains(month), (1...CivilTime.daysIn(month, year)).contains(day) else { return nil }
        return CivilTime.days(year, month, day)
    }

    private static func numbered(_ base: String, _ set: [(place: Place, member: Member)]) -> [MissingFile] {
        var files: [Int: [Member]] = [:]
        for case (.number(let number), let member) in set { files[number, default: []].append(member) }
        let numbers = files.keys.sorted()
        return zip(numbers, numbers.dropFirst()).flatMap { newer, older -> [MissingFile] in
            // A set is not hundreds of files short: that is another way of numbering.
            guard older - newer > 1, older - newer < 400, let after = files[older]?.compactMap(\.last).max(),
                let before = files[newer]?.compactMap(\.first).min(), after < before
            else { return [] }
            return (newer + 1..<older).map { MissingFile(name: "\(base).\($0)", after: after, before: before, isCertain: true) }
        }
    }

    private static func dated(_ base: String, _ set: [(place: Place, member: Member)]) -> [MissingFile] {
        var files: [Int64: [Member]] = [:]
        for case (.day(let day), let member) in set { files[day, default: []].append(member) }
        let days = files.keys.sorted()
        let steps = zip(days, days.dropFirst()).map { $1 - $0 }
        // The step that most have; a handful of files shows none.
        guard steps.count >= 4,
            let step = Dictionary(grouping: steps, by: { $0 }).max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) })?.key,
            steps.count(where: { $0 == step }) * 2 > steps.count
        else { return [] }
        return zip(days, days.dropFirst()).flatMap { earlier, later -> [MissingFile] in
            guard later - earlier > step, (later - earlier) % step == 0, (later - earlier) / step < 400,
                let after = files[earlier]?.compactMap(\.last).max(), let before = files[later]?.compactMap(\.first).min(), after < before
            else { return [] }
            return stride(from: earlier + step, to: later, by: Int64.Stride(step)).map {
                MissingFile(name: "\(base)-\(date($0))", after: after, before: before, isCertain: false)
            }
        }
    }

    private static func date(_ day: Int64) -> String {
        var seconds = time_t(day * 86_400)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        return String((Int(parts.tm_year) + 1900) * 10_000 + (Int(parts.tm_mon) + 1) * 100 + Int(parts.tm_mday))
    }
}
