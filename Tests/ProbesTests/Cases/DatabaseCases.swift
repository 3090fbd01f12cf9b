import Probes
import TestSupport

extension ProbeCases {
    static let databases = redis + memcached + postgreSQL + mySQL

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
}
