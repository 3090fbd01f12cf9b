import Probes
import TestSupport

extension ProbeCases {
    static let databases =
        redis + memcached + postgreSQL + mySQL + sqlServer + oracle + dameng + cassandra + neo4j + clickHouse + elasticsearchTransport

    static let redis = [
        ProbeCase("open", .redis, texts: Replies.Redis.open, .notRequired, "exposure.redis-size"),
        ProbeCase("open, INFO renamed", .redis, texts: [":0\r\n", "-ERR unknown command 'INFO'\r\n"], .notRequired, "exposure.redis-size"),
        ProbeCase("open, then silent", .redis, texts: [":7\r\n"], .notRequired, "exposure.redis-size"),
        ProbeCase("password", .redis, texts: ["-NOAUTH Authentication required.\r\n"], .required, "exposure.refused"),
        ProbeCase("old password", .redis, texts: ["-ERR operation not permitted\r\n"], .required, "exposure.refused"),
        ProbeCase(
            "access list", .redis, texts: ["-NOPERM this user has no permissions to run the 'dbsize' command\r\n"], .required, "exposure.refused"),
        ProbeCase("protected mode", .redis, texts: ["-DENIED Redis is running in protected mode\r\n"], .required, "exposure.redis-protected"),
        ProbeCase("loading", .redis, texts: ["-LOADING Redis is loading the dataset in memory\r\n"], .unknown, "exposure.busy"),
        ProbeCase("command renamed", .redis, texts: ["-ERR unknown command 'DBSIZE'\r\n"], .unknown, "exposure.busy"),
        ProbeCase("a negative size", .redis, texts: [":-1\r\n"], nil),
        ProbeCase("a size beyond reason", .redis, texts: [":99999999999999999999999\r\n"], nil),
        ProbeCase("an HTTP server", .redis, texts: ["HTTP/1.1 400 Bad Request\r\n\r\n"], nil),
        ProbeCase("an SSH server", .redis, texts: ["SSH-2.0-OpenSSH_9.2\r\n"], nil),
        ProbeCase("an error of another kind", .redis, texts: ["-1\r\n"], nil),
    ]

    static let memcached = [
        ProbeCase(
            "open", .memcached, texts: ["STAT pid 1\r\nSTAT version 1.6.18\r\nSTAT curr_items 12\r\nEND\r\n"], .notRequired,
            "exposure.memcached-items"),
        ProbeCase("password", .memcached, texts: ["CLIENT_ERROR unauthenticated\r\n"], .required, "exposure.refused"),
        ProbeCase("no statistics", .memcached, texts: ["END\r\n"], nil),
        ProbeCase("statistics without items", .memcached, texts: ["STAT version 1\r\nEND\r\n"], nil),
        ProbeCase("something that ends its lines", .memcached, texts: ["ERROR\r\n"], nil),
    ]

    static let postgreSQL = [
        ProbeCase("open", .postgreSQL, [Replies.PostgreSQL.session, Replies.PostgreSQL.row], .notRequired, "exposure.postgresql-session"),
        ProbeCase(
            "open, no such role", .postgreSQL, [Replies.PostgreSQL.ok + Replies.PostgreSQL.error("28000")], .notRequired,
            "exposure.postgresql-no-role"),
        ProbeCase(
            "open, no such database", .postgreSQL, [Replies.PostgreSQL.ok + Replies.PostgreSQL.error("3D000")], .notRequired,
            "exposure.postgresql-no-role"),
        ProbeCase("password", .postgreSQL, [Replies.PostgreSQL.scram], .required, "exposure.password-asked"),
        ProbeCase("wrong password", .postgreSQL, [Replies.PostgreSQL.error("28P01")], .required, "exposure.refused"),
        ProbeCase("starting up", .postgreSQL, [Replies.PostgreSQL.error("57P03")], .unknown, "exposure.busy"),
        ProbeCase("full, after the login", .postgreSQL, [Replies.PostgreSQL.ok + Replies.PostgreSQL.error("53300")], .unknown, "exposure.refused"),
        ProbeCase(
            "a pool that can't reach its server", .postgreSQL, [Replies.PostgreSQL.session, Replies.PostgreSQL.error("08P01")], .unknown,
            "exposure.session-broken"),
        ProbeCase("a length beyond reason", .postgreSQL, [[0x52, 0xFF, 0xFF, 0xFF, 0xFF]], nil),
        ProbeCase("an unknown way of authenticating", .postgreSQL, [Replies.PostgreSQL.message("R", Replies.big(UInt32(99)))], nil),
        ProbeCase("an error without a code", .postgreSQL, [Replies.PostgreSQL.message("E", [0])], nil),
    ]

