/// Phrases of SQL that are no other language's, wherever in a value they stand.
struct SQLPhrases {
    let text: UnsafeRawBufferPointer

    private static let mostTokens = 400

    init(_ text: UnsafeRawBufferPointer) { self.text = text }

    var isFound: Bool {
        var reader = SQLReader(text, at: 0)
        var previous = SQLReader.Token.end
        for _ in 0..<Self.mostTokens {
            let token = reader.next()
            if token == .end || token == .comment { return false }
            if matches(token, previous, reader) { return true }
            previous = token
        }
        return false
    }

    private func matches(_ token: SQLReader.Token, _ previous: SQLReader.Token, _ reader: SQLReader) -> Bool {
        guard case .word(let word) = token else { return token == .open && isSubquery(reader, after: previous) }
        switch word {
        case SQLWord.union: return Self.isUnion(reader, isSure: Self.endsOperand(previous))
        case SQLWord.logic: return isTautology(reader)
        case SQLWord.sleep: return isDelay(reader)
        case SQLWord.waitfor:
            var reader = reader
            return reader.next() == .word(SQLWord.delay) && Self.isString(reader.next())
        case SQLWord.into:
            var reader = reader
            return reader.next() == .word(SQLWord.file) && Self.isString(reader.next())
        case SQLWord.declare: return reader.peek() == .variable && previous != .variable
        case SQLWord.case: return isChoice(reader)
        case SQLWord.select: return isWholeSelect(reader, after: previous)
        default: return false
        }
    }

    private static func endsOperand(_ token: SQLReader.Token) -> Bool {
        switch token {
        case .number, .close, .comment: true
        case .string(let isOpen, _): !isOpen
        default: false
        }
    }

    private static func isString(_ token: SQLReader.Token) -> Bool {
        if case .string = token { return true }
        return false
    }

    /// Behind `union`.
    /// - Parameter isSure: what stands before it has ended a value; then names may be selected too.
    static func isUnion(_ start: SQLReader, isSure: Bool) -> Bool {
        var reader = start
        var token = reader.next()
        var isBracketed = false
        while token == .word(SQLWord.all) || token == .open {
            isBracketed = isBracketed || token == .open
            token = reader.next()
        }
        let isSure = isSure || isBracketed
        guard token == .word(SQLWord.select) else { return isSure && token == .word(SQLWord.values) && reader.peek() == .open }
        return isList(reader, isSure: isSure)
    }

    /// What a `select` gives: `1,2`, `null--`, `user()`, `@@version`, `* from`, `name from`.
    private static func isList(_ start: SQLReader, isSure: Bool) -> Bool {
        var reader = start
        var token = reader.next()
        while token == .word(SQLWord.all) || token == .open { token = reader.next() }
        switch token {
        case .number, .string, .word(SQLWord.literal):
            switch reader.next() {
            case .comma, .comment, .word(SQLWord.from), .close, .pipes, .arithmetic, .semicolon: return true
            case .end: return isSure
            default: return isSure && token != .number
            }
        case .variable: return true
        case .word(SQLWord.function), .word(SQLWord.sleep): return reader.peek() == .open || isSure && reader.peek() == .comma
        case .word(SQLWord.case): return reader.peek() == .word(SQLWord.when)
        case .arithmetic: return isSure || reader.peek() == .word(SQLWord.from)
        case .word:
            guard isSure else { return false }
            switch reader.next() {
            case .comma, .word(SQLWord.from), .dot, .open, .comment, .pipes: return true
            default: return false
            }
        default: return false
        }
    }

    /// `(select …`, where no word stands before the bracket.
    private func isSubquery(_ start: SQLReader, after previous: SQLReader.Token) -> Bool {
        var reader = start
        guard reader.next() == .word(SQLWord.select) else { return false }
        switch previous {
        case .word(0), .number: return Self.isList(reader, isSure: false) && Self.hasFrom(reader)
        case .end: return Self.isList(reader, isSure: true) && (Self.hasFrom(reader) || Self.callsFunction(reader))
        default: return Self.isList(reader, isSure: true)
        }
    }

