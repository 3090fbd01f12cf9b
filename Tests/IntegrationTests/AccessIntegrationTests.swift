import Datastores
import Estate
import Findings
import Foundation
import Logging
import Network
import PatientData
import Regulations
import TestServers
import Testing

/// Rights on patient data, from real servers to findings.
@Suite("Rights in real databases")
struct AccessIntegrationTests {
    private static let patients =
        "CREATE TABLE patients (name varchar(20), mobile varchar(11), diagnosis varchar(50));\n"
        + (0..<120).map { index in
            let surname = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴"][index % 10]
            let given = ["建国", "秀英", "志强", "丽华", "明", "静", "伟", "芳", "磊", "敏", "军", "艳"][index / 10]
            let illness = ["高血压", "2型糖尿病", "急性阑尾炎", "支气管肺炎", "慢性胃炎"][index % 5]
            return "INSERT INTO patients VALUES ('\(surname)\(given)', '138\(10_000_000 + index * 7919)', '\(illness)');"
        }.joined(separator: "\n")

    private func discover(_ url: String) async throws -> DiscoveryResult {
        let scope = Scope(networks: [try #require(CIDR("127.0.0.1/32"))])
        let context = InspectionContext(now: Date(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let result = try await PatientDataDiscovery().run([Store(name: "clinic", url: url)], scope: scope, context)
        #expect(try Catalogue.load().wording.missingKeys(result.inspection) == [])
        return result
    }

    private func assets(_ result: DiscoveryResult, _ check: CheckID) -> [String] {
        (result.inspection.checks.first { $0.check == check }?.findings ?? []).map(\.asset).sorted()
    }

    private func outcome(_ result: DiscoveryResult, _ check: CheckID) -> CheckResult.Outcome? {
        result.inspection.checks.first { $0.check == check }?.outcome
    }

    @Test("PostgreSQL: an account that may read one table sees who else may: PUBLIC, a superuser application, a test account, an expired one")
    func postgreSQL() async throws {
        try await PostgreSQLServer.with { server in
            try await server.execute(Self.patients)
            try await server.execute(
                """
                CREATE ROLE auditor LOGIN; GRANT SELECT ON patients TO auditor;
                CREATE ROLE his_app LOGIN; GRANT SELECT, INSERT, UPDATE ON patients TO his_app;
                """)
            let url = "postgresql://auditor@127.0.0.1:\(server.port)/postgres"
            let healthy = try await discover(url)
            for check in [PatientDataInspector.publicCheck, PatientDataInspector.excessiveCheck, PatientDataInspector.sharedCheck] {
                #expect(outcome(healthy, check) == .passed, "\(check)")
            }
            #expect(Set(healthy.grants.map(\.grantee)) == ["auditor", "his_app", "suwen"])
            #expect(healthy.grants.allSatisfy { $0.table == "public.patients" && $0.level == 4 && !$0.public })

            try await server.execute(
                """
                GRANT SELECT ON patients TO PUBLIC; ALTER ROLE his_app SUPERUSER; CREATE ROLE test LOGIN; GRANT SELECT ON patients TO test;
                CREATE ROLE former LOGIN VALID UNTIL '2024-01-01'; GRANT SELECT ON patients TO former;
                """)
            let sick = try await discover(url)
            #expect(assets(sick, PatientDataInspector.publicCheck) == ["clinic/public.patients"])
            #expect(assets(sick, PatientDataInspector.excessiveCheck) == ["clinic/@his_app"])
            #expect(assets(sick, PatientDataInspector.sharedCheck) == ["clinic/@test"])
            #expect(assets(sick, PatientDataInspector.dormantCheck) == ["clinic/@former"])
            #expect(sick.inspection.unexamined.isEmpty)
            #expect(sick.grants.first?.grantee == "PUBLIC" && sick.grants.contains { $0.grantee == "his_app" && $0.superuser })
        }
    }

    @Test("MariaDB: who may read the grants sees them judged; who may not is told so, and nothing is called well")
    func mariaDB() async throws {
        try await MariaDBServer.with(authentication: .password("Synthetic-4711")) { server in
            try await server.execute(Self.patients)
            try await server.execute(
                """
                CREATE USER auditor@'127.0.0.1'; GRANT SELECT ON test.* TO auditor@'127.0.0.1';
                CREATE USER checker@'127.0.0.1' IDENTIFIED VIA mysql_native_password USING '';
                GRANT SELECT ON test.* TO checker@'127.0.0.1'; GRANT SELECT ON mysql.* TO checker@'127.0.0.1';
                CREATE USER app@'%' IDENTIFIED BY 'a'; GRANT ALL ON *.* TO app@'%';
                CREATE USER web@'10.%' IDENTIFIED BY 'a'; GRANT SELECT ON `%`.* TO web@'10.%';
                CREATE USER fine@'10.0.0.1' IDENTIFIED BY 'a'; GRANT SELECT ON test.patients TO fine@'10.0.0.1';
                GRANT SELECT ON test.patients TO PUBLIC;
                """)
            let seen = try await discover("mysql://checker@127.0.0.1:\(server.port)/test")
            #expect(assets(seen, PatientDataInspector.publicCheck) == ["clinic/test.patients"])
            #expect(assets(seen, PatientDataInspector.excessiveCheck) == ["clinic/@app@%", "clinic/@web@10.%"])
            // A generic name from anywhere; the others have no password, nor has the root that the installation left on IPv6.
            let shared = ["clinic/@app@%", "clinic/@auditor@127.0.0.1", "clinic/@checker@127.0.0.1", "clinic/@root@::1"]
            #expect(assets(seen, PatientDataInspector.sharedCheck) == shared)
            #expect(seen.grants.contains { $0.grantee == "fine@10.0.0.1" && $0.privileges == [.read] })

            let hidden = try await discover("mysql://auditor@127.0.0.1:\(server.port)/test")
            let reason = Message("patient-data.accounts-unseen", ["stores": .list([.text("clinic")])])
            #expect(outcome(hidden, PatientDataInspector.excessiveCheck) == .notAssessed(reason))
            #expect(hidden.inspection.unexamined.map(\.subject) == ["clinic/@", "clinic/@"])
            #expect(hidden.inspection.examined == ["clinic"])
        }
    }
}
