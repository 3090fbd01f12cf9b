/// Words of everyday Chinese with their rarity, from which ``WordLattice`` learns that 高血压 is a word and not Mr 高.
///
/// A selection from the dictionary of jieba 0.42 (`dict.txt`, MIT licence; see the notice in the data files): names of persons were left out,
/// and the counts rounded. Words that begin with a family name are kept down to rare ones, since they are what names are mistaken for.
enum GeneralWords {
    /// −ln of the share of a word that the data doesn't have, in halves.
    static let unknown = 34

    /// Calls `body` with each word and its rarity (−ln of its share, in halves).
    static func forEach(_ body: (ArraySlice<UInt16>, Int) -> Void) {
        for (length, data) in [(1, one), (2, two), (3, three), (4, four)] { read(data, length: length, body) }
    }

    /// Lines of digits set the rarity; all other lines are words of `length` characters without gaps.
    static func read(_ data: String, length: Int, _ body: (ArraySlice<UInt16>, Int) -> Void) {
        var rarity = unknown
        for line in data.utf8.split(separator: 0x0A) {
            if let first = line.first, first < 0x80 {
                rarity = line.reduce(0) { $0 * 10 + Int($1) - 0x30 }
                continue
            }
            let units = Unit.array(line)
            for start in stride(from: 0, to: units.count - length + 1, by: length) { body(units[start..<(start + length)], rarity) }
        }
    }
}
