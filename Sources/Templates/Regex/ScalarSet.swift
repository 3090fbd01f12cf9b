/// A set of Unicode scalar values as sorted, disjoint, non-adjacent ranges.
struct ScalarSet: Equatable, Sendable {
    static let last: UInt32 = 0x10FFFF
    private(set) var ranges: [ClosedRange<UInt32>] = []

    init(_ ranges: [ClosedRange<UInt32>] = []) {
        self.ranges = ranges
        normalise()
    }

    mutating func insert(_ range: ClosedRange<UInt32>) {
        ranges.append(range)
        normalise()
    }

    mutating func formUnion(_ other: ScalarSet) {
        ranges += other.ranges
        normalise()
    }

    func inverted() -> ScalarSet {
        var result: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
            if range.upperBound >= ScalarSet.last { return ScalarSet(result) }
            next = range.upperBound + 1
        }
        result.append(next...ScalarSet.last)
        return ScalarSet(result)
    }

    func contains(_ scalar: UInt32) -> Bool { ranges.contains { $0.contains(scalar) } }

    /// The set with the other letter case of each of its letters (simple case mappings; large ranges beyond Latin, Greek and Cyrillic have no case).
    func caseFolded() -> ScalarSet {
        var added: [ClosedRange<UInt32>] = []
        for range in ranges {
            let low = range.lowerBound
            let high = min(range.upperBound, 0x24FF)
            guard low <= high else { continue }
            for value in low...high {
                for other in ScalarSet.otherCases(value) { added.append(other...other) }
            }
        }
        return ScalarSet(ranges + added)
    }

    /// The simple upper- and lower-case mappings of a scalar, where they are one scalar.
    static func otherCases(_ value: UInt32) -> [UInt32] {
        if value < 0x80 {
            switch value {
            case 0x41...0x5A: return [value + 0x20]
            case 0x61...0x7A: return [value - 0x20]
            default: return []
            }
        }
        guard value < 0x2500, let scalar = Unicode.Scalar(value) else { return [] }
        let properties = scalar.properties
        return [properties.lowercaseMapping, properties.uppercaseMapping].compactMap { text in
            let scalars = Array(text.unicodeScalars)
            return scalars.count == 1 && scalars[0].value != value ? scalars[0].value : nil
        }
    }

    private mutating func normalise() {
        guard ranges.count > 1 else { return }
        ranges.sort { $0.lowerBound < $1.lowerBound }
        var merged: [ClosedRange<UInt32>] = [ranges[0]]
        for range in ranges.dropFirst() {
            let tail = merged[merged.count - 1]
            if range.lowerBound <= tail.upperBound || range.lowerBound == tail.upperBound &+ 1 {
                merged[merged.count - 1] = tail.lowerBound...max(tail.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        ranges = merged
    }
}

extension ScalarSet {
    static let digits = ScalarSet([0x30...0x39])
    static let word = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    /// RE2's `\s`: without the vertical tab.
    static let space = ScalarSet([0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
    static let all = ScalarSet([0...last])
    static let allButNewline = ScalarSet([0x0A...0x0A]).inverted()

    /// The classes of POSIX brackets (`[:alpha:]`), ASCII only, as RE2 has them.
    static func posix(_ name: String) -> ScalarSet? {
        switch name {
        case "alnum": ScalarSet([0x30...0x39, 0x41...0x5A, 0x61...0x7A])
        case "alpha": ScalarSet([0x41...0x5A, 0x61...0x7A])
        case "ascii": ScalarSet([0...0x7F])
        case "blank": ScalarSet([0x09...0x09, 0x20...0x20])
        case "cntrl": ScalarSet([0...0x1F, 0x7F...0x7F])
        case "digit": digits
        case "graph": ScalarSet([0x21...0x7E])
        case "lower": ScalarSet([0x61...0x7A])
        case "print": ScalarSet([0x20...0x7E])
        case "punct": ScalarSet([0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E])
        case "space": ScalarSet([0x09...0x0D, 0x20...0x20])
        case "upper": ScalarSet([0x41...0x5A])
        case "word": word
        case "xdigit": ScalarSet([0x30...0x39, 0x41...0x46, 0x61...0x66])
        default: nil
        }
    }

    /// The general categories and the one script (`\p{Han}`) that patterns about web pages use; nil for all others.
    static func property(_ name: String) -> ScalarSet? {
        if name == "Han" {
            return ScalarSet([
                0x2E80...0x2FD5, 0x3005...0x3005, 0x3007...0x3007, 0x3021...0x3029, 0x3038...0x303B, 0x3400...0x4DBF, 0x4E00...0x9FFF,
                0xF900...0xFAD9, 0x20000...0x323AF,
            ])
        }
        return categories[name]
    }

    /// Computed once, on first use, over the basic multilingual plane.
    private static let categories: [String: ScalarSet] = {
        var found: [String: [ClosedRange<UInt32>]] = [:]
        for value in UInt32(0)...0xFFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let name: String
            switch scalar.properties.generalCategory {
            case .uppercaseLetter: name = "Lu"
            case .lowercaseLetter: name = "Ll"
            case .titlecaseLetter, .modifierLetter, .otherLetter: name = "Lo"
            case .decimalNumber: name = "Nd"
            case .letterNumber, .otherNumber: name = "No"
            case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
                .otherPunctuation:
                name = "P"
            case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: name = "S"
            case .spaceSeparator, .lineSeparator, .paragraphSeparator: name = "Z"
            default: continue
            }
            var ranges = found.removeValue(forKey: name) ?? []
            if let tail = ranges.last, tail.upperBound + 1 == value {
                ranges[ranges.count - 1] = tail.lowerBound...value
            } else {
                ranges.append(value...value)
            }
            found[name] = ranges
        }
        func union(_ names: [String]) -> ScalarSet { ScalarSet(names.flatMap { found[$0] ?? [] }) }
        return [
            "L": union(["Lu", "Ll", "Lo"]), "Lu": union(["Lu"]), "Ll": union(["Ll"]), "N": union(["Nd", "No"]), "Nd": union(["Nd"]),
            "P": union(["P"]), "S": union(["S"]), "Z": union(["Z"]),
        ]
    }()
}
