/// The check digit of payment cards: ISO/IEC 7812-1, annex B (Luhn's formula).
///
/// Specialised for the types that hot loops pass: bodies of package functions don't cross modules, and unspecialised each byte costs a
/// dozen calls.
package enum Luhn {
    /// Whether `bytes` are at least two ASCII digits of which the last is the check digit of the others.
    @specialized(where Bytes == [UInt8])
    @specialized(where Bytes == ArraySlice<UInt8>)
    @specialized(where Bytes == UnsafeBufferPointer<UInt8>)
    package static func isValid<Bytes: BidirectionalCollection<UInt8>>(_ bytes: Bytes) -> Bool {
        guard bytes.count >= 2, let sum = sum(of: bytes, doubleLast: false) else { return false }
        return sum.isMultiple(of: 10)
    }

    /// The check digit, in ASCII, to put behind `bytes`; nil when they aren't all digits.
    @specialized(where Bytes == [UInt8])
    @specialized(where Bytes == ArraySlice<UInt8>)
    @specialized(where Bytes == UnsafeBufferPointer<UInt8>)
    package static func checkDigit<Bytes: BidirectionalCollection<UInt8>>(of bytes: Bytes) -> UInt8? {
        sum(of: bytes, doubleLast: true).map { 0x30 + UInt8(truncatingIfNeeded: (10 - $0 % 10) % 10) }
    }

    @inline(__always)
    private static func sum(of bytes: some BidirectionalCollection<UInt8>, doubleLast: Bool) -> Int? {
        var sum = 0
        var double = doubleLast
        for byte in bytes.reversed() {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            let value = Int(byte - 0x30) << (double ? 1 : 0)
            sum += value > 9 ? value - 9 : value
            double.toggle()
        }
        return sum
    }
}
