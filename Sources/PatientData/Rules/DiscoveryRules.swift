package import Datastores

/// What a user adds to the built-in knowledge: words, kinds and exceptions. See ``load(_:)`` for the file.
package struct DiscoveryRules: Sendable {
    /// Words of column names, in lower case without anything between letters, and the kind that they mean.
    package var columnWords: [String: DataKind] = [:]
    /// At most 32.
    package var kinds: [CustomKind] = []
    package var suppressions: [Suppression] = []
    var surnames = WordSet("")
    var diseases = WordSet("")
    var drugs = WordSet("")
    var hasTerms = false
    /// Words to be found in running text, for ``FreeTextScanner``.
    package var textTerms: [DataKind: [String]] = [:]
    /// Of the file's text: a scan by other rules is another scan.
    package var digest = ""

    package init() {}

    /// A user's kind that the values of a column prove.
    struct Match {
        var id: String
        var count: ColumnTally.Count
    }

    package func kind(id: String) -> CustomKind? { kinds.first { $0.id == id } }

    /// Adds to a reading what the user's words make of the value; a suppressed value is of no kind.
    /// - Returns: the user's kinds that it is of: bit n for the kind n.
    func read(_ value: UnsafeBufferPointer<UInt8>, _ reading: inout ValueReading) -> UInt32 {
        guard !reading.isBlank, reading.form == .plaintext else { return 0 }
        let value = value.trimmed
        if hasTerms { _ = TextScalars.with(value) { addTerms($0, to: &reading) } }
        let needsText = !kinds.isEmpty || suppressions.contains { $0.values != nil }
        guard needsText, value.count <= RulePattern.longestValue else { return 0 }
        let text = String(decoding: value, as: UTF8.self)
        if suppressions.contains(where: { $0.isForAllColumns && $0.values?.matches(text) == true }) {
            reading.kinds = []
            return 0
        }
        var found: UInt32 = 0
        for (index, kind) in kinds.enumerated().prefix(32) where kind.matches(text) { found |= 1 << UInt32(index) }
        return found
    }

    private func addTerms(_ text: TextScalars, to reading: inout ValueReading) {
        if (2...4).contains(text.count), text.hanCount == text.count, text.begins(surnames, at: 0), !reading.kinds.contains(.name) {
            reading.kinds.insert(.name)
            reading.surname = text.first
            reading.hasCommonSurname = true
        }
        if text.contains(diseases) { reading.kinds.insert(.diagnosis) }
        if text.contains(drugs) { reading.kinds.insert(.drug) }
    }

    /// The user's kind with the largest share of the readable values, among those whose minimum is reached and whose context the column's name or
    /// comment has.
    func kind(of tally: ColumnTally, column: Column) -> Match? {
        let name = (column.name + " " + (column.comment ?? "")).lowercased()
        let total = Double(max(1, tally.plaintext.distinct))
        var best: (match: Match, share: Double)?
        for (kind, count) in zip(kinds, tally.customKinds) where count.distinct > 0 {
            let share = Double(count.distinct) / total
            guard share >= kind.minimumShare, kind.context.isEmpty || kind.context.contains(where: name.contains) else { continue }
            if share > best?.share ?? 0 { best = (Match(id: kind.id, count: count), share) }
        }
        return best?.match
    }

    /// Whether the user said that this column holds nothing of a person.
    package func suppresses(store: String, table: Table, column: String) -> Bool {
        suppressions.contains { $0.values == nil && $0.covers(store: store, table: table, column: column) }
    }
}

/// A kind of values that a user describes.
package struct CustomKind: Sendable {
    package enum Validator: String, CaseIterable, Sendable {
        case none
        case luhn
        case mod11_2 = "mod11-2"
        case mod31_3 = "mod31-3"
    }

    package var id: String
    package var title: String
    /// 1…5, as in GB/T 39725-2020.
    package var level: Int
    /// The user's own word for its category.
    package var category: String?
    var pattern: RulePattern
    package var validator: Validator
    /// In lower case; one of them must stand in the column's name or comment. Empty: the values are enough.
    package var context: [String]
    /// Of the readable distinct values.
    package var minimumShare: Double

    func matches(_ text: String) -> Bool { pattern.matches(text) && validator.accepts(text) }
}

/// Columns, or values, that a user declares harmless.
package struct Suppression: Sendable {
    /// Globs (`*`, `?`); nil for any.
    package var store: String?
    package var table: String?
    package var column: String?
    var values: RulePattern?

    /// Patterns of values hold wherever the values stand.
    var isForAllColumns: Bool { store == nil && table == nil && column == nil }

    func covers(store: String, table: Table, column: String) -> Bool {
        Glob.matches(self.store, store) && (Glob.matches(self.table, table.name) || Glob.matches(self.table, table.displayName))
            && Glob.matches(self.column, column)
    }
}
