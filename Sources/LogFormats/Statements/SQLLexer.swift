/// Cuts SQL into tokens: PostgreSQL 17 manual, section 4.1; MySQL 8.4 manual, chapters 11.1, 11.2 and 11.7. Knows both dialects' quotes and comments, and
/// MySQL's comments that are executed (`/*!40001 … */`, MariaDB's `/*M!100100 … */`). Never fails: what is open at the end ends there.
struct SQLLexer {
    enum Kind: UInt8 { case end, word, name, string, number, parameter, symbol }

    struct Token {
        var kind = Kind.end
        /// Without quotes.
        var start = 0
        var end = 0
        /// Of a word or name, in lower case; for fingerprints and for the table of words.
        var key: UInt64 = 0
        var word: UInt8 = 0
        /// A symbol's byte.
        var symbol: UInt8 = 0
        /// A string holds an escaped quote.
        var hasEscape = false

        @inline(__always)
        func `is`(_ word: SQLWord) -> Bool { self.word == word.rawValue }
        @inline(__always)
        func `is`(_ byte: StaticString) -> Bool { kind == .symbol && symbol == byte.utf8Start.pointee }
    }

    let bytes: UnsafeRawBufferPointer
    let isMySQL: Bool
    private let table: SQLWordTable
    private(set) var position = 0
    /// The version of the executed comment that the token stands in; -1 outside.
    private(set) var version = -1

    @inline(__always)
    init(_ bytes: UnsafeRawBufferPointer, isMySQL: Bool, _ table: SQLWordTable) {
        self.bytes = bytes
        self.isMySQL = isMySQL
        self.table = table
    }

    /// The next byte that is no space, without going there; 0 at the end.
    @inline(__always)
    func peek() -> UInt8 {
        var at = position
        while at < bytes.count, table.classes[Int(bytes[at])] & SQLWordTable.space != 0 { at += 1 }
        return at < bytes.count ? bytes[at] : 0
    }

    @inline(__always)
    mutating func next(_ token: inout Token) {
        while position < bytes.count {
            let byte = bytes[position]
            let kind = table.classes[Int(byte)]
            if kind & SQLWordTable.space != 0 {
                position += 1
            } else if kind & SQLWordTable.wordPart != 0, byte != 0x24 {
                if kind & SQLWordTable.digit != 0 { return number(&token) }
                return word(&token)
            } else if !special(byte, &token) {
                return
            }
        }
        token = Token(kind: .end, start: bytes.count, end: bytes.count)
    }

    @inline(__always)
    private mutating func word(_ token: inout Token) {
        let start = position
        var at = start
        var key = SQLWordTable.seed
        while at < bytes.count, table.classes[Int(bytes[at])] & SQLWordTable.wordPart != 0 {
            key = SQLWordTable.add(bytes[at], to: key)
            at += 1
        }
        position = at
        if at < bytes.count, bytes[at] == 0x27, at - start == 1, prefixedString(bytes[start], &token) { return }
        token = Token(kind: .word, start: start, end: at, key: key, word: table.word(key))
    }

    /// `E'…'`, `B'…'`, `X'…'`, `N'…'`; the position is at the quote.
    private mutating func prefixedString(_ letter: UInt8, _ token: inout Token) -> Bool {
        switch letter | 0x20 {
        case 0x65: string(0x27, escapes: true, &token)
        case 0x62, 0x78, 0x6E: string(0x27, escapes: isMySQL, &token)
        default: return false
        }
        return true
    }

