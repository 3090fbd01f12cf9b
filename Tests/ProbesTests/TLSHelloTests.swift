import Probes
import TestSupport
import Testing

private typealias R = TLSReplies

/// Our hellos, and what is made of a server's first flight.
@Suite("TLS hellos")
struct TLSHelloTests {
    private static let aes: UInt16 = 0xC02F
    private static let chain: [[UInt8]] = [[0x30, 1, 2, 3], [0x30, 4]]

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var hello: TLSHello
        var bytes: [UInt8]
        var answer: TLSAnswer
        var end = ProbeEnd.closed

        init(_ name: String, _ hello: TLSHello, _ bytes: [UInt8], _ answer: TLSAnswer, end: ProbeEnd = .closed) {
            (testDescription, self.hello, self.bytes, self.answer, self.end) = (name, hello, bytes, answer, end)
        }
    }

    static let cases: [Case] = [
        Case(
            "TLS 1.3, whose certificates can't be seen", .any(.tls13), R.record(22, R.hello(0x0303, 0x1301, selected: 0x0304)) + R.record(20, [1]),
            .accepted(.tls13, TLSCipherSuite(0x1301), certificates: [])),
        Case(
            "TLS 1.2 with certificates", .any(.tls12), R.record(22, R.hello(0x0303, aes, session: [1, 2, 3]) + R.certificates(chain)),
            .accepted(.tls12, TLSCipherSuite(aes), certificates: chain)),
        Case(
            "messages in records of their own, and one that straddles two", .any(.tls12),
            R.record(22, R.hello(0x0303, aes)) + R.record(22, Array(R.certificates(chain).prefix(5)))
                + R.record(22, Array(R.certificates(chain).dropFirst(5))),
            .accepted(.tls12, TLSCipherSuite(aes), certificates: chain)),
        Case(
            "an older version than offered", .any(.tls12), R.record(22, R.hello(0x0301, 0x002F) + R.message(14, []), version: 0x0301),
            .accepted(.tls10, TLSCipherSuite(0x002F), certificates: [])),
        Case(
            "SSL 3.0 with RC4", .any(.ssl3), R.record(22, R.hello(0x0300, 0x0005), version: 0x0300),
            .accepted(.ssl3, TLSCipherSuite(0x0005), certificates: [])),
        Case(
            "TLCP", .any(.tlcp), R.record(22, R.hello(0x0101, 0xE013) + R.certificates(chain), version: 0x0101),
            .accepted(.tlcp, TLSCipherSuite(0xE013), certificates: chain)),
        Case(
            "a warning before the hello", .any(.tls12), R.alert(112, level: 1) + R.record(22, R.hello(0x0303, aes)),
            .accepted(.tls12, TLSCipherSuite(aes), certificates: [])),
        Case("protocol_version", .any(.tls10), R.alert(70, version: 0x0301), .refused(alert: 70)),
        Case("TLCP refused by a TLS server", .any(.tlcp), R.alert(70), .refused(alert: 70)),
        Case("handshake_failure", .weak(.null, .tls12), R.alert(40), .refused(alert: 40)),
        Case("a hang-up", .any(.tls12), [], .closed),
        Case("silence", .any(.tls12), [], .silent, end: .silent),
        Case("a web server", .any(.tls12), Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8), .other),
        Case("our own hello, echoed", .any(.tls12), Array(TLSHello.any(.tls12).encoded()), .other),
        Case("a suite that was not offered", .weak(.null, .tls12), R.record(22, R.hello(0x0303, aes)), .other),
        Case("a newer version than offered", .any(.tls11), R.record(22, R.hello(0x0303, 0x002F)), .other),
        Case("TLCP where TLS was offered", .any(.tls12), R.record(22, R.hello(0x0101, aes)), .other),
        Case("compression", .any(.tls12), R.record(22, R.hello(0x0303, aes, compression: 1)), .other),
        Case("a session id beyond reason", .any(.tls12), R.record(22, R.hello(0x0303, aes, session: [UInt8](repeating: 1, count: 33))), .other),
        Case("a hello cut short", .any(.tls12), R.record(22, Array(R.hello(0x0303, aes).dropLast(3))), .other),
        Case("a record beyond reason", .any(.tls12), [22, 3, 3, 0xFF, 0xFF, 2], .other),
        Case("certificates before a hello", .any(.tls12), R.record(22, R.certificates(chain)), .other),
        Case(
            "certificates whose length lies", .any(.tls12), R.record(22, R.hello(0x0303, aes) + R.message(11, [0, 0, 9, 0, 0, 1, 1])),
            .accepted(.tls12, TLSCipherSuite(aes), certificates: [])),
        Case(
            "an anonymous suite, which has no certificates", .weak(.anonymous, .tls12), R.record(22, R.hello(0x0303, 0x0034)),
            .accepted(.tls12, TLSCipherSuite(0x0034), certificates: [])),
        Case(
            "a hello, then a hang-up", .any(.tls12), R.record(22, R.hello(0x0303, aes)), .accepted(.tls12, TLSCipherSuite(aes), certificates: [])),
    ]

    @Test("a first flight is read for what it is", arguments: cases)
    func reads(_ one: Case) { #expect(R.answer(one.hello, [one.bytes], end: one.end) == one.answer) }

    @Test("wherever the bytes are cut, the answer is the same", arguments: cases)
    func cut(_ one: Case) {
        for place in one.bytes.indices {
            #expect(R.answer(one.hello, [Array(one.bytes[..<place]), Array(one.bytes[place...])], end: one.end) == one.answer)
        }
        #expect(R.answer(one.hello, one.bytes.map { [$0] }, end: one.end) == one.answer)
    }

    @Test("mutated and random bytes come to an end, and never to a suite or version that was not offered", arguments: cases)
    func hostile(_ one: Case) {
        var generator = SeededGenerator(seed: 5)
        for round in 0..<1_500 {
            var bytes = round.isMultiple(of: 3) ? generator.bytes(Int.random(in: 0..<300, using: &generator)) : one.bytes
            for _ in 0..<3 where !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8(truncatingIfNeeded: generator.next())
            }
            guard let (version, suite) = R.answer(one.hello, [bytes]).accepted else { continue }
            #expect(version <= one.hello.version && one.hello.suites.contains(suite.code))
        }
    }

    @Test("a server that never stops is cut off")
    func endless() {
        var reader = TLSAnswerReader(.any(.tls12), wantsCertificates: true)
        let piece = R.record(22, [UInt8](repeating: 0, count: 1 << 14))
        _ = reader.received(R.record(22, R.hello(0x0303, Self.aes) + [11, 0xFF, 0xFF, 0xFF]))
        let answers = (0..<16).compactMap { _ in reader.received(piece) }
        #expect(answers.first == .accepted(.tls12, TLSCipherSuite(Self.aes), certificates: []))
    }

    @Test("a hello is one well-formed record, and no device's 256 to 511 bytes", arguments: TLSProtocolVersion.allCases, [nil, "pacs.example.org"])
    func wellFormed(_ version: TLSProtocolVersion, _ name: String?) throws {
        for hello in [TLSHello.any(version, serverName: name)] + TLSCipherSuite.Weakness.allCases.map({ .weak($0, version, serverName: name) }) {
            let bytes = hello.encoded()
            func big(_ place: Int, _ count: Int) -> Int { bytes[place..<place + count].reduce(0) { $0 << 8 | Int($1) } }
            #expect(bytes[0] == 22 && big(3, 2) == bytes.count - 5)
            #expect(bytes[5] == 1 && big(6, 3) == bytes.count - 9)
            #expect(big(9, 2) == Int(version == .tls13 ? 0x0303 : version.rawValue))
            let session = 43 + 1 + Int(bytes[43])
            let suites = session + 2 + big(session, 2)
            let extra = version == .tls13 || version == .tlcp ? 0 : 1
            #expect(big(session, 2) == (hello.suites.count + extra) * 2)
            #expect(Array(bytes[suites..<suites + 2]) == [1, 0])
            guard version >= .tls10 else {
                #expect(suites + 2 == bytes.count)
                continue
            }
            #expect(big(suites + 2, 2) == bytes.count - suites - 4)
            #expect(!(256..<512).contains(bytes.count - 5))
            #expect(name.map { String(decoding: bytes, as: UTF8.self).contains($0) } ?? true)
        }
    }

    @Test("every weakness has suites, each with a name of its own, and no suite of a modern hello has one")
    func table() {
        var seen: Set<UInt16> = []
        for weakness in TLSCipherSuite.Weakness.allCases {
            let suites = TLSHello.weak(weakness, .tls12).suites
            #expect(!suites.isEmpty)
            for code in suites {
                #expect(seen.insert(code).inserted)
                #expect(TLSCipherSuite(code).weakness == weakness)
                #expect(TLSCipherSuite(code).name.hasPrefix("TLS_"))
            }
        }
        #expect(TLSHello.any(.tls13).suites.allSatisfy { TLSCipherSuite($0).weakness == nil })
        #expect(TLSHello.any(.tls12).suites.prefix(15).allSatisfy { TLSCipherSuite($0).weakness == nil })
        #expect(TLSCipherSuite(0x0A0A).name == "0x0A0A")
    }
}