    /// `select a from b` needs more than its two words: a list, or what follows a table.
    private func isWholeSelect(_ start: SQLReader, after previous: SQLReader.Token) -> Bool {
        var reader = start
        let first = reader.next()
        let isStar = text.byte(reader.start) == UInt8(ascii: "*")
        if first == .arithmetic, isStar, reader.next() == .word(SQLWord.from) { return true }
        return previous == .semicolon && Self.isList(start, isSure: false) && Self.hasFrom(start)
    }

    private static func hasFrom(_ start: SQLReader) -> Bool {
        var reader = start
        for _ in 0..<24 {
            switch reader.next() {
            case .word(SQLWord.from): return true
            case .end, .comment: return false
            default: continue
            }
        }
        return false
    }

    private static func callsFunction(_ start: SQLReader) -> Bool {
        var reader = start
        let token = reader.next()
        return (token == .word(SQLWord.function) || token == .word(SQLWord.sleep)) && reader.peek() == .open || token == .variable || token == .open
    }

    /// `or 1=1`, `and 'a'='a'`, wherever.
    private func isTautology(_ start: SQLReader) -> Bool {
        var reader = start
        var left = reader.next()
        while left == .open || left == .word(SQLWord.not) { left = reader.next() }
        let operation = reader.next()
        guard operation == .comparison, text.byte(reader.start) == UInt8(ascii: "=") || text.byte(reader.start) == UInt8(ascii: "!") else {
            return false
        }
        let right = reader.next()
        switch (left, right) {
        case (.number, .number), (.string, .string): return true
        default: return false
        }
    }

    /// `sleep(5)`, `benchmark(5000000,…`, `pg_sleep(10)`
    private func isDelay(_ start: SQLReader) -> Bool {
        var reader = start
        guard text.byte(reader.position) == UInt8(ascii: "("), reader.next() == .open else { return false }
        switch reader.next() {
        case .number, .open, .word(SQLWord.select), .string, .word(SQLWord.function), .word(SQLWord.case): return true
        default: return false
        }
    }

    /// `case when (1=1) then`
    private func isChoice(_ start: SQLReader) -> Bool {
        var reader = start
        guard reader.next() == .word(SQLWord.when) else { return false }
        var compares = false
        for _ in 0..<40 {
            switch reader.next() {
            case .comparison, .word(SQLWord.like): compares = true
            case .word(SQLWord.then): return compares
            case .end, .comment: return false
            default: continue
            }
        }
        return false
    }

    /// Behind a `;`: a statement of its own.
    static func isStatement(_ start: SQLReader) -> Bool {
        var reader = start
        let first = reader.next()
        guard case .word(let word) = first else { return false }
        let second = reader.next()
        switch word {
        case SQLWord.select: return isList(start.skippingOne, isSure: true)
        case SQLWord.insert: return second == .word(SQLWord.into)
        case SQLWord.delete: return second == .word(SQLWord.from)
        case SQLWord.update:
            for _ in 0..<6 where reader.next() == .word(SQLWord.set) { return true }
            return false
        case SQLWord.drop: return second == .word(SQLWord.object)
        case SQLWord.execute, SQLWord.declare:
            switch second {
            // "exec will create…" is a sentence.
            case .word: if case .word = reader.next() { return false } else { return true }
            case .variable, .open, .string: return true
            default: return false
            }
        case SQLWord.waitfor: return second == .word(SQLWord.delay)
        case SQLWord.shutdown: return second == .comment || second == .end || second == .semicolon
        case SQLWord.set: return second == .variable
        case SQLWord.copy:
            return second == .open || second == .word(SQLWord.object) || second == .word(SQLWord.all) || reader.next() == .word(SQLWord.from)
        case SQLWord.sleep, SQLWord.function: return second == .open
        default: return false
        }
    }
}

extension SQLReader {
    fileprivate var skippingOne: SQLReader {
        var copy = self
        _ = copy.next()
        return copy
    }
}
