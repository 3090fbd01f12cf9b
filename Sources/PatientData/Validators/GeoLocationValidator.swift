/// Positions: longitude and latitude (in either order) in degrees, with fractions of three digits or more, as a pair; or one of them, which only a column's
/// name and its neighbour make one.
enum GeoLocationValidator {
    enum Form: Hashable, Sendable {
        case pair
        case coordinate
    }

    static func form(_ value: UnsafeBufferPointer<UInt8>) -> Form? {
        guard (5...64).contains(value.count) else { return nil }
        var cursor = 0
        let isPoint = value.count > 8 && value.starts(with: "POINT".utf8)
        if isPoint { cursor = 5 }
        skip(value, &cursor)
        guard let first = number(value, &cursor) else { return nil }
        guard cursor < value.count else { return isPoint || abs(first) > 180 ? nil : .coordinate }
        let before = cursor
        skip(value, &cursor)
        guard cursor > before, let second = number(value, &cursor) else { return nil }
        skip(value, &cursor)
        let (low, high) = (min(abs(first), abs(second)), max(abs(first), abs(second)))
        return cursor == value.count && low <= 90 && high <= 180 ? .pair : nil
    }

    /// Comma, semicolon, spaces, brackets.
    private static func skip(_ value: UnsafeBufferPointer<UInt8>, _ cursor: inout Int) {
        while cursor < value.count, [0x20, 0x2C, 0x3B, 0x28, 0x29, 0x5B, 0x5D].contains(value[cursor]) { cursor += 1 }
    }

    /// Degrees with at least three digits behind the point; whole and half degrees are something else.
    private static func number(_ value: UnsafeBufferPointer<UInt8>, _ cursor: inout Int) -> Double? {
        var number = 0.0
        var whole = 0
        var fraction = 0
        var scale = 1.0
        if cursor < value.count, value[cursor] == 0x2D { cursor += 1 }
        while cursor < value.count, value[cursor] &- 0x30 <= 9 {
            number = number * 10 + Double(value[cursor] - 0x30)
            (whole, cursor) = (whole + 1, cursor + 1)
        }
        guard (1...3).contains(whole), cursor < value.count, value[cursor] == 0x2E else { return nil }
        cursor += 1
        while cursor < value.count, value[cursor] &- 0x30 <= 9 {
            scale /= 10
            number += Double(value[cursor] - 0x30) * scale
            (fraction, cursor) = (fraction + 1, cursor + 1)
        }
        return (3...17).contains(fraction) ? number : nil
    }
}
