import Datastores
import Foundation
import PatientData
import Testing

@Suite("A user's rules")
struct RulesTests {
    private static let text = """
        terms:
          columns: {idCard: [cbzjh, 参保证件], none: [内部备注]}
          surnames: [蹇]
          diseases: [渐冻人]
          drugs: [安宫牛黄]
        kinds:
          - id: clinicCard
            title: 诊疗卡号
            pattern: 'ZL\\d{10}'
            context: [诊疗卡, card]
            level: 4
            category: personalAttribute
          - id: memberNumber
            pattern: "[0-9]{12}"
            validator: luhn
            minimumShare: 0.9
        suppressions:
          - {store: "test*", table: "demo_*"}
          - {column: "c?_ignored"}
          - {values: "TEST-.*"}
        """

    private func rules() throws -> DiscoveryRules { try DiscoveryRules.parse(Self.text, file: "rules.yaml") }

    private func verdict(_ name: String, _ values: [String], _ rules: DiscoveryRules?, table: String = "t", store: String = "s") -> ColumnVerdict? {
        var batch = ColumnBatch()
        for value in values { batch.append(value.utf8) }
        var tally = ColumnTally(rules: rules)
        tally.add(batch)
        let table = Table(name: table, columns: [Column(name: name, type: "varchar(64)")])
        return ColumnClassifier(rules: rules).verdicts(on: table, tallies: [tally], isComplete: false, store: store).first
    }

    @Test("a kind of one's own is found by its pattern, where its context is")
    func pattern() throws {
        let rules = try rules()
        var builder = ColumnBuilder()
        let values = builder.values(100) { "ZL" + $0.digits(10) }
        let found = try #require(verdict("card_no", values, rules))
        #expect(found.customKind == "clinicCard" && found.kind == .none && found.isInClear && found.share == 1)
        #expect(verdict("c1", values, rules)?.customKind == nil)
        #expect(verdict("card_no", values, nil)?.customKind == nil)
        #expect(rules.kind(id: "clinicCard")?.level == 4 && rules.kind(id: "clinicCard")?.category == "personalAttribute")
    }

