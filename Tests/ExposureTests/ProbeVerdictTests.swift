import Exposure
import Testing

/// One reply, or a few, and what each protocol's probe must make of them.
@Suite("Verdicts of the probes")
struct ProbeVerdictTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var service: Service
        var replies: [[UInt8]]
        var greeting: [UInt8] = []
        var authentication: ServiceReading.Authentication?
        var key: String?
        var testDescription: String { "\(service.name): \(name)" }

        init(
            _ name: String, _ service: Service, _ replies: [[UInt8]], greeting: [UInt8] = [], _ authentication: ServiceReading.Authentication?,
            _ key: String? = nil
        ) {
            self.name = name
            self.service = service
            self.replies = replies
            self.greeting = greeting
            self.authentication = authentication
            self.key = key
        }

        init(_ name: String, _ service: Service, texts: [String], _ authentication: ServiceReading.Authentication?, _ key: String? = nil) {
            self.init(name, service, texts.map { Array($0.utf8) }, authentication, key)
        }

        var peer: PretendPeer { .script(greeting: greeting, replies.map { .bytes($0) }) }
    }

    static let cases: [Case] = redis + memcached + postgreSQL + mySQL + elasticsearch

    static let redis = [
        Case("open", .redis, texts: Replies.Redis.open, .notRequired, "exposure.redis-size"),
        Case("open, INFO renamed", .redis, texts: [":0\r\n", "-ERR unknown command 'INFO'\r\n"], .notRequired, "exposure.redis-size"),
        Case("open, then silent", .redis, texts: [":7\r\n"], .notRequired, "exposure.redis-size"),
        Case("password", .redis, texts: ["-NOAUTH Authentication required.\r\n"], .required, "exposure.refused"),
        Case("old password", .redis, texts: ["-ERR operation not permitted\r\n"], .required, "exposure.refused"),
        Case("access list", .redis, texts: ["-NOPERM this user has no permissions to run the 'dbsize' command\r\n"], .required, "exposure.refused"),
        Case("protected mode", .redis, texts: ["-DENIED Redis is running in protected mode\r\n"], .required, "exposure.redis-protected"),
        Case("loading", .redis, texts: ["-LOADING Redis is loading the dataset in memory\r\n"], .unknown, "exposure.busy"),
        Case("command renamed", .redis, texts: ["-ERR unknown command 'DBSIZE'\r\n"], .unknown, "exposure.busy"),
        Case("a negative size", .redis, texts: [":-1\r\n"], nil),
        Case("a size beyond reason", .redis, texts: [":99999999999999999999999\r\n"], nil),
        Case("an HTTP server", .redis, texts: ["HTTP/1.1 400 Bad Request\r\n\r\n"], nil),
        Case("an SSH server", .redis, texts: ["SSH-2.0-OpenSSH_9.2\r\n"], nil),
        Case("an error of another kind", .redis, texts: ["-1\r\n"], nil),
    ]

    static let memcached = [
        Case(
            "open", .memcached, texts: ["STAT pid 1\r\nSTAT version 1.6.18\r\nSTAT curr_items 12\r\nEND\r\n"], .notRequired,
            "exposure.memcached-items"),
        Case("password", .memcached, texts: ["CLIENT_ERROR unauthenticated\r\n"], .required, "exposure.refused"),
        Case("no statistics", .memcached, texts: ["END\r\n"], nil),
        Case("statistics without items", .memcached, texts: ["STAT version 1\r\nEND\r\n"], nil),
        Case("something that ends its lines", .memcached, texts: ["ERROR\r\n"], nil),
    ]

    static let postgreSQL = [
        Case("open", .postgreSQL, [Replies.PostgreSQL.session, Replies.PostgreSQL.row], .notRequired, "exposure.postgresql-session"),
        Case(
            "open, no such role", .postgreSQL, [Replies.PostgreSQL.ok + Replies.PostgreSQL.error("28000")], .notRequired,
            "exposure.postgresql-no-role"),
        Case(
            "open, no such database", .postgreSQL, [Replies.PostgreSQL.ok + Replies.PostgreSQL.error("3D000")], .notRequired,
            "exposure.postgresql-no-role"),
        Case("password", .postgreSQL, [Replies.PostgreSQL.scram], .required, "exposure.password-asked"),
        Case("wrong password", .postgreSQL, [Replies.PostgreSQL.error("28P01")], .required, "exposure.refused"),
        Case("starting up", .postgreSQL, [Replies.PostgreSQL.error("57P03")], .unknown, "exposure.busy"),
        Case("full, after the login", .postgreSQL, [Replies.PostgreSQL.ok + Replies.PostgreSQL.error("53300")], .unknown, "exposure.refused"),
        Case(
            "a pool that can't reach its server", .postgreSQL, [Replies.PostgreSQL.session, Replies.PostgreSQL.error("08P01")], .unknown,
            "exposure.session-broken"),
        Case("a length beyond reason", .postgreSQL, [[0x52, 0xFF, 0xFF, 0xFF, 0xFF]], nil),
        Case("an unknown way of authenticating", .postgreSQL, [Replies.PostgreSQL.message("R", Replies.big(UInt32(99)))], nil),
        Case("an error without a code", .postgreSQL, [Replies.PostgreSQL.message("E", [0])], nil),
    ]

    static let mySQL = [
        Case("password of root", .mySQL, [Replies.MySQL.error(1045)], greeting: Replies.MySQL.greeting(), .required, "exposure.refused"),
        Case("socket only", .mySQL, [Replies.MySQL.error(1698)], greeting: Replies.MySQL.greeting(), .required, "exposure.refused"),
        Case("this client not allowed", .mySQL, [], greeting: Replies.MySQL.error(1130, sequence: 0), .required, "exposure.refused"),
        Case("too many connections", .mySQL, [], greeting: Replies.MySQL.error(1040, sequence: 0), .unknown, "exposure.busy"),
        Case(
            "another way of authenticating", .mySQL, [Replies.MySQL.authenticationSwitch("auth_gssapi_client")], greeting: Replies.MySQL.greeting(),
            .required,
            "exposure.password-asked"),
        Case(
            "the whole password", .mySQL, [Replies.MySQL.packet(2, [1, 4])], greeting: Replies.MySQL.greeting(), .required, "exposure.password-asked"),
        Case("let in, then silent", .mySQL, [Replies.MySQL.ok], greeting: Replies.MySQL.greeting(), .unknown, "exposure.session-broken"),
        Case("a length beyond reason", .mySQL, [], greeting: [0xFF, 0xFF, 0xFF, 0, 10], nil),
        Case("an SSH server", .mySQL, [], greeting: Array("SSH-2.0-OpenSSH_9.2\r\n".utf8), nil),
        Case("a greeting that ends early", .mySQL, [], greeting: Replies.MySQL.packet(0, [10, 0x38, 0]), nil),
    ]

    static let elasticsearch = [
        Case("open", .elasticsearch, texts: [Replies.HTTP.greeting, Replies.HTTP.statistics], .notRequired, "exposure.elasticsearch-stats"),
        Case("password", .elasticsearch, texts: [Replies.HTTP.denied], .required, "exposure.refused"),
        Case("greets anybody, tells nothing", .elasticsearch, texts: [Replies.HTTP.greeting, Replies.HTTP.denied], .required, "exposure.refused"),
        Case(
            "statistics that aren't", .elasticsearch, texts: [Replies.HTTP.greeting, Replies.HTTP.response("200 OK", "{}")], .unknown,
            "exposure.session-broken"),
        Case(
            "statistics refused by a proxy", .elasticsearch, texts: [Replies.HTTP.greeting, Replies.HTTP.response("502 Bad Gateway", "")], .unknown,
            "exposure.busy"),
        Case("no HTTP", .elasticsearch, texts: ["220 ftp\r\n"], nil),
        Case("a chunk beyond reason", .elasticsearch, texts: ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFF\r\n"], .unknown),
    ]

    @Test("a reply leads to its verdict, with its evidence", arguments: cases)
    func verdict(_ one: Case) {
        let run = Run.talk(one.service, one.peer)
        #expect(run.authentication == one.authentication)
        #expect(run.key == one.key)
    }

    @Test("wherever the bytes are cut, the verdict is the same", arguments: cases)
    func cut(_ one: Case) {
        let whole = Run.talk(one.service, one.peer).result
        let longest = (one.replies + [one.greeting]).map(\.count).max() ?? 0
        #expect(Run.everyCut(one.service, { one.peer }, longest: longest).allSatisfy { $0.result == whole })
    }

    @Test("a web server is no Elasticsearch, and is called what it is")
    func otherHTTP() {
        let run = Run.talk(.elasticsearch, .texts(Replies.HTTP.response("200 OK", "<html></html>", type: "text/html")))
        #expect(run.reading?.service == .http)
        #expect(run.connections == 1)
    }

    @Test("a chunked reply, and one that ends with the connection, are read")
    func bodies() {
        let body = #"{"cluster_name":"c","version":{"number":"8.1.0","lucene_version":"9"}}"#
        let chunked =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n\(body.prefix(5))\r\n\(String(body.utf8.count - 5, radix: 16))\r\n\(body.dropFirst(5))\r\n0\r\n\r\n"
        #expect(Run.talk(.elasticsearch, .texts(chunked, Replies.HTTP.statistics)).authentication == .notRequired)
        let closing = "HTTP/1.0 200 OK\r\n\r\n" + body
        #expect(Run.talk(.elasticsearch, .texts(closing, Replies.HTTP.statistics)).authentication == .notRequired)
    }
}
