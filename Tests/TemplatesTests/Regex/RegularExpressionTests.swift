import Foundation
import Templates
import Testing

@Suite("Regular expressions")
struct RegularExpressionTests {
    @Test(
        arguments: [
            ("a+b", "xaab", "aab"), ("a+?", "aaa", "a"), ("(a|ab)(c|bcd)", "abcd", "abcd"), ("x*", "aaa", ""), ("^b", "ab", nil),
            ("(?m)^b", "a\nb", "b"),
            ("a.c", "a\nc", nil), ("(?s)a.c", "a\nc", "a\nc"), ("(?i)ÄB", "xäb", "äb"), ("[^a-c]+", "abcxyz", "xyz"), ("\\d{2,3}", "1234", "123"),
            ("\\d{2,3}?", "1234", "12"), ("a{0}b", "ab", "b"), ("a{,2}", "a{,2}", "a{,2}"), ("\\bfoo\\b", "a foo.", "foo"), ("\\Boo", "foo", "oo"),
            ("[\\w.-]+@[\\w-]+", "to a.b-c@d-e!", "a.b-c@d-e"), ("\\x41\\x{4e2d}", "A中", "A中"), ("[一-龥]+", "ab医院c", "医院"), ("^.{2}$", "医院", "医院"),
            ("\\Qa.b\\E+", "xa.bbb", "a.bbb"), ("(?:ab)+$", "abxabab", "abab"), ("(?P<n>a)(b)?", "ac", "a"), ("a|b|", "c", ""),
            ("[]a]+", "]a]", "]a]"),
            ("[a\\]]+", "a]", "a]"), ("[[:digit:]_]+", "x1_2", "1_2"), ("(?U)a+", "aaa", "a"), ("\\pL+", "12é", "é"), ("[^\\S\\n]+", "a \n", " "),
            ("(?i)straße", "STRAßE", "STRAßE"), ("a\\/b", "a/b", "a/b"), ("\\z", "a", ""), ("(a*)*b", "aab", "aab"), ("(a*)+", "b", ""),
            ("$", "ab", ""),
        ] as [(String, String, String?)])
    func `A pattern finds what RE2 finds`(_ pattern: String, _ text: String, _ expected: String?) throws {
        let expression = try RegularExpression(pattern)
        let found = expression.matches(in: SearchText(text)).first?.first.flatMap { $0 }
        #expect(found.map { String(decoding: $0, as: UTF8.self) } == expected)
        #expect(expression.isMatch(SearchText(text)) == (expected != nil))
    }

    @Test(arguments: [
        "a(?=b)", "(?<!a)b", "(a)\\1", "(", ")", "[a", "a**", "*a", "a{2}{3}", "a{1001}", "\\y", "[z-a]", "(?P<n>a)(?P<n>b)", "\\", "(?z)",
        "\\p{Nonsense}",
        "[[:nothing:]]", "\\x{110000}", "a{3,2}",
    ])
    func `What RE2 does not have is refused`(_ pattern: String) {
        #expect(throws: RegularExpressionError.self) { try RegularExpression(pattern) }
    }

    @Test func `Groups are told, also those that took no part`() throws {
        let groups = try RegularExpression("(a)|(b)(c)?").matches(in: SearchText("bca"))
        #expect(groups.map { $0.map { $0.map { String(decoding: $0, as: UTF8.self) } } } == [["bc", nil, "b", "c"], ["a", "a", nil, nil]])
    }

    @Test func `Matches don't overlap, and empty ones don't repeat`() throws {
        #expect(try RegularExpression("a*").matches(in: SearchText("baac")).map { $0[0]?.count } == [0, 2, 0])
        #expect(try RegularExpression("aa").matches(in: SearchText("aaaaa")).count == 2)
    }

    @Test func `Bytes that are no UTF-8 count as one character each`() throws {
        #expect(try RegularExpression("^a.b$").isMatch(SearchText([0x61, 0xFF, 0x62])) == true)
        #expect(try RegularExpression("^a[^x]b$").isMatch(SearchText([0x61, 0xFF, 0x62])) == true)
        #expect(try RegularExpression("^a[x]b$").isMatch(SearchText([0x61, 0xFF, 0x62])) == false)
    }

