import Findings
import Probes
import TestSupport
import Testing

/// Conversations that take more than one connection, or TLS.
@Suite("Conversations of the probes")
struct ProbeConversationTests {
    /// Lets in whoever `admits` names.
    private func mySQL(greeting: [UInt8] = Replies.MySQL.greeting(), admits: @escaping (String) -> Bool) -> PretendPeer {
        PretendPeer(greeting: greeting) { request, _, turn in
            guard turn == 0 else { return .bytes(Replies.MySQL.schemas) }
            let name = String(decoding: request.dropFirst(36).prefix { $0 != 0 }, as: UTF8.self)
            return .bytes(admits(name) ? Replies.MySQL.ok : Replies.MySQL.error(1045))
        }
    }

    @Test("an empty password of root is told from a server that admits everybody")
    func control() {
        let root = ProbeRun.talk(.mySQL, mySQL { $0 == "root" })
        #expect(root.key == "exposure.mysql-root")
        #expect(root.reading?.evidence.first?.facts["schemas"] == .count(5))
        #expect(root.reading?.version == "8.0.36")
        #expect(root.connections == 2)
        let anybody = ProbeRun.talk(.mySQL, mySQL { _ in true })
        #expect(anybody.key == "exposure.mysql-anybody")
        #expect(!anybody.farewell.isEmpty)
    }

    @Test("the empty password is sent in the way that the server asks for")
    func authenticationSwitch() {
        var asked = 0
        let peer = PretendPeer(greeting: Replies.MySQL.greeting()) { request, _, turn in
            switch turn {
            case 0:
                asked += 1
                return .bytes(Replies.MySQL.authenticationSwitch("mysql_native_password"))
            case 1:
                guard request == [0, 0, 0, 3] else { return .close }
                return .bytes(asked == 1 ? Replies.MySQL.packet(4, [0, 0, 0, 2, 0, 0, 0]) : Replies.MySQL.error(1045, sequence: 4))
            default: return .bytes(Replies.MySQL.schemas)
            }
        }
        #expect(ProbeRun.talk(.mySQL, peer).key == "exposure.mysql-root")
    }

    @Test("a MySQL that demands TLS is asked again inside TLS")
    func mySQLDemandsTLS() {
        let peer = PretendPeer(greeting: Replies.MySQL.greeting(tls: true)) { request, connection, turn in
            if connection == 0 { return .bytes(Replies.MySQL.error(3159)) }
            guard turn == 0 else { return .bytes(Replies.MySQL.schemas) }
            // The login inside TLS is the third packet of the connection.
            return .bytes(request[3] == 2 && connection == 1 ? Replies.MySQL.ok : Replies.MySQL.error(1045, sequence: 3))
        }
        let run = ProbeRun.talk(.mySQL, peer)
        #expect(run.startedTLS)
        #expect(run.key == "exposure.mysql-root")
        #expect(run.reading?.usesTLS == true)
        #expect(run.connections == 3)
    }

    @Test("a MySQL that refuses inside TLS too, or breaks off there, has refused", arguments: [true, false])
    func mySQLRefusesInsideTLS(answers: Bool) {
        let peer = PretendPeer(greeting: Replies.MySQL.greeting(tls: true)) { _, connection, _ in
            connection == 0 || answers ? .bytes(Replies.MySQL.error(1045)) : .close
        }
        let run = ProbeRun.talk(.mySQL, peer)
        #expect(run.authentication == .required)
        #expect(run.connections == 2)
    }

    @Test("a PostgreSQL that admits nobody in plain text is asked again inside TLS")
    func postgreSQLDemandsTLS() {
        let peer = PretendPeer { request, connection, _ in
            if connection == 0 { return .bytes(Replies.PostgreSQL.error("28000")) }
            if request == [0, 0, 0, 8, 0x04, 0xD2, 0x16, 0x2F] { return .bytes(Array("S".utf8)) }
            return .bytes(request.first == UInt8(ascii: "Q") ? Replies.PostgreSQL.row : Replies.PostgreSQL.session)
        }
        let run = ProbeRun.talk(.postgreSQL, peer)
        #expect(run.startedTLS)
        #expect(run.authentication == .notRequired)
        #expect(run.reading?.usesTLS == true)
        #expect(run.reading?.version == "15.8")
    }

    @Test("bytes sent along with the consent to TLS are not believed")
    func injection() {
        let peer = PretendPeer { _, connection, _ in
            connection == 0 ? .bytes(Replies.PostgreSQL.error("28000")) : .bytes(Array("S".utf8) + Replies.PostgreSQL.session)
        }
        let run = ProbeRun.talk(.postgreSQL, peer)
        #expect(!run.startedTLS)
        #expect(run.authentication == .required)
    }

