/// E-mail addresses: the dot-atom form of RFC 5322 with a host name of at least two labels (RFC 5321); no quoted local parts.
package enum EmailValidator {
    package static func matches(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        let value = value.trimmed
        guard (6...254).contains(value.count), let at = value.firstIndex(of: 0x40), (1...64).contains(at) else { return false }
        return isLocalPart(value[..<at]) && isHost(value[(at + 1)...])
    }

    private static func isLocalPart(_ part: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var wasDot = true
        for byte in part {
            switch byte {
            case 0x2E:
                guard !wasDot else { return false }
                wasDot = true
            // A star is legal and in practice a mask.
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x5F, 0x25, 0x26, 0x27, 0x23, 0x21, 0x3D: wasDot = false
            default: return false
            }
        }
        return !wasDot
    }

    private static func isHost(_ part: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var labels = 1
        var length = 0
        var letters = 0
        for byte in part {
            switch byte {
            case 0x2E:
                guard length > 0 else { return false }
                (labels, length, letters) = (labels + 1, 0, 0)
            case 0x41...0x5A, 0x61...0x7A: (length, letters) = (length + 1, letters + 1)
            case 0x30...0x39, 0x2D: length += 1
            default: return false
            }
            guard length <= 63 else { return false }
        }
        return labels >= 2 && length >= 2 && letters > 0
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Without ASCII white space at both ends.
    var trimmed: UnsafeBufferPointer<UInt8> {
        var start = 0
        var end = count
        while start < end, self[start] <= 0x20 { start += 1 }
        while end > start, self[end - 1] <= 0x20 { end -= 1 }
        return UnsafeBufferPointer(rebasing: self[start..<end])
    }
}
