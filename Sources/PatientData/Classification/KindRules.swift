/// For each kind, the share of readable values that proves it, with and without a hint.
struct KindRules {
    struct Match {
        var kind: DataKind
        var count: ColumnTally.Count
        /// Of the readable values.
        var share: Double
    }

    let tally: ColumnTally
    let hint: ColumnHint?
    let type: DeclaredType

    /// The kind with the strongest proof; nil when none is proved.
    var best: Match? {
        // In this order: what a check digit proves goes before what a shape suggests; of two shapes the larger share wins.
        let byCheckDigit = [match(.idCard, .idCard), bankCard, match(.email, .email)].compactMap { $0 }
        if let first = byCheckDigit.max(by: { $0.share < $1.share }) { return first }
        if let mobile { return mobile }
        let texts = [prescription, match(.drug, .drug), diagnosis, match(.address, .address), name, birthDate].compactMap { $0 }
        // What the column's name says wins over a somewhat larger share: 高血压 is an illness, and a name by its build.
        if let hint, let hinted = texts.first(where: { $0.kind == hint.kind }) { return hinted }
        return texts.max { $0.share < $1.share }
    }

    /// Shares of the readable values: at least this many with a strong hint, a weak one, none.
    private struct Thresholds {
        var strong: Double
        var weak: Double
        var none: Double
        /// With a name that says something else.
        var contradicted: Double
    }

    private static let thresholds: [DataKind: Thresholds] = [
        .idCard: Thresholds(strong: 0.01, weak: 0.02, none: 0.02, contradicted: 0.05),
        .bankCard: Thresholds(strong: 0.01, weak: 0.05, none: 0.2, contradicted: 0.5),
        .email: Thresholds(strong: 0.01, weak: 0.05, none: 0.2, contradicted: 0.5),
        .mobile: Thresholds(strong: 0.05, weak: 0.2, none: 0.8, contradicted: 0.95),
        .address: Thresholds(strong: 0.2, weak: 0.3, none: 0.5, contradicted: 0.8),
        .drug: Thresholds(strong: 0.1, weak: 0.4, none: 0.6, contradicted: 0.9),
        .prescription: Thresholds(strong: 0.1, weak: 0.3, none: 0.4, contradicted: 0.8),
        .diagnosis: Thresholds(strong: 0.1, weak: 0.4, none: 0.6, contradicted: 0.9),
        .name: Thresholds(strong: 0.4, weak: 0.7, none: 0.85, contradicted: 2),
        .birthDate: Thresholds(strong: 0.2, weak: 0.5, none: 0.9, contradicted: 2),
    ]

    private func threshold(_ kind: DataKind) -> Double {
        guard let thresholds = Self.thresholds[kind] else { return 2 }
        guard let hint else { return thresholds.none }
        // A hint at another kind of person's data is no contradiction: numbers stand in the wrong column often enough.
        if hint.isOther { return hint.strength == .strong ? thresholds.contradicted : thresholds.none }
        guard hint.kind == kind || (hint.kind.isHealth && kind.isHealth) else { return thresholds.none }
        return hint.strength == .strong ? thresholds.strong : thresholds.weak
    }

    /// The rule that most kinds share: enough of the readable values, and so many that the interval's lower bound is above half of the
    /// threshold.
    private func match(_ kind: DataKind, _ evidence: DataKind) -> Match? { match(kind, count: tally.count(of: evidence)) }

    private func match(_ kind: DataKind, count: ColumnTally.Count) -> Match? {
        guard type.permits(kind), count.distinct > 0, tally.plaintext.distinct > 0 else { return nil }
        let share = Double(count.distinct) / Double(tally.plaintext.distinct)
        let needed = threshold(kind)
        guard share >= needed else { return nil }
        let isHinted = hint.map { $0.kind == kind || ($0.kind.isHealth && kind.isHealth) } ?? false
        // Without a hint, few values prove little.
        if !isHinted {
            guard count.distinct >= 3 || (kind == .idCard && count.distinct >= 2) else { return nil }
            guard WilsonInterval(matches: count.distinct, of: tally.plaintext.distinct).lower >= needed / 2 else { return nil }
        }
        return Match(kind: kind, count: count, share: share)
    }

    // MARK: Kinds with more to them

    private var bankCard: Match? {
        let certain = tally.count(of: .bankCard)
        guard hint?.kind == .bankCard else { return match(.bankCard, count: certain) }
        // The column says so: the check digit is enough where most values have it right; one random number of ten has.
        var count = certain
        count.distinct += tally.checkedCards.distinct
        count.rows += tally.checkedCards.rows
        guard let all = match(.bankCard, count: count) else { return nil }
        return all.share >= 0.5 ? all : match(.bankCard, count: certain)
    }

    /// Counters of eleven digits run through assigned ranges too; but they stand close together.
    private var mobile: Match? {
        guard let match = match(.mobile, .mobile) else { return nil }
        let hinted = hint?.kind == .mobile
        if !hinted, match.count.distinct >= 3 {
            let span = tally.mobileRange.high - tally.mobileRange.low
            guard span / 1_000 > UInt64(match.count.distinct) else { return nil }
        }
        return match
    }

    /// A prescription names the medicine and how to take it; with a column that says so, the medicine is enough.
    private var prescription: Match? {
        if hint?.kind == .prescription {
            let drugs = tally.count(of: .drug)
            let directions = tally.count(of: .prescription)
            return match(.prescription, count: drugs.distinct > directions.distinct ? drugs : directions)
        }
        return match(.prescription, .prescription)
    }

    private var diagnosis: Match? {
        if let named = match(.diagnosis, .diagnosis) { return named }
        let share = Double(tally.codes.distinct) / Double(max(1, tally.plaintext.distinct))
        // Seats and shelves are A01 too: without a hint, nearly all must be codes, and most must have their dot.
        let dotted = Double(tally.dottedCodes.distinct) / Double(max(1, tally.codes.distinct))
        guard hint?.kind == .diagnosis || (share >= 0.9 && dotted >= 0.5 && tally.codes.distinct >= 10) else { return nil }
        return match(.diagnosis, count: tally.codes)
    }

    private var name: Match? {
        guard let match = match(.name, .name) else { return nil }
        let count = Double(match.count.distinct)
        let common = Double(tally.namesWithCommonSurname) / count
        let otherwise = Double(tally.namesThatEndOtherwise) / count
        switch hint?.kind == .name ? hint?.strength : nil {
        case .strong: return otherwise < 0.5 ? match : nil
        case .weak: return common >= 0.25 && otherwise < 0.2 ? match : nil
        // Six of ten people bear one of the thirty commonest family names; of words that begin like a name hardly one in ten does.
        case nil: return match.count.distinct >= 20 && tally.surnames.count >= 6 && common >= 0.35 && otherwise < 0.12 ? match : nil
        }
    }

    /// Every system is full of dates. People's births spread over generations, have no time of day, and lie in the past.
    private var birthDate: Match? {
        guard let match = match(.birthDate, .birthDate) else { return nil }
        if hint?.kind == .birthDate, hint?.strength == .strong { return match }
        guard match.count.distinct >= 20, tally.datesWithTime * 20 < match.count.distinct, !type.isTimestamp else { return nil }
        let days = tally.days.sorted()
        let low = Int(days[days.count / 20])
        let middle = Int(days[days.count / 2])
        let high = Int(days[days.count - 1 - days.count / 20])
        // From 1900 on, half of them before 2005, nine of ten over at least thirty years.
        return low > -25_567 && middle < 12_784 && high - low >= 30 * 365 ? match : nil
    }
}
