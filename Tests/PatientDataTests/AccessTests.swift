import Datastores
import Estate
import Findings
import Foundation
import Logging
import Network
import PatientData
import Regulations
import Testing

@Suite("Who reaches patient data")
struct AccessTests {
    private static let now = Date(timeIntervalSince1970: 1_795_500_000)
    private static let patients = AccessEntry.Extent.table(schema: "public", name: "patients")

    private static func days(_ days: Double) -> Date { now.addingTimeInterval(-days * 86_400) }

    private static let tables: [MemoryTable] = {
        var builder = ColumnBuilder()
        var patients = MemoryTable(
            "patients", [Column(name: "xm"), Column(name: "sfzh"), Column(name: "note")],
            rows: (0..<60).map { _ in [builder.name(), builder.idCard(), "x"] })
        var goods = MemoryTable("goods", [Column(name: "drug_name")], rows: (0..<60).map { _ in [builder.drug()] })
        patients.table.schema = "public"
        goods.table.schema = "public"
        return [patients, goods]
    }()

    private func discover(_ rights: AccessRights?, refusal: DatastoreError.Problem? = nil) async throws -> DiscoveryResult {
        let store = Store(name: "clinic", url: "postgresql://u@127.0.0.1/clinic")
        let opener = MemoryOpener(stores: ["clinic": MemoryStore(tables: Self.tables, rights: rights, rightsRefusal: refusal)])
        let context = InspectionContext(now: Self.now, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        return try await PatientDataDiscovery(opener: opener).run([store], scope: Scope(), context)
    }

    private func rights(
        _ accounts: [AccessAccount], _ entries: [AccessEntry], gaps: Set<AccessRights.Gap> = []
    ) -> AccessRights {
        AccessRights(accounts: accounts, entries: entries, gaps: gaps, readAt: Self.now)
    }

    /// The outcome of each access check, the findings, and that every word of them stands in the catalogue.
    private func judge(_ rights: AccessRights) async throws -> Inspection {
        let inspection = try await discover(rights).inspection
        #expect(try Catalogue.load().wording.missingKeys(inspection) == [])
        return inspection
    }

    @Test("accounts that read what they need pass every check")
    func healthy() async throws {
        let inspection = try await judge(
            rights(
                [
                    AccessAccount(name: "postgres", isSuperuser: true, isBuiltIn: true),
                    AccessAccount(name: "his_app", lastLogin: .after(Self.days(1))), AccessAccount(name: "backup", lastLogin: .after(Self.days(1))),
                ],
                [
                    AccessEntry(.account("his_app"), Self.patients, [.read, .write]), AccessEntry(.account("backup"), .server, [.read]),
                    // What is only a list of goods may be everybody's.
                    AccessEntry(.everybody, .table(schema: "public", name: "goods"), [.read]),
                ]))
        for check in PatientDataInspector.accessChecks {
            #expect(inspection.check(check)?.outcome == .passed && inspection.check(check)?.examined == 2, "\(check)")
        }
        #expect(inspection.examined.contains("clinic/@") && inspection.unexamined.isEmpty)
        let exhibit = try #require(inspection.exhibits.first { $0.id == "patient-data.access" })
        #expect(exhibit.rows.map { $0[1] } == [.term("grantee.everybody"), .text("backup"), .text("his_app"), .text("postgres")])
    }

    @Test("a table that everybody reads fails, with its level; one of its harmless columns doesn't")
    func everybody() async throws {
        let open = try await judge(rights([], [AccessEntry(.everybody, Self.patients, [.read])]))
        let finding = try #require(open.check(PatientDataInspector.publicCheck)?.findings.first)
        #expect(finding.asset == "clinic/public.patients" && finding.severity == nil && finding.facts["level"] == .count(4))
        #expect(finding.subject == "clinic/@")
        let harmless = try await judge(rights([], [AccessEntry(.everybody, Self.patients, [.read], columns: ["note"])]))
        #expect(harmless.check(PatientDataInspector.publicCheck)?.outcome == .passed)
        let name = try await judge(rights([], [AccessEntry(.everybody, Self.patients, [.read], columns: ["xm"])]))
        #expect(name.check(PatientDataInspector.publicCheck)?.outcome == .failed)
    }

    struct Excess: Sendable {
        var account: AccessAccount
        var entry: AccessEntry
        var severity: Severity?
        var term: String?
    }

    static let excesses = [
        Excess(
            account: AccessAccount(name: "his_app", isSuperuser: true), entry: AccessEntry(.everybody, .server, []), severity: .critical,
            term: "superuser"),
        Excess(
            account: AccessAccount(name: "zhang", isSuperuser: true), entry: AccessEntry(.everybody, .server, []), severity: .high, term: "superuser"),
        Excess(account: AccessAccount(name: "dba", isSuperuser: true), entry: AccessEntry(.everybody, .server, [])),
        Excess(account: AccessAccount(name: "first", isSuperuser: true, isBuiltIn: true), entry: AccessEntry(.everybody, .server, [])),
        Excess(account: AccessAccount(name: "zhang"), entry: AccessEntry(.account("zhang"), .server, [.read]), severity: .high, term: "everything"),
        Excess(
            account: AccessAccount(name: "web@10.%"), entry: AccessEntry(.account("web@10.%"), .schemas(like: "pub%"), [.read]), severity: .high,
            term: "wildcard"),
        Excess(account: AccessAccount(name: "web@10.%"), entry: AccessEntry(.account("web@10.%"), .schemas(like: "public"), [.read, .write])),
        Excess(
            account: AccessAccount(name: "zhang"), entry: AccessEntry(.account("zhang"), patients, [.read, .delegate]), severity: .medium,
            term: "delegate"),
        Excess(account: AccessAccount(name: "owner"), entry: AccessEntry(.account("owner"), patients, [.read, .define, .delegate])),
        Excess(account: AccessAccount(name: "locked", canLogin: false, isSuperuser: true), entry: AccessEntry(.everybody, .server, [])),
    ]

    @Test("superusers, server-wide and wildcard rights of applications are too much; administration may have them", arguments: excesses)
    func excess(_ sample: Excess) async throws {
        let inspection = try await judge(rights([sample.account], [sample.entry]))
        let findings = inspection.check(PatientDataInspector.excessiveCheck)?.findings ?? []
        #expect(findings.map(\.severity) == (sample.term == nil ? [] : [sample.severity]))
        #expect(findings.first?.facts["excess"] == sample.term.map { .term("excess.\($0)") })
    }

    @Test(
        "shared and generic accounts fail, and such without a password",
        arguments: [
            (AccessAccount(name: "test"), Severity.medium), (AccessAccount(name: "his_test@%", fromAnywhere: true), .high),
            (AccessAccount(name: "app@%", fromAnywhere: true), .high), (AccessAccount(name: "admin@%", fromAnywhere: true), .high),
            (AccessAccount(name: "root@%", fromAnywhere: true), .high), (AccessAccount(name: "app@10.0.0.1", fromAnywhere: false), nil),
            (AccessAccount(name: "admin"), nil), (AccessAccount(name: "his_app@%", fromAnywhere: true), nil),
            (AccessAccount(name: "latest_orders"), nil), (AccessAccount(name: "orders@10.0.0.1", hasPassword: false), .critical),
            (AccessAccount(name: "orders@10.0.0.1", hasPassword: true), nil),
        ])
    func shared(account: AccessAccount, severity: Severity?) async throws {
        let inspection = try await judge(rights([account], [AccessEntry(.account(account.name), Self.patients, [.read])]))
        #expect((inspection.check(PatientDataInspector.sharedCheck)?.findings ?? []).map(\.severity) == (severity.map { [$0] } ?? []))
    }

    @Test("ninety days without a login, and an expired password, are findings; less, and a login, are none")
    func dormant() async throws {
        let accounts = [
            AccessAccount(name: "idle", lastLogin: .notSince(Self.days(90.5))), AccessAccount(name: "young", lastLogin: .notSince(Self.days(89.5))),
            AccessAccount(name: "busy", lastLogin: .after(Self.days(300))), AccessAccount(name: "expired", expires: Self.days(1)),
            AccessAccount(name: "valid", expires: Self.days(-1)), AccessAccount(name: "harmless", lastLogin: .notSince(Self.days(400))),
        ]
        let entries = accounts.dropLast().map { AccessEntry(.account($0.name), Self.patients, [.read]) }
        let inspection = try await judge(rights(accounts, entries))
        #expect(inspection.assets(PatientDataInspector.dormantCheck) == ["clinic/@expired", "clinic/@idle"])
    }

    @Test("what the account can't see is not assessed, and said so; what it does see still fails")
    func gaps() async throws {
        let hidden = try await judge(rights([], [], gaps: [.otherAccounts, .logins, .roles]))
        for check in [PatientDataInspector.publicCheck, PatientDataInspector.excessiveCheck, PatientDataInspector.sharedCheck] {
            #expect(hidden.check(check)?.outcome == .notAssessed(Message("patient-data.accounts-unseen", ["stores": .list([.text("clinic")])])))
        }
        #expect(hidden.unexamined.count == 2 && hidden.examined == ["clinic"])
        let seen = try await judge(rights([], [AccessEntry(.everybody, Self.patients, [.read])], gaps: [.otherAccounts]))
        #expect(seen.check(PatientDataInspector.publicCheck)?.outcome == .failed)

        let postgreSQL = try await judge(rights([AccessAccount(name: "a")], [], gaps: [.logins]))
        #expect(postgreSQL.check(PatientDataInspector.publicCheck)?.outcome == .passed)
        #expect(
            postgreSQL.check(PatientDataInspector.dormantCheck)?.outcome
                == .notAssessed(Message("patient-data.logins-unseen", ["stores": .list([.text("clinic")])])))
        // No run is incomplete because PostgreSQL keeps no such times.
        #expect(postgreSQL.unexamined.isEmpty && postgreSQL.examined == ["clinic", "clinic/@"])
    }

