import PatientData
import Testing

@Suite("Columns of every kind")
struct KindColumnTests {
    @Test("every kind but those of other suites has a column here")
    func complete() {
        let here = Set(KindColumns.all.map(\.kind)).union(ClassifierTests.kinds.map(\.0))
        // Hashes of passwords can't be read: they are among the protected columns.
        #expect(Set(DataKind.allCases).subtracting(here) == [.passwordHash, .none])
    }

    @Test("an honest name, or its abbreviation, and the values agree", arguments: KindColumns.all.indices)
    func named(index: Int) {
        let fixture = KindColumns.all[index]
        for name in fixture.names {
            var builder = ColumnBuilder(seed: UInt64(500 + index))
            let found = verdict(name, type: fixture.type, builder.column(fixture))
            #expect(found.kind == fixture.kind, "\(name): \(found.kind) \(found.share)")
            #expect(found.isInClear, "\(name)")
        }
    }

    /// Undecidable without a name are sexes, ages, postcodes and other enumerations and shapes: see `isDecidable` of the fixtures.
    @Test("without a name a column is of its kind where the values prove it, and of no other in any case", arguments: KindColumns.all.indices)
    func unnamed(index: Int) {
        let fixture = KindColumns.all[index]
        for name in ["c1", "c27", "字段2", "col_b"] {
            var builder = ColumnBuilder(seed: UInt64(700 + index))
            let found = verdict(name, type: fixture.type, builder.column(fixture)).kind
            #expect(found == fixture.kind || (!fixture.isDecidable && found == .none), "\(fixture.kind) under \(name): \(found)")
        }
    }

    @Test("a name that says otherwise keeps shapes from being taken for a person's data")
    func contradicted() {
        var builder = ColumnBuilder(seed: 3)
        #expect(verdict("version", builder.values(100) { "1.\($0.below(9)).\($0.below(9)).\($0.below(200))" }).kind == .none)
        #expect(verdict("batch_no", builder.values(100) { "E" + $0.digits(8) }).kind == .none)
        // But numbers with check digits are what they are.
        #expect(verdict("remark_no", builder.values(100) { $0.idCard() }).kind == .idCard)
    }

    @Test("documents of several kinds stand in one column; numbers that prove themselves decide")
    func mixedDocuments() {
        var builder = ColumnBuilder(seed: 4)
        let mixed = builder.values(200) { $0.below(3) == 0 ? "E" + $0.digits(8) : $0.idCard() }
        #expect(verdict("证件号码", mixed).kind == .idCard)
    }

    @Test("passwords are told from their hashes, whatever the column is called")
    func passwords() {
        var builder = ColumnBuilder(seed: 5)
        let bcrypt = builder.values(80) { "$2b$12$" + $0.base64(bytes: 39).prefix(53) }
        for name in ["password", "c1", "密码"] {
            let found = verdict(name, bcrypt)
            #expect(found.kind == .passwordHash && found.protection == .hashed && !found.isInClear, "\(name) \(found.kind)")
        }
        let digests = builder.values(80) { $0.hex(64) }
        #expect(verdict("user_pwd", digests).kind == .passwordHash)
        #expect(verdict("c1", digests).kind == .none)
        let sealed = builder.values(80) { "vault:v1:" + $0.base64(bytes: 40) }
        let found = verdict("password", sealed)
        #expect(found.kind == .password && found.protection == .encrypted && !found.isInClear)
    }

    @Test("what Suwen sealed is called sealed, and keeps the kind that its name says")
    func sealed() {
        var builder = ColumnBuilder(seed: 6)
        let text = verdict("身份证号", builder.values(80) { "suwen:1:" + $0.base64(bytes: 46) })
        #expect(text.kind == .idCard && text.protection == .sealed && !text.isInClear)
        let binary = verdict("mobile", type: "bytea", builder.values(80) { "\\x535701" + $0.hex(80) })
        #expect(binary.kind == .mobile && binary.protection == .sealed)
        let mixed = verdict("身份证号", builder.values(80) { $0.below(2) == 0 ? $0.idCard() : "suwen:1:" + $0.base64(bytes: 46) })
        guard case .mixed(let shares) = mixed.protection else {
            Issue.record("\(mixed.protection)")
            return
        }
        #expect(shares.sealed > 0.3 && shares.plaintext > 0.3 && mixed.isInClear)
        #expect(verdict("note", builder.values(80) { "suwen:2:" + $0.digits(5) }).protection == .plaintext)
    }
}
