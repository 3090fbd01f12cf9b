/// What the name and the comment of a column say about its values. A hint alone proves nothing about clear values: it lowers the share
/// that must
/// match, and names the kind of values that can't be read.
package struct ColumnHint: Hashable, Sendable {
    package enum Strength: Int, Comparable, Hashable, Sendable {
        /// Could mean other things too: `name`, `card_no`.
        case weak
        case strong
        package static func < (left: Strength, right: Strength) -> Bool { left.rawValue < right.rawValue }
    }

    package enum Source: String, Hashable, Sendable {
        case name, comment
    }

    package var kind: DataKind
    package var strength: Strength
    package var source: Source
    /// Says plainly that the values are something else: an order number, a price, a department.
    package var isOther: Bool { kind == .none }

    /// The best hint of a column; nil when neither name nor comment says anything.
    /// - Parameter words: the user's own (``DiscoveryRules``), in lower case: they go before all others.
    package static func of(column name: String, comment: String?, words: [String: DataKind] = [:]) -> ColumnHint? {
        if let own = ownWord(in: name, words) { return ColumnHint(kind: own, strength: .strong, source: .name) }
        if let own = comment.flatMap({ ownWord(in: $0, words) }) { return ColumnHint(kind: own, strength: .strong, source: .comment) }
        let byName = ColumnNameReader.read(name).map { ColumnHint(kind: $0.kind, strength: $0.strength, source: .name) }
        let byComment = comment.flatMap(ColumnNameReader.read).map { ColumnHint(kind: $0.kind, strength: $0.strength, source: .comment) }
        guard let byName else { return byComment }
        guard let byComment else {
            // An abbreviation whose comment speaks of something else: `zd`, "站点".
            guard let comment, comment.unicodeScalars.contains(where: { TextScalars.isHan($0.value) }), name.utf8.count <= 4 else {
                return byName
            }
            return ColumnHint(kind: byName.kind, strength: .weak, source: .name)
        }
        // A comment is written to explain, and is not abbreviated: it decides unless it is the weaker one.
        if byName.kind == byComment.kind { return byName.strength >= byComment.strength ? byName : byComment }
        return byComment.strength >= byName.strength ? byComment : byName
    }

    /// A Chinese word stands anywhere in the name; another one is all of it, whatever stands between its parts.
    private static func ownWord(in text: String, _ words: [String: DataKind]) -> DataKind? {
        guard !words.isEmpty else { return nil }
        let text = String(text.prefix(120)).lowercased()
        let joined = text.filter { $0.isLetter || $0.isNumber }
        if let kind = words[joined] { return kind }
        return words.sorted { $0.key.count > $1.key.count }.first { word, _ in
            word.unicodeScalars.contains { TextScalars.isHan($0.value) } && text.contains(word)
        }?.value
    }
}
