/// Tells by its form how one value is protected. A hash and a token look alike; what the value stood for, the column's name must say.
enum ProtectionDetector {
    enum Form: UInt8, Hashable, Sendable {
        case plaintext, masked
        /// A password hash by its prefix.
        case hashed
        /// Hexadecimal digits of a digest's length, or a block cipher's: the column's lengths decide.
        case digestLike
        /// By the prefix of a product.
        case encrypted
        /// Base64 or hexadecimal digits of what has no pattern: a ciphertext, as a rule; a key or a token where the column's name says so.
        case random
        /// By Suwen: ``SealedForm``.
        case sealed
        /// RFC 9562.
        case uuid
    }

    static func form(_ value: UnsafeBufferPointer<UInt8>) -> Form {
        let value = value.trimmed
        return form(value, ByteShape(value))
    }

    /// - Parameters:
    ///   - value: trimmed.
    ///   - shape: its shape.
    static func form(_ value: UnsafeBufferPointer<UInt8>, _ shape: ByteShape) -> Form {
        guard !value.isEmpty else { return .plaintext }
        if SealedForm.matches(value) { return .sealed }
        if value.count <= longestMasked, mayBeMasked(shape, value), isMasked(value) { return .masked }
        guard value.count >= 16, shape.isDisjoint(with: [.han, .wide, .other, .at]), value.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return .plaintext
        }
        // Numbers and dates are nothing of all this.
        guard !shape.isDisjoint(with: .letter) else { return .plaintext }
        if isHashed(value) { return .hashed }
        if sealedFirst.contains(UInt32(value[0])), sealedPrefixes.contains(where: { value.starts(with: $0) }) { return .encrypted }
        if isUUID(value) { return .uuid }
        if let form = hexForm(value) { return form }
        return isSealedBase64(value) ? .random : .plaintext
    }

    @inline(__always)
    private static func mayBeMasked(_ shape: ByteShape, _ value: UnsafeBufferPointer<UInt8>) -> Bool {
        !shape.isDisjoint(with: [.mark, .wide, .x]) || (shape == .han && value.count <= 9)
    }

    // MARK: Masked

    /// Bytes; in longer texts stars are decoration.
    private static let longestMasked = 512

    private static func isMasked(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        var run = 0
        var longestRun = 0
        var stars = 0
        var marks = 0
        var others = 0
        var previous = Mark.none
        var index = 0
        while index < value.count {
            let (mark, length) = Mark.at(index, of: value)
            if mark == .none {
                others += 1
                run = 0
            } else {
                run = mark == previous ? run + 1 : 1
                marks += 1
                if mark == .star { stars += 1 }
                longestRun = max(longestRun, run)
            }
            previous = mark
            index += length
        }
        // In a longer text, two stars are decoration.
        if longestRun >= 2, value.count <= 64 || marks * 8 >= value.count { return true }
        // 张*: one star is enough in a name; but a pack of tablets is 5mg*28.
        return stars == 1 && (3...9).contains(others) && others.isMultiple(of: 3) && value.allSatisfy { $0 >= 0x80 || $0 == 0x2A }
            || hasSomebody(value)
    }

    private enum Mark: Hashable {
        case none, star, hash, block, x

        /// The mark at `index`, and how many bytes it, or the byte that is none, takes.
        static func at(_ index: Int, of value: UnsafeBufferPointer<UInt8>) -> (Mark, Int) {
            switch value[index] {
            case 0x2A: return (.star, 1)
            case 0x23: return (.hash, 1)
            case 0xEF where index + 2 < value.count && value[index + 1] == 0xBC && value[index + 2] == 0x8A: return (.star, 3)  // ＊
            case 0xE2 where index + 2 < value.count && (value[index + 1] == 0x97 || value[index + 1] == 0x96): return (.block, 3)  // ●○█■
            // 138xxxx5678: two or more between digits; one alone is a check character or a times sign.
            case 0x78, 0x58: return isInsideDigits(index, of: value) ? (.x, 1) : (.none, 1)
            default: return (.none, 1)
            }
        }

        private static func isInsideDigits(_ index: Int, of value: UnsafeBufferPointer<UInt8>) -> Bool {
            var start = index
            var end = index
            while start > 0, value[start] | 0x20 == 0x78 { start -= 1 }
            while end < value.count - 1, value[end] | 0x20 == 0x78 { end += 1 }
            return end - start > 2 && value[start] &- 0x30 <= 9 && (value[end] &- 0x30 <= 9 || value[end] | 0x20 == 0x78)
        }
    }

    /// 张某, 李某某.
    private static func hasSomebody(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        guard value.count == 6 || value.count == 9 else { return false }
        return UnsafeBufferPointer(rebasing: value[3...]).starts(with: "某")
            && (value.count == 6 || UnsafeBufferPointer(rebasing: value[6...]).starts(with: "某"))
    }

    // MARK: Hashed and encrypted

    private static let digestPrefixes: [StaticString] = ["sha256:", "sha256$", "sha512:", "sha1:", "md5:", "sm3:"]

    private static func isHashed(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        if PasswordHashValidator.matches(value) { return true }
        return (value[0] == 0x73 || value[0] == 0x6D) && digestPrefixes.contains { value.starts(with: $0) }
    }

    private static let sealedPrefixes: [StaticString] = [
        "vault:v", "ENC(", "{cipher}", "{aes", "{sm4", "enc:", "AQICAH", "-----BEGIN PGP", "age1",
    ]
    private static let sealedFirst = ScalarSet("vE{eA-a")
    private static let digestLengths: Set<Int> = [32, 40, 48, 56, 64, 96, 128]

    private static func isHex(_ byte: UInt8) -> Bool { byte &- 0x30 <= 9 || (byte | 0x20) &- 0x61 <= 5 }

    private static func isUUID(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        guard value.count == 36 else { return false }
        for index in 0..<36 {
            let isDash = index == 8 || index == 13 || index == 18 || index == 23
            guard isDash ? value[index] == 0x2D : isHex(value[index]) else { return false }
        }
        return true
    }

    private static func hexForm(_ value: UnsafeBufferPointer<UInt8>) -> Form? {
        let isBinary = value.starts(with: "\\x") || value.starts(with: "0x")
        let digits = UnsafeBufferPointer(rebasing: value[(isBinary ? 2 : 0)...])
        guard digits.count >= 32, digits.count.isMultiple(of: 2), digits.allSatisfy(isHex) else { return nil }
        // Digests and ciphertexts hold letters; sixteen or more decimal digits in a row are something else.
        let letters = digits.reduce(0) { $0 + ($1 &- 0x30 > 9 ? 1 : 0) }
        guard letters * 8 >= digits.count, isVaried(digits) else { return nil }
        return digestLengths.contains(digits.count) ? .digestLike : .random
    }

    /// RFC 4648, both alphabets, at least 15 bytes of something that isn't a word.
    private static func isSealedBase64(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        guard value.count >= 20 else { return false }
        var end = value.count
        while end > value.count - 2, value[end - 1] == 0x3D { end -= 1 }
        let isPadded = end < value.count
        guard !isPadded || value.count.isMultiple(of: 4), end % 4 != 1 else { return false }
        var upper = 0
        var lower = 0
        var digits = 0
        var changes = 0
        var previous = 0
        for byte in value[..<end] {
            let shape: Int
            switch byte {
            case 0x41...0x5A: (upper, shape) = (upper + 1, 1)
            case 0x61...0x7A: (lower, shape) = (lower + 1, 2)
            case 0x30...0x39: (digits, shape) = (digits + 1, 3)
            case 0x2B, 0x2F, 0x2D, 0x5F: shape = 4
            default: return false
            }
            if shape != previous { changes += 1 }
            previous = shape
        }
        // Random text has 41 % capitals, 41 % small letters, 16 % digits, and changes between them at six of ten steps; words and paths
        // don't.
        return upper * 6 >= end && lower * 6 >= end && (digits > 0 || end >= 40 || isPadded) && changes * 5 >= end * 2
            && isVaried(UnsafeBufferPointer(rebasing: value[..<end]))
    }

    /// At least a third of the characters, or nine, differ.
    private static func isVaried(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        var seen: (UInt64, UInt64) = (0, 0)
        for byte in value {
            if byte < 64 { seen.0 |= 1 << UInt64(byte) } else { seen.1 |= 1 << UInt64(byte & 63) }
        }
        return seen.0.nonzeroBitCount + seen.1.nonzeroBitCount >= min(9, value.count / 3)
    }
}
