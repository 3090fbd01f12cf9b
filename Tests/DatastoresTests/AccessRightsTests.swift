import Cryptography
import Datastores
import Foundation
import Network
import TestServers
import Testing

/// Rights read from real servers, and compared with what the servers themselves say.
@Suite("AccessRights")
struct AccessRightsTests {
    private static let loopback = Scope(networks: ["127.0.0.1"].compactMap { CIDR($0) })

    private func rights(_ url: String, password: String? = nil) async throws -> AccessRights {
        try await withDatastore(try StoreLocation(url), scope: Self.loopback, password: password.map { Secret($0.utf8) }) { try $0.accessRights() }
    }

    private func grants(_ rights: AccessRights, _ schema: String, _ table: String) -> [String: AccessGrant] {
        let grants = AccessResolver(rights).grants(schema: schema, table: table)
        return Dictionary(
            uniqueKeysWithValues: grants.map { grant in
                switch grant.grantee {
                case .everybody: ("*", grant)
                case .account(let name): (name, grant)
                }
            })
    }

    // MARK: PostgreSQL

    private static let postgreSQLSetup = """
        CREATE SCHEMA his; CREATE SCHEMA closed;
        CREATE TABLE his.patients (id int, name text, "id card" text) PARTITION BY RANGE (id);
        CREATE TABLE his.patients_1 PARTITION OF his.patients FOR VALUES FROM (0) TO (10);
        CREATE TABLE his."Weird ""name" (c text);
        CREATE TABLE closed.secrets (c text);
        CREATE ROLE reader; CREATE ROLE deep; CREATE ROLE boss SUPERUSER; CREATE ROLE writer;
        CREATE ROLE app LOGIN SUPERUSER; CREATE ROLE nurse LOGIN; CREATE ROLE doctor LOGIN NOINHERIT; CREATE ROLE clerk LOGIN;
        CREATE ROLE backup LOGIN; CREATE ROLE nobody LOGIN; CREATE ROLE gone LOGIN VALID UNTIL '2020-01-01'; CREATE ROLE forever LOGIN VALID UNTIL 'infinity';
        CREATE ROLE shadow LOGIN; CREATE ROLE part LOGIN; CREATE ROLE owner LOGIN; CREATE ROLE suwen_reader LOGIN;
        GRANT USAGE ON SCHEMA his TO PUBLIC;
        GRANT SELECT ON his.patients TO reader; GRANT reader TO deep; GRANT deep TO nurse; GRANT reader TO doctor; GRANT boss TO shadow;
        GRANT SELECT (name), UPDATE (name) ON his.patients TO clerk;
        GRANT pg_read_all_data TO backup;
        GRANT SELECT ON his.patients_1 TO part;
        GRANT SELECT ON his."Weird ""name" TO PUBLIC;
        GRANT SELECT ON closed.secrets TO PUBLIC, nobody; GRANT USAGE ON SCHEMA closed TO forever;
        GRANT INSERT, SELECT ON his.patients TO gone WITH GRANT OPTION;
        ALTER TABLE his."Weird ""name" OWNER TO owner;
        """

