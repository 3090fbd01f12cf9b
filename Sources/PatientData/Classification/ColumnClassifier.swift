package import Datastores

/// Joins what the values of a column show with what its name, comment, type and neighbours say. Pure: knows no store.
///
/// Values decide. A name only lowers the share of values that must agree, because what passes a strong check by chance (a resident ID: one random
/// number of 18 digits in 50,000) isn't chance when it happens in one value of twenty, whatever the column is called; and what many words look
/// like (a person's name) needs the name or the statistics of real names beside it. Enumerations and mere shapes (sex, age, postcode) need the
/// name.
package struct ColumnClassifier: Sendable {
    let rules: DiscoveryRules?

    /// - Parameter rules: the user's own words, kinds and suppressions; the same that the tallies were made with.
    package init(rules: DiscoveryRules? = nil) { self.rules = rules }

    /// The verdicts on all columns of a table, each with the others as its neighbours.
    /// - Parameters:
    ///   - store: the store's name, for the user's suppressions.
    ///   - tallies: one per column, in order; further columns count as empty.
    ///   - isComplete: the tallies have seen all rows.
    package func verdicts(on table: Table, tallies: [ColumnTally], isComplete: Bool, store: String = "") -> [ColumnVerdict] {
        let empty = ColumnTally(rules: rules)
        let tallies = table.columns.indices.map { $0 < tallies.count ? tallies[$0] : empty }
        let hints = table.columns.map { hint(of: $0) }
        let alone = table.columns.indices.map { verdict(hints[$0], table.columns[$0], tallies[$0], TableContext(), isComplete: isComplete) }
        return table.columns.indices.map { index in
            if rules?.suppresses(store: store, table: table, column: table.columns[index].name) == true {
                return .none(of: tallies[index], confidence: alone[index].confidence)
            }
            let context = TableContext(table, hints: hints, verdicts: alone, without: index)
            return verdict(hints[index], table.columns[index], tallies[index], context, isComplete: isComplete)
        }
    }

    /// The verdict on one column without its neighbours.
    /// - Parameter isComplete: the tally has seen all rows.
    package func verdict(on column: Column, _ tally: ColumnTally, isComplete: Bool = false) -> ColumnVerdict {
        verdict(hint(of: column), column, tally, TableContext(), isComplete: isComplete)
    }

    private func hint(of column: Column) -> ColumnHint? {
        ColumnHint.of(column: column.name, comment: column.comment, words: rules?.columnWords ?? [:])
    }

    private func verdict(
        _ hint: ColumnHint?, _ column: Column, _ tally: ColumnTally, _ context: TableContext, isComplete: Bool
    ) -> ColumnVerdict {
        let hint = context.judged(hint)
        let type = DeclaredType(column.type)
        guard tally.values > 0 else {
            return ColumnVerdict(
                kind: hint?.kind ?? .none, share: 0, confidence: WilsonInterval(matches: 0, of: 0), protection: .empty, clearShare: 0, hint: hint,
                isSpecial: false, samples: [])
        }
        let kinds = KindRules(tally: tally, hint: hint, type: type, context: context)
        if let match = kinds.passwordHash { return hashedPasswords(match, tally: tally, hint: hint, isComplete: isComplete) }
        if let custom = rules?.kind(of: tally, column: column) { return self.custom(custom, tally: tally, isComplete: isComplete) }
        if let match = kinds.best { return clear(match, tally: tally, hint: hint, isComplete: isComplete) }
        return protected(tally: tally, hint: hint, type: type)
    }

    private func clear(_ match: KindRules.Match, tally: ColumnTally, hint: ColumnHint?, isComplete: Bool) -> ColumnVerdict {
        let agrees = hint.map { $0.kind == match.kind || (match.kind == .drug && $0.kind == .prescription) } ?? false
        let kind = match.kind == .drug && hint?.kind == .prescription ? .prescription : match.kind
        // What is random by nature is counted in the match already.
        let known = match.count.distinct + (agrees && !kind.isRandomByNature ? tally.covered : 0)
        let readable = kind.isRandomByNature ? tally.distinct : tally.plaintext.distinct
        return ColumnVerdict(
            kind: kind, share: min(1, Double(known) / Double(max(1, tally.distinct))),
            confidence: WilsonInterval(matches: match.count.distinct, of: readable, isComplete: isComplete),
            protection: kind.isRandomByNature ? .plaintext : Protection(of: tally, hasClearValues: true),
            clearShare: min(1, Double(match.count.rows) / Double(max(1, tally.rows))), hint: agrees ? hint : nil,
            isSpecial: tally.special.rows > 0, samples: tally.samples[match.kind] ?? (match.kind == .prescription ? tally.samples[.drug] : nil) ?? [])
    }

    private func custom(_ match: DiscoveryRules.Match, tally: ColumnTally, isComplete: Bool) -> ColumnVerdict {
        ColumnVerdict(
            kind: .none, share: min(1, Double(match.count.distinct) / Double(max(1, tally.distinct))),
            confidence: WilsonInterval(matches: match.count.distinct, of: tally.plaintext.distinct, isComplete: isComplete),
            protection: Protection(of: tally, hasClearValues: true), clearShare: min(1, Double(match.count.rows) / Double(max(1, tally.rows))),
            hint: nil,
            isSpecial: false, customKind: match.id, samples: [])
    }

    private func hashedPasswords(_ match: KindRules.Match, tally: ColumnTally, hint: ColumnHint?, isComplete: Bool) -> ColumnVerdict {
        ColumnVerdict(
            kind: .passwordHash, share: min(1, match.share),
            confidence: WilsonInterval(matches: match.count.distinct, of: tally.distinct, isComplete: isComplete),
            protection: Protection(of: tally, hasClearValues: false), clearShare: 0, hint: hint, isSpecial: false,
            samples: tally.samples[.passwordHash] ?? [])
    }

    /// No readable value proves a kind: the name may, for values that can't be read, and for record numbers, which have no form of their own.
    private func protected(tally: ColumnTally, hint: ColumnHint?, type: DeclaredType) -> ColumnVerdict {
        var kind = DataKind.none
        let coveredShare = Double(tally.covered) / Double(max(1, tally.distinct))
        var share = 0.0
        if let hint, !hint.isOther, coveredShare >= 0.5, hint.strength == .strong || coveredShare >= 0.9 {
            (kind, share) = (hint.kind, coveredShare)
        } else if let hint, hint.kind == .medicalRecordNumber, !type.isDateOrBoolean {
            (kind, share) = (.medicalRecordNumber, 1)
        }
        let isRecordNumberInClear = kind == .medicalRecordNumber && coveredShare < 0.5
        return ColumnVerdict(
            kind: kind, share: share, confidence: WilsonInterval(matches: 0, of: tally.plaintext.distinct),
            protection: Protection(of: tally, hasClearValues: false),
            clearShare: isRecordNumberInClear ? Double(tally.values) / Double(max(1, tally.rows)) : 0, hint: kind == .none ? nil : hint,
            isSpecial: false, samples: [])
    }
}

