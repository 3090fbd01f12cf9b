/// A version that was understood to its last character, so that two can be compared: dotted numbers, with what SemVer 2.0 and common release
/// habits put behind them (`9.2p1`, `1.0.2k`, `11.0.0-M1`, `2.0.0-rc.1`, `7.2.4-rc1`, `4.0.0.Final`).
///
/// Build metadata (`+…`) doesn't count, as SemVer 2.0 item 10 has it.
package struct SoftwareVersion: Hashable, Sendable {
    /// What stands behind the numbers, in rising order.
    enum Suffix: Hashable, Sendable {
        /// `-rc.1`: earlier than the release itself.
        case preRelease([Identifier])
        case none
        /// `p1`, `k`: later than the release itself.
        case patch(letter: UInt8, number: UInt64)
    }

    enum Identifier: Hashable, Sendable {
        case number(UInt64)
        case word(String)
    }

    /// Without zeros at the end: `15` and `15.0.0` are one.
    private(set) var numbers: [UInt64]
    private(set) var suffix: Suffix

    /// Nil for anything that isn't understood wholly.
    package init?(_ text: String) {
        let text = text.hasPrefix("v") || text.hasPrefix("V") ? text.dropFirst() : text[...]
        guard !text.isEmpty, text.utf8.count <= 64 else { return nil }
        let plus = text.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        if plus.count == 2, !Self.isDotted(plus[1]) { return nil }
        let dash = plus[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let core = Self.core(dash[0]) else { return nil }
        numbers = core.numbers
        suffix = core.suffix
        if dash.count == 2 {
            guard core.suffix == .none, let words = Self.preRelease(dash[1]) else { return nil }
            suffix = .preRelease(words)
        }
        while numbers.count > 1, numbers.last == 0 { numbers.removeLast() }
    }

    /// What comes before every pre-release of it.
    var earliest: SoftwareVersion {
        var version = self
        version.suffix = .preRelease([])
        return version
    }

    /// `1.2.3`, `9.2p1`, `4.0.0.Final`, `9.0.0.M1`, `3.0b2`.
    private static func core(_ text: Substring) -> (numbers: [UInt64], suffix: Suffix)? {
        var numbers: [UInt64] = []
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 8 else { return nil }
        for (index, part) in parts.enumerated() {
            let digits = part.prefix { $0.isASCII && $0.isNumber }
            let tail = part.dropFirst(digits.count)
            if !digits.isEmpty {
                guard digits.utf8.count <= 9, let number = UInt64(digits) else { return nil }
                numbers.append(number)
            } else if index == 0 {
                return nil
            }
            guard !tail.isEmpty || digits.isEmpty else { continue }
            let rest = ([tail] + parts[(index + 1)...]).joined(separator: ".")
            return suffix(rest[...], ownPart: digits.isEmpty).map { (numbers, $0) }
        }
        return (numbers, .none)
    }

    private static func suffix(_ text: Substring, ownPart: Bool) -> Suffix? {
        let lower = text.lowercased()
        if ownPart, finals.contains(lower) { return Suffix.none }
        let letters = lower.prefix { $0.isASCII && $0.isLetter }
        let digits = lower.dropFirst(letters.count)
        if !ownPart, letters == "p", let number = UInt64(digits), digits.utf8.count <= 6 { return .patch(letter: 0, number: number) }
        if !ownPart, letters.utf8.count == 1, digits.isEmpty, let letter = letters.utf8.first { return .patch(letter: letter, number: 0) }
        return preRelease(text).map(Suffix.preRelease)
    }

    /// Only what says of itself that it comes before the release: `-28` or `-1ubuntu2` is a packager's count, and means something else.
    private static func preRelease(_ text: Substring) -> [Identifier]? {
        guard isDotted(text) else { return nil }
        var identifiers: [Identifier] = []
        for part in text.lowercased().split(whereSeparator: { $0 == "." || $0 == "-" }) {
            // `rc1` and `rc.1` are one, and `rc10` comes after `rc9`.
            let word = part.prefix { !$0.isNumber }
            let digits = part.dropFirst(word.count)
            if !word.isEmpty { identifiers.append(.word(String(word))) }
            guard !digits.isEmpty else { continue }
            guard digits.utf8.count <= 14 else { return nil }
            identifiers.append(UInt64(digits).map(Identifier.number) ?? .word(String(digits)))
        }
        guard case .word(let first)? = identifiers.first, early.contains(first) else { return nil }
        return identifiers
    }

    private static func isDotted(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "-"): true
                default: false
                }
            }
    }

    private static let finals: Set<String> = ["final", "release", "ga"]
    private static let early: Set<String> = ["a", "alpha", "b", "beta", "cr", "dev", "ea", "m", "milestone", "pre", "preview", "rc", "snapshot"]
}

extension SoftwareVersion: Comparable {
    package static func < (left: SoftwareVersion, right: SoftwareVersion) -> Bool {
        if left.numbers != right.numbers { return left.numbers.lexicographicallyPrecedes(right.numbers) }
        return left.suffix < right.suffix
    }
}

extension SoftwareVersion.Suffix: Comparable {
    static func < (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.preRelease(let left), .preRelease(let right)): left.lexicographicallyPrecedes(right)
        case (.patch(let letter, let number), .patch(let otherLetter, let otherNumber)): (letter, number) < (otherLetter, otherNumber)
        case (.preRelease, _), (.none, .patch): true
        default: false
        }
    }
}

/// SemVer 2.0 item 11: numbers by value and before words; a longer list after the shorter that it begins with.
extension SoftwareVersion.Identifier: Comparable {
    static func < (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.number(let left), .number(let right)): left < right
        case (.word(let left), .word(let right)): left < right
        case (.number, .word): true
        case (.word, .number): false
        }
    }
}
