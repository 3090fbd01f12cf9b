import Templates
import Testing

@Suite("Expressions")
struct ExpressionTests {
    struct Context: EvaluationContext {
        var values: [String: ExpressionValue] = [:]
        var environment = EvaluationEnvironment(random: SeededGenerator(state: 5), now: { 1_654_870_680 })

        func value(_ name: String) -> ExpressionValue? { values[name] }
        func searchText(_ name: String) -> SearchText? { nil }
    }

    @Test(
        arguments: [
            ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("10 - 4 - 3", "3"), ("2 ** 3", "8"), ("-2 + 5", "3"), ("7 / 2", "3.5"), ("\"a\" + 1", "a1"),
            ("1 == 1.0", "true"), ("\"1\" == 1", "false"), ("true && !false", "true"), ("false || 1 < 2", "true"), ("\"a\" < \"b\"", "true"),
            ("2 in (1, 2)", "true"), ("'x' in ('y', 'z')", "false"), ("0x10", "16"), ("'it''s' == 'its'", nil), ("\"q\\\"q\"", "q\"q"),
            ("date_time(\"%Y-%M-%D %H:%m\", 1654870680)", "2022-06-10 14:18"), ("date_time(\"2006-01-02 15:04:05\", 0)", "1970-01-01 00:00:00"),
            ("date_time(\"Mon, 02 Jan 06\")", "Fri, 10 Jun 22"), ("unix_time(10)", "1654870690"),
            ("to_unix_time(\"2022-06-10 14:18:00\")", "1654870680"),
            ("base64_py(\"Hello\")", "SGVsbG8=\n"), ("len(base64_py(repeat(\"a\", 100)))", "138"), ("mmh3(\"hello\")", "613153351"),
            ("hmac(\"sha1\", \"test\", \"scrt\")", "8856b111056d946d5c6c92a21b43c233596623c6"), ("to_number(\" 42 \")", "42"),
            ("compare_versions('v1.0.0', '>v0.0.1', '<v1.0.1')", "true"), ("compare_versions('1.2.3', '~> 1.1')", "true"),
            ("compare_versions('1.0-beta', '< 1.0')", "true"), ("compare_versions('1.2', '= 1.2.0')", "true"),
            ("compare_versions('10.0', '> 9.9.9')", "true"),
            ("join(\",\", 1, 2)", "1,2"), ("sort(\"b\", \"a\")", "a,b"), ("replace_regex(\"a1b22\", \"\\\\d+\", \"<$0>\")", "a<1>b<22>"),
            ("url_decode(\"%e7%97%85\")", "病"), ("starts_with(\"ab\", \"x\", \"a\")", "true"), ("len((1, 2, 3))", "3"),
            ("rand_int(1, 1)", "1"), ("trim_space(' a ')", "a"), ("index(\"abc\", 1)", "b"), ("contains_all(\"abc\", \"a\", \"c\")", "true"),
        ] as [(String, String?)])
    func `An expression has its value`(_ text: String, _ expected: String?) throws {
        guard let expected else {
            #expect(throws: ExpressionError.self) { try Expression(text) }
            return
        }
        #expect(try Expression(text).evaluate(Context()).string == expected)
    }

    @Test(arguments: [
        "missing == 1", "index(\"a\", 5)", "base64_decode(\"*\")", "hex_decode(\"0\")", "1 && true", "\"a\" < 1", "\"a\" - 1", "gzip_decode(\"x\")",
        "repeat(\"a\", 99999999999)", "repeat(\"aaaa\", 4000000)", "rand_text_alpha(9999999)", "substr(\"a\", 5)", "1 in 2", "to_number(\"x\")",
        "compare_versions(\"x\", \"> 1\")", "rand_int(5, 1)", "padding(\"a\", \"\", 9)", "date_time(\"%Y\", 1e300)",
    ])
    func `An expression without a value fails, and does not crash`(_ text: String) {
        #expect(throws: (any Error).self) { try Expression(text).evaluate(Context()) }
    }