    @Test("PostgreSQL: an account without any right sees everybody's: own, by roles, by superusers, by columns, by partitions, by everybody")
    func postgreSQL() async throws {
        try await PostgreSQLServer.with { server in
            try await server.execute(Self.postgreSQLSetup)
            let rights = try await rights("postgresql://suwen_reader@127.0.0.1:\(server.port)/postgres")
            #expect(rights.hasAccounts && rights.gaps == [.logins])

            let patients = grants(rights, "his", "patients")
            #expect(Set(patients.keys) == ["app", "suwen", "nurse", "doctor", "clerk", "backup", "gone", "shadow", "part"])
            #expect(patients["nurse"]?.viaRoles == ["deep"] && patients["doctor"]?.viaRoles == ["reader"])
            #expect(patients["clerk"]?.columns == ["name"] && patients["clerk"]?.privileges == [.read, .write])
            #expect(patients["backup"]?.breadth == .server && patients["backup"]?.viaRoles == ["pg_read_all_data"])
            #expect(patients["gone"]?.privileges == [.read, .write, .delegate])
            #expect(patients["app"]?.isSuperuser == true && patients["shadow"]?.isSuperuser == true && patients["shadow"]?.viaRoles == ["boss"])
            #expect(patients["app"]?.columns == nil)

            let weird = grants(rights, "his", "Weird \"name")
            #expect(weird["*"]?.privileges == [.read] && weird["owner"]?.privileges.isSuperset(of: [.read, .define, .delegate]) == true)
            #expect(weird["nurse"] == nil)

            let secrets = grants(rights, "closed", "secrets")
            #expect(secrets["*"] == nil && secrets["nobody"] == nil && secrets["forever"]?.viaRoles == ["PUBLIC"])

            let accounts = Dictionary(uniqueKeysWithValues: rights.accounts.map { ($0.name, $0) })
            #expect(accounts["suwen"]?.isBuiltIn == true && accounts["app"]?.isBuiltIn == false)
            #expect(accounts["gone"]?.expires.map { $0 < rights.readAt } == true && accounts["forever"]?.expires == nil)
            #expect(accounts["reader"]?.canLogin == false)
            // The reading account is connected at this moment.
            if case .after? = accounts["suwen_reader"]?.lastLogin {} else { Issue.record("\(String(describing: accounts["suwen_reader"]))") }
            #expect(accounts["nurse"]?.lastLogin == .unknown)
        }
    }

    @Test("PostgreSQL: for every account and table the sum is what the server's own functions say")
    func postgreSQLOracle() async throws {
        try await PostgreSQLServer.with { server in
            try await server.execute(Self.postgreSQLSetup)
            let rights = try await rights("postgresql://suwen_reader@127.0.0.1:\(server.port)/postgres")
            let resolver = AccessResolver(rights)
            // Whether any role that the account may take on can select something there: the server's word.
            let answer = try await server.execute(
                """
                SELECT r.rolname, n.nspname, c.relname,
                       EXISTS (SELECT FROM pg_roles x WHERE pg_has_role(r.oid, x.oid, 'MEMBER') AND has_any_column_privilege(x.oid, c.oid, 'SELECT'))
                       AND EXISTS (SELECT FROM pg_roles x WHERE pg_has_role(r.oid, x.oid, 'MEMBER') AND has_schema_privilege(x.oid, n.oid, 'USAGE')),
                       EXISTS (SELECT FROM pg_roles x WHERE pg_has_role(r.oid, x.oid, 'MEMBER') AND (has_table_privilege(x.oid, c.oid, 'INSERT, DELETE, TRUNCATE')
                               OR has_any_column_privilege(x.oid, c.oid, 'INSERT, UPDATE')))
                       AND EXISTS (SELECT FROM pg_roles x WHERE pg_has_role(r.oid, x.oid, 'MEMBER') AND has_schema_privilege(x.oid, n.oid, 'USAGE'))
                FROM pg_roles r, pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE r.rolcanlogin AND n.nspname IN ('his', 'closed') AND c.relkind IN ('r', 'p') AND c.relname <> 'patients_1'
                """)
            let lines = answer.split(separator: "\n")
            #expect(lines.count == rights.accounts.filter(\.canLogin).count * 3)
            for line in lines {
                let fields = line.split(separator: "|").map(String.init)
                let grants = resolver.grants(schema: fields[1], table: fields[2]).filter { $0.isPublic || $0.grantee == .account(fields[0]) }
                // Rights on one partition show at its root, where the server knows none.
                guard fields[0] != "part" else { continue }
                #expect(grants.contains { $0.privileges.contains(.read) } == (fields[3] == "t"), "\(line)")
                #expect(grants.contains { $0.privileges.contains(.write) } == (fields[4] == "t"), "\(line)")
            }
        }
    }

