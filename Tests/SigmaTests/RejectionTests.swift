import Foundation
import Sigma
import TestSupport
import Testing

@Suite struct RejectionTests {
    @Test(
        arguments: [
            ("f|expand: '%servers%'", SigmaRejection.Reason.modifier, "expand"),
            ("f|hour: 3", .modifier, "hour"),
            ("f|nonsense: x", .modifier, "nonsense"),
            ("f|contains|contains: x", .modifier, "contains twice"),
            ("f|contains|endswith: x", .modifier, "more than one of contains, startswith, endswith"),
            ("f|i: x", .modifier, "i, m, s without re"),
            ("f|re|cidr: x", .modifier, "cidr with re"),
            ("f|cidr|contains: 10.0.0.0/8", .modifier, "cidr with contains"),
            ("f|base64offset: x", .modifier, "base64offset without contains after it"),
            ("f|re|windash: x", .modifier, "re with windash"),
            ("f|cidr: 10.0.0.0/99", .value, "f: 10.0.0.0/99 is no network"),
            ("f|gt: many", .value, "f: gt takes an integer, not many"),
            ("f|exists: perhaps", .value, "f: exists takes true or false"),
            ("f|contains: ''", .value, "f: contains with nothing"),
            ("f|contains: null", .value, "f: null with a modifier, or as a keyword"),
            ("f|base64: 'a*b'", .value, "f: base64 of a value with wildcards, or of nothing"),
            ("f: []", .value, "f: an empty list"),
            ("f: {g: 1}", .value, "f: a map"),
            ("f: [[1]]", .value, "f: a list or map in its values"),
            ("'|all': ['*']", .value, ": a keyword that every line holds"),
            ("f|re: '(a'", .regularExpression, nil),
            ("f|re: '(a)\\1'", .regularExpression, nil),
            ("f|re: 'a(?=b)'", .regularExpression, nil),
            ("f|re: '((a{1,100}){1,100}){1,100}'", .regularExpression, "f: its repetitions write out to 1000000 parts"),
            ("f|re: '[é]'", .regularExpression, "f: a class with a character that is not ASCII"),
        ] as [(String, SigmaRejection.Reason, String?)])
    func `what can't be done is refused by name and place`(_ item: String, _ reason: SigmaRejection.Reason, _ detail: String?) {
        let set = Rules.set("s:\n    \(item)\ncondition: s")
        #expect(set.rules.isEmpty)
        #expect(set.rejected.map(\.reason) == [reason], "\(set.rejected)")
        if let detail { #expect(set.rejected.map(\.detail) == [detail]) }
        #expect(set.rejected.first?.line == 11)
        #expect(set.rejected.first?.file == "rule.yml")
        #expect(set.rejected.first?.title == "Pretend")
        #expect(set.rejected.first?.id == "00000000-0000-4000-8000-000000000001")
    }

    @Test(
        arguments: [
            ("title: T\nlogsource: {category: webserver}", SigmaRejection.Reason.notARule),
            ("logsource: {category: webserver}\ndetection: {s: {f: 1}, condition: s}", .missingTitle),
            ("title: T\ndetection: {s: {f: 1}, condition: s}", .missingLogSource),
            ("title: T\nlogsource: {definition: x}\ndetection: {s: {f: 1}, condition: s}", .missingLogSource),
            ("title: T\nlogsource: {category: webserver}\ndetection: {s: {f: 1}}", .condition),
            ("title: T\nlogsource: {category: webserver}\ndetection: [s]", .missingDetection),
            ("title: T\nlogsource: {category: webserver}\nfilter: {s: {f: 1}, condition: s}", .documentKind),
            ("action: global\ntitle: T", .documentKind),
            ("title: T\ntaxonomy: ecs\nlogsource: {category: webserver}\ndetection: {s: {f: 1}, condition: s}", .taxonomy),
            ("title: T\nstatus: unsupported\nlogsource: {category: webserver}\ndetection: {s: {f: 1}, condition: s}", .status),
            ("title: T\nlevel: dire\nlogsource: {category: webserver}\ndetection: {s: {f: 1}, condition: s}", .invalidStructure),
            ("- a\n- b", .invalidStructure),
            ("title: [unclosed", .invalidYAML),
            ("title: T\ntitle: U", .invalidYAML),
            ("title: &a [*a]", .invalidYAML),
            ("a: *nobody", .invalidYAML),
        ] as [(String, SigmaRejection.Reason)])
    func `documents that are no rules are refused`(_ text: String, _ reason: SigmaRejection.Reason) {
        let set = SigmaRuleSet([("x.yml", text)])
        #expect(set.rules.isEmpty)
        #expect(set.rejected.map(\.reason) == [reason], "\(set.rejected)")
    }

    @Test func `anchors that multiply are refused before they are written out`() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...20 { text += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", "))]\n" }
        let set = SigmaRuleSet([("bomb.yml", text)])
        #expect(set.rejected.map(\.reason) == [.invalidYAML])
    }

    @Test(arguments: ["[", "{a: ", "- ", "a:\n "])
    func `nesting for its own sake is refused`(_ unit: String) {
        for count in [50, 1_000, 50_000] {
            let set = SigmaRuleSet([("deep.yml", String(repeating: unit, count: count))])
            #expect(set.rules.isEmpty)
            #expect(!set.rejected.isEmpty)
        }
    }

    @Test func `so is nesting by indentation`() {
        let text = (0..<1_200).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n")
        #expect(SigmaRuleSet([("deep.yml", text)]).rejected.map(\.reason) == [.invalidYAML])
    }

    @Test func `one broken document leaves those before it, and the other files, alone`() {
        let good = Rules.text("s:\n    f: 1\ncondition: s")
        let other = good.replacing("000000000001", with: "000000000002")
        let set = SigmaRuleSet([("a.yml", good + "\n---\ntitle: [\n"), ("b.yml", other)])
        #expect(set.rules.map(\.info.file) == ["a.yml", "b.yml"])
        #expect(set.rejected.map(\.reason) == [.invalidYAML])
    }

    @Test func `ids and names that stand twice are refused with the place of the first`() {
        let one = Rules.text("s:\n    f: 1\ncondition: s")
        let set = SigmaRuleSet([("a.yml", one), ("b.yml", one)])
        #expect(set.rules.count == 1)
        #expect(set.rejected.map(\.reason) == [.duplicateID])
        #expect(set.rejected.first?.detail == "00000000-0000-4000-8000-000000000001, first in a.yml:1")
        #expect(set.rejected.first?.file == "b.yml")
        let named = Rules.text("s:\n    f: 1\ncondition: s", head: "name: n")
        let second = named.replacing("000000000001", with: "000000000002")
        #expect(SigmaRuleSet([("a.yml", named), ("b.yml", second)]).rejected.map(\.reason) == [.duplicateName])
    }

    @Test func `mutated rules neither crash nor hang`() {
        var generator = SeededGenerator(seed: 7)
        let seeds = [
            Rules.text(
                "s:\n    f|re: 'a{2,5}[b-d]'\n    c-ip|cidr: 10.0.0.0/8\nk:\n    '|all': [a, 'b*?\\*']\ncondition: 2 of them and not 1 of x* or (s)"),
            CorrelationTests.failedLogins,
        ]
        for seed in seeds {
            let bytes = Array(seed.utf8)
            for _ in 0..<1_500 {
                var mutated = bytes
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    let index = Int.random(in: 0..<mutated.count, using: &generator)
                    switch Int.random(in: 0..<4, using: &generator) {
                    case 0: mutated[index] = UInt8.random(in: 0...127, using: &generator)
                    case 1: mutated.remove(at: index)
                    case 2:
                        mutated.insert(
                            contentsOf: Array([" ", "\n", "|", "(", "*", "[", "&a ", "- ", "---\n"][Int.random(in: 0..<9, using: &generator)].utf8),
                            at: index)
                    default:
                        let end = min(mutated.count, index + Int.random(in: 1...40, using: &generator))
                        mutated.append(contentsOf: Array(mutated[index..<end]))
                    }
                }
                let set = SigmaRuleSet([("x.yml", String(decoding: mutated, as: UTF8.self))])
                if let matcher = try? SigmaMatcher(set, for: Rules.everywhere), let scanner = try? SigmaScanner(for: matcher), scanner.considerAll() {
                    matcher.match(PretendEvent(["f": .text("aabbcd"), "c-ip": .text("10.1.1.1")]), scanner) { _ in }
                }
            }
        }
    }

    @Test func `files of a folder are read, too large and unreadable ones named`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sigma-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appendingPathComponent("deep/.git"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let rule = Rules.text("s:\n    f: 1\ncondition: s")
        try rule.write(to: folder.appendingPathComponent("deep/a.yml"), atomically: true, encoding: .utf8)
        try rule.write(to: folder.appendingPathComponent("deep/.git/b.yml"), atomically: true, encoding: .utf8)
        try "not a rule".write(to: folder.appendingPathComponent("readme.md"), atomically: true, encoding: .utf8)
        try Data([0xFF, 0xFE]).write(to: folder.appendingPathComponent("c.yaml"))
        try Data(repeating: 0x23, count: SigmaLimits.fileBytes + 1).write(to: folder.appendingPathComponent("d.yml"))
        let set = try SigmaRuleSet.load(folder.path)
        #expect(set.rules.map(\.info.file) == ["deep/a.yml"])
        #expect(set.rejected.map { "\($0.file) \($0.reason.rawValue)" } == ["c.yaml unreadable", "d.yml too-large"])
        #expect(throws: SigmaRuleSet.Unreadable.self) { try SigmaRuleSet.load(folder.path + "/nowhere") }
        let report = SigmaCheckReport(set, targets: [SigmaTarget(categories: ["proxy"])])
        #expect(report.files.map(\.path) == ["c.yaml", "d.yml", "deep/a.yml"])
        #expect(report.loaded == 1 && report.rejected == 2 && report.forNoSource == 1)
        #expect(report.rejectedByReason == [.unreadable: 1, .tooLarge: 1])
        let data = try JSONEncoder().encode(report)
        #expect(String(decoding: data, as: UTF8.self).contains(#""reason":"too-large""#))
    }
}
