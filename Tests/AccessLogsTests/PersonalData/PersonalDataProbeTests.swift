import AccessLogs
import LogFormats
import Patterns
import TestSupport
import Testing

/// Judges as strictly as the tests need: check characters of identity cards (GB 11643-1999), prefixes of mobile numbers, Luhn's check, family names.
private struct PlainDetector: PersonalDataDetector {
    func confirms(_ kind: LeakedKind, _ value: UnsafeBufferPointer<UInt8>) -> Bool {
        let text = String(decoding: value, as: UTF8.self)
        let digits = text.compactMap(\.wholeNumberValue)
        switch kind {
        case .idCard:
            guard text.count == 18, digits.count >= 17 else { return false }
            let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
            let sum = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
            return Array("10X98765432")[sum % 11] == text.uppercased().last
        case .mobile: return digits.count == 11 && digits[0] == 1 && digits[1] >= 3
        case .bankCard:
            let sum = digits.reversed().enumerated().reduce(0) {
                $0 + ($1.offset % 2 == 0 ? $1.element : $1.element * 2 > 9 ? $1.element * 2 - 9 : $1.element * 2)
            }
            return sum % 10 == 0
        case .name: return ["张", "李", "王", "欧"].contains(String(text.prefix(1))) && (2...4).contains(text.count)
        case .password, .token, .session: return false
        }
    }
}

@Suite("Personal data and secrets in logs")
struct PersonalDataProbeTests {
    private static let triggers = try? PatternSet(PersonalDataTriggers.literals(id: 0))
    private static let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4eHh4eHh4eHgifQ.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P"
    /// A number with a right check character, of nobody: the region code is none.
    private static let id = "99010119900307004X"

    /// What one field of one event gives, through both stages.
    private func found(_ text: String, _ place: LeakPlace = .target, into tally: PersonalDataTally = PersonalDataTally(key: 7)) throws -> [(
        key: PersonalDataTally.Key, entry: PersonalDataTally.Entry
    )] {
        let set = try #require(Self.triggers)
        let scratch = try PatternScratch(for: set)
        Array(text.utf8).withUnsafeBytes { bytes in
            var isTriggered = false
            set.scan(bytes, scratch) { _, _ in
                isTriggered = true
                return false
            }
            var event = LogEvent()
            event.begin(bytes)
            switch place {
            case .target: event.target = Span(0..<bytes.count)
            case .referer: event.referer = Span(0..<bytes.count)
            case .message: event.message = Span(0..<bytes.count)
            case .statement: event.statement = Span(0..<bytes.count)
            }
            let line = LeakLine(file: 1, line: 2, time: 3)
            PersonalDataProbe(detector: PlainDetector()).examine(event, isTriggered: isTriggered, shape: 99, at: line, into: tally)
        }
        return tally.ranked
    }

    @Test(
        "What stands in addresses and texts is found by kind and name",
        arguments: [
            ("/p?idCard=\(id)", .target, .idCard, "idCard"), ("/p/\(id)/visits", .target, .idCard, ""),
            ("/p?q=\(id.lowercased())&x=1", .target, .idCard, "q"),
            ("/p?phone=13912345678", .target, .mobile, "phone"), ("/p/13912345678", .target, .mobile, ""),
            ("/p?x=%31%33912345678", .target, .mobile, "x"),
            ("/p?d=%7B%22mobile%22%3A%2213912345678%22%7D", .target, .mobile, "mobile"),
            ("https://a.example/p?phone=13912345678", .referer, .mobile, "phone"),
            ("/pay?bankCardNo=6222020000000000000", .target, .bankCard, "bankCardNo"), ("/p?name=%E5%BC%A0%E4%B8%89", .target, .name, "name"),
            ("/p?patientName=%e6%9d%8e%e5%9b%9b&a=1", .target, .name, "patientName"), ("/p?name=王五", .target, .name, "name"),
            ("/p?name=\\xE5\\xBC\\xA0\\xE4\\xB8\\x89", .target, .name, "name"),
            ("/login?user=a&password=S3cret!x", .target, .password, "password"), ("/login?pwd=abc12345", .target, .password, "pwd"),
            ("/api?token=9f86d081884c7d659a2feaa0", .target, .token, "token"), ("/api?access_token=\(jwt)", .target, .token, "access_token"),
            ("/cb#id_token=\(jwt)", .target, .token, "id_token"), ("/a/\(jwt)", .target, .token, ""),
            ("/a.do;jsessionid=0A1B2C3D4E5F60718293A4B5", .target, .session, "jsessionid"),
            ("user login: {\"phone\":\"13912345678\"}", .message, .mobile, "phone"),
            ("password=hunter2222 for admin", .message, .password, "password"),
            ("患者姓名：张三 身份证 \(id)", .message, .idCard, ""), ("name: 张三, age 5", .message, .name, "name"),
            ("SELECT * FROM p WHERE id_card = '\(id)'", .statement, .idCard, "id_card"),
            ("UPDATE u SET phone='13912345678'", .statement, .mobile, "phone"),
        ] as [(String, LeakPlace, LeakedKind, String)])
    func finds(_ text: String, _ place: LeakPlace, _ kind: LeakedKind, _ parameter: String) throws {
        let found = try found(text, place)
        let entry = try #require(found.first { $0.key.kind == kind }, "\(found.map(\.key))")
        #expect(entry.key.parameter == parameter && entry.key.place == place && entry.entry.lines == 1 && entry.entry.values == 1)
        #expect(entry.key.shape == (place == .target ? 99 : 0))
        #expect(entry.entry.first == LeakLine(file: 1, line: 2, time: 3))
    }