    @Test("without TLS to be had, the refusal stands")
    func noTLS() {
        let peer = PretendPeer { _, connection, _ in .bytes(connection == 0 ? Replies.PostgreSQL.error("28000") : Array("N".utf8)) }
        #expect(ProbeRun.talk(.postgreSQL, peer).authentication == .required)
    }

    @Test("MongoDB is open only when getLog answers", arguments: [true, false])
    func mongoDB(open: Bool) {
        let peer = PretendPeer { request, _, _ in .bytes(Replies.MongoDB.answer(request, authenticated: open)) }
        let run = ProbeRun.talk(.mongoDB, peer)
        #expect(run.authentication == (open ? .notRequired : .required))
        #expect(run.reading?.version == "7.0.14")
        let runs = ProbeRun.everyCut(.mongoDB, { peer }, longest: 140)
        #expect(runs.allSatisfy { $0.result == run.result })
    }

    @Test("a MongoDB before 3.6, which hangs up on OP_MSG, is asked in the old dialect", arguments: [true, false])
    func oldMongoDB(open: Bool) {
        let peer = PretendPeer { request, connection, _ in
            connection == 0 ? .close : .bytes(Replies.MongoDB.answer(request, authenticated: open))
        }
        let run = ProbeRun.talk(.mongoDB, peer)
        #expect(run.authentication == (open ? .notRequired : .required))
        #expect(run.connections == 2)
    }

    @Test("a Memcached with SASL, which hangs up on text, is asked in the binary protocol", arguments: [true, false])
    func binaryMemcached(open: Bool) {
        func statistic(_ name: String, _ value: String) -> [UInt8] {
            [0x81, 0x10, 0, UInt8(name.utf8.count), 0, 0, 0, 0] + Replies.big(UInt32(name.utf8.count + value.utf8.count))
                + [UInt8](repeating: 0, count: 12)
                + Array((name + value).utf8)
        }
        let statistics = statistic("version", "1.6.18") + statistic("curr_items", "3") + statistic("", "")
        let refusal: [UInt8] = [0x81, 0x10, 0, 0, 0, 0, 0, 0x20] + [UInt8](repeating: 0, count: 16)
        let peer = PretendPeer { _, connection, _ in connection == 0 ? .close : .bytes(open ? statistics : refusal) }
        let run = ProbeRun.talk(.memcached, peer)
        #expect(run.authentication == (open ? .notRequired : .required))
        #expect(ProbeRun.everyCut(.memcached, { peer }, longest: 110).allSatisfy { $0.result == run.result })
    }

    @Test(
        "a TLS alert, whole or in two pieces, and a hang-up without a word hint at TLS",
        arguments: [Service.redis, .memcached, .mongoDB, .elasticsearch])
    func hintsAtTLS(_ service: Service) {
        let alert: [UInt8] = [0x15, 0x03, 0x01, 0, 2, 2, 10]
        #expect(ProbeRun.everyCut(service, { .script([.bytes(alert)]) }, longest: alert.count).allSatisfy { $0.result == .perhapsTLS })
        #expect(ProbeRun.talk(service, PretendPeer { _, _, _ in .close }).result == .perhapsTLS)
        #expect(ProbeRun.talk(service, PretendPeer { _, _, _ in .silence }).result == .other)
    }

    @Test("nothing that any probe sends could change anything")
    func readOnly() {
        let texts = ProbeRun.talk(.redis, .texts(Replies.Redis.open[0], Replies.Redis.open[1])).sent.map { String(decoding: $0, as: UTF8.self) }
        #expect(texts == ["*1\r\n$6\r\nDBSIZE\r\n", "*2\r\n$4\r\nINFO\r\n$6\r\nserver\r\n"])
        let http = ProbeRun.talk(.elasticsearch, .texts(Replies.HTTP.greeting, Replies.HTTP.statistics)).sent.map {
            String(decoding: $0, as: UTF8.self)
        }
        #expect(http.allSatisfy { $0.hasPrefix("GET /") && !$0.contains("Authorization") })
    }

    @Test("a version that could be somebody's number is not shown")
    func version() {
        let text = "redis_version:110101199003071233\r\n"
        #expect(ProbeRun.talk(.redis, .texts(":1\r\n", "$\(text.utf8.count)\r\n\(text)\r\n")).reading?.version == nil)
    }
}