    @Test("PostgreSQL: reading rights sends nothing but SELECT, by the server's own log of statements")
    func postgreSQLStatements() async throws {
        try await PostgreSQLServer.with(settings: ["log_statement = 'all'", "log_line_prefix = '<%u> '"]) { server in
            try await server.execute(Self.postgreSQLSetup)
            _ = try await rights("postgresql://suwen_reader@127.0.0.1:\(server.port)/postgres")
            var log = ""
            for file in try FileManager.default.contentsOfDirectory(at: server.folder.url, includingPropertiesForKeys: nil)
            where file.lastPathComponent.hasPrefix("output-") { log += String(decoding: try Data(contentsOf: file), as: UTF8.self) }
            let mine = log.split(separator: "\n").filter {
                $0.hasPrefix("<suwen_reader> LOG:") && $0.contains("execute") || $0.contains("statement") && $0.hasPrefix("<suwen_reader> ")
            }
            #expect(mine.count >= 8)
            for line in mine { #expect(line.contains(": SELECT "), "\(line)") }
        }
    }

    // MARK: MariaDB

    private static let mariaDBSetup = """
        CREATE DATABASE clinic; CREATE DATABASE clinicX; CREATE DATABASE other;
        CREATE TABLE clinic.patients (id int, name varchar(20), id_card varchar(18)); CREATE TABLE clinic.open (c int); CREATE TABLE other.t (c int);
        CREATE USER app@'%' IDENTIFIED BY 'x'; CREATE USER shop@'10.%' IDENTIFIED BY 'x'; CREATE USER clerk@localhost IDENTIFIED BY 'x';
        CREATE USER bare@'%'; CREATE USER nurse@'127.0.0.1' IDENTIFIED BY 'n'; CREATE USER locked@'%' IDENTIFIED BY 'x' ACCOUNT LOCK;
        CREATE USER chief@'%' IDENTIFIED BY 'x'; CREATE USER auditor@'127.0.0.1' IDENTIFIED BY 'a'; CREATE USER watcher@'127.0.0.1' IDENTIFIED BY 'w';
        CREATE ROLE reader; CREATE ROLE deep; CREATE ROLE allreader;
        GRANT ALL ON *.* TO app@'%';
        GRANT SELECT, INSERT ON `clinic%`.* TO shop@'10.%';
        GRANT SELECT (name) ON clinic.patients TO clerk@localhost;
        GRANT SELECT ON clinic.patients TO bare@'%' WITH GRANT OPTION;
        GRANT SELECT ON clinic.patients TO reader; GRANT reader TO deep; GRANT deep TO nurse@'127.0.0.1';
        GRANT SELECT ON *.* TO allreader; GRANT allreader TO chief@'%';
        GRANT SELECT ON clinic.* TO locked@'%';
        GRANT SELECT ON clinic.open TO PUBLIC;
        GRANT SELECT ON mysql.* TO auditor@'127.0.0.1'; GRANT PROCESS ON *.* TO auditor@'127.0.0.1'; GRANT SELECT ON performance_schema.* TO auditor@'127.0.0.1';
        GRANT SELECT ON clinic.* TO watcher@'127.0.0.1';
        """

    @Test("MariaDB: an account that may read the grants sees everybody's: own, by roles, by patterns, by columns, by everybody")
    func mariaDB() async throws {
        try await MariaDBServer.with { server in
            try await server.execute(Self.mariaDBSetup)
            let rights = try await rights("mysql://auditor@127.0.0.1:\(server.port)/", password: "a")
            #expect(rights.hasAccounts && rights.gaps == [.logins])

            let patients = grants(rights, "clinic", "patients")
            #expect(
                Set(patients.keys) == [
                    "app@%", "shop@10.%", "clerk@localhost", "bare@%", "nurse@127.0.0.1", "chief@%", "watcher@127.0.0.1", "root@127.0.0.1",
                    "root@localhost", "root@::1",
                ])
            #expect(patients["app@%"]?.isSuperuser == true && patients["app@%"]?.breadth == .server)
            #expect(patients["shop@10.%"]?.breadth == .schemas && patients["shop@10.%"]?.privileges == [.read, .write])
            #expect(patients["clerk@localhost"]?.columns == ["name"])
            #expect(patients["bare@%"]?.privileges == [.read, .delegate] && patients["bare@%"]?.columns == nil)
            #expect(patients["nurse@127.0.0.1"]?.viaRoles == ["deep"])
            #expect(patients["chief@%"]?.viaRoles == ["allreader"] && patients["chief@%"]?.breadth == .server)

            #expect(grants(rights, "clinic", "open")["*"]?.privileges == [.read])
            #expect(grants(rights, "clinicX", "t")["shop@10.%"] != nil && grants(rights, "other", "t")["shop@10.%"] == nil)

            let accounts = Dictionary(uniqueKeysWithValues: rights.accounts.map { ($0.name, $0) })
            #expect(accounts["bare@%"]?.hasPassword == false && accounts["app@%"]?.hasPassword == true)
            #expect(accounts["app@%"]?.fromAnywhere == true && accounts["shop@10.%"]?.fromAnywhere == false)
            #expect(accounts["root@localhost"]?.isBuiltIn == true && accounts["app@%"]?.isBuiltIn == false)
            #expect(accounts["locked@%"]?.canLogin == false && accounts["reader"]?.canLogin == false)
        }
    }

