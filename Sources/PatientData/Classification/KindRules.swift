/// For each kind, the share of readable values that proves it, with and without a hint and neighbours.
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
    let context: TableContext

    /// The kind with the strongest proof; nil when none is proved.
    var best: Match? {
        // In this order: what a check digit or an unmistakable form proves; what the name says and the values don't deny; telephones; what texts
        // look like.
        if let certain { return certain }
        if let telephone = surelyTelephones { return telephone }
        if let hinted { return hinted }
        if let mobile { return mobile }
        if let landline { return landline }
        if let byPersons { return byPersons }
        var texts = [prescription, match(.symptom, .symptom), match(.drug, .drug), diagnosis, match(.address, .address), name, birthDate, icd10]
            .compactMap { $0 }
        texts += [device, match(.geoLocation, .geoLocation)].compactMap { $0 }
        if let narrative { texts = texts.filter { $0.kind != .symptom && $0.kind != .diagnosis } + [narrative] }
        // 咳嗽3天 is a complaint; that it names an illness as well is a matter of course.
        if texts.contains(where: { $0.kind == .symptom }), hint?.kind != .diagnosis { texts.removeAll { $0.kind == .diagnosis } }
        // What the column's name says wins over a somewhat larger share: 高血压 is an illness, and a name by its build.
        if let hint, let hinted = texts.first(where: { $0.kind == hint.kind }) { return hinted }
        return texts.max { $0.share < $1.share }
    }

    private var certain: Match? {
        [
            idCard, bankCard, match(.email, .email), match(.unifiedSocialCreditCode, .unifiedSocialCreditCode), permit, licence,
            match(.drugApprovalNumber, .drugApprovalNumber), match(.licensePlate, .licensePlate), match(.militaryId, .militaryId),
            match(.macAddress, .macAddress), match(.ipAddress, .ipAddress), hint?.kind == .token ? nil : match(.token, .token), account,
        ].compactMap { $0 }.max { $0.share < $1.share }
    }

    // MARK: The rule that most kinds share

    private func threshold(_ kind: DataKind) -> Double {
        guard let policy = KindPolicy.of(kind) else { return 2 }
        let unnamed = context.isOfPersons ? policy.besidePersons ?? policy.none : policy.none
        guard let hint else { return unnamed }
        // A hint at another kind of person's data is no contradiction: numbers stand in the wrong column often enough.
        if hint.isOther {
            // In a table of persons, the company's address is where somebody works.
            if kind == .address, context.isOfPersons { return 0.8 }
            return hint.strength == .strong ? policy.contradicted : policy.none
        }
        if hint.kind == kind { return hint.strength == .strong || context.isOfPersons ? policy.strong : policy.weak }
        guard let family = kind.family, hint.kind.family == family else { return unnamed }
        return hint.strength == .strong ? min(policy.weak, unnamed) : unnamed
    }

    /// Enough of the readable values, and so many that the interval's lower bound is above half of the threshold.
    func match(_ kind: DataKind, _ evidence: KindSet) -> Match? { match(kind, count: tally.count(showing: evidence)) }

    func match(_ kind: DataKind, count: ColumnTally.Count, of total: Int? = nil) -> Match? {
        let total = total ?? tally.plaintext.distinct
        guard type.permits(kind), count.distinct > 0, total > 0 else { return nil }
        let share = Double(count.distinct) / Double(total)
        let needed = threshold(kind)
        guard share >= needed else { return nil }
        // Without a hint, few values prove little; of an enumeration there are but few.
        if !isHinted(kind), KindPolicy.of(kind)?.besidePersons == nil {
            guard count.distinct >= 3 || (kind == .idCard && count.distinct >= 2) else { return nil }
            guard WilsonInterval(matches: count.distinct, of: total).lower >= needed / 2 else { return nil }
        }
        return Match(kind: kind, count: count, share: share)
    }

    func isHinted(_ kind: DataKind) -> Bool {
        guard let hint else { return false }
        return hint.kind == kind || (kind.family != nil && hint.kind.family == kind.family)
    }

    // MARK: Kinds that only the column's name makes what they are

    /// The kind that the name says, where the values have its form.
    private var hinted: Match? {
        guard let hint, !hint.isOther else { return nil }
        switch hint.kind {
        case .idCard, .bankCard, .email, .name, .mobile, .birthDate, .diagnosis, .drug, .prescription, .address: return nil
        case .landline: return match(.landline, count: sum(.landline, .localTelephone))
        case .geoLocation: return match(.geoLocation, count: sum(.geoLocation, .coordinate))
        case .icd10: return match(.icd10, .icd10) ?? match(.diagnosis, .diagnosis)
        case .token, .deviceId, .wechat: return randomByNature(hint.kind)
        case .symptom, .medicalHistory, .allergy, .surgery, .labResult, .occupation, .employer: return namedText(hint.kind)
        case .password: return tally.count(showing: .passwordHash).distinct > 0 ? nil : match(.password, .password)
        default: return match(hint.kind, KindSet(hint.kind))
        }
    }

    /// Kinds whose marks exclude each other.
    func sum(_ first: KindSet, _ second: KindSet) -> ColumnTally.Count {
        let (first, second) = (tally.count(showing: first), tally.count(showing: second))
        return ColumnTally.Count(distinct: first.distinct + second.distinct, rows: first.rows + second.rows)
    }

    /// Whatever words a text uses: a column that is called 过敏史 and holds Chinese texts says what somebody can't bear.
    private func namedText(_ kind: DataKind) -> Match? {
        if let match = match(kind, KindSet(kind)) { return match }
        guard hint?.strength == .strong, kind != .labResult else { return nil }
        let texts = tally.count(showing: .chineseText)
        return Double(texts.distinct) >= 0.5 * Double(max(1, tally.plaintext.distinct)) ? match(kind, count: texts) : nil
    }

    /// Random texts, digests and UUIDs under a name that says token or device.
    private func randomByNature(_ kind: DataKind) -> Match? {
        var count = sum(KindSet(kind), .opaque)
        // A value may be both; then the kind's own mark is the smaller part.
        count.distinct = min(count.distinct, tally.plaintext.distinct) + tally.random.distinct + tally.digestLike.distinct + tally.uuids.distinct
        count.rows = min(count.rows, tally.plaintext.rows) + tally.random.rows + tally.digestLike.rows + tally.uuids.rows
        return match(kind, count: count, of: tally.distinct)
    }

    /// Enumerations in words in a table of persons.
    private var byPersons: Match? {
        guard context.isOfPersons, hint == nil else { return nil }
        return match(.sex, .sexInWords) ?? match(.ethnicity, .ethnicity) ?? inChinese(.maritalStatus)
    }

    private func inChinese(_ kind: DataKind) -> Match? {
        guard let match = match(kind, KindSet(kind)), tally.count(showing: .chineseText).distinct >= match.count.distinct else { return nil }
        return match
    }
}
