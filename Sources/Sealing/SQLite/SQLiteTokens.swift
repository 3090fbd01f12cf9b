/// SQL text of SQLite's schema, cut into tokens (https://www.sqlite.org/lang.html, "tokenizer"): enough to find which names a definition uses. The catalogue
/// has no other way to tell the columns of CHECK constraints, expressions, triggers and views. What it can't tell apart it counts as used.
struct SQLiteTokens {
    enum Token: Hashable {
        /// A name or keyword as it was written, without quotes; `isQuoted` when it had any.
        case word(String, isQuoted: Bool)
        case text(String)
        /// One character of anything else.
        case symbol(Character)
    }

    let tokens: [Token]

    init(_ sql: String) {
        var tokens: [Token] = []
        let characters = Array(sql)
        var index = 0
        func character(_ place: Int) -> Character? { place < characters.count ? characters[place] : nil }
        while let first = character(index) {
            let next = character(index + 1)
            switch first {
            case "-" where next == "-":
                while let other = character(index), !other.isNewline { index += 1 }
            case "/" where next == "*":
                index += 2
                while index < characters.count, !(characters[index] == "*" && character(index + 1) == "/") { index += 1 }
                index += 2
            case "'", "\"", "`", "[":
                let (text, end) = Self.quoted(characters, from: index)
                tokens.append(first == "'" ? .text(text) : .word(text, isQuoted: true))
                index = end
            case _ where Self.isWord(first):
                let start = index
                while let other = character(index), Self.isWord(other) { index += 1 }
                tokens.append(.word(String(characters[start..<index]), isQuoted: false))
            case _ where first.isWhitespace: index += 1
            default:
                tokens.append(.symbol(first))
                index += 1
            }
        }
        self.tokens = tokens
    }

    private static func isWord(_ character: Character) -> Bool {
        character == "_" || character == "$" || !character.isASCII || character.isLetter || character.isNumber
    }

    private static func quoted(_ characters: [Character], from start: Int) -> (String, Int) {
        let close: Character = characters[start] == "[" ? "]" : characters[start]
        var text = ""
        var index = start + 1
        while index < characters.count {
            if characters[index] == close {
                guard close != "]", index + 1 < characters.count, characters[index + 1] == close else { return (text, index + 1) }
                index += 1
            }
            text.append(characters[index])
            index += 1
        }
        return (text, index)
    }

    /// Whether a name stands in it; SQLite doesn't tell upper from lower case (of ASCII). A string in single quotes may be a name, too.
    func uses(_ name: String) -> Bool { Self.uses(name, tokens[...]) }

    static func uses(_ name: String, _ tokens: ArraySlice<Token>) -> Bool {
        let wanted = name.lowercased()
        return tokens.contains { token in
            switch token {
            case .word(let text, _), .text(let text): text.lowercased() == wanted
            case .symbol: false
            }
        }
    }

    func isKeyword(_ word: String, at index: Int) -> Bool {
        guard tokens.indices.contains(index), case .word(let text, isQuoted: false) = tokens[index] else { return false }
        return text.uppercased() == word
    }

    /// What stands in the parentheses that open at `index`, without them, and where it ends.
    func parenthesised(at index: Int) -> Range<Int>? {
        guard tokens.indices.contains(index), tokens[index] == .symbol("(") else { return nil }
        var depth = 0
        for place in index..<tokens.count {
            if tokens[place] == .symbol("(") { depth += 1 }
            if tokens[place] == .symbol(")") { depth -= 1 }
            if depth == 0 { return index + 1..<place }
        }
        return nil
    }
}

/// A table's definition, as far as the catalogue's functions don't give it.
struct SQLiteDefinition {
    /// Conditions of CHECK constraints, with their names where they have one.
    private(set) var checks: [(name: String?, tokens: ArraySlice<SQLiteTokens.Token>)] = []
    /// Expressions of generated columns, by the column's name.
    private(set) var generated: [(column: String, tokens: ArraySlice<SQLiteTokens.Token>)] = []

    init(_ sql: String) {
        let tokens = SQLiteTokens(sql)
        guard let open = tokens.tokens.firstIndex(of: .symbol("(")), let body = tokens.parenthesised(at: open) else { return }
        var start = true
        var column = ""
        var index = body.lowerBound
        while index < body.upperBound {
            if start, case .word(let name, _) = tokens.tokens[index] { column = name }
            start = false
            if tokens.tokens[index] == .symbol(",") { start = true }
            if let inner = tokens.parenthesised(at: index) {
                if tokens.isKeyword("CHECK", at: index - 1) {
                    checks.append((Self.name(tokens, before: index - 1), tokens.tokens[inner]))
                } else if tokens.isKeyword("AS", at: index - 1) {
                    generated.append((column, tokens.tokens[inner]))
                }
                index = inner.upperBound
            }
            index += 1
        }
    }

    private static func name(_ tokens: SQLiteTokens, before index: Int) -> String? {
        guard tokens.isKeyword("CONSTRAINT", at: index - 2), case .word(let name, _) = tokens.tokens[index - 1] else { return nil }
        return name
    }
}

/// What a trigger's definition says about when it fires.
struct SQLiteTriggerEvent: Hashable {
    var firesOnUpdate = false
    /// After UPDATE OF; empty: all.
    var columns: [String] = []

    init(_ sql: String) {
        let tokens = SQLiteTokens(sql)
        // The event is the first of these words: names before it are quoted, or other words.
        for index in tokens.tokens.indices {
            if tokens.isKeyword("INSERT", at: index) || tokens.isKeyword("DELETE", at: index), index > 2 { return }
            guard index > 2, tokens.isKeyword("UPDATE", at: index) else { continue }
            firesOnUpdate = true
            guard tokens.isKeyword("OF", at: index + 1) else { return }
            for token in tokens.tokens[(index + 2)...] {
                switch token {
                case .word(let name, let isQuoted):
                    if !isQuoted, name.uppercased() == "ON" { return }
                    columns.append(name)
                case .text(let name): columns.append(name)
                case .symbol: break
                }
            }
        }
    }
}
