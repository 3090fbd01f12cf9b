import Patterns
import Testing

@Suite struct PatternExpressionTests {
    private func matches(_ pattern: String, _ text: String, _ options: PatternExpression.Options = []) throws -> Bool {
        let expression = try PatternExpression(pattern, options: options)
        let scratch = try PatternScratch(for: [expression])
        return Array(text.utf8).withUnsafeBytes { expression.matches($0, scratch) }
    }

    @Test func `finds a match anywhere, by case unless told otherwise`() throws {
        #expect(try matches("a[bc]+d", "xxabcbdxx"))
        #expect(try !matches("a[bc]+d", "xxABCDxx"))
        #expect(try matches("a[bc]+d", "xxABCDxx", .ignoresCase))
        #expect(try matches("^b$", "a\nb", .multiline) && !matches("^b$", "a\nb"))
        #expect(try matches("a.b", "a\nb", .dotMatchesLineFeed) && !matches("a.b", "a\nb"))
    }

    @Test func `an empty text may match`() throws {
        #expect(try matches("^$", "") && matches("x*", "") && !matches("x", ""))
        let expression = try PatternExpression("^$")
        let scratch = try PatternScratch(for: [expression])
        #expect(expression.matches(UnsafeRawBufferPointer(start: nil, count: 0), scratch))
    }

    @Test func `one scratch serves many expressions`() throws {
        let expressions = try ["abc", "[a-z]{40,90}x", "(a|b|c)+z$"].map { try PatternExpression($0) }
        let scratch = try PatternScratch(for: expressions)
        Array("zzabcz".utf8).withUnsafeBytes { text in
            #expect(expressions.map { $0.matches(text, scratch) } == [true, false, true])
        }
    }

    @Test(arguments: ["(a", "(a)\\1", "a(?=b)", "a(?<!b)", "((a{1,200}){1,200})", "[é]", "é+", "a\u{0}b", "a{99999999999999999999}"])
    func `what isn't linear, or isn't bytes, is refused`(_ pattern: String) {
        #expect(throws: PatternSet.CompileError.self) { try PatternExpression(pattern) }
    }

    @Test func `text that would take a backtracking matcher for ever takes no time`() throws {
        #expect(try !matches("^(a+)+$", String(repeating: "a", count: 100_000) + "b"))
    }
}
