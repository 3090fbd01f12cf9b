import Cryptography
import Testing

@Suite("Blind indexes") struct BlindIndexTests {
    private static let key = DataKey(id: 1, algorithm: .aes256GCM, secret: Secret([UInt8](repeating: 9, count: 32)))

    private static func index(
        _ text: String, _ normaliser: BlindIndexNormaliser = .exact, _ part: BlindIndexDefinition.Part = .whole,
        _ width: BlindIndexDefinition.Width = .full, column: String = "t.mobile"
    ) throws -> BlindIndexValue {
        let index = try BlindIndex(key: key, column: column, definition: .init(normaliser: normaliser, part: part, width: width))
        return try Array(text.utf8).withUnsafeBytes { try index.value(of: $0) }
    }

    private static func normal(_ text: String, _ normaliser: BlindIndexNormaliser) -> String {
        var output: [UInt8] = []
        Array(text.utf8).withUnsafeBytes { normaliser.append($0, to: &output) }
        return String(decoding: output, as: UTF8.self)
    }

    @Test(
        "normalisers make spellings equal",
        arguments: [
            (BlindIndexNormaliser.exact, " Ａb 1", " Ａb 1"), (.digits, "+86 138-0013-8000", "8613800138000"), (.digits, "１３８００１３８０００", "13800138000"),
            (.digits, "无", ""), (.alphanumeric, "11010119900307851x", "11010119900307851X"), (.alphanumeric, "Ｅ１２３ ４５ｚ·", "E12345Z"),
            (.name, "Li　Ｌei\u{A0}", "LILEI"), (.name, "张 三", "张三"), (.name, "买买提·艾力", "买买提·艾力"), (.name, "～｀｡", "~`｡"), (.name, "", ""),
        ])
    func normalisers(_ normaliser: BlindIndexNormaliser, _ text: String, _ expected: String) {
        #expect(Self.normal(text, normaliser) == expected)
    }

    @Test("bytes that aren't UTF-8 and cut characters don't stop a normaliser", arguments: BlindIndexNormaliser.allCases)
    func malformed(_ normaliser: BlindIndexNormaliser) {
        for value in [[0xEF], [0xEF, 0xBC], [0xE3, 0x80], [0xC2], [0xFF, 0x31]] as [[UInt8]] {
            var output: [UInt8] = []
            value.withUnsafeBytes { normaliser.append($0, to: &output) }
            #expect(output.count <= value.count)
        }
    }

    @Test("equal values have equal indexes, others have others; columns, normalisers and parts don't share any")
    func separation() throws {
        let values = try [
            Self.index("13800138000"), Self.index("13800138001"), Self.index("13800138000", .digits), Self.index("13800138000", column: "t.other"),
            Self.index("13800138000", .exact, .suffix(11)), Self.index("13800138000", .exact, .prefix(11)),
        ]
        #expect(Set(values).count == values.count)
        #expect(try Self.index("13800138000") == values[0])
        #expect(try Self.index("138 0013 8000", .digits) == Self.index("13800138000", .digits))
    }

    @Test("prefixes and suffixes count characters, and a shorter value counts as a whole")
    func parts() throws {
        #expect(try Self.index("欧阳修", .name, .prefix(2)) == Self.index("欧阳文", .name, .prefix(2)))
        #expect(try Self.index("欧阳修", .name, .prefix(2)) != Self.index("欧修", .name, .prefix(2)))
        #expect(try Self.index("张三", .name, .prefix(2)) == Self.index("张三丰", .name, .prefix(2)))
        #expect(try Self.index("13800138000", .digits, .suffix(4)) == Self.index("8000", .digits, .suffix(4)))
        #expect(try Self.index("13800138000", .digits, .suffix(4)) != Self.index("9000", .digits, .suffix(4)))
        #expect(try Self.index("李雷", .name, .suffix(1)) == Self.index("王雷", .name, .suffix(1)))
    }

