import Findings

extension CatalogueReader {
    mutating func readLaws(_ root: Entry) {
        for (id, entry) in root.pairs {
            entry.allow(["title", "citation", "form", "effectiveFrom", "earliest", "effectiveUntil", "former", "note"])
            let title = entry.required("title")?.localized
            let citation = entry.required("citation")?.localized
            let form = entry.required("form")?.choice(Law.Form.self)
            if entry.required("effectiveFrom") == nil { continue }
            guard let title, let citation, let form else { continue }
            laws[id] = Law(
                id: id, title: title, citation: citation, form: form, validity: validity(entry), former: formerLaw(entry.optional("former")),
                note: entry.optional("note")?.localized)
        }
    }

    /// `effectiveFrom: null` says that the day isn't confirmed; `earliest` then bounds it.
    private func validity(_ entry: Entry) -> Validity {
        let from = entry.optional("effectiveFrom").flatMap { $0.isNull ? nil : $0.day }
        let validity = Validity(from: from, earliest: entry.optional("earliest")?.day, until: entry.optional("effectiveUntil")?.day)
        if from != nil, validity.earliest != nil { entry.complain("has both 'effectiveFrom' and 'earliest'; keep one") }
        if let start = from ?? validity.earliest, let until = validity.until, until < start { entry.complain("ends before it begins") }
        return validity
    }

    private func formerLaw(_ entry: Entry?) -> Law.Former? {
        guard let entry else { return nil }
        entry.allow(["until", "title", "citation"])
        guard let until = entry.required("until")?.day, let title = entry.required("title")?.localized,
            let citation = entry.required("citation")?.localized
        else { return nil }
        return Law.Former(until: until, title: title, citation: citation)
    }

    mutating func readClauses(_ root: Entry) {
        for (id, entry) in root.pairs {
            entry.allow([
                "law", "article", "item", "place", "articleUntil", "effectiveFrom", "earliest", "effectiveUntil", "status", "addressee",
                "paraphrase", "level2", "appliesFromLevel", "appliesWhen",
            ])
            let law = entry.required("law").flatMap(knownLaw)
            let article = entry.required("article")?.text
            let status = entry.required("status")?.choice(Clause.Status.self)
            let paraphrase = entry.required("paraphrase")?.localized
            guard let law, let article, let status, let paraphrase else { continue }
            let narrowed = ["effectiveFrom", "earliest", "effectiveUntil"].contains { entry.optional($0) != nil }
            clauses[id] = Clause(
                id: id, law: law, article: article, isItem: entry.optional("item")?.text == "true", place: entry.optional("place")?.localized,
                former: formerClause(entry.optional("articleUntil")), validity: narrowed ? validity(entry) : nil, status: status,
                addressee: entry.optional("addressee")?.choice(Clause.Addressee.self) ?? .operators, paraphrase: paraphrase,
                level2: level2(entry.optional("level2")), appliesFromLevel: entry.optional("appliesFromLevel")?.number ?? 0,
                appliesWhen: entry.optional("appliesWhen")?.condition(thresholds) ?? .always)
        }
    }

    private func knownLaw(_ entry: Entry) -> String? {
        guard let id = entry.text else { return nil }
        if laws[id] == nil { entry.complain("'\(id)' is no law of laws.yaml") }
        return id
    }

    private func formerClause(_ entry: Entry?) -> Clause.Former? {
        guard let entry else { return nil }
        entry.allow(["until", "article", "place", "paraphrase"])
        guard let until = entry.required("until")?.day, let article = entry.required("article")?.text else { return nil }
        return Clause.Former(
            until: until, article: article, place: entry.optional("place")?.localized, paraphrase: entry.optional("paraphrase")?.localized)
    }

    private func level2(_ entry: Entry?) -> Clause.Level2 {
        guard let text = entry?.text else { return .same }
        return text == "absent" ? .absent : .article(text)
    }
}
