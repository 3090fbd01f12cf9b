/// Texts of servers, made fit to be shown. They quote the values that they complain about.
enum ServerMessage {
    /// The first line of `text` without anything quoted, without long digits, at most 160 characters.
    ///
    /// All from the first quotation mark to the last goes: a value may hold quotation marks itself.
    static func masked(_ text: String) -> String {
        let line = text.prefix { !$0.isNewline }.prefix(1_000)
        var masked = line[...]
        var tail: Substring = ""
        let marks: Set<Character> = ["\"", "'", "`", "‘", "’", "“", "”", "«", "»", "「", "」"]
        if let first = line.firstIndex(where: { marks.contains($0) }), let last = line.lastIndex(where: { marks.contains($0) }) {
            masked = line[..<first]
            tail = line[line.index(after: last)...]
        }
        var result = String(masked)
        if masked.endIndex != line.endIndex { result += "…" + tail }
        return String(withoutLongDigits(result).filter { $0.isASCII ? $0 >= " " : $0 == "…" }.prefix(160))
    }

    /// Four digits in a row or more may be part of somebody's number.
    private static func withoutLongDigits(_ text: String) -> String {
        var result = ""
        var digits = ""
        for character in text + "\n" {
            if character.isASCII, character.isNumber {
                digits.append(character)
                continue
            }
            result += digits.count > 3 ? "…" : digits
            digits = ""
            result.append(character)
        }
        return String(result.dropLast())
    }
}