    static let mySQL = [
        ProbeCase("password of root", .mySQL, [Replies.MySQL.error(1045)], greeting: Replies.MySQL.greeting(), .required, "exposure.refused"),
        ProbeCase("socket only", .mySQL, [Replies.MySQL.error(1698)], greeting: Replies.MySQL.greeting(), .required, "exposure.refused"),
        ProbeCase("this client not allowed", .mySQL, [], greeting: Replies.MySQL.error(1130, sequence: 0), .required, "exposure.refused"),
        ProbeCase("too many connections", .mySQL, [], greeting: Replies.MySQL.error(1040, sequence: 0), .unknown, "exposure.busy"),
        ProbeCase(
            "another way of authenticating", .mySQL, [Replies.MySQL.authenticationSwitch("auth_gssapi_client")], greeting: Replies.MySQL.greeting(),
            .required,
            "exposure.password-asked"),
        ProbeCase(
            "the whole password", .mySQL, [Replies.MySQL.packet(2, [1, 4])], greeting: Replies.MySQL.greeting(), .required, "exposure.password-asked"),
        ProbeCase("let in, then silent", .mySQL, [Replies.MySQL.ok], greeting: Replies.MySQL.greeting(), .unknown, "exposure.session-broken"),
        ProbeCase("a length beyond reason", .mySQL, [], greeting: [0xFF, 0xFF, 0xFF, 0, 10], nil),
        ProbeCase("an SSH server", .mySQL, [], greeting: Array("SSH-2.0-OpenSSH_9.2\r\n".utf8), nil),
        ProbeCase("a greeting that ends early", .mySQL, [], greeting: Replies.MySQL.packet(0, [10, 0x38, 0]), nil),
    ]

    static let sqlServer = [
        ProbeCase("answers", .sqlServer, [Replies.SQLServer.prelogin(encryption: 0)], .unknown, "exposure.identified-only"),
        ProbeCase("demands encryption", .sqlServer, [Replies.SQLServer.prelogin(encryption: 3)], .unknown, "exposure.identified-only"),
        ProbeCase("an encryption that doesn't exist", .sqlServer, [Replies.SQLServer.prelogin(encryption: 9)], nil),
        ProbeCase("an echo", .sqlServer, [Replies.SQLServer.prelogin(encryption: 0, type: 0x12)], nil),
        ProbeCase("a login's error", .sqlServer, [[4, 1, 0, 14, 0, 0, 1, 0, 0xAA, 3, 0, 1, 2, 3]], nil),
        ProbeCase("an HTTP server", .sqlServer, texts: ["HTTP/1.1 400 Bad Request\r\n\r\n"], nil),
    ]

