import Patterns
import Sigma
import TestSupport
import Testing

@Suite struct MatcherTests {
    @Test func `matches name their rule, its author and techniques`() throws {
        let set = Rules.set("s:\n    f: 1\ncondition: s")
        let info = try #require(set.rules.first?.info)
        #expect(info.title == "Pretend" && info.author == "Somebody" && info.level == .high)
        #expect(info.techniques == ["T1190", "T1505.003"])
        #expect(info.file == "rule.yml" && info.line == 1)
    }

    @Test func `titles can't steer a terminal`() {
        let set = SigmaRuleSet([
            ("x.yml", "title: \"a\\e[31mb\\u202Ec\\u0007\"\nlogsource: {category: webserver}\ndetection: {s: {f: 1}, condition: s}")
        ])
        #expect(set.rules.first?.info.title == "a[31mbc")
    }

    @Test(arguments: [
        (SigmaLogSource(category: "webserver"), true), (SigmaLogSource(category: "proxy"), false), (SigmaLogSource(product: "nginx"), true),
        (SigmaLogSource(product: "windows"), false), (SigmaLogSource(category: "webserver", product: "nginx"), true),
        (SigmaLogSource(category: "webserver", product: "apache"), false), (SigmaLogSource(product: "nginx", service: "error"), false),
        (SigmaLogSource(service: "access"), true), (SigmaLogSource(), false),
    ])
    func `a rule runs only where its log source fits`(_ source: SigmaLogSource, _ fits: Bool) {
        #expect(SigmaTarget(categories: ["webserver"], products: ["nginx"], services: ["access"]).fits(source) == fits)
    }

    @Test func `rules for other sources load, but aren't in the matcher`() throws {
        let windows = Rules.text("s:\n    f: 1\ncondition: s").replacing("category: webserver", with: "product: windows")
        let set = SigmaRuleSet([("w.yml", windows)])
        #expect(set.rules.count == 1)
        #expect(try SigmaMatcher(set, for: Rules.everywhere).isEmpty)
        #expect(SigmaCheckReport(set, targets: [Rules.everywhere]).forNoSource == 1)
    }

    @Test func `a rule for a service runs only on that service's events`() throws {
        let text = Rules.text("k: ['evil']\ncondition: k").replacing("category: webserver", with: "product: linux\n    service: sshd")
        let set = SigmaRuleSet([("s.yml", text)])
        let event = PretendEvent(line: "evil")
        #expect(try Rules.matches(set, event) == (true, true))
        event.service = "cron"
        #expect(try Rules.matches(set, event) == (false, false))
        event.service = "sshd"
        #expect(try Rules.matches(set, event) == (true, true))
    }

    /// Three rules: two with literals, one without.
    private func several() throws -> SigmaMatcher {
        let detections = ["k: ['first evil']\ncondition: k", "k: ['second evil']\ncondition: k", "s:\n    sc-status: 500\ncondition: s"]
        let texts = detections.enumerated().map { index, detection in
            ("\(index).yml", Rules.text(detection).replacing("000000000001", with: "00000000000\(index)"))
        }
        return try SigmaMatcher(SigmaRuleSet(texts), for: Rules.everywhere)
    }

    @Test func `a chunk's hits go to the lines that they stand in`() throws {
        let matcher = try several()
        #expect(matcher.unfilteredCount == 1)
        let scanner = try SigmaScanner(for: matcher)
        let lines = ["nothing here", "a FIRST EVIL thing", "second evil, first evil", "", "no", "second evil"]
        let chunk = Array(lines.joined(separator: "\n").utf8)
        var found: [String] = []
        chunk.withUnsafeBytes { bytes in
            scanner.scan(bytes)
            var start = 0
            for (number, line) in lines.enumerated() {
                if scanner.takeCandidates(upTo: start + line.utf8.count) {
                    matcher.match(PretendEvent([:], line: Array(line.utf8)), scanner) { found.append("\(number):\($0)") }
                }
                start += line.utf8.count + 1
            }
        }
        #expect(found == ["1:0", "2:1", "2:0", "5:1"])
    }

    @Test func `hits of a larger set of literals can be noted one by one`() throws {
        let matcher = try several()
        let scanner = try SigmaScanner(for: matcher)
        let event = PretendEvent(["sc-status": .integer(500)], line: Array("first evil".utf8))
        var found: [Int] = []
        scanner.begin()
        for (index, literal) in matcher.literals.enumerated() where literal.bytes == Array("first evil".utf8) { scanner.note(literal: UInt32(index)) }
        scanner.note(literal: 99)
        #expect(scanner.finish())
        matcher.match(event, scanner) { found.append($0) }
        #expect(found == [0, 2])
    }

    @Test func `the literals are the rarest that must be there`() throws {
        let set = Rules.set("m:\n    cs-method: GET\ns:\n    cs-uri-query|contains|all: ['.php', 'wp-evil-plugin']\ncondition: m and s")
        let matcher = try SigmaMatcher(set, for: Rules.everywhere)
        #expect(matcher.literals.map { String(decoding: $0.bytes, as: UTF8.self) } == ["wp-evil-plugin"])
        #expect(matcher.unfilteredCount == 0)
    }

