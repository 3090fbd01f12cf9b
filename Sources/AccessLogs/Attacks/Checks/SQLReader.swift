import LogFormats

/// Reads a piece of text as SQL, token by token, from any place in it: what a database would see once the text has left its quotes.
struct SQLReader {
    enum Token: Equatable {
        case end
        case number
        /// `isOpen`: its closing quote is missing. `isEmpty`: nothing stands in it.
        case string(isOpen: Bool, isEmpty: Bool)
        /// A word's class; 0 for one that SQL doesn't know.
        case word(UInt8)
        case variable
        /// `=`, `<>`, `<`, …
        case comparison
        /// `+ - * / % ^ & | ~ !`
        case arithmetic
        /// `||`, which is also `or`.
        case pipes
        /// `&&`
        case ampersands
        case open, close, comma, semicolon, dot
        case comment
        case other
    }

    let text: UnsafeRawBufferPointer
    var position: Int

    init(_ text: UnsafeRawBufferPointer, at position: Int) {
        (self.text, self.position) = (text, position)
    }

    /// Where the last token began.
    private(set) var start = 0

    mutating func next() -> Token {
        skipSpaces()
        start = position
        guard position < text.count else { return .end }
        let byte = text[position]
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): return string(byte)
        case 0x30...0x39: return number()
        case UInt8(ascii: "."): return ASCII.isDigit(text.byte(position + 1)) ? number() : single(.dot)
        case UInt8(ascii: "("): return single(.open)
        case UInt8(ascii: ")"): return single(.close)
        case UInt8(ascii: ","): return single(.comma)
        case UInt8(ascii: ";"): return single(.semicolon)
        case UInt8(ascii: "#"): return comment()
        case UInt8(ascii: "@"): return variable()
        case UInt8(ascii: "="), UInt8(ascii: "<"), UInt8(ascii: ">"): return comparison()
        case UInt8(ascii: "!"): return text.byte(position + 1) == UInt8(ascii: "=") ? comparison() : single(.arithmetic)
        case UInt8(ascii: "|"): return text.byte(position + 1) == byte ? pair(.pipes) : single(.arithmetic)
        case UInt8(ascii: "&"): return text.byte(position + 1) == byte ? pair(.ampersands) : single(.arithmetic)
        case UInt8(ascii: "-"): return text.byte(position + 1) == byte ? dashes() : single(.arithmetic)
        case UInt8(ascii: "/"): return text.byte(position + 1) == UInt8(ascii: "*") ? comment() : single(.arithmetic)
        case UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "%"), UInt8(ascii: "^"), UInt8(ascii: "~"): return single(.arithmetic)
        default: return ASCII.isWord(byte) || byte >= 0x80 || byte == UInt8(ascii: "$") ? word() : single(.other)
        }
    }

    /// The next token without taking it.
    func peek() -> Token {
        var copy = self
        return copy.next()
    }

    private mutating func skipSpaces() {
        while position < text.count {
            let byte = text[position]
            // A lone A0 is MySQL's no-break space in Latin-1; behind another byte beyond ASCII it is part of a character.
            guard ASCII.isSpace(byte) || byte == 0xA0 && text.byte(position - 1) < 0x80 else { return }
            position += 1
        }
    }

    private mutating func single(_ token: Token) -> Token {
        position += 1
        return token
    }

    private mutating func pair(_ token: Token) -> Token {
        position += 2
        return token
    }

    private mutating func string(_ quote: UInt8) -> Token {
        let first = position + 1
        position = first
        while position < text.count, text[position] != quote { position += text[position] == 0x5C ? 2 : 1 }
        position = min(position, text.count)
        let isOpen = position == text.count
        let isEmpty = position == first
        position = min(position + 1, text.count)
        return .string(isOpen: isOpen, isEmpty: isEmpty)
    }

    private mutating func number() -> Token {
        if text[position] == 0x30, text.byte(position + 1) == 0x78 {
            position += 2
            while ASCII.hex(text.byte(position)) != nil { position += 1 }
            return .number
        }
        while ASCII.isDigit(text.byte(position)) || text.byte(position) == 0x2E { position += 1 }
        // 1e0union is a number and a word.
        if text.byte(position) == 0x65, ASCII.isDigit(text.byte(position + 1)) {
            position += 1
            while ASCII.isDigit(text.byte(position)) { position += 1 }
            return .number
        }
        // 12abc is a name.
        if ASCII.isWord(text.byte(position)), SQLWord.table.value(text, position, text.wordEnd(position)) == 0 {
            position = text.wordEnd(position)
            return .word(0)
        }
        return .number
    }

    private mutating func word() -> Token {
        let first = position
        while position < text.count {
            let byte = text[position]
            guard ASCII.isWord(byte) || byte >= 0x80 && !(byte == 0xA0 && text[position - 1] < 0x80) || byte == 0x24 else { break }
            position += 1
        }
        // One byte beyond ASCII that is no blank: make sure to move on.
        if position == first { position += 1 }
        return .word(SQLWord.table.value(text, first, position))
    }

    private mutating func variable() -> Token {
        while text.byte(position) == UInt8(ascii: "@") { position += 1 }
        position = text.wordEnd(position)
        return .variable
    }

    private mutating func comparison() -> Token {
        position += 1
        while position < text.count, ("=<>" as StaticString).has(text[position]) { position += 1 }
        return .comparison
    }

    /// `--` begins a comment for MySQL only before a blank or the end; for the others always.
    private mutating func dashes() -> Token {
        let after = text.byte(position + 2)
        if ASCII.isSpace(after) || after == UInt8(ascii: "-") || after == UInt8(ascii: "+") { return comment() }
        return ASCII.isDigit(after) || after == UInt8(ascii: "(") ? pair(.arithmetic) : comment()
    }

    /// Up to the end of its line; what stands on the next one goes on.
    private mutating func comment() -> Token {
        guard text[position] != UInt8(ascii: "/"), let line = text.next(0x0A, from: position), line + 1 < text.count else {
            position = text.count
            return .comment
        }
        position = line + 1
        return next()
    }
}
