import Foundation

/// Reads logrotate's configuration as logrotate 3.21 does, with its treatment of mistakes: a definition with one is left out whole, an unknown option
/// is passed over, a file that begins a line with what is neither option nor path is read no further.
package struct LogrotateReader {
    package var blocks: [LogrotateBlock] { definitions.map(\.block) }
    /// `file:line: what`.
    package private(set) var problems: [String] = []

    private let files: ConfigurationFiles
    /// In the order in which logrotate goes through them.
    private var definitions: [(id: Int, block: LogrotateBlock)] = []
    /// Which definition has a log file that is there, by its path.
    private var owners: [String: Int] = [:]
    private var lastID = 0
    private var tabooEndings = Self.defaultTabooEndings
    private var tabooPatterns: [String] = []
    private var filesLeft = 2_000
    private static let deepest = 16
    private static let blockLimit = 20_000

    private static let defaultTabooEndings = [
        ",v", ".cfsaved", ".disabled", ".dpkg-bak", ".dpkg-del", ".dpkg-dist", ".dpkg-new", ".dpkg-old", ".rhn-cfg-tmp-*", ".rpmnew", ".rpmorig",
        ".rpmsave", ".swp", ".ucf-dist", ".ucf-new", ".ucf-old", "~",
    ]

    /// - Parameters:
    ///   - configuration: the file that logrotate is started with.
    ///   - root: a folder that stands for the machine's root.
    package init(_ configuration: String = "/etc/logrotate.conf", root: String = "") {
        files = ConfigurationFiles(root: root)
        var global = LogrotateSettings()
        include(configuration, into: &global, depth: 0)
    }

    /// What holds for a log file, by its path on the assessed machine. Of several definitions the first has it. A file that is there, matches a pattern
    /// and still belongs to none (see ``claim(_:_:_:)``) is not rotated.
    package func block(for path: String) -> LogrotateBlock? {
        if let owner = owners[path] { return definitions.first { $0.id == owner }?.block }
        guard !files.exists(path) else { return nil }
        return definitions.first { $0.block.patterns.contains { ConfigurationFiles.matches(path, $0) } }?.block
    }

    /// Gives a definition the files that its patterns name. At one that an earlier definition has, logrotate complains of a duplicate and leaves out
    /// whatever else that pattern names, in the order of their names.
    private mutating func claim(_ patterns: [String], _ id: Int, ignoresDuplicates: Bool) {
        for pattern in patterns {
            for path in files.paths(pattern) {
                if owners[path] == nil {
                    owners[path] = id
                } else if !ignoresDuplicates {
                    break
                }
            }
        }
    }

    private mutating func include(_ path: String, into settings: inout LogrotateSettings, depth: Int) {
        guard depth < Self.deepest else { return problems.append("\(path): includes itself") }
        guard files.isFolder(path) else { return readFile(path, into: &settings, depth: depth) }
        for name in files.names(in: path) ?? [] where !isTaboo(name) && !files.isFolder("\(path)/\(name)") {
            readFile(path.hasSuffix("/") ? path + name : "\(path)/\(name)", into: &settings, depth: depth)
        }
    }

    private func isTaboo(_ name: String) -> Bool {
        // Hidden files are left out like `.` and `..`.
        name.hasPrefix(".") || tabooEndings.contains { ConfigurationFiles.matches("x" + name, "*" + $0) }
            || tabooPatterns.contains { ConfigurationFiles.matches(name, $0) }
    }

    private mutating func readFile(_ path: String, into settings: inout LogrotateSettings, depth: Int) {
        filesLeft -= 1
        guard filesLeft >= 0, let bytes = files.read(path) else { return problems.append("\(path): can't be read") }
        guard !files.isOpenToWriters(path) else { return problems.append("\(path): logrotate ignores it, for group or others may write it") }
        let before = settings
        var scanner = LogrotateScanner(bytes)
        let count = problems.count
        read(&scanner, path, into: &settings, inBlock: nil, depth: depth)
        // What a file with mistakes set for all is taken back.
        if problems.count > count, depth > 0 { settings = before }
    }

    /// Reads to the end of the file, or of the definition whose patterns `inBlock` are.
    /// - Returns: false when the rest of the file is not to be read, or the definition has a mistake.
    @discardableResult
    private mutating func read(
        _ scanner: inout LogrotateScanner, _ path: String, into settings: inout LogrotateSettings, inBlock: [String]?, depth: Int
    ) -> Bool {
        func place() -> String { "\(path):\(scanner.line)" }
        while let byte = scanner.skipBlank() {
            switch byte {
            case UInt8(ascii: "#"): scanner.skipLine()
            case UInt8(ascii: "}"):
                scanner.advance()
                if inBlock != nil { return true }
                problems.append("\(place()): a closing brace without a definition")
            case UInt8(ascii: "/"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "~"):
                guard inBlock == nil else {
                    problems.append("\(place()): a path within a definition")
                    return false
                }
                guard readBlock(&scanner, path, settings, depth) else { return false }
            case let letter where (letter | 0x20) >= 0x61 && (letter | 0x20) <= 0x7A:
                let option = scanner.word()
                guard apply(option, &scanner, path, &settings, isInBlock: inBlock != nil, depth) else {
                    problems.append("\(place()): '\(option.prefix(40))' with a value that it doesn't take")
                    if inBlock != nil { return false }
                    scanner.skipLine()
                    continue
                }
            default:
                problems.append("\(place()): neither an option nor a path")
                if inBlock == nil { scanner.skipAll() }
                return false
            }
        }
        if inBlock != nil { problems.append("\(place()): the definition isn't closed") }
        return inBlock == nil
    }

    private mutating func readBlock(_ scanner: inout LogrotateScanner, _ path: String, _ outer: LogrotateSettings, _ depth: Int) -> Bool {
        let line = scanner.line
        guard let patterns = scanner.patterns(), definitions.count < Self.blockLimit else {
            problems.append("\(path):\(line): paths without a definition")
            scanner.skipAll()
            return false
        }
        var settings = outer
        let place = definitions.count
        lastID += 1
        let id = lastID
        claim(patterns, id, ignoresDuplicates: outer.ignoresDuplicates)
        if read(&scanner, path, into: &settings, inBlock: patterns, depth: depth) {
            // Definitions that it included come after it.
            definitions.insert((id, LogrotateBlock(patterns: patterns, settings: settings, file: path, line: line)), at: place)
        } else {
            for (path, owner) in owners where owner == id { owners[path] = nil }
            scanner.skipToClosingBrace()
        }
        return true
    }

    /// False for a value that the option doesn't take.
    private mutating func apply(
        _ option: String, _ scanner: inout LogrotateScanner, _ path: String, _ settings: inout LogrotateSettings, isInBlock: Bool, _ depth: Int
    ) -> Bool {
        guard scanner.isSeparated else { return false }
        switch option {
        case "hourly": settings.criterion = .hourly
        case "daily": settings.criterion = .daily
        case "monthly": settings.criterion = .monthly
        case "yearly": settings.criterion = .yearly
        case "weekly":
            settings.criterion = .weekly
            let value = scanner.value()
            if value == "}" {
                scanner.stepBack(1)
            } else if !value.isEmpty, Int(value).map((0...7).contains) != true {
                // This mistake ends the file.
                scanner.skipAll()
                return false
            }
        case "size":
            guard LogrotateScanner.size(scanner.value()) != nil else { return false }
            settings.criterion = .size
        case "minsize": return LogrotateScanner.size(scanner.value()).map { settings.minSize = $0 } != nil
        case "maxsize": return LogrotateScanner.size(scanner.value()).map { settings.maxSize = $0 } != nil
        case "rotate":
            guard let count = LogrotateScanner.number(scanner.value()), count >= -1 else { return false }
            settings.rotate = count
        case "maxage":
            guard let age = LogrotateScanner.number(scanner.value()), age >= 0 else { return false }
            settings.maxAge = age
        case "olddir": settings.oldFolder = scanner.value()
        case "noolddir": settings.oldFolder = nil
        case "include":
            let target = scanner.value()
            guard !target.isEmpty else { return false }
            include(target, into: &settings, depth: depth + 1)
        case "tabooext", "taboopat":
            let list = scanner.value()
            guard !isInBlock else { return false }
            setTaboo(list, patterns: option == "taboopat")
        case "ignoreduplicates": settings.ignoresDuplicates = true
        case "prerotate", "postrotate", "firstaction", "lastaction", "preremove": scanner.skipScript()
        case let flag where LogrotateScanner.flags.contains(flag): break
        case let known where LogrotateScanner.withValue.contains(known): _ = scanner.value()
        default:
            // logrotate says so and goes on with the next line.
            problems.append("\(path):\(scanner.line): unknown option '\(option.prefix(40))'")
            scanner.skipLine()
        }
        return true
    }

    private mutating func setTaboo(_ list: String, patterns: Bool) {
        var words = list.split { $0 == "," || $0 == " " || $0 == "\t" }.map(String.init)
        let isAdded = words.first?.hasPrefix("+") == true
        if isAdded, let first = words.first { words[0] = String(first.dropFirst()) }
        words.removeAll(where: \.isEmpty)
        if patterns {
            tabooPatterns = (isAdded ? tabooPatterns : []) + words
        } else {
            tabooEndings = (isAdded ? tabooEndings : []) + words
        }
    }
}
