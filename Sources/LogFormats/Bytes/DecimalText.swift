/// Numbers as logs write them. What does not fit is nil, never something else.
package enum DecimalText {
    /// Digits only.
    package static func unsigned(_ text: UnsafeRawBufferPointer) -> Int64? {
        guard (1...19).contains(text.count) else { return nil }
        var value: Int64 = 0
        for byte in text {
            let digit = byte &- 0x30
            guard digit < 10 else { return nil }
            let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowedToo) = product.addingReportingOverflow(Int64(digit))
            guard !overflowed, !overflowedToo else { return nil }
            value = sum
        }
        return value
    }

    /// `12`, `12.345`: as a whole number of `10^-places`; further digits are cut off. Digits before the point are needed, behind it not.
    package static func scaled(_ text: UnsafeRawBufferPointer, places: Int) -> Int64? {
        let point = text.next(0x2E, from: 0) ?? text.count
        guard text.count <= 40, (0...9).contains(places), var value = unsigned(text.part(0..<point)) else { return nil }
        var position = point + 1
        for _ in 0..<places {
            var digit: UInt8 = 0
            if position < text.count {
                digit = text[position] &- 0x30
                guard digit < 10 else { return nil }
                position += 1
            }
            let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowedToo) = product.addingReportingOverflow(Int64(digit))
            guard !overflowed, !overflowedToo else { return nil }
            value = sum
        }
        while position < text.count {
            guard text[position] &- 0x30 < 10 else { return nil }
            position += 1
        }
        return value
    }
}
