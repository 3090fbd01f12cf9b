import PatientData
import Testing

@Suite("Protected columns")
struct ProtectedColumnTests {
    @Test("a masked column keeps the kind that its name says")
    func masked() {
        var builder = ColumnBuilder()
        let ids = verdict("sfzh", builder.values(200) { builder in String(builder.idCard().prefix(3)) + "***********" + builder.digits(4) })
        #expect(ids.kind == .idCard && ids.protection == .masked && !ids.isInClear)
        let names = verdict("姓名", builder.values(200) { String($0.name().prefix(1)) + "**" })
        #expect(names.kind == .name && names.protection == .masked && !names.isInClear)
        let dates = verdict("csrq", builder.values(60) { $0.date(from: 1930, to: 2016).prefix(4) + "-**-**" })
        #expect(dates.kind == .birthDate && dates.protection == .masked)
        let addresses = verdict("address", builder.values(60) { $0.address().prefix(2) + "******" })
        #expect(addresses.kind == .address && addresses.protection == .masked && !addresses.isInClear)
    }

    @Test("a hashed column keeps the kind that its name says", arguments: [32, 40, 64])
    func hashed(length: Int) {
        var builder = ColumnBuilder()
        let found = verdict("mobile_hash", comment: "手机号摘要", builder.values(200) { $0.hex(length) })
        #expect(found.kind == .mobile && found.protection == .hashed && !found.isInClear)
    }

    @Test("an encrypted column keeps the kind that its name says")
    func encrypted() {
        var builder = ColumnBuilder()
        for (name, kind) in [
            ("id_card", DataKind.idCard), ("name", .name), ("诊断", .diagnosis), ("处方", .prescription), ("dz", .address),
            ("birth_date", .birthDate),
        ] {
            let found = verdict(name, builder.values(300) { $0.base64(bytes: 38 + $0.below(3)) })
            #expect(found.kind == kind && found.protection == .encrypted && !found.isInClear, "\(name) \(found)")
        }
        let binary = verdict("sfzh", type: "bytea", builder.values(200) { "\\x" + $0.hex(92) })
        #expect(binary.kind == .idCard && binary.protection == .encrypted)
        // Whole blocks of a cipher have the lengths of digests, but not always the same one.
        let blocks = verdict("address", builder.values(200) { $0.hex($0.pick([32, 64, 96])) })
        #expect(blocks.protection == .encrypted)
    }

    @Test("readable values among protected ones are found, with their share")
    func mixed() {
        var builder = ColumnBuilder()
        let found = verdict("id_card", builder.values(400) { $0.below(4) == 0 ? $0.idCard() : $0.base64(bytes: 46) })
        #expect(found.kind == .idCard && found.isInClear)
        guard case .mixed(let shares) = found.protection else {
            Issue.record("not mixed: \(found.protection)")
            return
        }
        #expect((0.15...0.35).contains(shares.plaintext) && (0.65...0.85).contains(shares.encrypted))
        #expect(abs(found.clearShare - shares.plaintext) < 0.01)
        #expect(found.share == 1)

        let names = verdict("xm", builder.values(400) { $0.below(2) == 0 ? $0.name() : "张**" + "\($0.below(3))" })
        #expect(names.kind == .name && names.isInClear)
    }

    @Test("one readable value among a thousand protected ones is found")
    func needle() {
        var builder = ColumnBuilder()
        var values = builder.values(1_000) { $0.base64(bytes: 46) }
        values[500] = builder.idCard()
        let found = verdict("id_card", values)
        #expect(found.kind == .idCard && found.isInClear)
    }
}
