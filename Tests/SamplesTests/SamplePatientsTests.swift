import Datastores
import Foundation
import ReferenceData
import Samples
import Testing

/// Rows as text, for tests.
private func rows(_ patients: SamplePatients, batchSize: Int = 1_000) throws -> [[String?]] {
    var result: [[String?]] = []
    try patients.generate(batchSize: batchSize) { batch in
        for row in 0..<batch.rowCount {
            result.append(
                batch.columns.map { column in
                    column.isNull[row] ? nil : String(decoding: column.bytes[column.offsets[row]..<column.offsets[row + 1]], as: UTF8.self)
                })
        }
    }
    return result
}

private let today = CivilDate(daysSince1970: 20_000)

/// The value of `field`, which must not be null.
private func value(_ field: SamplePatients.Field, of row: [String?]) throws -> String { try #require(row[index(field)]) }

private func index(_ field: SamplePatients.Field) throws -> Int { try #require(SamplePatients.Field.allCases.firstIndex(of: field)) }

@Suite struct SamplePatientsTests {
    @Test("the same seed gives the same rows, whatever the size of the batches", arguments: [SampleProtection.clear, .masked])
    func deterministic(_ protection: SampleProtection) throws {
        let patients = SamplePatients(rows: 3_000, seed: 42, protection: protection, referenceDate: today)
        #expect(try rows(patients) == rows(patients, batchSize: 77))
        #expect(try rows(patients) != rows(SamplePatients(rows: 3_000, seed: 43, protection: protection, referenceDate: today)))
    }

    @Test("number, birth, sex and address of a person agree", arguments: [20_000, 10_000, 25_000])
    func agreement(_ day: Int) throws {
        let reference = CivilDate(daysSince1970: day)
        let counties = Dictionary(uniqueKeysWithValues: AdministrativeDivision.counties.map { ($0.code, $0) })
        for row in try rows(SamplePatients(rows: 20_000, seed: 1, referenceDate: reference)) {
            let id = try #require(ResidentID(value(.idCard, of: row).utf8))
            var birth: [String] = [String(id.birth.year)]
            birth += [id.birth.month, id.birth.day].map { $0 < 10 ? "0\($0)" : "\($0)" }
            #expect(try row[index(.birthDate)] == birth.joined(separator: "-"))
            #expect(try row[index(.sex)] == (id.sex == .male ? "男" : "女"))
            let county = try #require(counties[id.region])
            let place = county.province + (county.prefecture ?? "") + (county.county ?? "")
            #expect(try value(.address, of: row).hasPrefix(place))
            #expect((12...96).contains(id.birth.age(on: reference)))
            #expect(id.birth.year <= 2014)
            #expect(try MobilePrefixes.isAssigned(value(.mobile, of: row).utf8))
            if let card = try row[index(.bankCard)] {
                #expect(Luhn.isValid(Array(card.utf8)))
                #expect(BankIssuer.issuer(of: card.utf8) != nil)
            }
            #expect(try value(.name, of: row).count >= 2)
            #expect(try !value(.prescription, of: row).isEmpty)
        }
    }

    @Test("no value is wider than its column")
    func widths() throws {
        for protection in SampleProtection.allCases {
            let patients = SamplePatients(rows: 5_000, seed: 9, protection: protection, referenceDate: today)
            let limits = patients.table.columns.map { column in Int(column.type.filter { $0.isNumber }) ?? 10 }
            for row in try rows(patients) {
                for (value, limit) in zip(row, limits) { #expect((value?.unicodeScalars.count ?? 0) <= limit) }
            }
        }
    }

    @Test("one million people have one million numbers")
    func unique() throws {
        let column = try index(.idCard)
        var seen: Set<Int> = []
        seen.reserveCapacity(1_000_000)
        try SamplePatients(rows: 1_000_000, seed: 5, referenceDate: today).generate { batch in
            let ids = batch.columns[column]
            for row in 0..<batch.rowCount {
                // The check character follows from the rest.
                seen.insert(ids.bytes[ids.offsets[row]..<ids.offsets[row] + 17].reduce(0) { $0 * 10 + Int($1 - 0x30) })
            }
        }
        #expect(seen.count == 1_000_000)
    }

    @Test("diagnoses fit the sex and the age")
    func diagnoses() throws {
        for row in try rows(SamplePatients(rows: 20_000, seed: 3, referenceDate: today)) {
            let diagnosis = try #require(row[index(.diagnosis)])
            let id = try #require(ResidentID(value(.idCard, of: row).utf8))
            if ["前列腺", "勃起"].contains(where: diagnosis.contains) { #expect(id.sex == .male) }
            if ["妊娠", "流产", "宫", "月经", "阴道"].contains(where: diagnosis.contains) { #expect(id.sex == .female) }
            if diagnosis.contains("阿尔茨海默") { #expect(id.birth.age(on: today) >= 59) }
        }
    }

    @Test("protected columns hold no readable value", arguments: [SampleProtection.encrypted, .masked])
    func protected(_ protection: SampleProtection) throws {
        let clear = try rows(SamplePatients(rows: 2_000, seed: 8, referenceDate: today))
        let covered = try rows(SamplePatients(rows: 2_000, seed: 8, protection: protection, referenceDate: today))
        #expect(clear.count == covered.count)
        for (open, closed) in zip(clear, covered) {
            for (column, field) in SamplePatients.Field.allCases.enumerated() {
                guard field.isPersonal else {
                    #expect(open[column] == closed[column])
                    continue
                }
                #expect((open[column] == nil) == (closed[column] == nil))
                guard let value = open[column], let hidden = closed[column] else { continue }
                #expect(!hidden.contains(value))
                #expect(hidden.contains("*") == (protection == .masked))
            }
        }
    }

    @Test("sealed values are all different and don't come again")
    func sealed() throws {
        let patients = SamplePatients(rows: 500, seed: 8, protection: .encrypted, referenceDate: today)
        let column = try index(.diagnosis)
        let first = try rows(patients).compactMap { $0[column] }
        let second = try rows(patients).compactMap { $0[column] }
        #expect(Set(first + second).count == 1_000)
    }

    @Test("sealed values are base64 of a nonce, as many bytes as the value has, and a tag")
    func sealedShape() throws {
        let clear = try rows(SamplePatients(rows: 300, seed: 8, referenceDate: today))
        let sealed = try rows(SamplePatients(rows: 300, seed: 8, protection: .encrypted, referenceDate: today))
        for (open, closed) in zip(clear, sealed) {
            for (column, field) in SamplePatients.Field.allCases.enumerated() where field.isPersonal {
                guard let value = open[column] else { continue }
                let text = try #require(closed[column])
                let bytes = try #require(Data(base64Encoded: text))
                #expect(bytes.count == 12 + value.utf8.count + 16)
            }
        }
    }

    @Test("a row depends on its number alone")
    func prefix() throws {
        let few = try rows(SamplePatients(rows: 100, seed: 4, referenceDate: today))
        let many = try rows(SamplePatients(rows: 2_000, seed: 4, referenceDate: today))
        #expect(Array(many.prefix(100)) == few)
    }

    @Test("masks keep the customary ends and cover the rest")
    func masks() throws {
        let clear = try rows(SamplePatients(rows: 2_000, seed: 6, referenceDate: today))
        let masked = try rows(SamplePatients(rows: 2_000, seed: 6, protection: .masked, referenceDate: today))
        func covered(_ text: String, _ head: Int, _ tail: Int) -> String {
            String(text.prefix(head)) + String(repeating: "*", count: text.count - head - tail) + String(text.suffix(tail))
        }
        for (open, closed) in zip(clear, masked) {
            #expect(try value(.name, of: closed) == String(value(.name, of: open).prefix(1)) + "**")
            #expect(try value(.idCard, of: closed) == covered(value(.idCard, of: open), 3, 4))
            #expect(try value(.mobile, of: closed) == covered(value(.mobile, of: open), 3, 4))
            #expect(try value(.birthDate, of: closed) == String(value(.birthDate, of: open).prefix(4)) + "-**-**")
            #expect(try value(.address, of: closed) == String(value(.address, of: open).prefix(2)) + "******")
            #expect(try value(.diagnosis, of: closed) == "******")
            if let card = try open[index(.bankCard)] { #expect(try value(.bankCard, of: closed) == covered(card, 6, 4)) }
            if let email = try open[index(.email)] {
                let domain = try #require(email.split(separator: "@").last)
                #expect(try value(.email, of: closed) == "\(email.prefix(1))***@\(domain)")
            }
        }
    }

    @Test("people's sexes, surnames and provinces come about as often as they should")
    func shares() throws {
        var men = 0
        var commonNames = 0
        var guangdong = 0
        let all = try rows(SamplePatients(rows: 50_000, seed: 2, referenceDate: today))
        for row in all {
            if try value(.sex, of: row) == "男" { men += 1 }
            if try ["王", "李", "张"].contains(value(.name, of: row).prefix(1)) { commonNames += 1 }
            if try value(.address, of: row).hasPrefix("广东省") { guangdong += 1 }
        }
        #expect((24_000...26_000).contains(men))
        #expect((8_000...13_000).contains(commonNames))
        #expect((2_000...8_000).contains(guangdong))
    }

    @Test("no rows give no batch")
    func empty() throws {
        #expect(try rows(SamplePatients(rows: 0, seed: 1, referenceDate: today)).isEmpty)
        #expect(try rows(SamplePatients(rows: -5, seed: 1, referenceDate: today)).isEmpty)
    }
}
