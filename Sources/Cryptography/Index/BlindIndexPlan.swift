import Glibc

/// How many bits the blind indexes of one table get, and what they reveal.
///
/// The bound is CipherSweet's ("Blind index planning"): with R rows and B bits over all indexes of a row, C = R / 2^B rows share a combination of index
/// values by chance. C below 2 makes the index a fingerprint of the value; C above √R makes searches open too many cells. So
/// log2(√R) ≤ B ≤ log2(R / 2): 12 to 21 bits for 6.5 million rows. An index whose values can take only 2^K forms gives away K bits at most.
///
/// A full-length index of a unique column has no equal values to show and isn't counted; of any other column it is reported as what it is.
package struct BlindIndexPlan: Hashable, Sendable {
    package struct Request: Hashable, Sendable {
        /// For people: the column, and the part when it is one.
        package var name: String
        /// Bits that the user wants; nil for a share of the budget.
        package var bits: Int?
        /// Full length is wanted.
        package var full: Bool
        /// No two rows have the same value.
        package var unique: Bool
        /// How many values the indexed part can take, as a power of two, when that is known: 13.3 for four digits.
        package var domainBits: Double?
        /// The index is of a part of the value.
        package var isPart: Bool

        package init(name: String, bits: Int? = nil, full: Bool = false, unique: Bool = false, domainBits: Double? = nil, isPart: Bool = false) {
            self.name = name
            self.bits = bits
            self.full = full
            self.unique = unique
            self.domainBits = domainBits
            self.isPart = isPart
        }
    }

    package struct Entry: Hashable, Sendable {
        package let name: String
        package let width: BlindIndexDefinition.Width
        /// Rows that a search for one value opens on average, were all values equally frequent.
        package let rowsPerLookup: Double
    }

    package enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        /// Bits outside 1 to 63 for the index of this name.
        case bitsOutOfRange(String)

        package var description: String {
            switch self {
            case .bitsOutOfRange(let name): "the index of \(name) needs 1 to 63 bits"
            }
        }
    }

    package let rows: Int
    /// Bits over all indexes of a row that keep the bound.
    package let safeBits: ClosedRange<Int>
    /// Bits that the truncated indexes give away together.
    package let usedBits: Double
    package let entries: [Entry]
    package let leaks: [BlindIndexLeak]

    /// One index of the whole value.
    /// - Parameter unique: gives it the full length.
    package init(rows: Int, unique: Bool) {
        self.init(rows: rows, shares: [Request(name: "", full: unique, unique: unique)])
    }

    /// - Parameter rows: that the table has, or will soon have; a plan for fewer than 16 is made for 16.
    package init(rows: Int, requests: [Request]) throws(Refusal) {
        for request in requests {
            if let bits = request.bits, !(1...63).contains(bits) { throw .bitsOutOfRange(request.name) }
        }
        self.init(rows: rows, shares: requests)
    }

    private init(rows: Int, shares requests: [Request]) {
        let planned = max(rows, 16)
        self.rows = rows
        safeBits = BlindIndexPlan.safeBits(rows: planned)
        let widths = BlindIndexPlan.share(safeBits.upperBound, among: requests)
        entries = zip(requests, widths).map { request, width in
            let effective = BlindIndexPlan.effectiveBits(request, width)
            let perLookup = if case .full = width, request.unique { 1.0 } else { max(1, Double(planned) / exp2(effective)) }
            return Entry(name: request.name, width: width, rowsPerLookup: perLookup)
        }
        usedBits = zip(requests, widths).reduce(0) { sum, pair in
            if case .full = pair.1 { return sum }
            return sum + BlindIndexPlan.effectiveBits(pair.0, pair.1)
        }
        leaks = BlindIndexLeak.all(requests: requests, entries: entries, usedBits: usedBits, safeBits: safeBits)
    }

    /// - Parameter rows: 16 at least.
    static func safeBits(rows: Int) -> ClosedRange<Int> {
        // By comparison of integers: the logarithm of a power of two may come out a hair too small.
        let upper = (0...61).last { 1 << ($0 + 1) <= rows } ?? 0
        let lower = (0...62).first { bits in
            let (square, overflow) = (1 << min(bits, 31)).multipliedReportingOverflow(by: 1 << min(bits, 31))
            return overflow || square >= rows
        }
        return min(lower ?? upper, upper)...upper
    }

    private static func effectiveBits(_ request: Request, _ width: BlindIndexDefinition.Width) -> Double {
        let bits = if case .bits(let bits) = width { Double(bits) } else { 128.0 }
        return min(bits, request.domainBits ?? bits)
    }

    /// What is asked for comes first; the rest of the budget is shared evenly, no index getting more than its values can use or fewer than one bit.
    private static func share(_ budget: Int, among requests: [Request]) -> [BlindIndexDefinition.Width] {
        var widths = [BlindIndexDefinition.Width?](repeating: nil, count: requests.count)
        var left = Double(budget)
        for (index, request) in requests.enumerated() {
            if request.full {
                widths[index] = .full
            } else if let bits = request.bits {
                widths[index] = .bits(bits)
                left -= effectiveBits(request, .bits(bits))
            }
        }
        // Those that can use least first: what they leave is shared by the others.
        var open = requests.indices.filter { widths[$0] == nil }.sorted {
            (requests[$0].domainBits ?? 128, $0) < (requests[$1].domainBits ?? 128, $1)
        }
        while !open.isEmpty {
            let index = open.removeFirst()
            let fair = (max(left, 0) / Double(open.count + 1)).rounded(.down)
            let bits = max(1, min(fair, (requests[index].domainBits ?? 63).rounded(.up), 63))
            widths[index] = .bits(Int(bits))
            left -= min(bits, requests[index].domainBits ?? bits)
        }
        return widths.map { $0 ?? .bits(1) }
    }
}
