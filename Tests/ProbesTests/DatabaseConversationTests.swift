import Findings
import Probes
import TestSupport
import Testing

/// What databases say of themselves, and conversations of more than one connection.
@Suite("Conversations with databases")
struct DatabaseConversationTests {
    private func logIn(_ service: Service, _ peer: PretendPeer) throws -> ProbeRun {
        let type = try #require(ProbeRegistry.probe(for: service) as? any PasswordProbe.Type)
        let account = try #require(type.defaultAccounts(of: service).first)
        return ProbeRun.talk(ProbeSession(type.init(ProbePeer(host: "192.0.2.1", port: 1), account: account)), peer)
    }

    @Test(
        "the number that Oracle's listener gives is read as its version",
        arguments: [(318_767_104, "19.0.0.0.0"), (186_647_296, "11.2.0.3.0"), (352_518_144, "21.3.0.0.0")])
    func oracle(number: UInt32, version: String) {
        #expect(ProbeRun.talk(.oracle, .script([.bytes(Replies.Oracle.refusal(version: number))])).reading?.version == version)
    }

    @Test("SQL Server tells its version, and whether it encrypts")
    func sqlServer() {
        let reading = ProbeRun.talk(.sqlServer, .script([.bytes(Replies.SQLServer.prelogin(encryption: 0))])).reading
        #expect(reading?.version == "15.0.2000")
        #expect(reading?.evidence.last == Message("exposure.mssql-encryption", ["encryption": .term("exposure.encryption-login-only")]))
    }

    @Test("Dameng tells its version")
    func dameng() {
        #expect(ProbeRun.talk(.dameng, .script([.bytes(Replies.Dameng.started)])).reading?.version == "8.1.3.62")
    }

    @Test("a request to Dameng carries its own checksum")
    func damengRequest() {
        let sent = ProbeRun.talk(.dameng, .script([])).sent.first ?? []
        #expect(sent.count == 64 + 82)
        #expect(sent.prefix(19).reduce(0, ^) == sent[19])
    }

    @Test("a Cassandra of version 3 is asked in it, and a Scylla is called by its name")
    func oldCassandra() {
        let peer = PretendPeer { request, connection, turn in
            guard connection == 1, request.first == 3 else { return .bytes(Replies.Cassandra.error(0x0A, version: 3)) }
            let replies = [Replies.Cassandra.supported(version: 3), Replies.Cassandra.frame(2, version: 3), Replies.Cassandra.release(version: 3)]
            return .bytes(replies[min(turn, 2)])
        }
        let run = ProbeRun.talk(.cassandra, peer)
        #expect(run.authentication == .notRequired)
        #expect(run.reading?.version == "4.1.3")
        #expect(run.connections == 2)
        let scylla = [Replies.Cassandra.supported("SCYLLA_SHARD"), Replies.Cassandra.authenticate]
        #expect(ProbeRun.talk(.cassandra, .script(scylla.map { .bytes($0) })).reading?.product == "ScyllaDB")
    }

    @Test("Cassandra's default account is tried once, only when asked for", arguments: [true, false])
    func cassandraLogin(letsIn: Bool) throws {
        let replies = [
            Replies.Cassandra.supported(), Replies.Cassandra.authenticate, letsIn ? Replies.Cassandra.success : Replies.Cassandra.error(0x0100),
            Replies.Cassandra.release(),
        ]
        let run = try logIn(.cassandra, .script(replies.map { .bytes($0) }))
        #expect(run.authentication == (letsIn ? .notRequired : .required))
        #expect(run.sent.filter { $0.count > 4 && $0[4] == 0x0F }.count == 1)
        #expect(run.sent.contains { String(decoding: $0, as: UTF8.self).contains("\u{0}cassandra\u{0}cassandra") })
        let anonymous = ProbeRun.talk(.cassandra, .script(replies.map { .bytes($0) }))
        #expect(!anonymous.sent.contains { $0.count > 4 && $0[4] == 0x0F })
    }

