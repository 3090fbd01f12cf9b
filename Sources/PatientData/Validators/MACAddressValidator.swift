/// Addresses of network interfaces (EUI-48): six pairs of hexadecimal digits with colons or dashes, or three groups of four with dots.
enum MACAddressValidator {
    static func matches(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        let group: Int
        let separator: UInt8
        switch value.count {
        case 17: (group, separator) = (2, value[2])
        case 14: (group, separator) = (4, value[4])
        default: return false
        }
        guard group == 2 ? separator == 0x3A || separator == 0x2D : separator == 0x2E else { return false }
        for (index, byte) in value.enumerated() {
            if index % (group + 1) == group {
                guard byte == separator else { return false }
            } else {
                guard byte &- 0x30 <= 9 || (byte | 0x20) &- 0x61 <= 5 else { return false }
            }
        }
        return true
    }
}
