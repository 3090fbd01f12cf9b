/// Kinds with more to them than a share.
extension KindRules {
    /// Numbers that are built of region and date, but whose last character is as good as random, are no resident IDs.
    var idCard: Match? {
        guard let match = match(.idCard, .idCard) else { return nil }
        let unchecked = tally.count(showing: .uncheckedIdCard).distinct
        return unchecked <= 3 * match.count.distinct || hint?.kind == .idCard ? match : nil
    }

    var bankCard: Match? {
        // One random number of ten has a right check digit: where most have, they are card numbers, whoever issued them.
        let count = sum(.bankCard, .checkedCard)
        let isHinted = hint?.kind == .bankCard
        if let all = match(.bankCard, count: count), isHinted ? all.share >= 0.5 : all.share >= 0.6 && count.distinct >= 20 { return all }
        return match(.bankCard, .bankCard)
    }

    /// Check characters prove what the mere shape doesn't.
    var permit: Match? { checked(.foreignerPermit, .checkedPermit, atLeast: 0.3) }
    var licence: Match? { checked(.doctorLicence, .checkedLicence, atLeast: 0.5) }
    var account: Match? { checked(.wechat, .systemAccount, atLeast: 0.8) }

    private func checked(_ kind: DataKind, _ mark: KindSet, atLeast needed: Double) -> Match? {
        let count = tally.count(showing: mark)
        let share = Double(count.distinct) / Double(max(1, tally.plaintext.distinct))
        return count.distinct >= 3 && share >= needed && type.permits(kind) ? Match(kind: kind, count: count, share: share) : nil
    }

    // MARK: Telephones

    /// Under a name that anything of that shape would fit, telephones are telephones when nearly all are.
    var surelyTelephones: Match? {
        guard let hint, [.medicalRecordNumber, .socialSecurity, .medicalInsurance, .qq, .password, .wechat].contains(hint.kind),
            let mobile, mobile.share >= 0.95, mobile.count.distinct >= 20
        else { return nil }
        return mobile
    }

    /// Counters of eleven digits run through assigned ranges too; but they stand close together.
    var mobile: Match? {
        // People's numbers begin with several of the prefixes of three digits.
        guard let match = match(.mobile, .mobile), isSpread(match, atLeast: 100_000_000) else { return nil }
        return match
    }

    var landline: Match? {
        guard let match = match(.landline, .landline), isSpread(match, atLeast: 100_000) else { return nil }
        return match
    }

    private func isSpread(_ match: Match, atLeast least: UInt64) -> Bool {
        guard hint?.kind.family != .telephone, match.count.distinct >= 3 else { return true }
        let range = tally.telephoneRange
        guard range.high > range.low else { return false }
        return range.high - range.low >= least && (range.high - range.low) / 1_000 > UInt64(match.count.distinct)
    }

    // MARK: Texts

    /// A prescription names the medicine and how to take it; with a column that says so, the medicine is enough.
    var prescription: Match? {
        if hint?.kind == .prescription {
            let drugs = tally.count(showing: .drug)
            let directions = tally.count(showing: .prescription)
            return match(.prescription, count: drugs.distinct > directions.distinct ? drugs : directions)
        }
        return match(.prescription, .prescription)
    }

    /// Histories in whole sentences, whatever the column is called; a name that says diagnosis or symptom goes before.
    var narrative: Match? {
        guard hint.map({ $0.isOther || !$0.kind.isHealth }) ?? true else { return nil }
        let count = tally.count(showing: .narrative)
        let share = Double(count.distinct) / Double(max(1, tally.plaintext.distinct))
        let histories = tally.count(showing: .medicalHistory)
        return count.distinct >= 3 && share >= 0.5 ? Match(kind: .medicalHistory, count: histories, share: share) : nil
    }

    /// Names of illnesses; under their name, codes as well when there are more of them.
    var diagnosis: Match? {
        let named = tally.count(showing: .diagnosis)
        let codes = tally.count(showing: .icd10)
        guard hint?.kind == .diagnosis, codes.distinct > 0 else { return match(.diagnosis, count: named) }
        if codes.distinct > 4 * named.distinct { return nil }
        return match(.diagnosis, count: ColumnTally.Count(distinct: named.distinct + codes.distinct, rows: named.rows + codes.rows))
    }

    var icd10: Match? {
        let codes = tally.count(showing: .icd10)
        if hint?.kind == .diagnosis || hint?.kind == .icd10 { return match(.icd10, count: codes) }
        // Seats and shelves are A01 too: without a hint, nearly all must be codes, and most must have their dot.
        let dotted = Double(tally.count(showing: .dottedCode).distinct) / Double(max(1, codes.distinct))
        return dotted >= 0.5 && codes.distinct >= 10 ? match(.icd10, count: codes) : nil
    }

    var device: Match? { match(.deviceId, .deviceId) }

    var name: Match? {
        guard let match = match(.name, .name) else { return nil }
        let count = Double(match.count.distinct)
        let common = Double(tally.namesWithCommonSurname) / count
        let given = Double(tally.namesWithGivenName) / count
        let otherwise = Double(tally.namesThatEndOtherwise) / count
        switch hint?.kind == .name ? hint?.strength : nil {
        case .strong: return otherwise < 0.5 ? match : nil
        case .weak:
            guard !context.isOfThings else { return nil }
            return (common >= 0.25 || context.isOfPersons || (given >= 0.6 && tally.surnames.count >= 10)) && otherwise < 0.2 ? match : nil
        case nil:
            guard !context.isOfThings, match.count.distinct >= (context.isOfPersons ? 8 : 20), otherwise < 0.12 else { return nil }
            // Six of ten people bear one of the thirty commonest family names; of words that begin like a name hardly one in ten does. Where the
            // family names were drawn by lot, the given names tell.
            return (common >= 0.35 && tally.surnames.count >= 6) || (given >= 0.6 && tally.surnames.count >= 40) ? match : nil
        }
    }

    /// Every system is full of dates. People's births spread over generations, have no time of day, and lie in the past.
    var birthDate: Match? {
        guard let match = match(.birthDate, .birthDate) else { return nil }
        let isHinted = hint?.kind == .birthDate
        if isHinted, hint?.strength == .strong || context.isOfPersons { return match }
        guard match.count.distinct >= 20, tally.datesWithTime * 20 < match.count.distinct, !type.isTimestamp, !context.isOfThings else { return nil }
        let days = tally.days.sorted()
        let low = Int(days[days.count / 20])
        let middle = Int(days[days.count / 2])
        let high = Int(days[days.count - 1 - days.count / 20])
        // From 1900 on, half of them before 2005, nine of ten over at least thirty years; beside persons, over twenty.
        let years = context.isOfPersons ? 20 : 30
        return low > -25_567 && middle < 12_784 && high - low >= years * 365 ? match : nil
    }
}