    static let oracle = [
        ProbeCase("doesn't know the service", .oracle, [Replies.Oracle.refusal(version: 318_767_104)], .unknown, "exposure.identified-only"),
        ProbeCase(
            "wants it again", .oracle, [Replies.Oracle.packet(11, []), Replies.Oracle.refusal(version: 186_647_296)], .unknown,
            "exposure.identified-only"),
        ProbeCase("wants it again and again", .oracle, [Replies.Oracle.packet(11, []), Replies.Oracle.packet(11, [])], nil),
        ProbeCase(
            "sends elsewhere", .oracle, [Replies.Oracle.packet(5, [0, 20] + Array("(ADDRESS=(PORT=1))".utf8))], .unknown,
            "exposure.identified-only"),
        ProbeCase(
            "accepts", .oracle, [Replies.Oracle.packet(2, [1, 0x39, 0, 0, 8, 0, 0x7F, 0xFF, 1, 0, 0, 0, 0, 24, 0x41, 1])], .unknown,
            "exposure.identified-only"),
        ProbeCase("a refusal without its words", .oracle, [Replies.Oracle.packet(4, [4, 0, 0, 2, 0x41, 0x42])], nil),
        ProbeCase("an echo", .oracle, [Replies.Oracle.packet(1, Array("(DESCRIPTION=)".utf8))], nil),
        ProbeCase("an SSH server", .oracle, texts: ["SSH-2.0-OpenSSH_9.2\r\n"], nil),
    ]

    static let dameng = [
        ProbeCase("begins", .dameng, [Replies.Dameng.started], .unknown, "exposure.identified-only"),
        ProbeCase("refuses this client", .dameng, [Replies.Dameng.refused], .unknown, "exposure.identified-only"),
        ProbeCase("a wrong checksum", .dameng, [Replies.Dameng.started.enumerated().map { $0.offset == 19 ? $0.element ^ 1 : $0.element }], nil),
        ProbeCase("no version", .dameng, [Replies.Dameng.frame(228, code: 0, [UInt8](repeating: 0, count: 100))], nil),
        ProbeCase("an echo", .dameng, [Replies.Dameng.frame(200, code: 0, [UInt8](repeating: 1, count: 80))], nil),
        ProbeCase("an HTTP server", .dameng, texts: ["HTTP/1.1 400 Bad Request\r\n\r\n"], nil),
    ]

    static let cassandra = [
        ProbeCase(
            "open", .cassandra, [Replies.Cassandra.supported(), Replies.Cassandra.ready, Replies.Cassandra.release()], .notRequired,
            "exposure.cassandra-query"),
        ProbeCase(
            "password", .cassandra, [Replies.Cassandra.supported(), Replies.Cassandra.authenticate], .required, "exposure.password-asked"),
        ProbeCase(
            "a session that may read nothing", .cassandra,
            [Replies.Cassandra.supported(), Replies.Cassandra.ready, Replies.Cassandra.error(0x2100)], .required, "exposure.refused"),
        ProbeCase(
            "overloaded", .cassandra, [Replies.Cassandra.supported(), Replies.Cassandra.ready, Replies.Cassandra.error(0x1001)], .unknown,
            "exposure.busy"),
        ProbeCase(
            "version 3", .cassandra, [Replies.Cassandra.error(0x0A, version: 3), Replies.Cassandra.supported(version: 3)], .unknown,
            "exposure.session-broken"),
        ProbeCase("version 5 only", .cassandra, [Replies.Cassandra.error(0x0A, version: 5)], .unknown, "exposure.busy"),
        ProbeCase(
            "ready, then silent", .cassandra, [Replies.Cassandra.supported(), Replies.Cassandra.ready], .unknown, "exposure.session-broken"),
        ProbeCase(
            "another result", .cassandra, [Replies.Cassandra.supported(), Replies.Cassandra.ready, Replies.Cassandra.frame(8)], .unknown,
            "exposure.session-broken"),
        ProbeCase("options without CQL", .cassandra, [Replies.Cassandra.frame(6, [0, 0])], nil),
        ProbeCase("an echo", .cassandra, [[4, 0, 0, 0, 5, 0, 0, 0, 0]], nil),
        ProbeCase("a length beyond reason", .cassandra, [[0x84, 0, 0, 0, 6, 0xFF, 0xFF, 0xFF, 0xFF]], nil),
        ProbeCase("an HTTP server", .cassandra, texts: ["HTTP/1.1 400 Bad Request\r\n\r\n"], nil),
    ]

