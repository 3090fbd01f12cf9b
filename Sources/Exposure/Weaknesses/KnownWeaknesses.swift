import Findings
package import Probes

/// What was read, and what was left out of it.
package struct WeaknessTally: Hashable, Sendable {
    package var files = 0
    package var records = 0
    /// Taken back by whoever issued them.
    package var withdrawn = 0
    /// Ranges of commits, which no service tells.
    package var gitRanges = 0
    /// Entries about a distribution's packages: their versions can't be compared with the maker's.
    package var distributionPackages = 0
    /// Entries about packages that no service here is made of.
    package var otherPackages = 0
    /// Ranges whose versions were not understood.
    package var unclearRanges = 0

    package init() {}
}

package enum WeaknessLimits {
    package static let records = 2_000_000
    package static let files = 1_000_000
    /// Of one file.
    package static let bytes = 512 << 20
    static let summary = 160
}

/// The user's list of weaknesses, by product.
package struct KnownWeaknesses: Sendable {
    package let tally: WeaknessTally
    private let products: [String: [Weakness]]

    init(_ index: WeaknessIndex) {
        tally = index.tally
        products = index.products
    }

    /// How many records speak of a product, as ``ProductNames`` has it.
    package func count(of product: String) -> Int { products[product]?.count ?? 0 }

    /// What the list says of a service, by what the service says of itself.
    package enum Verdict: Hashable, Sendable {
        /// Its product isn't known.
        case noProduct
        /// The list holds nothing on its product.
        case notListed(product: String)
        /// It tells no version.
        case noVersion(product: String)
        /// A distribution's build, which mends weaknesses without a new number.
        case distribution(product: String)
        /// The version was not understood.
        case unclear(product: String)
        /// Compared with every record; `undecided` counts those whose own versions were not understood.
        case compared(product: String, matches: [Match], undecided: Int)
    }

    package struct Match: Hashable, Sendable {
        package var weakness: Weakness
        package var hit: Weakness.Hit
    }

    package func verdict(on reading: ServiceReading) -> Verdict {
        guard let product = ProductNames.product(of: reading) else { return .noProduct }
        guard let records = products[product] else { return .notListed(product: product) }
        guard let text = reading.version else { return .noVersion(product: product) }
        switch ToldVersion(text, product: product) {
        case .distribution: return .distribution(product: product)
        case .unclear: return .unclear(product: product)
        case .release(let version):
            var matches: [Match] = []
            var undecided = 0
            for record in records {
                if let hit = record.affects(version) {
                    matches.append(Match(weakness: record, hit: hit))
                } else if record.isPartlyUnclear {
                    undecided += 1
                }
            }
            // The worst first.
            matches.sort { (-Self.rank($0.weakness), $0.weakness.id) < (-Self.rank($1.weakness), $1.weakness.id) }
            return .compared(product: product, matches: matches, undecided: undecided)
        }
    }

    private static func rank(_ weakness: Weakness) -> Int { weakness.severity.flatMap { Severity.allCases.firstIndex(of: $0) } ?? -1 }
}

/// A list that is being read. Two databases may hold the same weakness: it is kept once, under its CVE number, with the worse severity.
struct WeaknessIndex {
    var tally = WeaknessTally()
    private(set) var products: [String: [Weakness]] = [:]
    private var places: [String: [String: Int]] = [:]

    mutating func add(_ weakness: Weakness, product: String) {
        guard let place = places[product]?[weakness.id] else {
            var weakness = weakness
            weakness.id = Self.plain(weakness.id, 64)
            weakness.summary = Self.plain(weakness.summary, WeaknessLimits.summary)
            places[product, default: [:]][weakness.id] = products[product]?.count ?? 0
            products[product, default: []].append(weakness)
            return
        }
        products[product]?[place].merge(weakness)
    }

    /// One line without control characters, not too long.
    private static func plain(_ text: String, _ length: Int) -> String {
        let clean = String(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) })
        return clean.count <= length ? clean : clean.prefix(length - 1) + "…"
    }
}

extension Weakness {
    fileprivate mutating func merge(_ other: Weakness) {
        severity = [severity, other.severity].compactMap { $0 }.max()
        if summary.isEmpty { summary = other.summary }
        for span in other.spans where !spans.contains(span) { spans.append(span) }
        versions.formUnion(other.versions)
        isPartlyUnclear = isPartlyUnclear || other.isPartlyUnclear
    }
}
