import Findings

/// Prints clauses by the law that was in force on the day of the facts.
struct CitationWriter {
    let catalogue: Catalogue
    let profile: Profile

    /// A clause of the catalogue as it is cited for facts of these days; nil when it binds nobody like this organisation, or was no law on
    /// any of them. Facts under both numbers cite both, the newer first.
    func cite(_ id: String, on days: Set<CalendarDay>) -> CitedClause? {
        guard let clause = catalogue.clauses[id], let law = catalogue.laws[clause.law], binds(clause), let article = article(of: clause) else {
            return nil
        }
        let inForce = days.filter { law.validity.covers($0) && clause.validity?.covers($0) ?? true }.sorted(by: >)
        guard let newest = inForce.first else { return nil }
        var citations: [LocalizedText] = []
        for day in inForce {
            let citation = LocalizedText(
                zh: citation(clause, law, article, day, .zh), en: citation(clause, law, article, day, .en))
            if !citations.contains(citation) { citations.append(citation) }
        }
        return CitedClause(
            id: id, law: law.id, article: article, oldArticle: clause.former?.article, status: clause.status,
            citation: LocalizedText(zh: citations.map(\.zh).joined(separator: "；"), en: citations.map(\.en).joined(separator: "; ")),
            paraphrase: Self.former(clause, newest)?.paraphrase ?? clause.paraphrase)
    }

    private func binds(_ clause: Clause) -> Bool {
        clause.addressee == .operators && profile.mlpsLevel >= clause.appliesFromLevel && clause.appliesWhen.holds(for: profile)
    }

    /// The number for the level of the organisation's systems; nil when that level has no such clause.
    private func article(of clause: Clause) -> String? {
        guard profile.mlpsLevel == 2 else { return clause.article }
        switch clause.level2 {
        case .same: return clause.article
        case .article(let article): return article
        case .absent: return nil
        }
    }

    private static func former(_ clause: Clause, _ day: CalendarDay) -> Clause.Former? {
        guard let former = clause.former, day <= former.until else { return nil }
        return former
    }

    private func citation(_ clause: Clause, _ law: Law, _ article: String, _ day: CalendarDay, _ language: Language) -> String {
        let former = Self.former(clause, day)
        let name = law.citation(on: day)[language]
        let plain: String
        if clause.status == .unverified {
            // A number that nobody has checked must not reach a regulator.
            plain = name
        } else if let place = former.map({ $0.place }) ?? clause.place {
            plain = words("citation.place", ["law": .text(name), "place": .text(place[language])], language)
        } else {
            plain = numbered(name, former?.article ?? article, law.form, isItem: clause.isItem, language)
        }
        let marks = marks(clause, law)
        guard !marks.isEmpty else { return plain }
        return words("citation.marked", ["citation": .text(plain), "marks": .list(marks.map(Fact.term))], language)
    }

    private func numbered(_ law: String, _ article: String, _ form: Law.Form, isItem: Bool, _ language: Language) -> String {
        guard form == .articles else { return words("citation.section", ["law": .text(law), "article": .text(article)], language) }
        let parts = article.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return words("citation.article", ["law": .text(law), "article": .text(article)], language) }
        return words(
            isItem ? "citation.item" : "citation.part", ["law": .text(law), "article": .text(parts[0]), "part": .text(parts[1])], language)
    }

    private func marks(_ clause: Clause, _ law: Law) -> [String] {
        var marks: [String] = []
        switch clause.status {
        case .verified: break
        case .secondary: marks.append("mark.secondary")
        case .derived: marks.append("mark.derived")
        case .unverified: marks.append("mark.unverified")
        }
        if !(clause.validity ?? law.validity).isConfirmed { marks.append("mark.date") }
        // Numbered for level 3; another level but 2 has other numbers.
        if clause.level2 != .same, profile.mlpsLevel != 2, profile.mlpsLevel != 3 { marks.append("mark.level3") }
        return marks
    }

    private func words(_ key: String, _ facts: [String: Fact], _ language: Language) -> String {
        catalogue.wording.text(Message(key, facts), language)
    }
}
