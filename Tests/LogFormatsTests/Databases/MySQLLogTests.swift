import LogFormats
import Testing

@Suite struct MySQLLogTests {
    @Test func queriesOfTheGeneralLogHaveTheAccountOfTheirThread() throws {
        let log = try Fixture.read("mariadb-general.log")
        let event = try #require(log.events.first { $0.statement?.hasPrefix("SELECT id, name\n  FROM clinic.patient\n") == true })
        #expect((event.account == "doctor") && (event.database == "clinic") && (event.client == "127.0.0.1"))
        #expect(event.statement?.hasSuffix("\n\tAND `name` = \"王五\"") == true)
        let dump = try #require(log.events.first { $0.statement == "SELECT /*!40001 SQL_NO_CACHE */ `id`, `name`, `id_card` FROM `patient`" })
        // The database was chosen within the session.
        #expect((dump.account == "doctor") && (dump.database == "clinic"))
        #expect(log.of(.query).contains { $0.isLocal && $0.account == "root" })
        // A prepared statement runs as often as it is executed.
        #expect(
            log.statements.filter { $0.hasPrefix("SELECT name FROM patient WHERE id =") } == [
                "SELECT name FROM patient WHERE id = 1 AND SLEEP(0.01)", "SELECT name FROM patient WHERE id = 1",
            ])
    }

    @Test func aThreadThatIsRefusedDidNotLogIn() throws {
        let log = try Fixture.read("mariadb-general.log")
        #expect(log.of(.login, .failure).map(\.account) == ["doctor", "mallory", "doctor"])
        #expect(log.of(.login, .failure).map(\.database) == ["clinic", nil, "nowhere"])
        #expect(!log.of(.login, .success).contains { $0.account == "mallory" || $0.session == "9" })
        #expect(log.of(.login, .success).count == 7)
    }

    @Test func theHeaderOfARestartIsNoPartOfAStatement() throws {
        let log = try Fixture.read("mariadb-general.log")
        #expect(log.statements.contains("SET GLOBAL general_log=OFF"))
        #expect(!log.statements.contains { $0.contains("Tcp port") })
    }

    @Test func theGeneralLogOfMySQL8IsReadToo() throws {
        let text = """
            /usr/sbin/mysqld, Version: 8.0.36 (MySQL Community Server - GPL). started with:
            Tcp port: 3306  Unix socket: /var/run/mysqld/mysqld.sock
            Time                 Id Command    Argument
            2026-01-01T19:04:05.123456Z\t    8 Connect\tdoctor@203.0.113.9 on clinic using SSL/TLS
            2026-01-01T19:04:06.123456Z\t    8 Query\tSELECT *
            FROM patient
            2026-01-02T03:04:07.123456+08:00\t    8 Quit\t
            2026-01-02T03:04:08.123456+08:00\t    9 Binlog Dump\tLog: 'binlog.000001'  Pos: 4

            """
        let log = try ReadLog("mysql-general", text)
        #expect(log.events.map(\.action) == [.login, .query, .disconnect, .query])
        #expect(log.events.map(\.time) == [1_767_294_245, 1_767_294_246, 1_767_294_247, 1_767_294_248])
        #expect(log.events[1].statement == "SELECT *\nFROM patient")
        #expect(log.events[1].client == "203.0.113.9")
        #expect(log.events[3].statement?.hasPrefix("Binlog Dump") == true)
    }

    @Test func aStampHoldsUntilTheNext() throws {
        let text = "260102  3:04:05\t     8 Query\tSELECT 1\n\t\t     8 Query\tSELECT 2\n260102 13:04:05\t     8 Query\tSELECT 3\n"
        #expect(try ReadLog("mysql-general", text).events.map(\.time) == [1_767_294_245, 1_767_294_245, 1_767_330_245])
    }

    @Test func theSlowLogCountsRowsBytesAndTime() throws {
        let log = try Fixture.read("mariadb-slow.log")
        let all = try #require(log.events.first { $0.statement == "SELECT * FROM patient" })
        #expect((all.rows == 2) && (all.bytes == 257) && (all.duration > 0))
        #expect((all.account == "doctor") && (all.client == "127.0.0.1") && (all.database == "clinic"))
        let slept = try #require(log.events.first { $0.statement == "SELECT SLEEP(1.1)" })
        #expect(slept.duration >= 1_100_000)
        let lines = try #require(log.events.first { $0.statement?.hasPrefix("SELECT id, name\n") == true })
        #expect(lines.statement?.hasSuffix("\"王五\"") == true)
    }

    @Test func theSlowLogOfMySQL8WithItsExtraFiguresIsReadToo() throws {
        let text = """
            # Time: 2026-01-01T19:04:05.123456Z
            # User@Host: app[doctor] @ his.example [203.0.113.9]  Id:    12
            # Query_time: 2.500001  Lock_time: 0.000004 Rows_sent: 65000  Rows_examined: 65000 Thread_id: 12 Errno: 0 Killed: 0 Bytes_received: 0 Bytes_sent: 9000000 Read_first: 1
            use clinic;
            SET timestamp=1767294242;
            SELECT * FROM patient;
            # Time: 2026-01-01T19:05:05.123456Z
            # User@Host: root[root] @ localhost []  Id:    13
            # Query_time: 0.000001  Lock_time: 0.000004 Rows_sent: 0  Rows_examined: 0
            SET timestamp=1767294305;
            # administrator command: Quit;

            """
        let log = try ReadLog("mysql-slow", text)
        #expect(log.events.count == 2)
        let event = log.events[0]
        #expect((event.rows == 65_000) && (event.bytes == 9_000_000) && (event.duration == 2_500_001) && (event.outcome == .success))
        #expect((event.account == "doctor") && (event.client == "203.0.113.9") && (event.database == "clinic") && (event.session == "12"))
        #expect(event.time == 1_767_294_242)
        #expect((log.events[1].action == .other) && log.events[1].isLocal)
    }

    @Test func theErrorLogTellsRefusedLogins() throws {
        let failures = try Fixture.read("mariadb-error.log").of(.login, .failure)
        #expect(failures.map(\.account) == ["doctor", "mallory", "doctor"])
        #expect(failures.map(\.client) == ["127.0.0.1", "127.0.0.1", "127.0.0.1"])
        #expect(failures[2].database == "nowhere")
        let text = """
            2026-01-01T19:04:05.123456Z 12 [Note] [MY-010926] [Server] Access denied for user 'root'@'203.0.113.9' (using password: YES)
            2026-01-01T19:04:06.123456Z 13 [Note] [MY-010914] [Server] Aborted connection 13 to db: 'clinic' user: 'doctor' host: '203.0.113.9' (Got timeout reading communication packets).
            2026-01-01T19:04:07.123456Z 0 [ERROR] [MY-012345] [InnoDB] Something broke
            2026-01-01T19:04:08.123456Z 0 [System] [MY-010910] [Server] /usr/sbin/mysqld: Shutdown complete (mysqld 8.0.36)  MySQL Community Server - GPL.

            """
        let log = try ReadLog("mysql-error", text)
        #expect(log.events.map(\.action) == [.login, .disconnect, .error, .logControl])
        #expect((log.events[0].account == "root") && (log.events[0].client == "203.0.113.9"))
        #expect((log.events[1].account == "doctor") && (log.events[1].database == "clinic"))
    }

    @Test func theAuditPluginsStatementsAreUnescaped() throws {
        let log = try Fixture.read("mariadb-audit.log")
        let event = try #require(log.events.first { $0.statement?.hasPrefix("SELECT id, name") == true })
        #expect(event.statement == "SELECT id, name\n  FROM clinic.patient\n WHERE id_card = '110101199003070002'\n\tAND `name` = \"王五\"")
        #expect((event.account == "doctor") && (event.client == "127.0.0.1") && (event.database == "clinic") && (event.outcome == .success))
        let insert = try #require(log.events.first { $0.statement?.hasPrefix("INSERT") == true })
        #expect(insert.statement == #"INSERT INTO patient VALUES (1, '张三''s', '110101199003070000'), (2, 'li\\\'si', '110101199003070001')"#)
        #expect(log.of(.query, .failure).contains { $0.statement == "SELECT * FROM no_such_table" })
        #expect(log.of(.login, .failure).map(\.account).contains("mallory"))
        // A code of MariaDB's is no status of HTTP.
        #expect(log.events.allSatisfy { $0.status == 0 })
        // What a statement did to each table doesn't count as a statement.
        #expect(log.events.contains { $0.action == .other && $0.fields["READ"] == "patient" })
    }

    @Test func auditRecordsInJSONAreReadOverManyLines() throws {
        let text = """
            [
            { "timestamp": "2026-01-01 19:04:05", "id": 0, "class": "connection", "event": "connect", "connection_id": 12,
              "account": { "user": "doctor", "host": "his.example" }, "login": { "user": "doctor", "os": "", "ip": "203.0.113.9", "proxy": "" },
              "connection_data": { "connection_type": "ssl", "status": 0, "db": "clinic" } },
            { "timestamp": "2026-01-01 19:04:06", "id": 1, "class": "general", "event": "status", "connection_id": 12,
              "account": { "user": "doctor", "host": "" }, "login": { "user": "doctor", "os": "", "ip": "203.0.113.9", "proxy": "" },
              "general_data": { "command": "Query", "sql_command": "select", "query": "SELECT '{', name\\nFROM patient", "status": 0 },
              "query_statistics": { "query_time": 0.116250, "bytes_sent": 12384, "bytes_received": 78878, "rows_sent": 3, "rows_examined": 17878 } },
            { "timestamp": "2026-01-01 19:04:07", "id": 2, "class": "query", "event": "query_status_end", "connection_id": 12,
              "query_data": { "query": "SELECT '{', name\\nFROM patient", "status": 0, "sql_command": "select" } },
            { "timestamp": "2026-01-01 19:04:08", "id": 3, "class": "connection", "event": "connect", "connection_id": 13,
              "account": { "user": "root", "host": "" }, "login": { "user": "root", "os": "", "ip": "203.0.113.10", "proxy": "" },
              "connection_data": { "connection_type": "ssl", "status": 1045, "db": "" } }
            ]
            """
        let log = try ReadLog("mysql-audit-json", text)
        #expect(log.unparsed == 0)
        #expect(log.events.map(\.action) == [.login, .query, .other, .login])
        #expect(log.events[0].time == 1_767_294_245)
        #expect((log.events[0].client == "203.0.113.9") && (log.events[0].database == "clinic"))
        let query = log.events[1]
        #expect(query.statement == "SELECT '{', name\nFROM patient")
        #expect((query.rows == 3) && (query.bytes == 12_384) && (query.duration == 116_250))
        #expect(log.events[3].outcome == .failure)
    }

    @Test func theOlderAuditLogOfPerconaIsReadToo() throws {
        let text = """
            {"audit_record":{"name":"Connect","record":"1_2026-01-01T00:00:00","timestamp":"2026-01-01T19:04:05Z","connection_id":"12","status":1045,"user":"root","priv_user":"","os_login":"","proxy_user":"","host":"","ip":"203.0.113.9","db":""}}
            {"audit_record":{"name":"Query","record":"2_2026-01-01T00:00:00","timestamp":"2026-01-01T19:04:06Z","command_class":"select","connection_id":"13","status":0,"sqltext":"SELECT * FROM patient","user":"doctor[doctor] @ his [203.0.113.9]","host":"his","os_user":"","ip":"203.0.113.9","db":"clinic"}}

            """
        let log = try ReadLog("mysql-audit-json", text)
        #expect(log.events.map(\.action) == [.login, .query])
        #expect(log.events.map(\.account) == ["root", "doctor"])
        #expect(log.events[1].statement == "SELECT * FROM patient")
    }
}
