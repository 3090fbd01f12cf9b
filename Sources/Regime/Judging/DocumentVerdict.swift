import Foundation

/// What one part of one file comes to as one demanded document.
struct DocumentVerdict {
    enum Fault: Hashable, Comparable {
        case unapproved(hasPlaceholder: Bool)
        case undated
        case futureDated(Date)
        case outdated(Date, limit: Int)
        case noOfficer(hasPlaceholder: Bool)
        case forbidden(String)
        /// Half of the elements or more are missing: a thin document is no document.
        case thin
        case elementsMissing
        case noVersion

        /// Tells the findings of one document apart, from run to run.
        var discriminator: String {
            switch self {
            case .unapproved: "approval"
            case .undated, .futureDated, .outdated: "date"
            case .noOfficer: "officer"
            case .forbidden(let id): "forbidden:\(id)"
            case .thin, .elementsMissing: "elements"
            case .noVersion: "version"
            }
        }

        /// A lesser fault leaves a document that can be worked with.
        var isLesser: Bool {
            switch self {
            case .elementsMissing, .noVersion: true
            default: false
            }
        }

        static func < (left: Fault, right: Fault) -> Bool { left.discriminator < right.discriminator }
    }

    /// File and headings, names masked.
    var place: String
    var approver: Approval?
    /// The newest date of issue or review that isn't in the future.
    var reviewed: Date?
    /// Masked.
    var officer: String?
    var found: [String]
    var missing: [String]
    var faults: [Fault]
    /// How well the title fits: a document of its own before a section of another.
    var rank: Int

    enum Approval: Hashable {
        /// Masked.
        case person(String)
        /// By a body or an official number.
        case resolution
    }

    /// The better of two documents that answer the same demand.
    func isBetter(than other: DocumentVerdict) -> Bool {
        func key(_ verdict: DocumentVerdict) -> [Int] {
            [
                verdict.faults.filter { !$0.isLesser }.count, verdict.faults.count, -verdict.found.count, -verdict.rank,
                -Int(verdict.reviewed?.timeIntervalSince1970 ?? 0),
            ]
        }
        return key(self).lexicographicallyPrecedes(key(other))
    }
}