extension ColumnVerdict {
    /// Nothing of a person, whatever the values look like.
    static func none(of tally: ColumnTally, confidence: WilsonInterval) -> ColumnVerdict {
        ColumnVerdict(
            kind: .none, share: 0, confidence: confidence, protection: Protection(of: tally, hasClearValues: false), clearShare: 0, hint: nil,
            isSpecial: false, samples: [])
    }
}

extension KindRules {
    /// Hashes by their scheme; under the name of a password, digests as well.
    var passwordHash: Match? {
        var count = tally.count(showing: .passwordHash)
        let isNamed = hint?.kind.family == .password
        if isNamed, tally.digestLengths.count <= 1 {
            count.distinct += tally.digestLike.distinct
            count.rows += tally.digestLike.rows
        }
        let share = Double(count.distinct) / Double(max(1, tally.distinct))
        guard count.distinct > 0, isNamed ? share >= 0.1 : share >= 0.5 && count.distinct >= 3 else { return nil }
        return Match(kind: .passwordHash, count: count, share: share)
    }
}

extension TableContext {
    /// A hint in the light of the table: in a catalogue, a bare `name` or `address` is the thing's.
    func judged(_ hint: ColumnHint?) -> ColumnHint? {
        guard let hint else { return nil }
        if isOfThings, hint.kind == .name && hint.strength == .weak || hint.kind == .address || hint.kind == .geoLocation || hint.kind == .landline {
            return ColumnHint(kind: .none, strength: .strong, source: hint.source)
        }
        if hint.kind == .geoLocation, hint.strength == .weak, hasPosition {
            return ColumnHint(kind: .geoLocation, strength: .strong, source: hint.source)
        }
        return hint
    }
}