    @Test("a check digit and the minimum share count")
    func validator() throws {
        let rules = try rules()
        var builder = ColumnBuilder()
        let good = ["123456789015", "998877665548"].filter { value in
            let digits = value.compactMap(\.wholeNumberValue)
            let sum = digits.reversed().enumerated().reduce(0) {
                $0 + ($1.offset % 2 == 1 ? ($1.element * 2 > 9 ? $1.element * 2 - 9 : $1.element * 2) : $1.element)
            }
            return sum % 10 == 0
        }
        let random = builder.values(200) { $0.digits(12) }
        #expect(verdict("c1", random, rules)?.customKind == nil)
        if !good.isEmpty { #expect(verdict("c1", good, rules)?.customKind == "memberNumber") }
        #expect(!good.isEmpty)
    }

    @Test("words of one's own name columns, illnesses, medicines and families")
    func terms() throws {
        let rules = try rules()
        var builder = ColumnBuilder()
        let sealed = builder.values(60) { $0.base64(bytes: 46) }
        #expect(verdict("cbzjh", sealed, rules)?.kind == .idCard)
        #expect(verdict("医保参保证件信息", sealed, rules)?.kind == .idCard)
        #expect(verdict("cbzjh", sealed, nil)?.kind == DataKind.none)
        #expect(verdict("zd", ["渐冻人", "早期渐冻人"], rules)?.kind == .diagnosis)
        #expect(verdict("zd", ["渐冻人", "早期渐冻人"], nil)?.kind == DataKind.none)
        #expect(verdict("ypmc", ["安宫牛黄", "安宫牛黄（双天然）"], rules)?.kind == .drug)
        #expect(verdict("xm", ["蹇小明", "蹇娜"], rules)?.kind == .name)
    }

    @Test("what is suppressed is nothing")
    func suppressions() throws {
        let rules = try rules()
        var builder = ColumnBuilder()
        let values = builder.values(60) { $0.idCard() }
        #expect(verdict("id_card", values, rules, table: "patients", store: "prod")?.kind == .idCard)
        #expect(verdict("id_card", values, rules, table: "demo_1", store: "prod")?.kind == .idCard)
        #expect(verdict("id_card", values, rules, table: "demo_1", store: "test-db")?.kind == DataKind.none)
        #expect(verdict("c1_ignored", values, rules)?.kind == DataKind.none)
        #expect(verdict("住址", ["TEST-广东省广州市天河区体育西路100号"], rules)?.kind == DataKind.none)
        #expect(verdict("住址", ["广东省广州市天河区体育西路100号"], rules)?.kind == .address)
    }

    @Test(
        "an error names file, line, key and the mend",
        arguments: [
            ("kinds:\n  - id: a\n", "rules.yaml:2: kinds[0].pattern: is missing"),
            ("kinds:\n  - id: a\n    pattern: '['\n", "rules.yaml:3: kinds[0].pattern: is no regular expression"),
            ("kinds:\n  - id: a\n    pattern: '(a+)+b'\n", "rules.yaml:3: kinds[0].pattern: could take more than a million steps"),
            ("kinds:\n  - id: a\n    pattern: '.*a.*b.*c.*'\n", "could take more than a million steps"),
            ("kinds:\n  - id: idCard\n    pattern: 'a'\n", "idCard is a built-in kind"),
            ("kinds:\n  - {id: a, pattern: a}\n  - {id: a, pattern: b}\n", "rules.yaml:3: kinds[1].id: a is taken already"),
            ("kinds:\n  - {id: a, pattern: a, validator: crc}\n", "expected one of none, luhn, mod11-2, mod31-3"),
            ("kinds:\n  - {id: a, pattern: a, level: 6}\n", "expected a level from 1 to 5"),
            ("kinds:\n  - {id: a, pattern: a, minimumShare: 50}\n", "expected a share above 0, up to 1"),
            ("kind: []\n", "rules.yaml:1: kind: unknown key; expected one of terms, kinds, suppressions"),
            ("terms:\n  columns: {idcard: [a]}\n", "rules.yaml:2: terms.columns.idcard: unknown key"),
            ("terms:\n  surnames: 王\n", "rules.yaml:2: terms.surnames: expected a list"),
            ("suppressions:\n  - {}\n", "suppressions[0]: says nothing"),
            ("suppressions:\n  - {column: a, values: b}\n", "make two entries of it"),
            ("kinds: [\n", "is no YAML here"),
        ])
    func errors(text: String, message: String) {
        let error = #expect(throws: RulesErrors.self) { try DiscoveryRules.parse(text, file: "rules.yaml") }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test(
        "patterns without a danger are taken",
        arguments: ["ZL[0-9]{10}", "(?:AB|CD)-\\d{4}(-\\d{2})?", "[A-Z]{2,4}\\d+", "(\\d{4}-){3}\\d{4}", "a.*b"])
    func patterns(pattern: String) throws {
        let rules = try DiscoveryRules.parse("kinds: [{id: a, pattern: '\(pattern)'}]", file: "rules.yaml")
        #expect(rules.kinds.count == 1)
    }

    @Test("an empty file adds nothing, a missing one is an error")
    func files() throws {
        #expect(try DiscoveryRules.parse("", file: "rules.yaml").kinds.isEmpty)
        let error = #expect(throws: RulesErrors.self) { try DiscoveryRules.load("/nonexistent/rules.yaml") }
        #expect(error?.description == "/nonexistent/rules.yaml: there is no such file, or it can't be read")
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("rules-\(UUID().uuidString).yaml")
        try Data(Self.text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(try DiscoveryRules.load(file.path).kinds.map(\.id) == ["clinicCard", "memberNumber"])
    }
}
