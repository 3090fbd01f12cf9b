import AccessLogs
import Foundation
import TestServers
import Testing

@Suite("Logs of real databases under attack", .serialized)
struct DatabaseLogTests {
    private static let user = "zhangsan"
    private static let password = "Dong-Xue-5"
    private static let idNumber = "11010119900307109X"
    private static let mobile = "13800138017"
    private static let people = 300
    private static var secrets: [String] { [user, password, idNumber, mobile, "wrong-1"] }

    @Test("PostgreSQL's stderr, CSV and JSON logs tell the guessing, the dump and the silencing of the log")
    func postgreSQL() async throws {
        let settings = [
            "logging_collector = on", "log_destination = 'stderr,csvlog,jsonlog'", "log_filename = 'postgresql.log'", "log_connections = on",
            "log_disconnections = on", "log_statement = 'all'", "log_line_prefix = '%m [%p] %q%u@%d '", "log_timezone = 'Etc/UTC'",
        ]
        try await PostgreSQLServer.with(authentication: .password("Owner-1"), settings: settings) { server in
            try await server.execute(
                """
                CREATE TABLE patient (id int PRIMARY KEY, name text, id_card text, mobile text);
                INSERT INTO patient SELECT n, 'Ce Shi ' || n, '\(Self.idNumber)', '\(Self.mobile)' FROM generate_series(1, \(Self.people)) n;
                CREATE ROLE \(Self.user) LOGIN PASSWORD '\(Self.password)';
                GRANT SELECT ON patient TO \(Self.user);
                GRANT SET ON PARAMETER log_statement TO \(Self.user);
                """)
            let address = "postgresql://\(Self.user)@127.0.0.1:\(server.port)/postgres?sslmode=disable"
            try await ClientScript.run(
                """
                for n in $(seq 24); do PGPASSWORD=wrong-$n psql -X -d '\(address)' -c 'SELECT 1' 2>/dev/null || true; done
                psql -X -d '\(address)' -c 'COPY patient TO STDOUT' >/dev/null
                for n in $(seq 3); do psql -X -d '\(address)' -c "SELECT name FROM patient WHERE id_card = '\(Self.idNumber)'"; done >/dev/null
                pg_dump -d '\(address)' -t patient >/dev/null
                psql -X -d '\(address)' -c "SET log_statement = 'none'" -c 'SELECT 1 FROM patient LIMIT 1' >/dev/null
                """, environment: ["PGPASSWORD": Self.password], in: server.folder)
            for (name, format) in [("log", "postgresql-stderr"), ("csv", "postgresql-csv"), ("json", "postgresql-json")] {
                // Without the server's start, which is told as tampering, too.
                let path = try LogsUnderAttack.rest(of: server.folder.path("data/log/postgresql.\(name)"), from: "authentication failed")
                let logs = try await LogsUnderAttack.read(path, bastion: "10.0.9.0/28")
                logs.expectAllRead(as: format, lines: 80...2_000)
                logs.expect(.bruteForceSuccess, from: "127.0.0.*", succeeded: true, account: "z******n")
                logs.expect(.databaseDump, from: "127.0.0.*", succeeded: true, account: "z******n")
                logs.expect(.logTampering, succeeded: true, account: "z******n")
                // Only these two tell which program it was.
                if name != "log" { logs.expect(.directDatabase, succeeded: true, account: "z******n") }
                #expect(logs.incidents(.personalDataInLog).map(\.requests) == [3])
                logs.expectNothingReadable(Self.secrets)
            }
        }
    }

