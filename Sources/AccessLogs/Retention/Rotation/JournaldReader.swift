import Foundation

/// How long systemd's journal is kept: journald.conf(5), with its drop-ins.
package enum JournaldReader {
    /// Later folders win over earlier ones with a drop-in of the same name; drop-ins are read in the order of their names, whatever their folder.
    private static let folders = ["/usr/lib/systemd", "/usr/local/lib/systemd", "/run/systemd", "/etc/systemd"]

    /// - Parameter root: a folder that stands for the machine's root.
    /// - Returns: nil where the machine has no journald.
    package static func setting(root: String = "") -> RotationSetting? {
        let files = ConfigurationFiles(root: root)
        var settings: [String: (value: String, file: String, line: Int)] = [:]
        let main = folders.reversed().map { "\($0)/journald.conf" }.first { files.read($0) != nil }
        let dropIns = dropIns(files)
        guard main != nil || !dropIns.isEmpty else { return nil }
        for path in (main.map { [$0] } ?? []) + dropIns {
            for (name, value, line) in assignments(files.read(path) ?? []) {
                // An empty value takes back what was said before.
                settings[name] = value.isEmpty ? nil : (value, path, line)
            }
        }
        let file = main ?? dropIns[0]
        func found(_ name: String, _ kept: KeptSpan) -> RotationSetting {
            RotationSetting(.journald, file: settings[name]?.file ?? file, line: settings[name]?.line, kept: kept)
        }
        let storage = settings["storage"]?.value.lowercased() ?? "auto"
        if storage == "none" || storage == "volatile" { return found("storage", .volatile) }
        if storage == "auto", !files.isFolder("/var/log/journal") { return found("storage", .volatile) }
        return longest(settings.mapValues(\.value), found)
    }

    /// By size it is limited always (10 % of the file system, at most 4 GiB, unless set); by time and by number of files perhaps.
    private static func longest(_ settings: [String: String], _ found: (String, KeptSpan) -> RotationSetting) -> RotationSetting {
        let age = settings["maxretentionsec"].flatMap(seconds) ?? 0
        let fileAge = settings["maxfilesec"].flatMap(seconds) ?? 2_629_800
        let count = settings["systemmaxfiles"].flatMap { Double($0) } ?? 100
        var bounds: [(name: String, days: Double)] = []
        if age > 0 { bounds.append(("maxretentionsec", age / 86_400)) }
        if fileAge > 0, count > 0 { bounds.append(("maxfilesec", fileAge / 86_400 * count)) }
        guard let shortest = bounds.min(by: { $0.days < $1.days }) else { return found("systemmaxuse", .uncertain(atMost: nil)) }
        return found(shortest.name, .uncertain(atMost: Int(max(0, min(shortest.days, 1e6)))))
    }

    private static func dropIns(_ files: ConfigurationFiles) -> [String] {
        var paths: [String: String] = [:]
        for folder in folders.map({ "\($0)/journald.conf.d" }) {
            for name in files.names(in: folder) ?? [] where name.hasSuffix(".conf") { paths[name] = "\(folder)/\(name)" }
        }
        return paths.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Names in lower case, of the section `[Journal]`.
    private static func assignments(_ bytes: [UInt8]) -> [(name: String, value: String, line: Int)] {
        var found: [(String, String, Int)] = []
        var isJournal = false
        for (index, raw) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let line = String(decoding: raw, as: UTF8.self).trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
            if line.hasPrefix("[") {
                isJournal = line == "[Journal]"
            } else if isJournal, let equals = line.firstIndex(of: "=") {
                let name = line[..<equals].trimmingCharacters(in: .whitespaces).lowercased()
                found.append((name, line[line.index(after: equals)...].trimmingCharacters(in: .whitespaces), index + 1))
            }
        }
        return found
    }

    /// A time span of systemd.time(7): `6month`, `1y 12month`, `15552000`, `2 weeks`; seconds where no unit stands. Nil for what is none; nothing is
    /// limited by `infinity`, which is 0 here.
    package static func seconds(_ text: String) -> Double? {
        if text.trimmingCharacters(in: .whitespaces) == "infinity" { return 0 }
        var rest = Substring(text)
        var total = 0.0
        var isEmpty = true
        while true {
            rest = rest.drop { $0 == " " || $0 == "\t" }
            if rest.isEmpty { return isEmpty ? nil : total }
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard let number = Double(digits) else { return nil }
            rest = rest.dropFirst(digits.count).drop { $0 == " " || $0 == "\t" }
            let unit = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(unit.count)
            guard let factor = units[String(unit)] else { return nil }
            total += number * factor
            isEmpty = false
        }
    }

    private static let units: [String: Double] = {
        var units: [String: Double] = ["": 1]
        for (names, seconds) in [
            (["usec", "us", "µs", "μs"], 1e-6), (["msec", "ms"], 1e-3), (["seconds", "second", "sec", "s"], 1),
            (["minutes", "minute", "min", "m"], 60),
            (["hours", "hour", "hr", "h"], 3_600), (["days", "day", "d"], 86_400), (["weeks", "week", "w"], 604_800),
            // 365.25 days, and a twelfth of them.
            (["months", "month", "M"], 2_629_800), (["years", "year", "y"], 31_557_600),
        ] as [([String], Double)] {
            for name in names { units[name] = seconds }
        }
        return units
    }()
}
