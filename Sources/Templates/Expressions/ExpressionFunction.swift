/// A function of the expression language.
struct ExpressionFunction: Sendable {
    typealias Body = @Sendable ([ExpressionValue], EvaluationEnvironment) throws(EvaluationError) -> ExpressionValue

    /// Text that a function may give, in bytes: twice the largest body.
    static let textLimit = 8 << 20

    var name: String
    /// How many arguments it takes.
    var arguments: ClosedRange<Int>
    /// Gives another value at each call (random numbers, the time).
    var isVolatile = false
    var body: Body

    /// The function of that name; some have two.
    static func named(_ name: String) -> ExpressionFunction? { table[aliases[name] ?? name] }

    /// All names, for documentation.
    static var names: [String] { (Array(table.keys) + Array(aliases.keys)).sorted() }

    private static let aliases = [
        "tolower": "to_lower", "toupper": "to_upper", "startswith": "starts_with", "endswith": "ends_with", "gzip_encode": "gzip",
        "zlib_encode": "zlib", "trim_whitespace": "trim_space",
    ]

    private static let table: [String: ExpressionFunction] = {
        let all = textFunctions + listFunctions + codingFunctions + digestFunctions + numberFunctions + randomFunctions + compressionFunctions
        return Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }()

    static func bounded(_ bytes: [UInt8]) throws(EvaluationError) -> [UInt8] {
        guard bytes.count <= textLimit else { throw .argument("text grew beyond its limit") }
        return bytes
    }

    /// A function of one text.
    static func map(_ name: String, _ body: @escaping @Sendable ([UInt8]) throws(EvaluationError) -> [UInt8]) -> ExpressionFunction {
        ExpressionFunction(name: name, arguments: 1...1) { (values, _) throws(EvaluationError) in .text(try bounded(try body(values[0].bytes))) }
    }

    static func power(_ base: Double, _ exponent: Double) -> Double {
        guard let count = Int(exactly: exponent), (0...1024).contains(count) else { return .nan }
        return (0..<count).reduce(1.0) { value, _ in value * base }
    }
}

extension [ExpressionValue] {
    /// The argument as text; empty where it was left out.
    func bytes(_ index: Int) -> [UInt8] { index < count ? self[index].bytes : [] }

    func integer(_ index: Int) throws(EvaluationError) -> Int {
        guard index < count, let value = self[index].asInteger else { throw .argument("a whole number was expected") }
        return value
    }

    func number(_ index: Int) throws(EvaluationError) -> Double {
        guard index < count, let value = self[index].asNumber, value.isFinite else { throw .argument("a number was expected") }
        return value
    }
}