    @Test("MariaDB's general, slow, error and audit logs tell the guessing, the dump and the silencing of the log")
    func mariaDB() async throws {
        let files = ["general", "slow", "error", "audit"]
        // Paths are known before the server's folder is: relative to the data.
        let settings = [
            "--general-log=1", "--general-log-file=general.log", "--slow-query-log=1", "--long-query-time=0", "--slow-query-log-file=slow.log",
            "--log-error=error.log", "--log-warnings=2", "--plugin-load-add=server_audit", "--server-audit-logging=ON",
            "--server-audit-file-path=audit.log",
        ]
        try await MariaDBServer.with(authentication: .password("Owner-1"), settings: settings) { server in
            try await server.execute(
                """
                CREATE TABLE patient (id int PRIMARY KEY, name text, id_card text, mobile text);
                INSERT INTO patient SELECT seq, CONCAT('Ce Shi ', seq), '\(Self.idNumber)', '\(Self.mobile)' FROM seq_1_to_\(Self.people);
                CREATE USER \(Self.user)@'127.0.0.1' IDENTIFIED BY '\(Self.password)';
                GRANT SELECT, LOCK TABLES, SHOW VIEW ON test.* TO \(Self.user)@'127.0.0.1';
                GRANT SUPER ON *.* TO \(Self.user)@'127.0.0.1';
                """)
            let options = "--no-defaults --protocol=tcp -h 127.0.0.1 -P \(server.port) -u \(Self.user)"
            try await ClientScript.run(
                """
                for n in $(seq 24); do MYSQL_PWD=wrong-$n mariadb \(options) -e 'SELECT 1' 2>/dev/null || true; done
                mariadb \(options) test -e 'SELECT * FROM patient' >/dev/null
                mysqldump \(options) --no-tablespaces test >/dev/null
                mariadb \(options) -e 'SET GLOBAL general_log = OFF'
                """, environment: ["MYSQL_PWD": Self.password], in: server.folder)
            let formats = ["general": "mysql-general", "slow": "mysql-slow", "error": "mysql-error", "audit": "mariadb-audit"]
            for name in files {
                let logs = try await LogsUnderAttack.read(server.folder.path("data/\(name).log"), bastion: "10.0.9.0/28")
                logs.expectAllRead(as: try #require(formats[name]), lines: 24...5_000)
                switch name {
                case "error": logs.expect(.bruteForce, from: "127.0.0.*", succeeded: false, account: "z******n")
                case "slow": logs.expect(.databaseDump, from: "127.0.0.*", succeeded: true, account: "z******n")
                default:
                    logs.expect(.bruteForceSuccess, from: "127.0.0.*", succeeded: true, account: "z******n")
                    logs.expect(.databaseDump, from: "127.0.0.*", succeeded: true, account: "z******n")
                    logs.expect(.logTampering, succeeded: true, account: "z******n")
                }
                logs.expectNothingReadable(Self.secrets)
            }
        }
    }

    @Test("Redis's log and what MONITOR shows tell that keys are taken away")
    func redis() async throws {
        try await RedisServer.with(authentication: .password(Self.password), settings: ["logfile redis.log", "loglevel verbose"]) { server in
            let client = "redis-cli --no-auth-warning -h 127.0.0.1 -p \(server.port)"
            try await ClientScript.run(
                """
                \(client) MONITOR >monitor.log & monitor=$!
                until grep -q OK monitor.log; do :; done
                for n in $(seq 20); do \(client) SET patient:$n '{"idCard":"\(Self.idNumber)","mobile":"\(Self.mobile)"}'; done >/dev/null
                for n in $(seq 24); do REDISCLI_AUTH=wrong-$n \(client) PING 2>&1 || true; done >/dev/null
                \(client) KEYS '*' >/dev/null
                \(client) --scan --pattern 'patient:*' >/dev/null
                for n in $(seq 20); do \(client) DUMP patient:$n; done >/dev/null
                \(client) --rdb copy.rdb >/dev/null
                \(client) SET done 1 >/dev/null
                until grep -q '"done"' monitor.log; do :; done
                kill $monitor
                """, environment: ["REDISCLI_AUTH": Self.password], in: server.folder)
            let monitor = try await LogsUnderAttack.read(server.folder.path("monitor.log"))
            monitor.expectAllRead(as: "redis-monitor", lines: 60...1_000)
            monitor.expect(.databaseDump, from: "127.0.0.*", succeeded: true)
            #expect(!monitor.incidents(.personalDataInLog).isEmpty)
            monitor.expectNothingReadable(Self.secrets)
            let log = try await LogsUnderAttack.read(server.folder.path("redis.log"))
            log.expectAllRead(as: "redis", lines: 10...1_000)
            // `--rdb` is a replica for as long as it takes.
            log.expect(.databaseDump, from: "127.0.0.*", succeeded: true)
            log.expectNothingReadable(Self.secrets)
        }
    }
}
