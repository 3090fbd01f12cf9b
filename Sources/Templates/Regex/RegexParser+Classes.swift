// Escapes, and classes in brackets.
extension RegexParser {
    mutating func escape() throws(RegularExpressionError) -> RegexNode {
        guard position + 1 < scalars.count else { throw failure("a backslash at the end") }
        let scalar = scalars[position + 1]
        let assertion: RegexNode.Assertion? =
            switch scalar {
            case 0x62: .wordBoundary
            case 0x42: .notWordBoundary
            case 0x41: .textStart
            case 0x7A: .textEnd
            default: nil
            }
        if let assertion {
            position += 2
            return .assertion(assertion)
        }
        if let set = try classEscape() { return .set(flags.ignoreCase ? set.caseFolded() : set) }
        return literal(try scalarEscape())
    }

    /// `\d`, `\pL` and their like; nil where the escape is of one scalar.
    private mutating func classEscape() throws(RegularExpressionError) -> ScalarSet? {
        let set: ScalarSet
        switch position + 1 < scalars.count ? scalars[position + 1] : 0 {
        case 0x64: set = .digits
        case 0x44: set = ScalarSet.digits.inverted()
        case 0x77: set = .word
        case 0x57: set = ScalarSet.word.inverted()
        case 0x73: set = .space
        case 0x53: set = ScalarSet.space.inverted()
        case 0x70, 0x50: return try property()
        default: return nil
        }
        position += 2
        return set
    }

    private mutating func property() throws(RegularExpressionError) -> ScalarSet {
        var negated = scalars[position + 1] == 0x50
        position += 2
        var name = ""
        if current == 0x7B {
            position += 1
            if current == 0x5E {
                negated.toggle()
                position += 1
            }
            while let scalar = current, scalar != 0x7D, name.utf8.count < 40 {
                Unicode.Scalar(scalar).map { name.unicodeScalars.append($0) }
                position += 1
            }
        } else if let scalar = current {
            Unicode.Scalar(scalar).map { name.unicodeScalars.append($0) }
        }
        position += 1
        guard let set = ScalarSet.property(name) else { throw failure("a Unicode property that is not supported") }
        return negated ? set.inverted() : set
    }

    private mutating func scalarEscape() throws(RegularExpressionError) -> UInt32 {
        let scalar = scalars[position + 1]
        position += 2
        switch scalar {
        case 0x6E: return 0x0A
        case 0x72: return 0x0D
        case 0x74: return 0x09
        case 0x66: return 0x0C
        case 0x76: return 0x0B
        case 0x61: return 0x07
        case 0x78: return try hexadecimal()
        case 0x30: return octal()
        case 0x31...0x39, 0x41...0x5A, 0x61...0x7A: throw failure("an escape that RE2 does not have")
        default: return scalar
        }
    }

    /// After `\0`: up to two more octal digits.
    private mutating func octal() -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<2 {
            guard let digit = current, (0x30...0x37).contains(digit) else { break }
            value = value * 8 + digit - 0x30
            position += 1
        }
        return value
    }

    /// After `\x`: two digits, or any number in braces.
    private mutating func hexadecimal() throws(RegularExpressionError) -> UInt32 {
        let braced = current == 0x7B
        if braced { position += 1 }
        var value: UInt32 = 0
        var digits = 0
        while let scalar = current, let digit = UInt8(exactly: scalar).flatMap(Bytes.hexadecimalDigit), digits < (braced ? 6 : 2) {
            value = value * 16 + UInt32(digit)
            digits += 1
            position += 1
        }
        guard digits > 0, braced || digits == 2, value <= ScalarSet.last, !braced || current == 0x7D else {
            throw failure("a bad hexadecimal escape")
        }
        if braced { position += 1 }
        return value
    }

    mutating func bracket() throws(RegularExpressionError) -> ScalarSet {
        position += 1
        let negated = current == 0x5E
        if negated { position += 1 }
        var ranges: [ClosedRange<UInt32>] = []
        var first = true
        while first || current != 0x5D {
            guard current != nil else { throw failure("a class that is not closed") }
            first = false
            if ahead("[:"), let set = try posix() {
                ranges += set.ranges
                continue
            }
            if current == 0x5C, let set = try classEscape() {
                ranges += set.ranges
                continue
            }
            ranges.append(try bracketRange())
        }
        position += 1
        var set = ScalarSet(ranges)
        if flags.ignoreCase { set = set.caseFolded() }
        return negated ? set.inverted() : set
    }

    private mutating func bracketRange() throws(RegularExpressionError) -> ClosedRange<UInt32> {
        let low = try bracketScalar()
        guard current == 0x2D, position + 1 < scalars.count, scalars[position + 1] != 0x5D else { return low...low }
        position += 1
        let high = try bracketScalar()
        guard low <= high else { throw failure("a range that runs backwards") }
        return low...high
    }

    private mutating func bracketScalar() throws(RegularExpressionError) -> UInt32 {
        guard let scalar = current else { throw failure("a class that is not closed") }
        if scalar == 0x5C {
            guard position + 1 < scalars.count else { throw failure("a backslash at the end") }
            return try scalarEscape()
        }
        position += 1
        return scalar
    }

    private mutating func posix() throws(RegularExpressionError) -> ScalarSet? {
        var cursor = position + 2
        var name = ""
        while cursor < scalars.count, let scalar = Unicode.Scalar(scalars[cursor]), scalar != ":", name.utf8.count < 10 {
            name.unicodeScalars.append(scalar)
            cursor += 1
        }
        guard cursor + 1 < scalars.count, scalars[cursor] == 0x3A, scalars[cursor + 1] == 0x5D else { return nil }
        let negated = name.hasPrefix("^")
        guard let set = ScalarSet.posix(negated ? String(name.dropFirst()) : name) else { throw failure("a class that POSIX does not have") }
        position = cursor + 2
        return negated ? set.inverted() : set
    }
}
