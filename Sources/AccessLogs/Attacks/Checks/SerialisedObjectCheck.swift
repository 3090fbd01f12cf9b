import LogFormats

/// Serialised objects of Java, .NET, PHP and Python by how their streams begin.
enum SerialisedObjectCheck {
    /// In the target as it was sent: Base64 tells capitals from small letters.
    static func matches(raw target: UnsafeRawBufferPointer) -> Bool {
        for index in 0..<target.count {
            let byte = target[index]
            guard byte == UInt8(ascii: "r") || byte == UInt8(ascii: "A") || byte == UInt8(ascii: "g") || byte == UInt8(ascii: "H") else { continue }
            guard beginsValue(target, index) else { continue }
            // AC ED 00 05; 00 01 00 00 00 FF FF FF FF; 80 04 95 (pickle 4); 1F 8B 08 00 (gzip of one, as shells send it).
            if target.starts(with: "rO0AB", at: index) || target.starts(with: "AAEAAAD/////", at: index) || target.starts(with: "gASV", at: index)
                || target.starts(with: "H4sIAAAAAAAAA", at: index) && target.starts(with: "H4sIAAAAAAAAAF", at: index)
            {
                return true
            }
        }
        return false
    }

    /// Behind `=`, `:`, `/`, a quote or a blank, plain or encoded.
    private static func beginsValue(_ target: UnsafeRawBufferPointer, _ index: Int) -> Bool {
        if index == 0 { return true }
        if ("=:/\"' ,;" as StaticString).has(target[index - 1]) { return true }
        guard index >= 3, target[index - 3] == 0x25 else { return false }
        return target.has("%3d", at: index - 3) || target.has("%3a", at: index - 3) || target.has("%22", at: index - 3)
            || target.has("%20", at: index - 3) || target.has("%2f", at: index - 3)
    }

    /// In the decoded target: `O:8:"…":2:{` (PHP), `"@type":"com.…"` (fastjson), AC ED 00 05.
    static func matches(decoded text: UnsafeRawBufferPointer) -> Bool {
        for index in 0..<text.count {
            switch text[index] {
            case UInt8(ascii: ":") where isPHPObject(text, index): return true
            case UInt8(ascii: "@") where text.has("@type", at: index) && namesClass(text, index + 5): return true
            case 0xAC where text.byte(index + 1) == 0xED && text.byte(index + 2) == 0 && text.byte(index + 3) == 5: return true
            case UInt8(ascii: "a") where text.has("aced0005", at: index) && !ASCII.isWord(text.byte(index - 1)): return true
            default: continue
            }
        }
        return false
    }

    /// `o:8:"name":`, at the begin of a value or of another's member.
    private static func isPHPObject(_ text: UnsafeRawBufferPointer, _ colon: Int) -> Bool {
        guard text.byte(colon - 1) == UInt8(ascii: "o"), !ASCII.isWord(text.byte(colon - 2)) else { return false }
        var index = colon + 1
        while ASCII.isDigit(text.byte(index)) || text.byte(index) == UInt8(ascii: "+") { index += 1 }
        return index > colon + 1 && text.byte(index) == UInt8(ascii: ":") && text.byte(index + 1) == UInt8(ascii: "\"")
    }

    /// A class of Java has dots in its name; a type of JSON-LD is a word or an address.
    private static func namesClass(_ text: UnsafeRawBufferPointer, _ start: Int) -> Bool {
        var index = start
        while index < min(text.count, start + 8), ("\"': \\[l" as StaticString).has(text[index]) || ASCII.isSpace(text[index]) { index += 1 }
        let first = index
        var dots = 0
        while index < text.count, ASCII.isWord(text[index]) || (".$" as StaticString).has(text[index]) {
            if text[index] == UInt8(ascii: ".") { dots += 1 }
            index += 1
        }
        return index > first && dots >= 1 && text.byte(index) != UInt8(ascii: ":")
    }
}
