/// A value of the expression language. Text is bytes: bodies need not be UTF-8.
package enum ExpressionValue: Equatable, Sendable {
    case text([UInt8])
    case number(Double)
    case boolean(Bool)
    case list([ExpressionValue])

    package static func text(_ string: String) -> ExpressionValue { .text(Array(string.utf8)) }

    package static func integer(_ value: Int) -> ExpressionValue { .number(Double(value)) }

    /// How the value reads as text: whole numbers without a point, lists joined by commas.
    package var bytes: [UInt8] {
        switch self {
        case .text(let bytes): bytes
        case .number(let number): Array(ExpressionValue.format(number).utf8)
        case .boolean(let value): Array((value ? "true" : "false").utf8)
        case .list(let values): Array(values.map(\.bytes).joined(separator: Array(",".utf8)))
        }
    }

    package var string: String { String(decoding: bytes, as: UTF8.self) }

    /// The value as a number: text must read as one, in decimal.
    var asNumber: Double? {
        switch self {
        case .number(let number): number
        case .text(let bytes): Double(Bytes.string(Bytes.trim(bytes[...])))
        case .boolean, .list: nil
        }
    }

    /// The value as a whole number in Int's range; nil for anything else.
    var asInteger: Int? { asNumber.flatMap { Int(exactly: $0.rounded(.towardZero)) } }

    static func format(_ number: Double) -> String {
        if let whole = Int(exactly: number), abs(whole) < 1 << 53 { return String(whole) }
        return String(number)
    }
}
