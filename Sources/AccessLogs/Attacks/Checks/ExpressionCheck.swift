import LogFormats

/// Expressions that a template engine, a logger or a framework would run: `${jndi:…}`, `{{7*7}}`, `%{…}`.
struct ExpressionCheck {
    let text: UnsafeRawBufferPointer

    private static let longest = 240
    private static let mostOpenings = 24

    init(_ text: UnsafeRawBufferPointer) { self.text = text }

    var signs: AttackSigns {
        var signs: AttackSigns = []
        var seen = 0
        var index = 0
        while index + 1 < text.count, seen < Self.mostOpenings {
            let (byte, next) = (text[index], text[index + 1])
            index += 1
            let isOpening =
                next == UInt8(ascii: "{") && ("$%#*{~@" as StaticString).has(byte) || byte == UInt8(ascii: "<") && next == UInt8(ascii: "%")
                || byte == UInt8(ascii: "{") && next == UInt8(ascii: "%") || byte == UInt8(ascii: "@") && next == UInt8(ascii: "(")
            guard isOpening else { continue }
            seen += 1
            if byte == UInt8(ascii: "$"), LookupReader.leads(text, at: index - 1) { signs.insert(.deserialisation) }
            let inside = text.part(min(index + 1, text.count)..<min(text.count, index + 1 + Self.longest))
            signs.formUnion(judge(inside, byte))
        }
        return signs
    }

    /// - Parameter opening: the first byte of what opens the expression.
    private func judge(_ inside: UnsafeRawBufferPointer, _ opening: UInt8) -> AttackSigns {
        var start = inside.skipSpaces(0)
        while ("={-%[('\"#" as StaticString).has(inside.byte(start)) { start = inside.skipSpaces(start + 1) }
        if isSum(inside, start) { return .templateInjection }
        for word in Self.engineWords where inside.has(word, at: start) { return .templateInjection }
        guard opening != UInt8(ascii: "<"), opening != UInt8(ascii: "@") else { return [] }
        // OGNL and SpEL: a class's method, or a new object.
        for index in start..<inside.count {
            if inside[index] == UInt8(ascii: "}") { break }
            if inside.has("@java", at: index) || inside.has("java.lang", at: index) || inside.has("@org.", at: index) || inside.has("#a=", at: index)
                || inside.has("t(java", at: index) || inside.has("getruntime", at: index) || inside.has("new java", at: index)
                || inside.has(".getclass(", at: index) || inside.has("#attr[", at: index) || inside.has("#parameters", at: index)
            {
                return .deserialisation
            }
            if inside.has("constructor", at: index) || inside.has("|attr(", at: index) || inside.has("[].class", at: index) {
                return .templateInjection
            }
        }
        return []
    }

    private static let engineWords: [StaticString] = [
        "config.", "config}", "config[", "self.", "self}", "request.application", "request[", "request.attr", "lipsum", "cycler", "joiner.",
        "namespace.", "get_flashed", "url_for.",
        "''.", "\"\".", "().__", "[].__", "_self", "app.request", "range.", "settings.secret", "import os", "import(", "for c in [", "debug",
        "system(", "phpinfo", "exec(", "php ", "file.open", "file.read", "__",
        "dump(app", "include(", "source(", "t(java",
    ]

    /// `7*7`, `7*'7'`, `1337+1`, `9-8`: a number, an operator, and another.
    private func isSum(_ inside: UnsafeRawBufferPointer, _ start: Int) -> Bool {
        var index = start
        while ASCII.isDigit(inside.byte(index)) { index += 1 }
        guard index > start else { return false }
        if inside.byte(index) == UInt8(ascii: "'") { index += 1 }
        index = inside.skipSpaces(index)
        guard ("*+-/" as StaticString).has(inside.byte(index)) else { return false }
        index = inside.skipSpaces(index + 1)
        if inside.byte(index) == UInt8(ascii: "'") || inside.byte(index) == UInt8(ascii: "*") { index += 1 }
        return ASCII.isDigit(inside.byte(index))
    }
}

/// Log4j's look-ups (CVE-2021-44228): puts together what `${…}` becomes, with the look-ups inside that only hide its letters.
struct LookupReader {
    private let text: UnsafeRawBufferPointer
    private var position: Int
    /// The first letters of the result, one byte each, the latest lowest.
    private var letters: UInt64 = 0
    private var count = 0
    private var work = 0

    /// Whether the look-up at `start` becomes `jndi:`.
    static func leads(_ text: UnsafeRawBufferPointer, at start: Int) -> Bool {
        var reader = LookupReader(text: text, position: start + 2)
        reader.read(depth: 0)
        // `jndi:`, in the first five letters.
        return reader.count >= 5 && reader.letters & 0xFF_FFFF_FFFF == 0x6A_6E64_693A
    }

    private init(text: UnsafeRawBufferPointer, position: Int) { (self.text, self.position) = (text, position) }

    private mutating func emit(_ byte: UInt8) {
        guard count < 5, byte > 0x20 else { return }
        letters = letters << 8 | UInt64(byte)
        count += 1
    }

    /// Up to the closing brace.
    private mutating func read(depth: Int) {
        while position < text.count, count < 5, work < 512 {
            work += 1
            let byte = text[position]
            if byte == UInt8(ascii: "}") {
                position += 1
                return
            }
            if byte == UInt8(ascii: "$"), text.byte(position + 1) == UInt8(ascii: "{") {
                position += 2
                if depth < 8 { lookup(depth: depth + 1) }
            } else if byte == 0xC4, text.byte(position + 1) == 0xB1 {
                // ı becomes I as a capital letter.
                emit(UInt8(ascii: "i"))
                position += 2
            } else {
                emit(byte)
                position += 1
            }
        }
    }

    /// A look-up within: `lower:x` and `upper:x` give x; what has a default (`::-x`, `env:N:-x`) gives that.
    private mutating func lookup(depth: Int) {
        if text.has("lower:", at: position) || text.has("upper:", at: position) {
            position += 6
            read(depth: depth)
            return
        }
        var index = position
        var inner = 0
        while index < text.count, index - position < 200 {
            let byte = text[index]
            if byte == UInt8(ascii: "}") {
                if inner == 0 { break }
                inner -= 1
            }
            if byte == UInt8(ascii: "{") { inner += 1 }
            if inner == 0, byte == UInt8(ascii: ":"), text.byte(index + 1) == UInt8(ascii: "-") {
                position = index + 2
                read(depth: depth)
                return
            }
            index += 1
        }
        // `${jndi:…}` within another, and whatever else: read as it stands.
        read(depth: depth)
    }
}