    @Test("a truncated index is the beginning of the HMAC; a full one is 32 hexadecimal digits", arguments: [1, 12, 21, 63])
    func widths(_ bits: Int) throws {
        guard case .hexadecimal(let text) = try Self.index("13800138000"), let head = UInt64(text.prefix(16), radix: 16) else {
            Issue.record("no full index")
            return
        }
        #expect(text.count == 32)
        #expect(try Self.index("13800138000", .exact, .whole, .bits(bits)) == .integer(Int64(head >> UInt64(64 - bits))))
    }

    @Test("cells that are empty once normalised share one value; widths and parts that don't exist are refused")
    func edges() throws {
        #expect(try Self.index("") == Self.index(""))
        #expect(try Self.index("无", .digits) == Self.index("—", .digits))
        #expect(try Self.index("无", .digits) != Self.index("1", .digits))
        #expect(throws: SealingFailure.wrongLength) { try Self.index("a", .exact, .whole, .bits(0)) }
        #expect(throws: SealingFailure.wrongLength) { try Self.index("a", .exact, .whole, .bits(64)) }
        #expect(throws: SealingFailure.wrongLength) { try Self.index("a", .exact, .suffix(0)) }
    }
}

@Suite("The plan of blind indexes") struct BlindIndexPlanTests {
    @Test("one index has 2 to √R coincidences", arguments: [(16, 2...3), (1_000, 5...8), (1_048_576, 10...19), (6_500_000, 12...21)])
    func bound(_ rows: Int, _ bits: ClosedRange<Int>) {
        let plan = BlindIndexPlan(rows: rows, unique: false)
        #expect(plan.safeBits == bits)
        #expect(plan.entries.first?.width == .bits(bits.upperBound))
        for total in bits {
            let coincidences = Double(rows) / Double(1 << total)
            #expect(coincidences >= 2 && coincidences <= Double(rows).squareRoot())
        }
    }

    @Test("tables without rows and huge ones get a plan", arguments: [-1, 0, 1, 15, Int.max])
    func extremes(_ rows: Int) {
        let plan = BlindIndexPlan(rows: rows, unique: false)
        #expect(!plan.safeBits.isEmpty && plan.safeBits.lowerBound >= 1)
    }

    @Test("the indexes of a row share the budget, and one of few values leaves the others more")
    func shared() throws {
        let even = try BlindIndexPlan(rows: 6_500_000, requests: [.init(name: "a"), .init(name: "b")])
        #expect(even.entries.map(\.width) == [.bits(10), .bits(11)])
        let uneven = try BlindIndexPlan(rows: 6_500_000, requests: [.init(name: "a"), .init(name: "sex", domainBits: 1), .init(name: "b", bits: 12)])
        #expect(uneven.entries.map(\.width) == [.bits(8), .bits(1), .bits(12)])
        #expect(uneven.usedBits == 21)
        #expect(uneven.leaks.contains(.frequencies(index: "sex")))
        #expect(!uneven.leaks.contains { if case .combinationIdentifies = $0 { true } else { false } })
    }

    @Test("what a plan reveals is said")
    func leaks() throws {
        #expect(BlindIndexPlan(rows: 1_000, unique: true).leaks == [.recognisableAcrossCopies(index: "")])
        let duplicates = try BlindIndexPlan(rows: 1_000, requests: [.init(name: "diagnosis", full: true)])
        #expect(duplicates.leaks == [.equality(index: "diagnosis")])
        let wide = try BlindIndexPlan(rows: 6_500_000, requests: [.init(name: "a", bits: 30, isPart: true)])
        #expect(wide.leaks.contains(.combinationIdentifies(bits: 30, safe: 21)))
        #expect(wide.leaks.contains(.partOfValue(index: "a")))
        let narrow = try BlindIndexPlan(rows: 6_500_000, requests: [.init(name: "a", bits: 3)])
        #expect(narrow.leaks.contains(.manyFalsePositives(bits: 3, atLeast: 12)))
        #expect(narrow.entries[0].rowsPerLookup == 812_500)
        #expect(throws: BlindIndexPlan.Refusal.bitsOutOfRange("a")) { try BlindIndexPlan(rows: 9, requests: [.init(name: "a", bits: 64)]) }
    }
}
