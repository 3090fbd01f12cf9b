import Datastores
import Testing

@Suite("Adding up rights")
struct AccessResolverTests {
    private func names(_ rights: AccessRights, schema: String = "public", table: String = "patients") -> [Grantee] {
        AccessResolver(rights).grants(schema: schema, table: table).map(\.grantee)
    }

    private let table = AccessEntry.Extent.table(schema: "public", name: "patients")

    @Test("roles pass their rights on, through other roles too, and roles that hold each other don't hang it")
    func roles() throws {
        let rights = AccessRights(
            accounts: [
                AccessAccount(name: "nurse", memberOf: ["ward"]), AccessAccount(name: "ward", canLogin: false, memberOf: ["reader", "loop"]),
                AccessAccount(name: "reader", canLogin: false), AccessAccount(name: "loop", canLogin: false, memberOf: ["ward"]),
                AccessAccount(name: "stranger"),
            ],
            entries: [AccessEntry(.account("reader"), table, [.read])])
        let grants = AccessResolver(rights).grants(schema: "public", table: "patients")
        #expect(grants.map(\.grantee) == [.account("nurse")])
        #expect(grants.first?.viaRoles == ["ward"] && grants.first?.privileges == [.read] && grants.first?.breadth == .table)
    }

    @Test("a member of a superuser is one; a superuser who can't log in isn't listed")
    func superusers() throws {
        let rights = AccessRights(
            accounts: [
                AccessAccount(name: "root", canLogin: false, isSuperuser: true), AccessAccount(name: "app", memberOf: ["root"]),
            ])
        let grant = try #require(AccessResolver(rights).grants(schema: "s", table: "t").first)
        #expect(grant.isSuperuser && grant.viaRoles == ["root"] && grant.breadth == .server)
        #expect(grant.privileges == Set(AccessPrivilege.allCases))
    }

    @Test("what everybody has is everybody's only where everybody gets in")
    func everybody() {
        var rights = AccessRights(
            accounts: [AccessAccount(name: "inside"), AccessAccount(name: "outside")],
            entries: [AccessEntry(.everybody, table, [.read])], schemaUsers: ["public": [.everybody]], connectors: [.everybody])
        #expect(names(rights) == [.everybody])
        rights.schemaUsers = ["public": [.account("inside")]]
        let grants = AccessResolver(rights).grants(schema: "public", table: "patients")
        #expect(grants.map(\.grantee) == [.account("inside")] && grants.first?.viaRoles == ["PUBLIC"])
        rights.connectors = [.account("outside")]
        #expect(names(rights).isEmpty)
    }

    @Test("columns add up, and a right on the table covers them all")
    func columns() {
        var rights = AccessRights(
            accounts: [AccessAccount(name: "a")],
            entries: [
                AccessEntry(.account("a"), table, [.read], columns: ["name"]), AccessEntry(.account("a"), table, [.read], columns: ["id", "name"]),
                AccessEntry(.account("a"), table, [.write]),
            ])
        #expect(AccessResolver(rights).grants(schema: "public", table: "patients").first?.columns == ["id", "name"])
        rights.entries.append(AccessEntry(.account("a"), table, [.read]))
        #expect(AccessResolver(rights).grants(schema: "public", table: "patients").first?.columns == nil)
    }

    @Test(
        "a pattern of schemas covers those it matches",
        arguments: [
            ("clinic", "clinic", true, AccessGrant.Breadth.schema), ("clinic\\_a", "clinic_a", true, .schema),
            ("clinic\\_a", "clinicXa", false, .schema),
            ("clinic_a", "clinicXa", true, .schema), ("clinic%", "clinic_a", true, .schemas), ("%", "anything", true, .schemas),
            ("c%a%c", "caaac", true, .schemas), ("c%a%c", "cc", false, .schemas), ("", "clinic", false, .schema),
        ])
    func patterns(pattern: String, schema: String, covers: Bool, breadth: AccessGrant.Breadth) {
        let rights = AccessRights(
            accounts: [AccessAccount(name: "a@%")], entries: [AccessEntry(.account("a@%"), .schemas(like: pattern), [.read])])
        let grants = AccessResolver(rights).grants(schema: schema, table: "t")
        #expect(grants.map(\.breadth) == (covers ? [breadth] : []))
    }

    @Test("a long pattern of wildcards is matched in time that doesn't explode")
    func longPattern() {
        let rights = AccessRights(
            accounts: [AccessAccount(name: "a")], entries: [AccessEntry(.account("a"), .schemas(like: String(repeating: "%a", count: 200)), [.read])])
        #expect(names(rights, schema: String(repeating: "a", count: 199)).isEmpty)
        #expect(names(rights, schema: String(repeating: "a", count: 200)) == [.account("a")])
    }

    @Test(
        "grantees of MySQL and MariaDB are read",
        arguments: [
            ("'app'@'%'", Grantee.account("app@%")), ("'a'b'@'10.0.0.%'", .account("a'b@10.0.0.%")), ("'x@y'@'localhost'", .account("x@y@localhost")),
            ("'reader'@''", .account("reader")), ("reader", .account("reader")), ("''@'localhost'", .everybody), ("PUBLIC", .everybody),
            ("'PUBLIC'@''", .everybody),
        ])
    func grantees(text: String, grantee: Grantee) {
        #expect(MySQLGrantee(text).grantee == grantee)
    }
}
