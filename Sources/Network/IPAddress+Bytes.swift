extension IPAddress {
    /// Reads the same spellings as ``init(_:)`` straight from bytes, without allocating: for files of millions of lines.
    package init?(ascii text: UnsafeRawBufferPointer) {
        // The longest spelling is INET6_ADDRSTRLEN - 1 (RFC 4291 2.2 with an IPv4 tail).
        guard text.count >= 2, text.count <= 45 else { return nil }
        if let bits = Self.dotted(text, from: 0) {
            self.init(v4: bits)
            return
        }
        guard let (high, low) = Self.colons(text) else { return nil }
        self.init(v6High: high, low: low)
    }

    /// Four decimal octets without leading zeros, from `start` to the end.
    private static func dotted(_ text: UnsafeRawBufferPointer, from start: Int) -> UInt32? {
        guard text.count - start >= 7, text.count - start <= 15 else { return nil }
        var bits: UInt32 = 0
        var octet: UInt32 = 0
        var digits = 0
        var dots = 0
        for index in start..<text.count {
            let byte = text[index]
            if byte == 0x2E {
                guard digits > 0, dots < 3 else { return nil }
                bits = bits << 8 | octet
                (octet, digits, dots) = (0, 0, dots + 1)
            } else {
                let digit = UInt32(byte &- 0x30)
                guard digit < 10, digits == 0 || octet > 0 else { return nil }
                octet = octet * 10 + digit
                digits += 1
                guard octet <= 255 else { return nil }
            }
        }
        return dots == 3 && digits > 0 ? bits << 8 | octet : nil
    }

    /// Groups of up to four hexadecimal digits, at most one `::`, perhaps an IPv4 tail.
    private static func colons(_ text: UnsafeRawBufferPointer) -> (UInt64, UInt64)? {
        // Groups before and after `::`, each shifted in from the right.
        var head = Groups()
        var tail = Groups()
        var compressed = false
        var index = 0
        if text[0] == 0x3A {
            guard text[1] == 0x3A else { return nil }
            compressed = true
            index = 2
        }
        while index < text.count {
            let start = index
            var group: UInt64 = 0
            while index < text.count, let digit = hexDigit(text[index]) {
                group = group << 4 | digit
                index += 1
                guard index - start <= 4 else { return nil }
            }
            if index < text.count, text[index] == 0x2E {
                guard let bits = dotted(text, from: start) else { return nil }
                if compressed { tail.append(UInt64(bits >> 16)) } else { head.append(UInt64(bits >> 16)) }
                group = UInt64(bits & 0xFFFF)
                index = text.count
            } else {
                guard index > start else { return nil }
            }
            if compressed { tail.append(group) } else { head.append(group) }
            guard head.count + tail.count <= 8 else { return nil }
            guard index < text.count else { break }
            guard text[index] == 0x3A else { return nil }
            index += 1
            if index < text.count, text[index] == 0x3A {
                guard !compressed else { return nil }
                compressed = true
                index += 1
            } else if index == text.count {
                return nil
            }
        }
        let count = head.count + tail.count
        guard compressed ? count <= 7 : count == 8 else { return nil }
        let left = head.shiftedLeft(groups: 8 - head.count)
        return (left.high | tail.high, left.low | tail.low)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case 0x30...0x39: UInt64(byte - 0x30)
        case 0x41...0x46: UInt64(byte - 0x41 + 10)
        case 0x61...0x66: UInt64(byte - 0x61 + 10)
        default: nil
        }
    }

    /// Up to eight 16-bit groups in 128 bits, the latest lowest.
    private struct Groups {
        var high: UInt64 = 0
        var low: UInt64 = 0
        var count = 0

        mutating func append(_ group: UInt64) {
            high = high << 16 | low >> 48
            low = low << 16 | group
            count += 1
        }

        func shiftedLeft(groups: Int) -> Groups {
            var shifted = self
            for _ in 0..<groups { shifted.append(0) }
            return shifted
        }
    }
}