    @Test(arguments: ["", "1 +", "(1", "f(", "a b", "&&", "1 = 2", "'a", "unknown(1)", "contains(1)", "regex(\"(\", \"a\")", "}}", "{{a"])
    func `What is no expression is refused`(_ text: String) {
        #expect(throws: ExpressionError.self) { try Expression(text) }
    }

    @Test func `Short circuits spare the rest`() throws {
        #expect(try Expression("false && missing").evaluate(Context()) == .boolean(false))
        #expect(try Expression("true || missing").evaluate(Context()) == .boolean(true))
    }

    @Test func `Depth is bounded`() {
        for text in [
            String(repeating: "(", count: 10_000) + "1" + String(repeating: ")", count: 10_000), String(repeating: "!", count: 10_000) + "true",
            String(repeating: "-", count: 10_000) + "1", "1" + String(repeating: "+1", count: 100_000), String(repeating: "len(", count: 5_000) + "1",
            "1" + String(repeating: "==1", count: 5_000), String(repeating: "{{", count: 5_000) + "a" + String(repeating: "}}", count: 5_000),
        ] {
            #expect(throws: ExpressionError.self) { try Expression(text) }
        }
    }

    @Test func `Many alternatives in one expression are no depth`() throws {
        let text = (0..<5_000).map { "contains(body, \"word\($0)\")" }.joined(separator: " || ")
        let context = Context(values: ["body": .text("has word4999 in it")])
        #expect(try Expression(text).isTrue(context))
    }

    @Test func `Any text neither crashes nor hangs`() {
        var random = SeededGenerator(state: 4)
        let pieces = [
            "1", "\"a\"", "body", "len", "(", ")", ",", "&&", "||", "!", "==", "+", "-", "*", "/", "%", "=~", "in", "{{", "}}", "[", "]", "repeat",
            "split",
            "index", "'", "\\", "rand_int", "substr", "regex", "9999999999999999999", ".", "中", "**",
        ]
        let context = Context(values: ["body": .text("abc")])
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 1...12, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "1" }.joined(separator: " ")
            _ = try? Expression(text).evaluate(context)
            _ = try? TextPattern("{{" + text + "}}").resolve(context)
        }
    }

    @Test(
        arguments: [
            ("plain", "plain"), ("a{{name}}b", "avalueb"), ("§name§", "value"), ("{{to_upper(name)}}", "VALUE"), ("{{ name }}", "value"),
            ("{{7*7}}", "{{7*7}}"),
            ("{{{name}}}", "{value}"), ("{{a b}}", "{{a b}}"), ("{{}}", "{{}}"), ("{{name", "{{name"), ("{{base64(\"{{name}}\")}}", "dmFsdWU="),
            ("§ 5 §", "§ 5 §"),
            ("if (x) {{ return }}; {{name}}", nil),
        ] as [(String, String?)])
    func `Placeholders resolve, and braces that are none stay`(_ text: String, _ expected: String?) throws {
        let context = Context(values: ["name": .text("value")])
        let pattern = try TextPattern(text)
        if let expected {
            #expect(String(decoding: try pattern.resolve(context), as: UTF8.self) == expected)
        } else {
            #expect(throws: EvaluationError.self) { try pattern.resolve(context) }
            #expect(String(decoding: try pattern.resolve(context, lenient: true), as: UTF8.self) == "if (x) {{ return }}; value")
        }
    }

    @Test func `A decompression bomb is not unpacked`() throws {
        let text = try Expression("gzip_decode(gzip(repeat(\"a\", 8000000)))").evaluate(Context())
        #expect(text.bytes.count == 8_000_000)
        #expect(throws: EvaluationError.self) {
            try Expression("zlib_decode(concat(zlib(repeat(\"a\", 8388608)), \"\")) + \"aa\" + repeat(\"a\", 8388607)").evaluate(Context())
        }
    }
}