    @Test(
        arguments: [
            ("[/x]\\?d=[0-9]{1,3}\\.", "?d="), ("(a|b)*evil+(?:c)", "evil"), ("^abc?def$", "def"), ("abcd{0,3}", "abc"), ("\\bword\\d+", "word"),
            ("(?i)token=x", "token=x"), ("[a-z]secret[^]]x", "secret"), ("a|evil", nil), ("\\Qevil\\E", nil), ("ev\\x69l", nil),
        ] as [(String, String?)])
    func `regular expressions give the text that they can't do without`(_ expression: String, _ literal: String?) throws {
        let matcher = try SigmaMatcher(Rules.set("s:\n    f|re: '\(expression)'\ncondition: s"), for: Rules.everywhere)
        #expect(matcher.literals.map { String(decoding: $0.bytes, as: UTF8.self) } == (literal.map { [$0] } ?? []))
    }

    @Test(arguments: ["not s", "s or n", "n", "1 of them"])
    func `rules that need no literal are looked at for every line`(_ condition: String) throws {
        let matcher = try SigmaMatcher(Rules.set("s:\n    f: 'literal'\nn:\n    g: 5\ncondition: \(condition)"), for: Rules.everywhere)
        #expect(matcher.unfilteredCount == 1 && matcher.literals.isEmpty)
    }

    @Test func `whatever matches holds one of its rule's literals`() throws {
        var generator = SeededGenerator(seed: 2026)
        let words = ["alpha", "/etc/", "cmd=", "Evil", "a?b", "x*y", "-enc", "1 or", "p%20q", "\\\\*s", "中文", "zz"]
        var matched = 0
        for round in 0..<500 {
            let set = Rules.set(randomDetection(words, &generator))
            #expect(set.rejected.isEmpty, "\(set.rejected)")
            for _ in 0..<12 {
                let event = randomEvent(words, &generator)
                let found = try Rules.matches(set, event)
                if found.all { matched += 1 }
                guard found.all == found.candidates else {
                    Issue.record("round \(round): all \(found.all), by literals \(found.candidates)")
                    return
                }
            }
        }
        // The property says nothing when nothing matches.
        #expect(matched > 500, "\(matched)")
    }

    private func randomDetection(_ words: [String], _ generator: inout SeededGenerator) -> String {
        let modifiers = [
            "", "|contains", "|startswith", "|endswith", "|contains|all", "|contains|cased", "|windash|contains", "|neq", "|base64offset|contains",
            "|re",
        ]
        var identifiers: [String] = []
        for index in 0..<Int.random(in: 1...4, using: &generator) {
            if Int.random(in: 0..<4, using: &generator) == 0 {
                identifiers.append(
                    "i\(index):\n"
                        + (0..<Int.random(in: 1...3, using: &generator)).map { _ in "    - '\(words.randomElement(using: &generator) ?? "")'" }
                        .joined(separator: "\n"))
                continue
            }
            var lines: [String] = []
            for field in ["f", "g", "cs-uri-query"].shuffled(using: &generator).prefix(Int.random(in: 1...2, using: &generator)) {
                let modifier = modifiers.randomElement(using: &generator) ?? ""
                let plain = words.filter { !$0.contains("*") && !$0.contains("?") && !$0.contains("\\") }
                let pool = modifier.contains("base64") || modifier == "|re" ? plain : words
                lines.append("    \(field)\(modifier):")
                for _ in 0..<Int.random(in: 1...3, using: &generator) { lines.append("        - '\(pool.randomElement(using: &generator) ?? "x")'") }
            }
            identifiers.append("i\(index):\n" + lines.joined(separator: "\n"))
        }
        let count = identifiers.count
        let conditions = [
            "1 of them", "all of them", "i0", "not i0", "i0 or not i\(count - 1)", "i0 and not i\(count - 1)", "\(max(1, count - 1)) of i*",
            "not (not i0)",
        ]
        return identifiers.joined(separator: "\n") + "\ncondition: \(conditions.randomElement(using: &generator) ?? "i0")"
    }

    private func randomEvent(_ words: [String], _ generator: inout SeededGenerator) -> PretendEvent {
        var fields: [String: PretendEvent.Value] = [:]
        for field in ["f", "g", "cs-uri-query"] where Int.random(in: 0..<5, using: &generator) > 0 {
            var text = ""
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let word = words.randomElement(using: &generator) ?? ""
                switch Int.random(in: 0..<5, using: &generator) {
                case 0: text += word.uppercased()
                case 1: text += word.replacing("*", with: "--").replacing("?", with: "é").replacing("\\", with: "")
                case 2: text += "/enc "
                default: text += word
                }
            }
            fields[field] = .text(text)
        }
        return PretendEvent(fields)
    }
}
