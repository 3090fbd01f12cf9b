import Foundation

/// How long PostgreSQL's logging collector keeps its files: it deletes none, but overwrites them when their names come again (manual, section 20.8,
/// "Error Reporting and Logging").
package struct PostgreSQLReader {
    /// Where the collector writes, as a pattern of paths.
    package let pattern: String
    package let setting: RotationSetting
    /// As the server resolves them: `log_directory`, `log_filename`, `log_truncate_on_rotation`, and `log_rotation_age` in minutes.
    package let folder: String
    package let fileName: String
    package let truncates: Bool
    package let rotationMinutes: Int?

    /// Nil where the collector is off, or the file isn't there: then what PostgreSQL writes is somebody else's to rotate.
    /// - Parameter file: a postgresql.conf; a `postgresql.auto.conf` of the data folder wins over it.
    package init?(_ file: String, root: String = "") {
        let files = ConfigurationFiles(root: root)
        guard files.read(file) != nil else { return nil }
        var settings: [String: AssignmentLines.Assignment] = [:]
        var origins: [String: String] = [:]
        Self.read(file, files, &settings, &origins, depth: 0)
        let folder = settings["data_directory"]?.value ?? Self.parent(file)
        Self.read("\(folder)/postgresql.auto.conf", files, &settings, &origins, depth: 0)
        guard Self.isOn(settings["logging_collector"]?.value ?? "off") else { return nil }
        let logs = settings["log_directory"]?.value ?? "log"
        let name = settings["log_filename"]?.value ?? "postgresql-%Y-%m-%d_%H%M%S.log"
        pattern = "\(logs.hasPrefix("/") ? logs : "\(folder)/\(logs)")/\(Self.wildcards(name))"
        self.folder = logs
        fileName = name
        truncates = Self.isOn(settings["log_truncate_on_rotation"]?.value ?? "off")
        rotationMinutes = settings["log_rotation_age"].map { Self.minutes($0.value) } ?? 1_440
        let kept = Self.kept(name, truncates: truncates, minutes: rotationMinutes)
        let key = kept == .untilFull ? "log_truncate_on_rotation" : "log_filename"
        setting = RotationSetting(.postgresql, file: origins[key] ?? file, line: settings[key]?.line, kept: kept)
    }

    /// A file is emptied when its name comes again by time; by size or at a start it is appended to.
    static func kept(_ name: String, truncates: Bool, minutes: Int?) -> KeptSpan {
        guard truncates else { return .untilFull }
        guard let minutes else { return .uncertain(atMost: nil) }
        guard minutes > 0, let cycle = cycle(name, rotation: Double(minutes) / 1_440) else { return .untilFull }
        // The newest file is the one that was emptied: what it held is gone.
        return .days(atLeast: Int(max(0, cycle - Double(minutes) / 1_440)), atMost: Int(cycle.rounded(.up)))
    }

    /// After how many days a name comes again; nil for never.
    private static func cycle(_ name: String, rotation: Double) -> Double? {
        var escapes: Set<Character> = []
        var rest = Substring(name)
        while let percent = rest.firstIndex(of: "%") {
            rest = rest[rest.index(after: percent)...]
            guard let letter = rest.first else { break }
            escapes.insert(letter)
            rest = rest.dropFirst()
        }
        func has(_ letters: Set<Character>) -> Bool { !escapes.isDisjoint(with: letters) }
        if has(["s", "c", "+"]) { return nil }
        let hasYear = has(["Y", "y", "G", "g", "F", "D", "x"])
        let hasDayOfYear =
            has(["j", "F", "D", "x"]) || has(["d", "e"]) && has(["m", "b", "B", "h"]) || has(["a", "A", "u", "w"]) && has(["U", "W", "V"])
        if hasDayOfYear { return hasYear ? nil : 365 }
        if has(["d", "e"]) { return 28 }
        if has(["a", "A", "u", "w"]) { return 7 }
        if has(["m", "b", "B", "h"]) && !has(["H", "I", "R", "T"]) { return hasYear ? rotation : 365 }
        if has(["H", "I", "R", "T"]) { return 1 }
        return rotation
    }

    private static func wildcards(_ name: String) -> String {
        var pattern = ""
        var rest = Substring(name)
        while let next = rest.first {
            rest = rest.dropFirst()
            if next == "%" {
                let isPercent = rest.first == "%"
                rest = rest.dropFirst()
                pattern += isPercent ? "%" : "*"
            } else {
                pattern += "*?[\\".contains(next) ? "\\\(next)" : String(next)
            }
        }
        // The same log in its other forms: csvlog, jsonlog.
        return pattern.hasSuffix(".log") ? pattern.dropLast(4) + ".*" : pattern
    }

    private static func read(
        _ path: String, _ files: ConfigurationFiles, _ settings: inout [String: AssignmentLines.Assignment], _ origins: inout [String: String],
        depth: Int
    ) {
        guard depth < 10, let bytes = files.read(path) else { return }
        func resolved(_ name: String) -> String { name.hasPrefix("/") ? name : "\(parent(path))/\(name)" }
        for assignment in AssignmentLines.read(bytes) {
            switch assignment.name {
            case "include", "include_if_exists": read(resolved(assignment.value), files, &settings, &origins, depth: depth + 1)
            case "include_dir":
                let folder = resolved(assignment.value)
                for name in files.names(in: folder) ?? [] where name.hasSuffix(".conf") && !name.hasPrefix(".") {
                    read("\(folder)/\(name)", files, &settings, &origins, depth: depth + 1)
                }
            default:
                settings[assignment.name] = assignment
                origins[assignment.name] = path
            }
        }
    }

    private static func parent(_ path: String) -> String { String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) }

    private static func isOn(_ value: String) -> Bool { ["on", "true", "yes", "1", "t", "tr", "tru", "y", "ye"].contains(value.lowercased()) }

    /// `1d`, `24h`, `1440`, `90min`; minutes without a unit. Nil for what is none.
    private static func minutes(_ value: String) -> Int? {
        let digits = value.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), number <= 1 << 30 else { return nil }
        return switch value.dropFirst(digits.count).trimmingCharacters(in: .whitespaces) {
        case "", "min": number
        case "h": number * 60
        case "d": number * 1_440
        case "s": number / 60
        case "ms": number / 60_000
        default: nil
        }
    }
}