    @Test("Neo4j tells its version and how many nodes it holds; Memgraph is called by its name")
    func neo4j() {
        let run = ProbeRun.talk(.neo4j, .script([Replies.Neo4j.version, Replies.Neo4j.hello(), Replies.Neo4j.count].map { .bytes($0) }))
        #expect(run.reading?.version == "5.13.0")
        #expect(run.reading?.evidence.first?.facts["nodes"] == .count(70_000))
        #expect(run.farewell == [0, 2, 0xB0, 0x02, 0, 0])
        let other = Replies.Neo4j.hello("Neo4j/v5.11.0 compatible graph database server - Memgraph")
        let memgraph = ProbeRun.talk(.neo4j, .script([Replies.Neo4j.version, other, Replies.Neo4j.count].map { .bytes($0) }))
        #expect(memgraph.reading?.product == "Memgraph")
        #expect(memgraph.reading?.version == nil)
    }

    @Test("Neo4j's default account that has to change its password was let in; without an account the same words prove nothing")
    func neo4jExpired() throws {
        let replies = [Replies.Neo4j.version, Replies.Neo4j.hello(), Replies.Neo4j.failure("Neo.ClientError.Security.CredentialsExpired")]
        let run = try logIn(.neo4j, .script(replies.map { .bytes($0) }))
        #expect(run.authentication == .notRequired)
        #expect(run.key == "exposure.neo4j-expired")
        #expect(ProbeRun.talk(.neo4j, .script(replies.map { .bytes($0) })).authentication == .unknown)
    }

    @Test("a message in many chunks, with empty ones between messages, is put together")
    func chunks() {
        let body = Array(Replies.Neo4j.hello().dropFirst(2).dropLast(2))
        let pieces: [[UInt8]] = body.map { [0, 1, $0] }
        let chunked: [UInt8] = [0, 0] + pieces.joined() + [0, 0]
        let replies: [[UInt8]] = [Replies.Neo4j.version, chunked, [0, 0, 0, 0] + Replies.Neo4j.count]
        #expect(ProbeRun.talk(.neo4j, .script(replies.map { .bytes($0) })).authentication == .notRequired)
    }

    @Test("ClickHouse tells its version with its patch, and never the name of its machine")
    func clickHouse() {
        let run = ProbeRun.talk(.clickHouse, .script([Replies.ClickHouse.hello, Replies.ClickHouse.answer].map { .bytes($0) }))
        #expect(run.reading?.version == "23.8.2")
        #expect(run.reading?.evidence.first?.facts == ["databases": .count(4)])
    }

    @Test("the answer to INFO tells who is compatible with Redis", arguments: Self.relatives)
    func redis(_ text: String, _ product: String?, _ version: String?) {
        let information = "# Server\r\n\(text)\r\nredis_mode:standalone\r\n"
        let reading = ProbeRun.talk(.redis, .texts(":1\r\n", "$\(information.utf8.count)\r\n\(information)\r\n")).reading
        #expect(reading?.product == product)
        #expect(reading?.version == version)
    }

    static let relatives: [(String, String?, String?)] = [
        ("redis_version:7.0.15\r\nexecutable:/usr/bin/redis-server", nil, "7.0.15"),
        ("redis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.0.1", "Valkey", "8.0.1"),
        ("redis_version:7.2.4\r\nserver_name:valkey", "Valkey", "7.2.4"),
        ("redis_version:6.3.4\r\nexecutable:/usr/bin/keydb-server", "KeyDB", "6.3.4"),
        ("redis_version:7.4.0\r\ndragonfly_version:df-v1.21.2", "Dragonfly", "1.21.2"),
        ("nothing:here", nil, nil),
    ]

    @Test(
        "the greeting tells who is compatible with MySQL",
        arguments: [
            ("8.0.36", nil, "mysql"), ("5.5.5-10.11.6-MariaDB-0+deb12u1", "MariaDB", "mysql"), ("8.0.11-TiDB-v7.5.0", "TiDB", "mysql"),
            ("5.7.25-OceanBase-v4.2.1.0", "OceanBase", "oceanbase"), ("5.7.99", "Doris", "doris"), ("5.7.44", nil, "mysql"),
        ] as [(String, String?, String)])
    func mySQL(_ greeting: String, _ product: String?, _ service: String) {
        let peer = PretendPeer.script(greeting: Replies.MySQL.greeting(version: greeting), [.bytes(Replies.MySQL.error(1045))])
        let reading = ProbeRun.talk(.mySQL, peer).reading
        #expect(reading?.product == product)
        #expect(reading?.service.id == service)
    }

