import LogFormats

/// SQL that leaves the place a value was meant to have.
///
/// A value is read as SQL behind everything that could have ended it: the number that it begins with, and each of its quotes. What follows must
/// be the syntax of SQL, not only its words: "O'Brien and sons" and "western union, select a branch" are none.
struct SQLInjectionCheck {
    /// One value, decoded and in small letters.
    let text: UnsafeRawBufferPointer

    private enum Exit { case start, number, quote }

    private static let mostQuotes = 12

    init(_ text: UnsafeRawBufferPointer) { self.text = text }

    /// - Parameter namesNumber: the parameter's name calls it an identifier: a quote behind a number is a probe then.
    func matches(namesNumber: Bool) -> Bool {
        guard text.count >= 2 else { return false }
        if leaves(at: 0, .start) { return true }
        let afterNumber = leadingNumber
        if afterNumber > 0, leaves(at: afterNumber, .number) { return true }
        if afterNumber > 0, namesNumber, isQuoteProbe(from: afterNumber) { return true }
        // Quotes of JSON open and close its own strings.
        let isJSON = text[0] == UInt8(ascii: "{") || text[0] == UInt8(ascii: "[")
        var seen = 0
        for (index, byte) in text.enumerated() where byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") && !isJSON {
            seen += 1
            guard seen <= Self.mostQuotes else { break }
            if leaves(at: index + 1, .quote) { return true }
        }
        return SQLPhrases(text).isFound
    }

    /// Where the number ends that the value begins with; 0 without one.
    private var leadingNumber: Int {
        var index = text.skipSpaces(0)
        while index < text.count, ("-+~" as StaticString).has(text[index]) { index += 1 }
        var reader = SQLReader(text, at: index)
        return reader.next() == .number ? reader.position : 0
    }

    /// `1'`, `1')`, `1'"`, `1.,)"'(`: what tools send first.
    private func isQuoteProbe(from start: Int) -> Bool {
        guard text.count - start <= 12 else { return false }
        let rest = text[start...]
        return rest.contains { $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\"") } && rest.allSatisfy { ("'\"()\\.,%" as StaticString).has($0) }
    }

    private func leaves(at position: Int, _ exit: Exit) -> Bool {
        var reader = SQLReader(text, at: position)
        var closed = 0
        while reader.peek() == .close, closed < 8 {
            _ = reader.next()
            closed += 1
        }
        if exit == .start, closed == 0 {
            var copy = reader
            return copy.next() == .word(SQLWord.union) && SQLPhrases.isUnion(copy, isSure: true)
        }
        switch reader.next() {
        case .word(SQLWord.logic), .ampersands: return condition(reader, exit)
        case .pipes: return condition(reader, exit) || exit == .quote && joined(reader)
        case .word(SQLWord.union): return SQLPhrases.isUnion(reader, isSure: true)
        case .word(SQLWord.having): return condition(reader, exit)
        case .semicolon: return SQLPhrases.isStatement(reader) || exit == .quote && reader.peek() == .comment
        case .word(SQLWord.order): return ordered(reader, exit)
        case .comment: return exit == .quote ? endsInComment(reader) : exit == .number && isBareComment(reader)
        case .word(SQLWord.limit): return exit != .start && limited(reader)
        case .word(SQLWord.into): return reader.peek() == .word(SQLWord.file)
        case .word(SQLWord.procedure): return reader.peek() == .open
        case .word(SQLWord.like), .word(SQLWord.between), .word(SQLWord.in), .word(SQLWord.is), .word(SQLWord.not):
            reader.position = reader.start
            return exit == .quote && compared(&reader, exit)
        case .comparison: return exit == .quote && equated(reader)
        case .arithmetic: return exit == .quote && joined(reader)
        default: return false
        }
    }

    /// Behind `or`, `and`, `having`: an operand, and what makes it a condition.
    private func condition(_ start: SQLReader, _ exit: Exit, depth: Int = 0) -> Bool {
        var reader = start
        var token = reader.next()
        var steps = 0
        while token == .open || token == .word(SQLWord.not) || token == .arithmetic, steps < 12 {
            token = reader.next()
            steps += 1
        }
        switch token {
        case .number, .variable, .word(SQLWord.literal): break
        case .string(let isOpen, let isEmpty):
            // "a" and "b are two searched words, with the last quote forgotten.
            if isOpen {
                return exit == .quote && !isEmpty && text.byte(reader.start) == UInt8(ascii: "'")
                    || exit == .number && reader.position - reader.start <= 2
            }
        case .word(SQLWord.select): return steps > 0
        case .word(SQLWord.sleep), .word(SQLWord.function), .word(SQLWord.case):
            if reader.peek() == .open || token == .word(SQLWord.case) && reader.peek() == .word(SQLWord.when) { return true }
        case .word: break
        default: return false
        }
        return rest(&reader, exit, isName: isName(token), depth)
    }

    private func isName(_ token: SQLReader.Token) -> Bool {
        if case .word(let kind) = token { return kind != SQLWord.literal }
        return false
    }

    /// Behind the operand: a comparison with another, or the comment that takes the rest of the statement away.
    private func rest(_ reader: inout SQLReader, _ exit: Exit, isName: Bool, _ depth: Int) -> Bool {
        for _ in 0..<8 {
            let before = reader
            switch reader.next() {
            case .comment: return exit == .quote || !isName
            case .comparison, .pipes: return isOperand(&reader)
            case .close: continue
            // Arithmetic within the operand, or a name's second part.
            case .arithmetic, .dot: _ = isOperand(&reader)
            case .word(SQLWord.like), .word(SQLWord.between), .word(SQLWord.in), .word(SQLWord.is), .word(SQLWord.not):
                reader = before
                return compared(&reader, exit)
            case .word(SQLWord.logic), .ampersands: return !isName && depth < 8 && condition(reader, exit, depth: depth + 1)
            case .word(SQLWord.union): return SQLPhrases.isUnion(reader, isSure: true)
            case .semicolon: return SQLPhrases.isStatement(reader)
            case .word where isName, .number where isName, .string where isName: return false
            case .word(SQLWord.order): return ordered(reader, exit)
            case .word(SQLWord.limit): return exit == .quote && limited(reader)
            default: return false
            }
        }
        return false
    }

    /// `like '%`, `in (1`, `between 1 and`, `is null`, `rlike (select`: with what the operator needs behind it.
    private func compared(_ reader: inout SQLReader, _ exit: Exit) -> Bool {
        var token = reader.next()
        if token == .word(SQLWord.not) { token = reader.next() }
        switch token {
        case .word(SQLWord.like):
            switch reader.next() {
            case .string, .open, .number: return true
            case .word(SQLWord.like): return isOperand(&reader)
            default: return false
            }
        case .word(SQLWord.in): return reader.next() == .open
        case .word(SQLWord.is):
            if reader.peek() == .word(SQLWord.not) { _ = reader.next() }
            return reader.next() == .word(SQLWord.literal)
        case .word(SQLWord.between): return isOperand(&reader) && reader.next() == .word(SQLWord.logic) && isOperand(&reader)
        default: return false
        }
    }

    private func isOperand(_ reader: inout SQLReader) -> Bool {
        var token = reader.next()
        var steps = 0
        while token == .open || token == .arithmetic || token == .word(SQLWord.not), steps < 8 {
            token = reader.next()
            steps += 1
        }
        switch token {
        case .number, .string, .variable, .word: return true
        default: return false
        }
    }

    private func ordered(_ start: SQLReader, _ exit: Exit) -> Bool {
        var reader = start
        guard reader.next() == .word(SQLWord.by) else { return false }
        let key = reader.next()
        let after = reader.next()
        let ends = after == .comment || after == .end || after == .comma || after == .word(SQLWord.having)
        switch key {
        case .number: return ends || after == .close
        case .open: return after == .word(SQLWord.select)
        case .word(SQLWord.function), .word(SQLWord.case): return after == .open || after == .word(SQLWord.when)
        case .word: return exit == .quote && (after == .comment || after == .word(SQLWord.having))
        default: return false
        }
    }

    private func limited(_ start: SQLReader) -> Bool {
        var reader = start
        guard reader.next() == .number else { return false }
        switch reader.next() {
        case .comma: return reader.next() == .number
        case .comment, .word(SQLWord.into), .word(SQLWord.object), .word(SQLWord.union): return true
        default: return false
        }
    }

    /// `'=0--`, `'=''or'`, `'<>'`…
    private func equated(_ start: SQLReader) -> Bool {
        var reader = start
        switch reader.next() {
        case .number: return reader.next() == .comment
        case .string(isOpen: true, isEmpty: false): return true
        case .string(isOpen: false, isEmpty: true):
            let after = reader.next()
            return after == .comment || after == .word(SQLWord.logic)
        default: return false
        }
    }

    /// `'||(select …)||'`, `'+sleep(3)+'`, `'^0#`
    private func joined(_ start: SQLReader) -> Bool {
        var reader = start
        switch reader.next() {
        case .open: return reader.next() == .word(SQLWord.select)
        case .word(SQLWord.function), .word(SQLWord.sleep): return reader.peek() == .open
        case .word(SQLWord.case): return reader.peek() == .word(SQLWord.when)
        case .variable: return text.byte(reader.start + 1) == UInt8(ascii: "@")
        case .number: return reader.next() == .comment
        case .string(isOpen: true, isEmpty: false):
            return text.byte(start.position - 1) == UInt8(ascii: "|") && !ASCII.isSpace(text.byte(start.position))
        default: return false
        }
    }

    /// `'--` and `'#` with nothing but a few words behind them.
    private func endsInComment(_ reader: SQLReader) -> Bool {
        let start = reader.start
        if text.byte(start) == UInt8(ascii: "/") { return true }
        if text.byte(start) == UInt8(ascii: "#") { return text[(start + 1)...].allSatisfy { ASCII.isSpace($0) || $0 == UInt8(ascii: "-") } }
        guard ASCII.isSpace(text.byte(start - 1)) else { return true }
        // Words with dashes before them are what a search leaves out, and dashes between words are dashes: 'dresses' --infant, "a" -- b -- c.
        let rest = text[(start + 2)...].drop { ASCII.isSpace($0) }
        let hasBlank = start + 2 == text.count || text[start + 2] <= 0x20 || text[start + 2] == UInt8(ascii: "-")
        return hasBlank && rest.count <= 8 && !rest.contains { ASCII.isSpace($0) }
    }

    /// `1--`, `1-- -`: nothing behind.
    private func isBareComment(_ reader: SQLReader) -> Bool {
        let start = reader.start
        guard text.byte(start) != UInt8(ascii: "#") else { return false }
        if text.byte(start) == UInt8(ascii: "/") { return true }
        return text[(start + 2)...].allSatisfy { ASCII.isSpace($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    }
}
