import Estate
import Findings
import Foundation

/// Holds the documents of an estate against what is demanded. Does no I/O.
struct DocumentJudge {
    let general: GeneralPatterns
    let organisation: Organisation
    let now: Date

    private var titles: TitleMatcher { TitleMatcher(general: general) }
    private var names: NameFinder { NameFinder(general: general) }
    private var dates: DateFinder { DateFinder(general: general) }

    /// The best answer to a demand among all documents; nil when none answers it.
    func judge(_ demand: DocumentDemand, among documents: [Document]) -> DocumentVerdict? {
        var best: DocumentVerdict?
        for document in documents {
            for (index, rank) in parts(of: document, for: demand) {
                let verdict = judge(demand, document, index, rank)
                if best.map({ verdict.isBetter(than: $0) }) ?? true { best = verdict }
            }
        }
        return best
    }

    /// Where in the document the demanded one stands, and how well its title fits.
    private func parts(of document: Document, for demand: DocumentDemand) -> [(Int, Int)] {
        var parts: [(Int, Int)] = []
        for (index, section) in document.sections.enumerated() where index > 0 && titles.identifies(section.title, demand) {
            parts.append((index, section.level == 1 ? 3 : 1))
        }
        // The name of the file counts where the text has no title of its own that says otherwise.
        if parts.isEmpty, !document.sections.contains(where: { $0.level == 1 }) || hasTitleOfNothing(document),
            titles.identifies(TitleMatcher.title(ofFile: document.file), demand)
        {
            parts.append((0, 2))
        }
        return parts
    }

    /// A first heading such as `正文` or the organisation's name alone.
    private func hasTitleOfNothing(_ document: Document) -> Bool {
        let first = document.sections.first { $0.level == 1 }?.title ?? ""
        return first.count <= 4 || first.hasSuffix("公司") || first.hasSuffix("医院")
    }

    private func judge(_ demand: DocumentDemand, _ document: Document, _ index: Int, _ rank: Int) -> DocumentVerdict {
        let part = index == 0 ? document.sections.indices : document.subtree(index)
        let own = part.flatMap { document.sections[$0].passages.map(\.text) }
        // A section is approved and dated by the document that holds it.
        let around = document.ancestors(index).flatMap { document.sections[$0].passages.map(\.text) }
        let titleAndOwn = [document.sections[index].title] + own
        let approver = (own + around).lazy.compactMap { names.name(after: general.approval, in: $0) }.first
        let officer = titleAndOwn.lazy.compactMap { names.name(after: general.officers, in: $0) }.first
        let isResolved = (own + around).contains { general.resolution.anyMatches($0) }
        let allDates = (titleAndOwn + around).flatMap { dates.reviewDates(in: $0) }
        let reviewed = allDates.filter { $0 <= now }.max()
        let elements = ElementFinder.find(demand.elements, in: document, part)
        var faults: [DocumentVerdict.Fault] = []
        if demand.aspects.contains(.approval), approver == nil, !isResolved {
            faults.append(.unapproved(hasPlaceholder: (own + around).contains { names.hasPlaceholder(after: general.approval, in: $0) }))
        }
        if demand.aspects.contains(.date) { faults += dateFault(demand, reviewed, future: allDates.filter { $0 > now }.min()) }
        if demand.aspects.contains(.officer), officer == nil {
            faults.append(.noOfficer(hasPlaceholder: own.contains { names.hasPlaceholder(after: general.officers, in: $0) }))
        }
        if let statement = ElementFinder.forbidden(demand.forbidden, in: document, part) { faults.append(.forbidden(statement.id)) }
        if elements.missing.count * 2 >= demand.elements.count {
            faults.append(.thin)
        } else if !elements.missing.isEmpty {
            faults.append(.elementsMissing)
        }
        if demand.aspects.contains(.version), !(titleAndOwn + around).contains(where: { general.version.anyMatches($0) }) {
            faults.append(.noVersion)
        }
        let persons = Set([approver, officer].compactMap { $0 })
        let place = ([document.file] + document.headings(index)).map { names.masked($0, persons) }.joined(separator: " › ")
        return DocumentVerdict(
            place: place, approver: approver.map { .person(Mask.name($0)) } ?? (isResolved ? .resolution : nil), reviewed: reviewed,
            officer: officer.map(Mask.name), found: elements.found.map(\.id), missing: elements.missing.map(\.id), faults: faults, rank: rank)
    }

    private func dateFault(_ demand: DocumentDemand, _ reviewed: Date?, future: Date?) -> [DocumentVerdict.Fault] {
        guard let reviewed else { return [future.map { .futureDated($0) } ?? .undated] }
        guard let limit = demand.maximumAge(mlpsLevel: organisation.mlpsLevel, persons: organisation.persons) else { return [] }
        return now.timeIntervalSince(reviewed) > Double(limit + 1) * 86_400 ? [.outdated(reviewed, limit: limit)] : []
    }
}