    @Test("MariaDB: an account that may read one database only sees its own rights, and says that it sees no others")
    func mariaDBUnprivileged() async throws {
        try await MariaDBServer.with { server in
            try await server.execute(Self.mariaDBSetup)
            let rights = try await rights("mysql://watcher@127.0.0.1:\(server.port)/clinic", password: "w")
            #expect(rights.gaps.contains(.otherAccounts) && rights.gaps.contains(.roles))
            #expect(grants(rights, "clinic", "patients")["watcher@127.0.0.1"]?.privileges == [.read])
            #expect(grants(rights, "clinic", "patients")["app@%"] == nil)
        }
    }

    @Test("MariaDB: performance_schema tells who came since the server started, and reading rights changes nothing")
    func mariaDBLogins() async throws {
        try await MariaDBServer.with(settings: ["--performance-schema=on", "--log-output=TABLE", "--general-log=1"]) { server in
            try await server.execute(Self.mariaDBSetup)
            _ = try await rights("mysql://nurse@127.0.0.1:\(server.port)/", password: "n")
            let rights = try await rights("mysql://auditor@127.0.0.1:\(server.port)/", password: "a")
            #expect(rights.gaps.isEmpty)
            let accounts = Dictionary(uniqueKeysWithValues: rights.accounts.map { ($0.name, $0) })
            if case .after(let start)? = accounts["nurse@127.0.0.1"]?.lastLogin { #expect(start <= rights.readAt) } else { Issue.record("nurse") }
            if case .notSince(let start)? = accounts["shop@10.%"]?.lastLogin { #expect(start <= rights.readAt) } else { Issue.record("shop") }
            let log = try await server.execute(
                "SELECT DISTINCT UPPER(SUBSTRING_INDEX(argument, ' ', 1)) FROM mysql.general_log WHERE command_type = 'Query' AND user_host LIKE 'auditor%'"
            )
            #expect(Set(log.split(separator: "\n").map(String.init)) == ["SELECT", "SHOW", "SET"])
        }
    }

    @Test("a store without accounts says that it has none")
    func files() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("suwen-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("a,b\n1,2\n".utf8).write(to: file)
        #expect(try await rights("file:\(file.path)") == .noAccounts)
    }
}
