/// Compiles Apache's `LogFormat` (mod_log_config), which Tomcat's access valve follows too.
enum ApacheTemplate {
    static func compile(_ text: String) throws(LogFormatError) -> FormatTemplate {
        let bytes = Array(try unwrapped(text).utf8)
        var template = FormatTemplate()
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            if byte == 0x25 {
                position = try directive(bytes, position, into: &template)
            } else if byte == 0x5C, position + 1 < bytes.count {
                template.literal(CollectionOfOne(escaped(bytes[position + 1])))
                position += 2
            } else {
                template.literal(CollectionOfOne(byte))
                position += 1
            }
        }
        return try template.finished(escapes: true)
    }

    private static func escaped(_ byte: UInt8) -> UInt8 {
        switch byte {
        case 0x74: 0x09
        case 0x6E: 0x0A
        case 0x72: 0x0D
        default: byte
        }
    }

    /// `%`, conditions (`!200,304`), `<` or `>`, `{parameter}`, and the letter. Returns the position behind.
    private static func directive(_ bytes: [UInt8], _ start: Int, into template: inout FormatTemplate) throws(LogFormatError) -> Int {
        var position = start + 1
        if position < bytes.count, bytes[position] == 0x25 {
            template.literal(CollectionOfOne(0x25))
            return position + 1
        }
        while position < bytes.count, [0x21, 0x2C, 0x3C, 0x3E].contains(bytes[position]) || bytes[position] &- 0x30 < 10 { position += 1 }
        var parameter: String?
        if position < bytes.count, bytes[position] == 0x7B {
            guard let close = bytes[position...].firstIndex(of: 0x7D) else {
                throw LogFormatError("'{' at column \(position + 1) of the Apache format isn't closed")
            }
            parameter = String(decoding: bytes[(position + 1)..<close], as: UTF8.self)
            position = close + 1
            while position < bytes.count, bytes[position] == 0x3C || bytes[position] == 0x3E { position += 1 }
        }
        guard position < bytes.count else { throw LogFormatError("'%' at column \(start + 1) of the Apache format has no letter behind it") }
        var letters = String(UnicodeScalar(bytes[position]))
        if bytes[position] == 0x5E, position + 2 < bytes.count {
            letters = String(decoding: bytes[position...(position + 2)], as: UTF8.self)
            position += 2
        }
        try add(letters, parameter, start + 1, to: &template)
        return position + 1
    }

    private static func add(
        _ letter: String, _ parameter: String?, _ column: Int, to template: inout FormatTemplate
    ) throws(LogFormatError) {
        let name = parameter.map { "%{\($0)}\(letter)" } ?? "%\(letter)"
        if letter == "t" { return try time(parameter, name, column, to: &template) }
        guard let role = role(letter, parameter) else { throw LogFormatError("\(name) at column \(column) is no directive that Apache knows") }
        try template.element(role, role == .named || role == .number || role == .peer ? fieldName(letter, parameter) : name, at: column)
    }

    private static func role(_ letter: String, _ parameter: String?) -> FormatTemplate.Role? {
        switch letter {
        case "a" where parameter == "c": .peer
        case "h", "a": .client
        case "u": .account
        case "v", "V": .host
        case "m": .method
        case "U": .path
        case "q": .query
        case "r": .request
        case "s": .status
        case "b", "B", "O": .bytes
        case "D": .microseconds
        case "T": parameter == "us" ? .microseconds : parameter == "ms" ? .milliseconds : .seconds
        case "i": header(parameter)
        case "p", "P", "k", "I", "S", "F": .number
        case "A", "C", "e", "f", "H", "l", "L", "n", "o", "R", "X", "^FU", "^FB", "^ti", "^to": .named
        default: nil
        }
    }

    private static func header(_ name: String?) -> FormatTemplate.Role {
        switch name?.lowercased() {
        case "referer": .referer
        case "user-agent": .userAgent
        case "x-forwarded-for": .forwardedFor
        case "host": .host
        default: .named
        }
    }

    private static func fieldName(_ letter: String, _ parameter: String?) -> String { parameter.map { "\($0)" } ?? "%\(letter)" }

    /// `%t`, and `%{format}t` with strftime's conversions or the words of mod_log_config.
    private static func time(
        _ parameter: String?, _ name: String, _ column: Int, to template: inout FormatTemplate
    ) throws(LogFormatError) {
        guard var format = parameter else { return try template.stamp(.commonInBrackets, name, at: column) }
        for prefix in ["begin:", "end:"] where format.hasPrefix(prefix) { format.removeFirst(prefix.count) }
        switch format {
        case "": try template.stamp(.commonInBrackets, name, at: column)
        case "sec", "msec", "usec": try template.stamp(.epoch, name, at: column)
        case "msec_frac", "usec_frac": try template.stamp(.pattern(.fraction), name, at: column)
        default: try template.stamp(.pattern(TimePattern(strftime: format)), name, at: column)
        }
    }

    // MARK: the directive around it

    /// Of `LogFormat "…" name` and `CustomLog file "…"`, what stands in the quotes; of anything else, all of it.
    private static func unwrapped(_ text: String) throws(LogFormatError) -> String {
        var trimmed = Substring(text)
        while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
        while trimmed.first?.isWhitespace == true { trimmed.removeFirst() }
        let isFormat = trimmed.lowercased().hasPrefix("logformat ")
        let isLog = trimmed.lowercased().hasPrefix("customlog ")
        if isFormat || isLog {
            // A format's own backslashes are kept for the compiler: quotes only are opened here.
            guard let open = trimmed.firstIndex(of: "\"") else { throw LogFormatError("the Apache directive has no format in quotes") }
            trimmed = trimmed[open...]
        }
        guard trimmed.first == "\"" else {
            if trimmed.contains(where: \.isNewline) { throw LogFormatError("the Apache format has more than one line") }
            return String(trimmed)
        }
        var end = trimmed.index(after: trimmed.startIndex)
        while end < trimmed.endIndex, trimmed[end] != "\"" {
            if trimmed[end] == "\\", trimmed.index(after: end) < trimmed.endIndex { end = trimmed.index(after: end) }
            end = trimmed.index(after: end)
        }
        guard end < trimmed.endIndex else { throw LogFormatError("the quote that opens the Apache format isn't closed") }
        return String(trimmed[trimmed.index(after: trimmed.startIndex)..<end])
    }
}
