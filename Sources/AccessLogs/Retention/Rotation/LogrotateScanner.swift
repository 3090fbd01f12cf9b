/// Cuts logrotate's configuration into words, values and scripts.
struct LogrotateScanner {
    private let bytes: [UInt8]
    private var index = 0
    /// From 1.
    private(set) var line = 1

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Options that take no value: the rest of their line is read on.
    static let flags: Set<String> = [
        "allowhardlink", "noallowhardlink", "compress", "nocompress", "copy", "nocopy", "copytruncate", "nocopytruncate", "nocreate",
        "nocreateolddir",
        "datehourago", "dateext", "nodateext", "dateyesterday", "delaycompress", "nodelaycompress", "ifempty", "notifempty",
        "mailfirst", "maillast", "missingok", "nomissingok", "nomail", "renamecopy", "norenamecopy", "sharedscripts", "nosharedscripts", "shred",
        "noshred",
    ]
    /// Options whose value doesn't matter here.
    static let withValue: Set<String> = [
        "addextension", "compresscmd", "compressext", "compressoptions", "create", "createolddir", "dateformat", "extension", "mail", "minage",
        "shredcycles", "start", "su", "uncompresscmd",
    ]

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    mutating func advance() {
        if current == 0x0A { line += 1 }
        if index < bytes.count { index += 1 }
    }

    /// The next byte that is no white space.
    mutating func skipBlank() -> UInt8? {
        while let byte = current, Self.isSpace(byte) { advance() }
        return current
    }

    mutating func skipLine() { while let byte = current, byte != 0x0A { advance() } }
    mutating func skipAll() { index = bytes.count }
    mutating func stepBack(_ count: Int) { index = max(0, index - count) }

    mutating func word() -> String {
        let start = index
        while let byte = current, (byte | 0x20) >= 0x61, (byte | 0x20) <= 0x7A { advance() }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    /// Whether an option ends here as it must.
    var isSeparated: Bool { current.map { Self.isSpace($0) || $0 == 0x3D } ?? true }

    /// The rest of the line, without the blanks and the equals sign before it.
    mutating func value() -> String {
        while let byte = current, byte == 0x20 || byte == 0x09 || byte == 0x3D { advance() }
        let start = index
        skipLine()
        var value = bytes[start..<index]
        while let last = value.last, Self.isSpace(last) { value.removeLast() }
        return String(decoding: value, as: UTF8.self)
    }

    /// Up to the line that is `endscript`.
    mutating func skipScript() {
        skipLine()
        while current != nil {
            advance()
            let start = index
            skipLine()
            let text = bytes[start..<index].drop(while: Self.isSpace)
            guard text.starts(with: Array("endscript".utf8)), text.dropFirst(9).first.map(Self.isSpace) ?? true else { continue }
            // What stands behind it is read on.
            index = text.startIndex + 9
            return
        }
    }

    /// After a mistake within a definition: to its end, over the braces in between.
    mutating func skipToClosingBrace() {
        var depth = 1
        while let byte = current {
            advance()
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}") { depth -= 1 }
            if depth == 0 { return }
        }
    }

    /// The paths before a definition, with the opening brace behind them: quotes and backslashes as in a shell. Nil without a brace.
    mutating func patterns() -> [String]? {
        var found: [String] = []
        while let byte = skipBlank() {
            if byte == UInt8(ascii: "{") {
                advance()
                return found.isEmpty ? nil : found
            }
            guard let word = quotedWord() else { return nil }
            found.append(word)
        }
        return nil
    }

    private mutating func quotedWord() -> String? {
        var word: [UInt8] = []
        var quote: UInt8?
        while let byte = current {
            if quote == nil, Self.isSpace(byte) || byte == UInt8(ascii: "{") { break }
            advance()
            if byte == quote {
                quote = nil
            } else if quote == nil, byte == 0x22 || byte == 0x27 {
                quote = byte
            } else if byte == 0x5C, quote != 0x27, let next = current {
                advance()
                word.append(next)
            } else {
                word.append(byte)
            }
        }
        return quote == nil ? String(decoding: word, as: UTF8.self) : nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte >= 0x09 && byte <= 0x0D }

    /// As strtol(3) with base 0 reads it, and nothing behind it.
    static func number(_ text: String) -> Int? {
        let isNegative = text.hasPrefix("-")
        let digits = isNegative ? text.dropFirst() : Substring(text)
        guard digits.first?.isASCII == true, digits.first?.isNumber == true else { return nil }
        let value: Int? =
            if digits.lowercased().hasPrefix("0x") {
                Int(digits.dropFirst(2), radix: 16)
            } else if digits.count > 1, digits.hasPrefix("0") { Int(digits.dropFirst(), radix: 8) } else { Int(digits) }
        // No count or age is larger; sums of them stay numbers.
        return value.flatMap { $0 <= 1 << 30 ? (isNegative ? -$0 : $0) : nil }
    }

    /// Bytes: `100`, `100k`, `100M`, `100G`.
    static func size(_ text: String) -> Int? {
        let unit: Int? =
            switch text.last {
            case "k": 1 << 10
            case "M": 1 << 20
            case "G": 1 << 30
            default: nil
            }
        guard let count = number(unit == nil ? text : String(text.dropLast())), count >= 0 else { return nil }
        return count.multipliedReportingOverflow(by: unit ?? 1).partialValue
    }
}