    @Test("rights that can't be read are told, and the columns are judged all the same")
    func refused() async throws {
        let inspection = try await discover(nil, refusal: .failed("42501")).inspection
        #expect(try Catalogue.load().wording.missingKeys(inspection) == [])
        #expect(inspection.unexamined.map(\.reason.key) == ["patient-data.access-failed"])
        #expect(inspection.check(PatientDataInspector.identityCheck)?.outcome == .failed)
        if case .notAssessed? = inspection.check(PatientDataInspector.publicCheck)?.outcome {} else { Issue.record("assessed") }
    }

    @Test("files have no accounts: the checks are about nothing here")
    func files() async throws {
        let inspection = await inspect([("s", MemoryStore(tables: Self.tables))])
        for check in PatientDataInspector.accessChecks {
            #expect(inspection.check(check)?.outcome == .notApplicable(Message("patient-data.no-accounts")))
        }
        #expect(try Catalogue.load().wording.missingKeys(inspection) == [])
    }

    @Test("the grants of the JSON document name store, table, account and level; an account that is called after a person is masked")
    func rows() async throws {
        let accounts = [
            AccessAccount(name: "王建国", lastLogin: .notSince(Self.days(2)), memberOf: ["reader"]), AccessAccount(name: "dr13812345678@%"),
            AccessAccount(name: "reader", canLogin: false),
        ]
        let result = try await discover(
            rights(
                accounts,
                [
                    AccessEntry(.everybody, Self.patients, [.read], columns: ["sfzh"]), AccessEntry(.account("reader"), Self.patients, [.read]),
                    AccessEntry(.account("dr13812345678@%"), Self.patients, [.write, .read]),
                ]))
        let rows = result.grants
        #expect(rows.map(\.grantee) == ["PUBLIC", "dr***@%", "王**"])
        #expect(
            rows.map(\.public) == [true, false, false] && rows.allSatisfy { $0.store == "clinic" && $0.table == "public.patients" && $0.level == 4 })
        #expect(rows[1].privileges == [.read, .write] && rows[2].via == ["reader"])
        #expect(rows[2].noLoginSince == Self.days(2).formatted(.iso8601) && rows[2].lastLogin == nil)
        let text =
            String(decoding: try JSONEncoder().encode(result.inspection), as: UTF8.self)
            + String(decoding: try JSONEncoder().encode(rows), as: UTF8.self)
        #expect(!text.contains("建国") && !text.contains("13812345678"))
    }
}