    @Test(
        "What only looks like it isn't",
        arguments: [
            "/p?t=1700000000000&_=1700000000001", "/p?id=1745678901234567890", "/p?orderId=13912345678", "/p?id=13912345678", "/p?x=139123456789",
            "/p?x=1391234567", "/p?x=a13912345678", "/p?v=1.13912345678", "/p?idCard=110101199003071230", "/p?q=990101199003070010", "/p?password=",
            "/p?password=****",
            "/p?pwd=null", "/p?token=", "/p?token=abc", "/p?token=undefined", "/p?token=this-is-no-random-value-at-all",
            "/p?name=%E5%86%85%E7%A7%91%E9%97%A8%E8%AF%8A%E9%83%A8",
            "/p?name=abc", "/p?filename=%E5%BC%A0%E4%B8%89.pdf", "/p?q=eyJhbGciOi", "/p?sid=5", "/p/550e8400-e29b-41d4-a716-446655440000",
            "/p?sign=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "/p?x=6222020000000000000",
        ])
    func passesOver(_ text: String) throws {
        #expect(try found(text).map(\.key.kind) == [])
    }

    @Test("No value leaves: samples are masked, secrets have none, names that are values aren't shown")
    func masked() throws {
        let tally = PersonalDataTally(key: 7)
        let texts = [
            "/p?phone=13912345678", "/p?phone=13912345679", "/p?password=S3cret!x", "/p?name=%E5%BC%A0%E4%B8%89", "/p?13912345678=13912345678",
            "/p?idCard=\(Self.id)",
        ]
        for text in texts { _ = try found(text, into: tally) }
        let shown = tally.ranked.map { "\($0.key) \($0.entry.samples)" }.joined(separator: "\n")
        for secret in ["13912345678", "S3cret", "张三", Self.id, "99010119900307"] { #expect(!shown.contains(secret), "\(shown)") }
        let phone = try #require(tally.ranked.first { $0.key.parameter == "phone" })
        #expect(phone.entry.lines == 2 && phone.entry.values == 2 && phone.entry.samples == ["139******78", "139******79"])
        #expect(tally.ranked.contains { $0.key.parameter == "…" })
    }

    @Test("Tallies merge to what one would have counted; different values are counted within some per cent")
    func merging() throws {
        let (all, left, right) = (PersonalDataTally(key: 7), PersonalDataTally(key: 7), PersonalDataTally(key: 7))
        for number in 0..<3_000 {
            let text = "/p?phone=1391\(1_000_000 + number)"
            _ = try found(text, into: all)
            _ = try found(text, into: number % 2 == 0 ? left : right)
        }
        left.merge(right)
        let (one, two) = (try #require(all.ranked.first), try #require(left.ranked.first))
        #expect(one.key == two.key && one.entry.lines == 3_000 && two.entry.lines == 3_000 && one.entry.values == two.entry.values)
        #expect((2_850...3_150).contains(try #require(one.entry.values)))
    }

    @Test("Memory is bounded: parameters beyond the bound are counted by kind")
    func bounded() throws {
        let tally = PersonalDataTally(key: 7)
        func name(_ number: Int) -> String {
            String(String(number, radix: 26).map { Character(UnicodeScalar(UInt8(97 + (Int(String($0), radix: 26) ?? 0)))) })
        }
        for number in 0..<(PersonalDataTally.mostKeys + 50) { _ = try found("/p?x\(name(number))q=13912345678", into: tally) }
        #expect(tally.entries.count == PersonalDataTally.mostKeys)
        #expect(tally.others == [.mobile: 50])
    }

    @Test("A run of eleven digits is seen wherever it stands, a shorter one nowhere")
    func digitRuns() {
        for length in 0..<40 {
            for offset in 0..<30 {
                let text = String(repeating: "a", count: offset) + String(repeating: "7", count: length) + "b12345b1234567890b"
                Array(text.utf8).withUnsafeBytes { #expect(PersonalDataTriggers.hasDigitRun($0) == (length >= 11), "\(text)") }
            }
        }
    }

    @Test("Anything may come")
    func hostile() throws {
        let set = try #require(Self.triggers)
        _ = set
        let tally = PersonalDataTally(key: 7)
        var random = SeededGenerator(seed: 2_026)
        let seeds = ["/p?idCard=\(Self.id)&name=%E5%BC%A0%E4%B8%89&token=\(Self.jwt)", "name: 张三, phone=\"13912345678\", password='x y z'"]
        for seed in seeds {
            for _ in 0..<2_000 {
                var bytes = Array(seed.utf8)
                for _ in 0..<3 { bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
                bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
                examine(bytes, tally)
            }
        }
        for piece in ["1", "=", "%", "eyJ", "name=", "\"", "\u{0}", "password=", "13912345678", ":"] {
            examine(Array(String(repeating: piece, count: 20_000).utf8), tally)
        }
        #expect(tally.entries.count <= PersonalDataTally.mostKeys)
    }

    private func examine(_ bytes: [UInt8], _ tally: PersonalDataTally) {
        bytes.withUnsafeBytes { bytes in
            var event = LogEvent()
            event.begin(bytes)
            event.target = Span(0..<bytes.count)
            event.message = Span(0..<bytes.count)
            PersonalDataProbe(detector: PlainDetector()).examine(
                event, isTriggered: true, shape: 1, at: LeakLine(file: 0, line: 1, time: 0), into: tally)
        }
    }
}
