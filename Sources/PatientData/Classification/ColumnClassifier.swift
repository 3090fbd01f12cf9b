package import Datastores

/// Joins what the values of a column show with what its name, comment and type say. Pure: knows no store.
///
/// Values decide. A name only lowers the share of values that must agree, because what passes a strong check by chance (a resident ID:
/// one random
/// number of 18 digits in 50,000) isn't chance when it happens in one value of twenty, whatever the column is called; and what many words
/// look
/// like (a person's name) needs the name or the statistics of real names beside it.
package struct ColumnClassifier: Sendable {
    package init() {}

    /// - Parameter isComplete: the tally has seen all rows.
    package func verdict(on column: Column, _ tally: ColumnTally, isComplete: Bool = false) -> ColumnVerdict {
        let hint = ColumnHint.of(column: column.name, comment: column.comment)
        let type = DeclaredType(column.type)
        guard tally.values > 0 else {
            return ColumnVerdict(
                kind: hint?.kind ?? .none, share: 0, confidence: WilsonInterval(matches: 0, of: 0), protection: .empty, clearShare: 0,
                hint: hint,
                isSpecial: false, samples: [])
        }
        let rules = KindRules(tally: tally, hint: hint, type: type)
        if let match = rules.best {
            return clear(match, tally: tally, hint: hint, isComplete: isComplete)
        }
        return protected(tally: tally, hint: hint, type: type)
    }

    private func clear(_ match: KindRules.Match, tally: ColumnTally, hint: ColumnHint?, isComplete: Bool) -> ColumnVerdict {
        let agrees = hint.map { $0.kind == match.kind || (match.kind == .drug && $0.kind == .prescription) } ?? false
        let kind = match.kind == .drug && hint?.kind == .prescription ? .prescription : match.kind
        let covered = tally.masked.distinct + tally.hashed.distinct + tally.digestLike.distinct + tally.encrypted.distinct
        let known = match.count.distinct + (agrees ? covered : 0)
        return ColumnVerdict(
            kind: kind, share: min(1, Double(known) / Double(max(1, tally.distinct))),
            confidence: WilsonInterval(matches: match.count.distinct, of: tally.plaintext.distinct, isComplete: isComplete),
            protection: protection(tally, hasClearValues: true), clearShare: min(1, Double(match.count.rows) / Double(max(1, tally.rows))),
            hint: agrees ? hint : nil,
            isSpecial: tally.special.rows > 0,
            samples: tally.samples[match.kind] ?? (match.kind == .prescription ? tally.samples[.drug] : nil) ?? [])
    }

    /// No readable value proves a kind: the name may, for values that can't be read, and for record numbers, which have no form of their
    /// own.
    private func protected(tally: ColumnTally, hint: ColumnHint?, type: DeclaredType) -> ColumnVerdict {
        var kind = DataKind.none
        let covered = tally.masked.distinct + tally.hashed.distinct + tally.digestLike.distinct + tally.encrypted.distinct
        let coveredShare = Double(covered) / Double(max(1, tally.distinct))
        var share = 0.0
        if let hint, !hint.isOther, coveredShare >= 0.5, hint.strength == .strong || coveredShare >= 0.9 {
            (kind, share) = (hint.kind, coveredShare)
        } else if let hint, hint.kind == .medicalRecordNumber, !type.isDateOrBoolean {
            (kind, share) = (.medicalRecordNumber, 1)
        }
        let isRecordNumberInClear = kind == .medicalRecordNumber && coveredShare < 0.5
        return ColumnVerdict(
            kind: kind, share: share, confidence: WilsonInterval(matches: 0, of: tally.plaintext.distinct),
            protection: protection(tally, hasClearValues: false),
            clearShare: isRecordNumberInClear ? Double(tally.values) / Double(max(1, tally.rows)) : 0, hint: kind == .none ? nil : hint,
            isSpecial: false, samples: [])
    }

    /// Readable values of the kind make a mixture, however few; others don't unless they are many: now and then a ciphertext looks like a
    /// word.
    private func protection(_ tally: ColumnTally, hasClearValues: Bool) -> Protection {
        let total = Double(max(1, tally.distinct))
        // Digests have one length; the lengths of ciphertexts follow those of what they hide.
        let digestsAreHashes = tally.digestLengths.count <= 1
        let shares = Protection.Shares(
            plaintext: Double(tally.plaintext.distinct + tally.uuids.distinct) / total, masked: Double(tally.masked.distinct) / total,
            hashed: Double(tally.hashed.distinct + (digestsAreHashes ? tally.digestLike.distinct : 0)) / total,
            encrypted: Double(tally.encrypted.distinct + (digestsAreHashes ? 0 : tally.digestLike.distinct)) / total)
        if shares.plaintext >= 0.98 { return .plaintext }
        if !hasClearValues {
            if shares.masked >= 0.9 { return .masked }
            if shares.hashed >= 0.9 { return .hashed }
            if shares.encrypted >= 0.9 { return .encrypted }
        }
        return .mixed(shares)
    }
}