    private mutating func number(_ token: inout Token) {
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            let isExponentSign =
                (byte == 0x2B || byte == 0x2D) && bytes[position - 1] | 0x20 == 0x65 && !(start + 1 < bytes.count && bytes[start + 1] | 0x20 == 0x78)
            guard table.classes[Int(byte)] & SQLWordTable.wordPart != 0 || byte == 0x2E || isExponentSign else { break }
            position += 1
        }
        token = Token(kind: .number, start: start, end: position)
    }

    /// True when nothing came of it (a comment): go on.
    private mutating func special(_ byte: UInt8, _ token: inout Token) -> Bool {
        let following = position + 1 < bytes.count ? bytes[position + 1] : 0
        switch byte {
        case 0x27: string(0x27, escapes: isMySQL, &token)
        case 0x22:
            if isMySQL { string(0x22, escapes: true, &token) } else { name(0x22, &token) }
        case 0x60 where isMySQL: name(0x60, &token)
        case 0x24:
            if isMySQL || !dollarString(&token) { parameter(&token) }
        case 0x2D where following == 0x2D:
            // MySQL wants a space behind the dashes.
            guard !isMySQL || position + 2 >= bytes.count || bytes[position + 2] <= 0x20 else { return symbol(byte, &token) }
            position = bytes.next(0x0A, from: position) ?? bytes.count
            return true
        case 0x23 where isMySQL:
            position = bytes.next(0x0A, from: position) ?? bytes.count
            return true
        case 0x2F where following == 0x2A: return comment()
        case 0x2A where following == 0x2F && version >= 0:
            position += 2
            version = -1
            return true
        case 0x3F: parameter(&token)
        case 0x3A where following != 0x3A && following != 0x3D && table.classes[Int(following)] & SQLWordTable.wordPart != 0: parameter(&token)
        default: return symbol(byte, &token)
        }
        return false
    }

    private mutating func symbol(_ byte: UInt8, _ token: inout Token) -> Bool {
        token = Token(kind: .symbol, start: position, end: position + 1, symbol: byte)
        position += 1
        return false
    }

    private mutating func parameter(_ token: inout Token) {
        let start = position
        position += 1
        while position < bytes.count, table.classes[Int(bytes[position])] & SQLWordTable.wordPart != 0 { position += 1 }
        token = Token(kind: .parameter, start: start, end: position)
    }

    /// From the quote to the one that closes: a doubled quote stands for itself, with `escapes` a backslash takes what follows.
    private mutating func string(_ quote: UInt8, escapes: Bool, _ token: inout Token) {
        let start = position + 1
        var at = start
        var hasEscape = false
        while at < bytes.count {
            let byte = bytes[at]
            if byte == quote {
                guard at + 1 < bytes.count, bytes[at + 1] == quote else { break }
                hasEscape = true
                at += 2
            } else if escapes, byte == 0x5C {
                hasEscape = true
                at += 2
            } else {
                at += 1
            }
        }
        let end = min(at, bytes.count)
        position = min(end + 1, bytes.count)
        token = Token(kind: .string, start: start, end: end, hasEscape: hasEscape)
    }

    private mutating func name(_ quote: UInt8, _ token: inout Token) {
        let start = position + 1
        var at = start
        var key = SQLWordTable.seed
        while at < bytes.count {
            if bytes[at] == quote {
                guard at + 1 < bytes.count, bytes[at + 1] == quote else { break }
                at += 1
            }
            key = SQLWordTable.add(bytes[at], to: key)
            at += 1
        }
        position = min(at + 1, bytes.count)
        token = Token(kind: .name, start: start, end: min(at, bytes.count), key: key)
    }

    /// `$tag$ … $tag$`; false when none begins here.
    private mutating func dollarString(_ token: inout Token) -> Bool {
        var tagEnd = position + 1
        while tagEnd < bytes.count, bytes[tagEnd] != 0x24, tagEnd - position < 64, table.classes[Int(bytes[tagEnd])] & SQLWordTable.wordPart != 0 {
            tagEnd += 1
        }
        guard tagEnd < bytes.count, bytes[tagEnd] == 0x24, position + 1 == tagEnd || bytes[position + 1] &- 0x30 >= 10 else { return false }
        let tag = bytes.part(position..<(tagEnd + 1))
        let start = tagEnd + 1
        var at = start
        while let dollar = bytes.next(0x24, from: at) {
            if bytes.count - dollar >= tag.count, bytes.part(dollar..<(dollar + tag.count)).isEqual(to: tag) {
                position = dollar + tag.count
                token = Token(kind: .string, start: start, end: dollar)
                return true
            }
            at = dollar + 1
        }
        position = bytes.count
        token = Token(kind: .string, start: start, end: bytes.count)
        return true
    }

    private mutating func comment() -> Bool {
        var at = position + 2
        if isMySQL, version < 0 {
            if at < bytes.count, bytes[at] == 0x4D { at += 1 }
            if at < bytes.count, bytes[at] == 0x21 {
                let (value, end) = bytes.number(at: at + 1) ?? (0, at + 1)
                version = Int(clamping: value)
                position = end
                return true
            }
            at = position + 2
        }
        // PostgreSQL's comments nest.
        var depth = 1
        while let star = nextCommentByte(at), star + 1 < bytes.count {
            if bytes[star] == 0x2A, bytes[star + 1] == 0x2F {
                depth -= 1
                at = star + 2
                if depth == 0 {
                    position = at
                    return true
                }
            } else if !isMySQL, bytes[star] == 0x2F, bytes[star + 1] == 0x2A {
                depth += 1
                at = star + 2
            } else {
                at = star + 1
            }
        }
        position = bytes.count
        return true
    }

    private func nextCommentByte(_ start: Int) -> Int? {
        var at = start
        while at < bytes.count, bytes[at] != 0x2A, bytes[at] != 0x2F { at += 1 }
        return at < bytes.count ? at : nil
    }
}
