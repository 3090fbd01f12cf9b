/// The transformation modifiers (specification, "Sigma Modifiers"): values into other values.
enum ValueTransforms {
    static let base64Alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// RFC 4648, section 4, with padding.
    static func base64(_ bytes: [UInt8], isPadded: Bool = true) -> [UInt8] {
        var encoded: [UInt8] = []
        encoded.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let left = min(3, bytes.count - start)
            var group: UInt32 = 0
            for offset in 0..<3 { group = group << 8 | (offset < left ? UInt32(bytes[start + offset]) : 0) }
            for sextet in 0..<4 {
                if sextet <= left {
                    encoded.append(base64Alphabet[Int(group >> UInt32(18 - 6 * sextet) & 63)])
                } else if isPadded {
                    encoded.append(0x3D)
                }
            }
        }
        return encoded
    }

    /// What of `bytes` looks the same in any Base64 text that holds them: one value for each of the three places where they may begin. The
    /// characters that also depend on the bytes before and after are left out.
    static func base64Offsets(_ bytes: [UInt8]) -> [[UInt8]] {
        (0..<3).compactMap { offset in
            let encoded = base64([UInt8](repeating: 0, count: offset) + bytes, isPadded: false)
            // The first character whose six bits lie wholly in `bytes`, and the first after them.
            let start = (offset * 8 + 5) / 6
            let end = (offset + bytes.count) * 8 / 6
            return start < end ? Array(encoded[start..<min(end, encoded.count)]) : nil
        }
    }

    /// UTF-16 of text; nil when the bytes are no UTF-8.
    static func utf16(_ bytes: [UInt8], isBigEndian: Bool, hasMark: Bool) -> [UInt8]? {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        var encoded: [UInt8] = hasMark ? [0xFF, 0xFE] : []
        for unit in text.utf16 {
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
            encoded += isBigEndian ? [high, low] : [low, high]
        }
        return encoded
    }

    private static let dashes: [[UInt8]] = ["-", "/", "–", "—", "―"].map { Array($0.utf8) }

    /// Dashes that begin an option become any of the five: those before a letter or digit, not after one (pySigma does the same: `foo-bar` is a word).
    static func anyDash(_ pattern: WildcardPattern) -> WildcardPattern {
        var pieces: [WildcardPattern.Piece] = []
        for piece in pattern.pieces {
            guard case .bytes(let bytes) = piece else {
                pieces.append(piece)
                continue
            }
            var plain: [UInt8] = []
            var index = 0
            while index < bytes.count {
                let dash = dashes.first { bytes[index...].starts(with: $0) }
                if let dash, !(index > 0 && isWord(bytes[index - 1])), index + dash.count < bytes.count, isWord(bytes[index + dash.count]) {
                    if !plain.isEmpty { pieces.append(.bytes(plain)) }
                    plain.removeAll()
                    pieces.append(.dash)
                    index += dash.count
                } else {
                    plain.append(bytes[index])
                    index += 1
                }
            }
            if !plain.isEmpty { pieces.append(.bytes(plain)) }
        }
        return WildcardPattern(pieces)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
    }
}
