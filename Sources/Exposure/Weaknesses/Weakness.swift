package import Findings

/// One record of the user's list, as far as it is about one product.
package struct Weakness: Hashable, Sendable {
    /// `CVE-2023-38408`; the record's own id where it names no CVE.
    package var id: String
    /// As the record says; nil: it doesn't, or in a form that can't be read.
    package var severity: Severity?
    /// In the words of the list; empty when it has none.
    package var summary: String
    package var spans: [VersionSpan]
    /// Single versions that the record names.
    package var versions: Set<SoftwareVersion>
    /// True when the record names versions that were not understood: of a version that it doesn't hit nothing can be said.
    package var isPartlyUnclear: Bool

    /// What is wrong with a version, as far as the record says.
    func affects(_ version: SoftwareVersion) -> Hit? {
        if let span = spans.first(where: { $0.contains(version) }) {
            return Hit(since: span.introduced?.text, fixed: span.end.isFix ? span.end.bound?.text : nil)
        }
        return versions.contains(version) ? Hit() : nil
    }

    package struct Hit: Hashable, Sendable {
        /// The first version that has it; nil: not said, or from the beginning.
        package var since: String?
        /// The first that doesn't any more; nil: none is known.
        package var fixed: String?
    }
}

/// A stretch of versions that have a weakness.
package struct VersionSpan: Hashable, Sendable {
    /// A version, and how the list writes it.
    struct Bound: Hashable, Sendable {
        var version: SoftwareVersion
        var text: String

        /// `1.21.0-0` is how OSV's Go and npm feeds write "from the first pre-release of 1.21.0".
        init?(_ text: String) {
            let version = text.hasSuffix("-0") ? SoftwareVersion(String(text.dropLast(2)))?.earliest : SoftwareVersion(text)
            guard let version else { return nil }
            self.version = version
            self.text = text
        }
    }

    enum End: Hashable, Sendable {
        case open
        /// The first version without it.
        case fixed(Bound)
        /// The last version that has it.
        case last(Bound)
        /// The record speaks of versions before this one only.
        case limit(Bound)

        var isFix: Bool { if case .fixed = self { true } else { false } }
        var bound: Bound? {
            switch self {
            case .open: nil
            case .fixed(let bound), .last(let bound), .limit(let bound): bound
            }
        }
    }

    /// Nil: from the beginning.
    var introduced: Bound?
    var end: End

    func contains(_ version: SoftwareVersion) -> Bool {
        if let introduced, version < introduced.version { return false }
        return switch end {
        case .open: true
        case .fixed(let bound), .limit(let bound): version < bound.version
        case .last(let bound): version <= bound.version
        }
    }
}

extension VersionSpan {
    enum Event: Hashable, Sendable {
        /// Nil: from the beginning (`0`).
        case introduced(Bound?)
        case fixed(Bound)
        case last(Bound)

        fileprivate var version: SoftwareVersion? {
            switch self {
            case .introduced(let bound): bound?.version
            case .fixed(let bound), .last(let bound): bound.version
            }
        }
    }

    /// The spans that a range's events make, in whatever order they stand (OSV schema 1.x, "Evaluation").
    static func spans(_ events: [Event], limits: [Bound] = []) -> [VersionSpan] {
        var spans: [VersionSpan] = []
        var since: Bound??
        let sorted = events.sorted { left, right in
            guard let right = right.version else { return false }
            return left.version.map { $0 < right } ?? true
        }
        for event in sorted {
            switch (event, since) {
            case (.introduced(let bound), nil): since = .some(bound)
            case (.fixed(let bound), .some(let introduced)):
                spans.append(VersionSpan(introduced: introduced, end: .fixed(bound)))
                since = nil
            case (.last(let bound), .some(let introduced)):
                spans.append(VersionSpan(introduced: introduced, end: .last(bound)))
                since = nil
            case (.introduced, _), (.fixed, nil), (.last, nil): break
            }
        }
        if case .some(let introduced) = since { spans.append(VersionSpan(introduced: introduced, end: .open)) }
        guard let limit = limits.max(by: { $0.version < $1.version }) else { return spans }
        return spans.map { $0.cut(at: limit) }
    }

    private func cut(at limit: Bound) -> VersionSpan {
        guard let bound = end.bound, bound.version <= limit.version else { return VersionSpan(introduced: introduced, end: .limit(limit)) }
        return self
    }
}
