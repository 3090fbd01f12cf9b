import Datastores
import Estate
import Findings
import Foundation
import Logging
import Network
import PatientData
import ReferenceData
import Samples
import TestServers
import Testing

/// The patient data inspector against real servers.
@Suite("Patient data in real databases")
struct PatientDataIntegrationTests {
    private static let rows = 600
    private static let password = "Synthetic-4711"

    /// SQL that both servers understand: a clear table, one whose person columns are encrypted, and one without persons.
    private static func script() throws -> String {
        let today = try #require(CivilDate(year: 2026, month: 11, day: 24))
        let clear = SamplePatients(rows: rows, seed: 11, referenceDate: today)
        let encrypted = SamplePatients(rows: rows, seed: 11, protection: .encrypted, referenceDate: today)
        return try table(clear, named: "patients") + table(encrypted, named: "patients_sealed")
            + "CREATE TABLE orders (order_no varchar(20), price numeric(10,2), created_at timestamp);\n"
            + (0..<50).map { "INSERT INTO orders VALUES ('2026112400000\(100_000 + $0)', \($0).50, '2026-11-24 10:00:00');\n" }.joined()
    }

    private static func table(_ patients: SamplePatients, named name: String) throws -> String {
        let columns = patients.table(named: name).columns
        var script = "CREATE TABLE \(name) (\(columns.map { "\($0.name) \($0.type)" }.joined(separator: ", ")));\n"
        try patients.generate { batch in
            for row in 0..<batch.rowCount {
                let values = batch.columns.map { column in
                    column.isNull[row]
                        ? "NULL" : "'" + String(decoding: column.bytes[column.offsets[row]..<column.offsets[row + 1]], as: UTF8.self) + "'"
                }
                script += "INSERT INTO \(name) VALUES (\(values.joined(separator: ", ")));\n"
            }
        }
        return script
    }

    private func inspect(_ url: String, password: String?, folder: URL, scope: Scope) async throws -> Inspection {
        let file = folder.appendingPathComponent("password-\(UUID().uuidString)")
        if let password {
            try Data(password.utf8).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        }
        let estate = Estate(
            file: folder.appendingPathComponent("estate.yaml"), organisation: Organisation(name: "测试"), scope: scope,
            stores: [Store(name: "clinic", url: url, passwordFrom: password == nil ? nil : .file(file))],
            history: folder.appendingPathComponent("history.sqlite"))
        return await PatientDataInspector().inspect(estate, InspectionContext(now: Date(), logger: Logger(label: "test")))
    }

    private var loopback: Scope {
        get throws { Scope(networks: [try #require(CIDR("127.0.0.1/32"))]) }
    }

    private func expectFound(_ inspection: Inspection, prefix: String) {
        #expect(inspection.unexamined.isEmpty, "\(inspection.unexamined)")
        // The tables, and who has rights on them.
        #expect(inspection.examined == ["clinic", "clinic/@"])
        let assets = Dictionary(uniqueKeysWithValues: inspection.checks.map { ($0.check, $0.findings.map(\.asset).sorted()) })
        let table = "clinic/\(prefix)patients"
        #expect(assets[PatientDataInspector.identityCheck] == ["\(table).id_card"])
        #expect(assets[PatientDataInspector.healthCheck] == ["\(table).diagnosis", "\(table).prescription"])
        #expect(assets[PatientDataInspector.contactCheck] == ["address", "bank_card", "email", "mobile", "name"].map { "\(table).\($0)" })
        #expect(inspection.persons == Self.rows)
        let sealed =
            inspection.exhibits.first { $0.id == "patient-data.columns" }?.rows.filter { $0[1] == .text("\(prefix)patients_sealed") } ?? []
        #expect(sealed.filter { $0[5] == .term("state.encrypted") }.count == 9, "\(sealed)")
    }

    @Test("PostgreSQL: clear and encrypted columns are told apart, persons are counted, a wrong password is coverage")
    func postgreSQL() async throws {
        try await PostgreSQLServer.with(authentication: .password(Self.password)) { server in
            try await server.execute(try Self.script())
            let url = "postgresql://\(server.user)@\(server.host):\(server.port)/\(server.database)"
            let folder = server.folder.url
            expectFound(try await inspect(url, password: Self.password, folder: folder, scope: try loopback), prefix: "public.")
            let refused = try await inspect(url, password: "wrong", folder: folder, scope: try loopback)
            #expect(refused.unexamined.map(\.reason.key) == ["patient-data.refused"] && refused.persons == nil)
            let outside = try await inspect(url, password: Self.password, folder: folder, scope: Scope())
            #expect(outside.unexamined.map(\.reason.key) == ["patient-data.out-of-scope"])
        }
    }

    @Test("MariaDB: clear and encrypted columns are told apart, persons are counted, a wrong password is coverage")
    func mariaDB() async throws {
        try await MariaDBServer.with(authentication: .password(Self.password)) { server in
            try await server.execute(try Self.script())
            let url = "mysql://\(server.user)@\(server.host):\(server.port)/\(server.database)"
            let folder = server.folder.url
            expectFound(try await inspect(url, password: Self.password, folder: folder, scope: try loopback), prefix: "\(server.database).")
            let refused = try await inspect(url, password: "wrong", folder: folder, scope: try loopback)
            #expect(refused.unexamined.map(\.reason.key) == ["patient-data.refused"] && refused.persons == nil)
        }
    }

    @Test("where no server answers the store is not reachable, and says so")
    func unreachable() async throws {
        // Port 1 (tcpmux) has had no user for decades.
        let inspection = try await inspect(
            "postgresql://suwen@127.0.0.1:1/postgres", password: nil, folder: FileManager.default.temporaryDirectory, scope: try loopback)
        #expect(inspection.unexamined.map(\.reason.key) == ["patient-data.unreachable"])
    }
}