    @Test(arguments: ["(a+)+$", "(a|aa)+$", "(.*)*x", "(a*)*(a*)*(a*)*c", "^(([a-z])+.)+[A-Z]([a-z])+$", "(?:a?){500}a{500}"])
    func `Patterns that hang a backtracking engine end`(_ pattern: String) throws {
        let expression = try RegularExpression(pattern)
        let text = SearchText(String(repeating: "a", count: 20_000) + "!")
        _ = expression.isMatch(text)
        _ = expression.matches(in: text, limit: 2)
    }

    @Test func `Repetitions of nothing are refused or compiled, not followed for ever`() {
        _ = try? RegularExpression("(?:(?:(?:(?:a{0}){1000}){1000}){1000}){1000}")
        #expect(throws: RegularExpressionError.self) { try RegularExpression("((a{1000}){1000}){1000}") }
        #expect(throws: RegularExpressionError.self) {
            try RegularExpression(String(repeating: "(", count: 5_000) + String(repeating: ")", count: 5_000))
        }
    }

    /// Another engine's answer over many random patterns and texts.
    @Test func `It agrees with the standard library's engine`() throws {
        var random = SeededGenerator(state: 1)
        let atoms = ["a", "b", "c", "[ab]", "[^a]", ".", "(a|b)", "(?:bc)", "(c)", "a|b"]
        let ends = ["", "*", "+", "?", "{1,2}", "*?", "+?"]
        var compared = 0
        for _ in 0..<3_000 {
            let pattern = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                (atoms.randomElement(using: &random) ?? "a") + (ends.randomElement(using: &random) ?? "")
            }.joined()
            let text = String((0..<Int.random(in: 0...8, using: &random)).map { _ in "abc".randomElement(using: &random) ?? "a" })
            guard let peer = try? Regex(pattern), let own = try? RegularExpression(pattern) else { continue }
            let found = own.matches(in: SearchText(text)).first?.first.flatMap { $0 }.map { String(decoding: $0, as: UTF8.self) }
            #expect(found == text.firstMatch(of: peer).map { String(text[$0.range]) }, "\(pattern) in \(text)")
            #expect(own.isMatch(SearchText(text)) == (found != nil), "\(pattern) in \(text)")
            compared += 1
        }
        #expect(compared > 2_000)
    }

    @Test func `Any text as a pattern neither crashes nor hangs`() {
        var random = SeededGenerator(state: 2)
        let alphabet = Array("ab(){}[]|*+?.^$\\dwsbBQEx0123,:<>P=!-im中")
        for _ in 0..<5_000 {
            let pattern = String((0..<Int.random(in: 0...24, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "a" })
            guard let expression = try? RegularExpression(pattern) else { continue }
            _ = expression.matches(in: SearchText("ab12 中\n-"), limit: 20)
        }
    }

    @Test func `A byte search finds what a plain search finds`() {
        var random = SeededGenerator(state: 3)
        for _ in 0..<2_000 {
            let hay = (0..<Int.random(in: 0...40, using: &random)).map { _ in UInt8.random(in: 97...99, using: &random) }
            let needle = (0..<Int.random(in: 1...5, using: &random)).map { _ in UInt8.random(in: 97...99, using: &random) }
            let expected = hay.indices.contains { hay[$0...].starts(with: needle) }
            let expression = try? RegularExpression(String(decoding: needle, as: UTF8.self))
            #expect(expression?.isMatch(SearchText(hay)) == expected)
        }
    }

    @Test func `A text made to slow a search down is searched in one pass`() throws {
        let text = SearchText([UInt8](repeating: 0x61, count: 1 << 20))
        let needle = String(repeating: "a", count: 5_000) + "b" + String(repeating: "a", count: 5_000)
        for _ in 0..<20 { #expect(try RegularExpression(needle).isMatch(text) == false) }
    }
}
