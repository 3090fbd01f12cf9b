import ReferenceData
import Testing

@Suite struct AdministrativeDivisionTests {
    @Test("knows codes in force and retired ones", arguments: [110_101, 440_106, 441_900, 654_325, 330_113, 132_101, 512_301, 440_000] as [UInt32])
    func known(_ code: UInt32) {
        #expect(AdministrativeDivision.isCode(code))
    }

    @Test("refuses what never was a code", arguments: [0, 1, 100_000, 110_199, 990_101, 999_999, 1_000_000, .max] as [UInt32])
    func unknown(_ code: UInt32) {
        #expect(!AdministrativeDivision.isCode(code))
    }

    @Test("counties carry their province and prefecture")
    func names() throws {
        let counties = Dictionary(uniqueKeysWithValues: AdministrativeDivision.counties.map { ($0.code, $0) })
        #expect(counties.count > 2800)
        let tianhe = try #require(counties[440_106])
        #expect([tianhe.province, tianhe.prefecture, tianhe.county] == ["广东省", "广州市", "天河区"])
        let dongcheng = try #require(counties[110_101])
        #expect([dongcheng.province, dongcheng.prefecture, dongcheng.county] == ["北京市", nil, "东城区"])
        #expect(counties[441_900]?.county == nil)
        #expect(counties[441_900]?.prefecture == "东莞市")
        #expect(counties[429_004]?.prefecture == nil)
        for county in counties.values {
            #expect(AdministrativeDivision.isCurrent(county.code))
            #expect(county.prefecture != nil || county.county != nil)
        }
    }

    @Test("a retired code is a code, and not in force")
    func retired() {
        #expect(AdministrativeDivision.isCode(110_103))
        #expect(!AdministrativeDivision.isCurrent(110_103))
    }
}

@Suite struct NumberTableTests {
    @Test("Luhn accepts what its digit fits", arguments: ["4111111111111111", "79927398713", "6222021234567890124"])
    func luhn(_ text: String) throws {
        let digits = Array(text.utf8)
        let check = try #require(Luhn.checkDigit(of: digits.dropLast()))
        #expect(Luhn.isValid(digits.dropLast() + [check]))
        let wrong = check == 0x39 ? 0x30 : check + 1
        #expect(!Luhn.isValid(digits.dropLast() + [wrong]))
    }

    @Test("Luhn refuses what isn't digits", arguments: ["", "0", "41111111a1111111", "４111"])
    func luhnRefuses(_ text: String) {
        #expect(!Luhn.isValid(Array(text.utf8)))
    }

    @Test("published samples of Luhn numbers are right")
    func luhnKnown() {
        #expect(Luhn.isValid(Array("79927398713".utf8)))
        #expect(!Luhn.isValid(Array("79927398710".utf8)))
        #expect(Luhn.checkDigit(of: Array("7992739871".utf8)) == 0x33)
    }

    @Test(
        "mobile ranges have their holder",
        arguments: [
            ("13800000000", MobilePrefixes.Assignment.mobile), ("13490000000", .telecom), ("17000000000", .virtual), ("17405000000", .telecom),
            ("17406000000", .satellite), ("19200000000", .broadnet), ("14500000000", .data), ("19900000000", .telecom), ("13000000000", .unicom),
        ])
    func mobile(_ number: String, _ expected: MobilePrefixes.Assignment) {
        #expect(MobilePrefixes.assignment(of: number.utf8) == expected)
    }

    @Test("no range", arguments: ["", "1380000000", "138000000000", "12000000000", "15400000000", "23800000000", "1380000000a", "17420000000"])
    func noMobile(_ number: String) {
        #expect(!MobilePrefixes.isAssigned(number.utf8))
    }

    @Test("every personal prefix is assigned to a network")
    func personal() {
        for prefix in MobilePrefixes.personal {
            #expect(MobilePrefixes.isAssigned(prefix + [UInt8](repeating: 0x35, count: 8)))
        }
    }

    @Test("bank issuers are six digits with a card's length")
    func issuers() throws {
        #expect(BankIssuer.all.count > 60)
        for issuer in BankIssuer.all {
            #expect((100_000...999_999).contains(issuer.prefix))
            #expect((16...19).contains(issuer.length))
            let number = Array(String(issuer.prefix).utf8) + [UInt8](repeating: 0x31, count: issuer.length - 6)
            #expect(BankIssuer.issuer(of: number)?.prefix == issuer.prefix)
        }
        let prefixes = BankIssuer.all.map(\.prefix)
        #expect(Set(prefixes).count == prefixes.count)
        #expect(BankIssuer.issuer(of: "6222021".utf8) == nil)
    }

    @Test("surnames: the longer one wins")
    func surnames() {
        #expect(Surnames.single.count > 400)
        #expect(Surnames.compound.count >= 60)
        #expect(Set(Surnames.single.map(\.name)).count == Surnames.single.count)
        #expect(Surnames.single.allSatisfy { $0.name.count == 1 && $0.weight > 0 })
        #expect(Surnames.prefixLength(of: "欧阳娜") == 2)
        #expect(Surnames.prefixLength(of: "欧阳") == 1)
        #expect(Surnames.prefixLength(of: "王芳") == 1)
        #expect(Surnames.prefixLength(of: "xyz") == nil)
        #expect(GivenNames.male.count > 150)
        #expect(GivenNames.female.count > 150)
    }
}