    @Test("openGauss is told by the way in which it asks for a password, and by nothing less")
    func openGauss() {
        let nonce = [UInt8](repeating: UInt8(ascii: "a"), count: 64) + [UInt8](repeating: UInt8(ascii: "0"), count: 8)
        func product(_ kind: UInt32, _ body: [UInt8]) -> String? {
            let run = ProbeRun.talk(.postgreSQL, .script([.bytes(Replies.PostgreSQL.message("R", Replies.big(kind) + body))]))
            #expect(run.authentication == .required)
            return run.reading?.product
        }
        #expect(product(10, Replies.big(UInt32(2)) + nonce) == "openGauss")
        #expect(product(13, Replies.big(UInt32(3)) + nonce) == "openGauss")
        #expect(product(5, Replies.big(UInt32(2)) + nonce) == nil)
        #expect(product(10, Array("SCRAM-SHA-256-PLUS".utf8) + [0] + Array("SCRAM-SHA-256".utf8) + [0, 0] + nonce) == nil)
    }

    @Test("a new session's parameters tell who is compatible with PostgreSQL")
    func postgreSQL() {
        func product(_ version: String) -> String? {
            let parameter = Replies.PostgreSQL.message("S", Array("server_version".utf8) + [0] + Array(version.utf8) + [0])
            let session = Replies.PostgreSQL.ok + parameter + Replies.PostgreSQL.ready
            return ProbeRun.talk(.postgreSQL, .script([.bytes(session), .bytes(Replies.PostgreSQL.row)])).reading?.product
        }
        #expect(product("15.8 (Debian 15.8-0+deb12u1)") == nil)
        #expect(product("11.2-YB-2.18.0.0-b0") == "YugabyteDB")
        #expect(product("KingbaseES V008R006C008B0014") == "KingbaseES")
    }

    @Test("what databases are sent reads, and changes nothing")
    func readOnly() {
        func sent(_ service: Service, _ replies: [[UInt8]]) -> String {
            ProbeRun.talk(service, .script(replies.map { .bytes($0) })).sent.map { String(decoding: $0, as: UTF8.self) }.joined()
        }
        let cassandra = sent(.cassandra, [Replies.Cassandra.supported(), Replies.Cassandra.ready, Replies.Cassandra.release()])
        #expect(cassandra.contains("SELECT release_version FROM system.local"))
        let neo4j = sent(.neo4j, [Replies.Neo4j.version, Replies.Neo4j.hello(), Replies.Neo4j.count])
        // In a transaction that may only read.
        #expect(neo4j.contains("MATCH (n) RETURN count(n)") && neo4j.contains("mode\u{FFFD}\u{01}r"))
        #expect(sent(.clickHouse, [Replies.ClickHouse.hello, Replies.ClickHouse.answer]).contains("SELECT count() FROM system.databases"))
    }

    @Test("MongoDB is asked by OP_MSG first, and never for its list of databases, which an open server and a closed one both give")
    func mongoDB() {
        let run = ProbeRun.talk(.mongoDB, PretendPeer { request, _, _ in .bytes(Replies.MongoDB.answer(request, authenticated: true)) })
        #expect(run.sent.first.map { Array($0[12..<16]) } == Replies.little(Int32(2013)))
        #expect(!run.sent.contains { String(decoding: $0, as: UTF8.self).contains("listDatabases") })
    }

    @Test(
        "a hang-up without a word hints at TLS",
        arguments: [Service.sqlServer, .oracle, .dameng, .cassandra, .neo4j, .clickHouse, .elasticsearchTransport])
    func hintsAtTLS(_ service: Service) {
        #expect(ProbeRun.talk(service, PretendPeer { _, _, _ in .close }).result == .perhapsTLS)
        #expect(ProbeRun.talk(service, PretendPeer { _, _, _ in .silence }).result == .other)
        #expect(ProbeRun.talk(service, PretendPeer { request, _, _ in .bytes(request) }).result == .other)
    }
}
