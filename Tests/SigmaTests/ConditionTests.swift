import Sigma
import Testing

@Suite struct ConditionTests {
    /// Identifiers a, b, c1, c2, _hidden, each of which holds when the field of its name is 1.
    private func holds(_ condition: String, _ given: [String]) throws -> Bool {
        let identifiers = ["a", "b", "c1", "c2", "_hidden"].map { "\($0):\n    \($0): 1" }.joined(separator: "\n")
        let set = Rules.set("\(identifiers)\ncondition: \(condition)")
        #expect(set.rejected.isEmpty, "\(set.rejected)")
        return try Rules.matches(set, PretendEvent(Dictionary(uniqueKeysWithValues: given.map { ($0, .text("1")) }))).all
    }

    @Test(
        arguments: [
            ("a", ["a"], ["b"]),
            ("a and b", ["a b"], ["a", "b"]),
            ("a or b", ["a", "b"], [""]),
            ("not a", [""], ["a"]),
            ("a and not b", ["a"], ["a b", "b"]),
            ("a or b and c1", ["a", "b c1"], ["b", "c1"]),
            ("(a or b) and c1", ["a c1", "b c1"], ["a", "c1"]),
            ("not a and b", ["b"], ["a b", ""]),
            ("not (a and b)", ["a", "b", ""], ["a b"]),
            ("not not a", ["a"], [""]),
            ("A AND a", [], []),
            ("a AND NOT b OR c1", ["a", "c1 b"], ["b"]),
            ("1 of c*", ["c1", "c2"], ["a", ""]),
            ("any of c*", ["c1", "c2"], ["a", ""]),
            ("all of c*", ["c1 c2"], ["c1", "c2"]),
            ("1 of *2", ["c2"], ["c1", "a"]),
            ("1 of them", ["a", "b", "c1", "c2"], ["_hidden", ""]),
            ("all of them", ["a b c1 c2"], ["a b c1", "a b c2 _hidden"]),
            ("2 of them", ["a b", "c1 c2", "a b c1 c2"], ["a", "b", "c2 _hidden"]),
            ("3 of them", ["a b c1", "a b c1 c2", "b c1 c2"], ["a b", "c1 c2"]),
            ("1 of _h*", ["_hidden"], ["a"]),
            ("a and not 1 of c*", ["a"], ["a c1", "a c2"]),
            ("a and not (2 of them)", ["a"], ["a b"]),
            ("['a and b', c1]", ["a b", "c1"], ["a", "b"]),
        ] as [(String, [String], [String])])
    func `binds as the specification says`(_ condition: String, _ hits: [String], _ misses: [String]) throws {
        if condition == "A AND a" {
            // Identifiers are what they are; only the operators may be in capitals.
            #expect(Rules.set("a:\n    a: 1\ncondition: A AND a").rejected.map(\.reason) == [.condition])
            return
        }
        for given in hits { #expect(try holds(condition, given.split(separator: " ").map(String.init)), "\(given)") }
        for given in misses { #expect(try !holds(condition, given.split(separator: " ").map(String.init)), "\(given)") }
    }

    @Test(arguments: [
        ("a and", SigmaRejection.Reason.condition), ("and a", .condition), ("(a", .condition), ("a)", .condition), ("a b", .condition),
        ("", .condition),
        ("nobody", .condition), ("1 of x*", .condition), ("0 of them", .condition), ("9 of them", .condition), ("1 of", .condition),
        ("x of them", .condition),
        ("a | count() by b > 5", .aggregation), ("a | near b", .aggregation),
        (String(repeating: "(", count: 100) + "a" + String(repeating: ")", count: 100), .condition),
        (String(repeating: "a or ", count: 5_000) + "a", .condition),
    ])
    func `conditions that mean nothing are refused`(_ condition: String, _ reason: SigmaRejection.Reason) {
        let set = Rules.set("a:\n    f: 1\nb:\n    f: 2\ncondition: '\(condition)'")
        #expect(set.rules.isEmpty)
        #expect(set.rejected.map(\.reason) == [reason], "\(set.rejected)")
        #expect(set.rejected.allSatisfy { $0.line == 14 }, "\(set.rejected.map(\.line))")
    }

    @Test func `an old aggregation is refused by its name`() {
        let set = Rules.set("a:\n    f: 1\ntimeframe: 5m\ncondition: a | count(f) by g > 3")
        #expect(set.rejected.map(\.detail) == ["| count"])
        #expect(Rules.set("a:\n    f: 1\ntimeframe: 5m\ncondition: a").rejected.map(\.detail) == ["timeframe"])
        #expect(Rules.set("a:\n    f: 1\ncondition: a | count(f) by g > 3").rejected.map(\.detail) == ["| count"])
    }

    @Test func `counting that would write out too long is refused`() {
        let identifiers = (0..<400).map { "i\($0):\n    f: \($0)" }.joined(separator: "\n")
        #expect(Rules.set("\(identifiers)\ncondition: 200 of them").rejected.map(\.reason) == [.condition])
        #expect(Rules.set("\(identifiers)\ncondition: 3 of them").rejected.isEmpty)
    }
}
