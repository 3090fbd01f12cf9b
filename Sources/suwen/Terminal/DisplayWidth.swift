/// How many columns text takes in a terminal: Chinese characters take two (Unicode TR 11, wide and full width).
enum DisplayWidth {
    static func of(_ text: String) -> Int { text.reduce(0) { $0 + width($1) } }

    static func width(_ character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        switch scalar.value {
        case 0..<0x20, 0x7F, 0x200B...0x200F, 0xFE00...0xFE0F: return 0
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
            0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }

    /// Breaks text into lines of at most `limit` columns: at a space where there is one, else between characters.
    static func wrap(_ text: String, _ limit: Int) -> [String] {
        guard of(text) > limit, limit > 1 else { return [text] }
        var lines: [String] = []
        var line = ""
        var used = 0
        for character in text {
            let wide = width(character)
            if used + wide > limit {
                if let space = line.lastIndex(of: " "), of(String(line[space...])) <= limit / 2 {
                    lines.append(String(line[..<space]))
                    line = String(line[line.index(after: space)...])
                } else {
                    lines.append(line)
                    line = ""
                }
                used = of(line)
            }
            line.append(character)
            used += wide
        }
        return lines + [line]
    }
}
