/// IP addresses: four decimal octets (RFC 791), or groups of hexadecimal digits (RFC 4291); no prefix length, no port.
enum IPAddressValidator {
    static func isV4(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        guard (7...15).contains(value.count) else { return false }
        var octets = 0
        var number = 0
        var length = 0
        for byte in value {
            if byte == 0x2E {
                guard length > 0, octets < 3 else { return false }
                (octets, number, length) = (octets + 1, 0, 0)
            } else {
                // No octet begins with a 0 that isn't all of it.
                guard byte &- 0x30 <= 9, length == 0 || number > 0 else { return false }
                number = number * 10 + Int(byte - 0x30)
                length += 1
                guard number <= 255 else { return false }
            }
        }
        return octets == 3 && length > 0
    }

    static func isV6(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        guard (3...45).contains(value.count) else { return false }
        var groups = 0
        var length = 0
        var colons = 0
        var hasGap = false
        for (index, byte) in value.enumerated() {
            if byte == 0x3A {
                if length > 0 { groups += 1 }
                length = 0
                colons += 1
                if colons == 2 {
                    guard !hasGap else { return false }
                    hasGap = true
                }
                guard colons <= 2, index > 0 || (value.count > 1 && value[1] == 0x3A) else { return false }
            } else {
                guard byte &- 0x30 <= 9 || (byte | 0x20) &- 0x61 <= 5 else { return false }
                colons = 0
                length += 1
                guard length <= 4 else { return false }
            }
        }
        guard colons != 1 else { return false }
        if length > 0 { groups += 1 }
        // 12:30:45 is a time: an address has eight groups, or a gap and at least one with three digits.
        return hasGap ? groups < 8 && value.count >= 6 : groups == 8
    }
}
