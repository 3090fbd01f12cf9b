import LogFormats

/// A command of a shell behind what ends another: `;`, `|`, `&`, a new line, `` ` ``, `$(`; or as the whole value of a parameter that is called
/// `cmd`.
struct CommandInjectionCheck {
    /// One value, decoded and in small letters.
    let text: UnsafeRawBufferPointer

    private enum Exit { case semicolon, pipe, doubled, ampersand, line, substitution }

    private static let mostSeparators = 32

    init(_ text: UnsafeRawBufferPointer) { self.text = text }

    func matches(namesFields: Bool) -> Bool {
        var seen = 0
        for index in 0..<text.count {
            guard let (exit, next) = exit(at: index) else { continue }
            seen += 1
            guard seen <= Self.mostSeparators else { return false }
            if isCommand(at: next, behind: exit, from: index, namesFields) { return true }
        }
        return false
    }

    /// The whole value is a command line: `whoami`, `cat /etc/passwd`, `net user`.
    var isCommandLine: Bool {
        let start = text.skipSpaces(0)
        let end = commandEnd(start)
        switch ShellWords.table.value(text, start, end) {
        case ShellWords.plain: return end == text.count || !isNameByte(text[end])
        case ShellWords.argued: return hasArguments(end) && text.byte(end) <= 0x20
        case ShellWords.ambiguous:
            if end == text.count {
                return text.has("id", at: start) || text.has("ls", at: start) || text.has("dir", at: start) || text.has("ps", at: start)
            }
            return text[end] <= 0x20 && hasArguments(end) || text.has("net user", at: start)
        default: return false
        }
    }

    private func exit(at index: Int) -> (Exit, Int)? {
        let (byte, next) = (text[index], text.byte(index + 1))
        switch byte {
        case UInt8(ascii: ";"): return (.semicolon, index + 1)
        case UInt8(ascii: "|"): return next == byte ? (.doubled, index + 2) : (.pipe, index + 1)
        case UInt8(ascii: "&"): return next == byte ? (.doubled, index + 2) : (.ampersand, index + 1)
        case 0x0A, 0x0D: return (.line, index + 1)
        case UInt8(ascii: "`"): return (.substitution, index + 1)
        case UInt8(ascii: "$") where next == UInt8(ascii: "("), UInt8(ascii: "<") where next == UInt8(ascii: "("): return (.substitution, index + 2)
        default: return nil
        }
    }

    private func isCommand(at position: Int, behind exit: Exit, from: Int, _ namesFields: Bool) -> Bool {
        // Quotes and backslashes within a command's name hide it from filters: w'h'o'am'i, c\at.
        var start = text.skipSpaces(position)
        if text.has("/usr/bin/", at: start) { start += 9 } else if text.has("/bin/", at: start) { start += 5 }
        let end = commandEnd(start)
        switch ShellWords.table.value(text, start, end) {
        case ShellWords.plain: return isBoundary(end)
        case ShellWords.argued:
            if exit == .substitution { return isBoundary(end) && end > start }
            if exit == .pipe || exit == .doubled || exit == .semicolon, ends(end), text.byte(end) != 0, !namesFields { return text.count - end <= 2 }
            return isBoundary(end) && hasArguments(end)
        case ShellWords.ambiguous:
            guard isBoundary(end) else { return false }
            if exit == .substitution { return ends(end) || hasArguments(end) }
            if ends(end) { return isSurelyOutside(exit, from, namesFields) }
            return hasArguments(end) || text.has("net user", at: start) || text.has("net view", at: start) || text.has("net localgroup", at: start)
        default: return isHidden(start)
        }
    }

    private func commandEnd(_ start: Int) -> Int {
        var index = start
        while index < text.count, ASCII.isWord(text[index]) || text[index] == UInt8(ascii: "-") { index += 1 }
        return index
    }

    private func isNameByte(_ byte: UInt8) -> Bool { ASCII.isWord(byte) || byte >= 0x80 || byte == UInt8(ascii: "=") || byte == UInt8(ascii: ":") }

    private func isBoundary(_ end: Int) -> Bool { end == text.count || !isNameByte(text[end]) && text[end] != UInt8(ascii: ".") }

    /// Nothing but the end, or another separator, follows.
    private func ends(_ end: Int) -> Bool {
        let next = text.skipSpaces(end)
        if next < text.count, text[end] == 0x0A || text[end] == 0x0D { return true }
        return next == text.count || (";|&`)#'\">" as StaticString).has(text[next])
    }

    /// `127.0.0.1|id`, `';id;`, `||id`; not `name|id`.
    private func isSurelyOutside(_ exit: Exit, _ from: Int, _ namesFields: Bool) -> Bool {
        if exit == .doubled { return true }
        if namesFields { return false }
        var index = from - 1
        while index >= 0, ASCII.isSpace(text[index]) { index -= 1 }
        return index < 0 || !ASCII.isLetter(text[index]) && text[index] < 0x80
    }

    /// Options, paths, addresses, expansions: what commands have behind them and sentences don't.
    private func hasArguments(_ end: Int) -> Bool {
        guard end < text.count else { return false }
        // cat</etc/passwd, cat${IFS}, cat$IFS$9, {cat,/etc/passwd}, cat\t/etc.
        if ("<$>" as StaticString).has(text[end]) { return true }
        if text[end] == UInt8(ascii: ",") { return text.byte(end + 1) == UInt8(ascii: "/") || text.byte(end + 1) == UInt8(ascii: "-") }
        guard ASCII.isSpace(text[end]) else { return false }
        let start = text.skipSpaces(end)
        guard start < text.count else { return false }
        let first = text[start]
        if ("-/$*<>~" as StaticString).has(first) || first == UInt8(ascii: ".") && text.byte(start + 1) != first {
            return start + 1 == text.count || !ASCII.isSpace(text[start + 1])
        }
        if first == UInt8(ascii: ".") { return text.byte(start + 2) == UInt8(ascii: "/") || text.byte(start + 2) == UInt8(ascii: "\\") }
        // A word with a dot, slash or colon inside: a file, host or address.
        var index = start
        while index < text.count, !ASCII.isSpace(text[index]), index - start < 64 {
            let byte = text[index]
            if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "`") || byte == UInt8(ascii: "$") { return true }
            if byte == UInt8(ascii: "."), index > start, ASCII.isWord(text.byte(index + 1)) { return true }
            if byte == UInt8(ascii: ":"), index == start + 1 { return true }
            if byte >= 0x80 { return false }
            index += 1
        }
        // sleep 5, ping 1, kill 9: a number and then nothing.
        if ASCII.isDigit(first) { return ends(index) }
        return false
    }

    /// `w'h'o'am'i`, `c\at /etc`, `wh``oami`: letters with quotes between, which make a command without them.
    private func isHidden(_ start: Int) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: WordTable.longest, alignment: 8) { word in
            var (index, length) = (start, 0)
            var isBroken = false
            while index < text.count, length < WordTable.longest {
                let byte = text[index]
                if ASCII.isWord(byte) {
                    word[length] = byte
                    length += 1
                } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\"") {
                    isBroken = true
                } else {
                    break
                }
                index += 1
            }
            guard isBroken, length >= 2 else { return false }
            let value = ShellWords.table.value(UnsafeRawBufferPointer(word), 0, length)
            return value == ShellWords.plain || value == ShellWords.argued && hasArguments(index)
        }
    }
}