    static let neo4j = [
        ProbeCase("open", .neo4j, [Replies.Neo4j.version, Replies.Neo4j.hello(), Replies.Neo4j.count], .notRequired, "exposure.neo4j-nodes"),
        ProbeCase(
            "password", .neo4j, [Replies.Neo4j.version, Replies.Neo4j.failure("Neo.ClientError.Security.Unauthorized")], .required,
            "exposure.refused"),
        ProbeCase(
            "a role that may not read", .neo4j,
            [Replies.Neo4j.version, Replies.Neo4j.hello(), Replies.Neo4j.failure("Neo.ClientError.Security.Forbidden")], .required,
            "exposure.refused"),
        ProbeCase(
            "too many attempts", .neo4j, [Replies.Neo4j.version, Replies.Neo4j.failure("Neo.ClientError.Security.AuthenticationRateLimit")],
            .unknown, "exposure.busy"),
        ProbeCase(
            "no leader", .neo4j,
            [Replies.Neo4j.version, Replies.Neo4j.hello(), Replies.Neo4j.failure("Neo.TransientError.General.DatabaseUnavailable")], .unknown,
            "exposure.busy"),
        ProbeCase("let in, then silent", .neo4j, [Replies.Neo4j.version, Replies.Neo4j.hello()], .unknown, "exposure.session-broken"),
        ProbeCase("a version that wasn't offered", .neo4j, [[0, 0, 8, 5]], nil),
        ProbeCase("no version in common", .neo4j, [[0, 0, 0, 0]], nil),
        ProbeCase("four bytes and nothing else", .neo4j, [Replies.Neo4j.version], nil),
        ProbeCase("four bytes and an HTTP server", .neo4j, [Replies.Neo4j.version, Array("HTTP/1.1 400\r\n".utf8)], nil),
        ProbeCase("an HTTP server", .neo4j, texts: ["HTTP/1.1 400 Bad Request\r\n\r\n"], nil),
    ]

    static let clickHouse = [
        ProbeCase("open", .clickHouse, [Replies.ClickHouse.hello, Replies.ClickHouse.answer], .notRequired, "exposure.clickhouse-databases"),
        ProbeCase("open, old", .clickHouse, [Replies.ClickHouse.oldHello, Replies.ClickHouse.answer], .notRequired, "exposure.clickhouse-databases"),
        ProbeCase("password", .clickHouse, [Replies.ClickHouse.exception(516)], .required, "exposure.refused"),
        ProbeCase("old password", .clickHouse, [Replies.ClickHouse.exception(194)], .required, "exposure.refused"),
        ProbeCase("too many queries", .clickHouse, [Replies.ClickHouse.exception(202)], .unknown, "exposure.busy"),
        ProbeCase(
            "may not ask", .clickHouse, [Replies.ClickHouse.hello, Replies.ClickHouse.exception(497)], .required, "exposure.refused"),
        ProbeCase("let in, then silent", .clickHouse, [Replies.ClickHouse.hello], .unknown, "exposure.session-broken"),
        ProbeCase(
            "another type", .clickHouse, [Replies.ClickHouse.hello, Replies.ClickHouse.block("String", rows: [1]) + [5]], .unknown,
            "exposure.session-broken"),
        ProbeCase("another product", .clickHouse, [[0] + Replies.ClickHouse.string("Somebody") + [1, 1, 1]], nil),
        ProbeCase("a number that never ends", .clickHouse, [[UInt8](repeating: 0xFF, count: 20)], nil),
        ProbeCase("an HTTP server", .clickHouse, texts: ["HTTP/1.1 400 Bad Request\r\n\r\n"], nil),
    ]

    static let elasticsearchTransport = [
        ProbeCase("answers", .elasticsearchTransport, texts: ["This is not an HTTP port"], .unknown, "exposure.identified-only"),
        ProbeCase("answers in older words", .elasticsearchTransport, texts: ["This is not a HTTP port"], .unknown, "exposure.identified-only"),
        ProbeCase("says more", .elasticsearchTransport, texts: ["This is not an HTTP port, is it?"], nil),
        ProbeCase("an HTTP server", .elasticsearchTransport, texts: ["HTTP/1.1 400 Bad Request\r\n\r\n"], nil),
    ]
}
