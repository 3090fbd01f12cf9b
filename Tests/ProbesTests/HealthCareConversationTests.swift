import Findings
import Probes
import TestSupport
import Testing

private typealias R = HealthCareReplies

/// What the probes of DICOM and HL7 say and learn.
@Suite("Health care")
struct HealthCareConversationTests {
    private func open(_ user: [UInt8] = R.user()) -> ProbeRun {
        ProbeRun.talk(
            .dicom, .script([.bytes(R.acceptance([1, 3, 5, 7, 23], user: user)), .bytes(R.data(R.echo(status: 0))), .bytes(R.releaseReply)]))
    }

    @Test("one association is asked for, verified and released; nothing else is sent")
    func harmless() throws {
        let run = open()
        #expect(run.connections == 1)
        #expect(run.sent.map { $0.first } == [0x01, 0x04, 0x05])
        // C-ECHO-RQ is 0030H; C-STORE, C-GET, C-FIND and C-MOVE are 0001H, 0010H, 0020H and 0021H.
        let command = try #require(run.sent.dropFirst().first)
        #expect(command.suffix(10 + 10).prefix(10) == [0, 0, 0x10, 0x01, 2, 0, 0, 0, 1, 0])
        #expect(command.suffix(10 + 10 + 10).prefix(10) == [0, 0, 0x00, 0x01, 2, 0, 0, 0, 0x30, 0])
        #expect(run.farewell.isEmpty)
    }

    @Test("the request is built as PS3.8 says, under titles that differ from run to run")
    func request() throws {
        let first = try #require(open().sent.first)
        let second = try #require(open().sent.first)
        let length = first[2..<6].reduce(0) { $0 << 8 | Int($1) }
        #expect(length == first.count - 6)
        #expect(Array(first[6..<10]) == [0, 1, 0, 0])
        for titles in [10..<26, 26..<42] {
            #expect(first[titles] != second[titles])
            #expect(first[titles].allSatisfy { (0x41...0x5A).contains($0) || $0 == 0x20 })
        }
        #expect(String(decoding: first[26..<31], as: UTF8.self) == "SUWEN")
        #expect(first[42..<74].allSatisfy { $0 == 0 })
        // Items up to the end: application context, 28 presentation contexts, user information.
        var types: [UInt8] = []
        var place = 74
        while place + 4 <= first.count {
            types.append(first[place])
            place += 4 + Int(first[place + 2]) << 8 + Int(first[place + 3])
        }
        #expect(place == first.count)
        #expect(types == [0x10] + [UInt8](repeating: 0x20, count: 28) + [0x50])
    }

    @Test("the message tells what kinds of contexts were accepted")
    func kinds() throws {
        let facts = try #require(open().reading?.evidence.first?.facts)
        #expect(facts["contexts"] == .count(5))
        let terms = ["verification", "query", "retrieval", "worklist", "storage"]
        #expect(facts["kinds"] == .list(terms.map { .term("exposure.dicom-" + $0) }))
    }

    @Test(
        "the product is told from the table, the version from its name",
        arguments: [
            ("1.2.276.0.7230010.3.0.3.6.7", "OFFIS_DCMTK_367", "DCMTK", "3.6.7"), ("1.2.40.0.13.1.3", "dcm4che-5.23.2", "dcm4che", "5.23.2"),
            ("1.2.826.0.1.3680043.9.3811.3.0.4", "PYNETDICOM_304", "pynetdicom", "3.0.4"),
            ("1.2.826.0.1.3680043.2.135.1066.101", "1.5.0/WIN32", "Conquest", "1.5.0"),
            ("1.3.6.1.4.1.30071.8", "fo-dicom 5.1.2", "fo-dicom", "5.1.2"),
            ("1.2.840.1136190.1", "<b>x</b>", nil, nil), ("1.2.3", "20240101120000", nil, nil),
        ] as [(String, String, String?, String?)])
    func product(_ uid: String, _ name: String, _ product: String?, _ version: String?) {
        let reading = open(R.user(implementation: uid, version: name)).reading
        #expect(reading?.product == product)
        #expect(reading?.version == version)
    }

    @Test("a peer that breaks the rules amid an association is told so")
    func abort() {
        let run = ProbeRun.talk(.dicom, .script([.bytes(R.acceptance([1, 23])), .bytes(R.data(R.echo(status: 0), control: 2))]))
        #expect(run.authentication == .unknown)
        #expect(run.farewell.first == 0x07)
    }

    @Test("a peer that never answers the release has shown what it has shown", arguments: [true, false])
    func noRelease(closes: Bool) {
        let end: PretendPeer.Reply = closes ? .close : .silence
        let run = ProbeRun.talk(.dicom, .script([.bytes(R.acceptance([1, 23])), .bytes(R.data(R.echo(status: 0))), end]))
        #expect(run.authentication == .notRequired)
    }

    @Test("a hang-up without a word hints at TLS", arguments: [Service.dicom, .hl7])
    func hintsAtTLS(_ service: Service) {
        #expect(ProbeRun.talk(service, PretendPeer { _, _, _ in .close }).result == .perhapsTLS)
        #expect(ProbeRun.talk(service, PretendPeer { _, _, _ in .silence }).result == .other)
    }

    @Test("HL7 is sent one empty block, whatever comes back, and nothing is acknowledged")
    func emptyBlock() {
        for reply in [R.acknowledgement("AA"), R.block("MSH|^~\\&|HIS||||1||ADT^A01|1|P|2.4\rPID|1||1\r"), [0x0B, 0x15, 0x1C, 0x0D]] {
            let run = ProbeRun.talk(.hl7, .script([.bytes(reply)]))
            #expect(run.sent == [[0x0B, 0x1C, 0x0D]])
            #expect(run.farewell.isEmpty)
            #expect(run.connections == 1)
        }
    }

    @Test("a block that never ends is given up")
    func endlessBlock() {
        guard let probe = ProbeRegistry.probe(for: .hl7) else { return }
        var session = ProbeSession(probe.init(ProbePeer(host: "192.0.2.1", port: 2_575, expected: .hl7)))
        _ = session.connected()
        for byte in "\u{0B}MSH|^~\\&|".utf8 { #expect(session.received([byte]) == .needMore) }
        let actions = (0..<1 << 17).lazy.map { _ in session.received([0x0D]) }
        #expect(actions.first { $0 != .needMore } == .done(.other))
    }

    @Test("nothing of a message that is pushed to us is kept")
    func nothingKept() {
        let run = ProbeRun.talk(.hl7, .script([.bytes(R.block("MSH|^~\\&|HIS||||1||ADT^A01|1|P|2.4\rPID|1||110101199003071233\r"))]))
        #expect(run.reading?.evidence == [Message("exposure.hl7-message")])
        #expect(run.reading?.version == nil)
    }

    @Test("random bytes inside well-framed units end the probe, and are never taken for consent")
    func randomUnits() {
        var generator = SeededGenerator(seed: 31)
        for _ in 0..<3_000 {
            let inner = generator.bytes(Int.random(in: 0..<120, using: &generator))
            let replies = [R.unit(0x02, R.head + R.applicationContext + inner), R.data(inner), R.releaseReply]
            #expect(ProbeRun.talk(.dicom, .script(replies.map { .bytes($0) })).authentication != .notRequired)
            let echo = ProbeRun.talk(.dicom, .script([.bytes(R.acceptance([1, 23])), .bytes(R.data(inner))]))
            #expect(echo.authentication == .unknown)
        }
    }
}
