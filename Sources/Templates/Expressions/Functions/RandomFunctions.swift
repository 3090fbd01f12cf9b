extension ExpressionFunction {
    private static let lower = Array("abcdefghijklmnopqrstuvwxyz".utf8)
    private static let letters = lower + lower.map(Bytes.uppercase)
    private static let digits = Array("0123456789".utf8)

    private static func random(_ name: String, _ alphabet: [UInt8], minimum: Int = 1) -> ExpressionFunction {
        ExpressionFunction(name: name, arguments: minimum...2, isVolatile: true) { (values, environment) throws(EvaluationError) in
            let count = try values.integer(0)
            guard (0...65_536).contains(count) else { throw .argument("too many characters") }
            // The second argument is a list of characters to leave out; for rand_base, of those to take.
            let given = Set(values.bytes(1))
            return .text(environment.text(count, of: alphabet.filter { !given.contains($0) }))
        }
    }

    static let randomFunctions: [ExpressionFunction] = [
        random("rand_text_alpha", letters), random("rand_text_alphanumeric", letters + digits), random("rand_text_numeric", digits),
        ExpressionFunction(name: "rand_base", arguments: 1...2, isVolatile: true) { (values, environment) throws(EvaluationError) in
            let count = try values.integer(0)
            guard (0...65_536).contains(count) else { throw .argument("too many characters") }
            let given = values.bytes(1)
            return .text(environment.text(count, of: given.isEmpty ? letters + digits : given))
        },
        ExpressionFunction(name: "rand_char", arguments: 0...1, isVolatile: true) { values, environment in
            let given = values.bytes(0)
            return .text(environment.text(1, of: given.isEmpty ? letters + digits : given))
        },
        ExpressionFunction(name: "rand_int", arguments: 0...2, isVolatile: true) { (values, environment) throws(EvaluationError) in
            let low = values.isEmpty ? 0 : try values.integer(0)
            let high = values.count < 2 ? Int(Int32.max) : try values.integer(1)
            guard low <= high else { throw .argument("a range that runs backwards") }
            return .integer(environment.number(low...high))
        },
    ]
}
