extension SQLReader {
    /// Looks at the tokens behind WHERE, AND and OR for comparisons of literals: `1=1`, `'a'='a'`.
    ///
    /// States: 1 a literal comes; 2 an operator; 3 the other literal; 4 behind such a comparison.
    mutating func condition(_ reading: inout StatementReading) {
        let isLiteral = token.kind == .number || token.kind == .string
        switch conditionState {
        case 1 where isLiteral:
            conditionLiteral = token
            conditionState = 2
        case 1 where token.is("("): break
        case 1 where token.is(.true): conditionState = 4
        case 2 where token.is("=") || token.is("<") || token.is(">"): conditionState = 3
        case 3 where token.is("=") || token.is(">"): break
        case 3 where isLiteral:
            conditionState = 4
            compared(&reading)
        case 4:
            // Behind a comparison that is always true, AND restricts; OR and the end don't.
            if token.is(.and), conditionIsWhere { reading.hasWhere = true }
            if !token.is(")") { conditionState = 0 }
        default:
            if conditionIsWhere { reading.hasWhere = true }
            conditionState = 0
        }
    }

    private func compared(_ reading: inout StatementReading) {
        let (first, second) = (lexer.bytes.part(conditionLiteral.start..<conditionLiteral.end), lexer.bytes.part(token.start..<token.end))
        if conditionIsOr {
            reading.signs.insert(.tautology)
        } else if !conditionIsWhere, first.count >= 2, first.isEqual(to: second) {
            // AND 8163=8163: tools test with it whether a condition of theirs gets through.
            reading.signs.insert(.tautology)
        }
    }
}
