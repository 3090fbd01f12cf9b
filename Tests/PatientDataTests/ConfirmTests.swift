import PatientData
import Testing

@Suite("The quick look at one kind")
struct ConfirmTests {
    @Test("agrees with the full reading on every value of the fixtures")
    func agrees() {
        var builder = ColumnBuilder(seed: 7)
        for (kind, _, make) in ClassifierTests.kinds where kind != .prescription {
            for value in builder.values(400, make) {
                #expect(ValueProbe.confirms(kind, value), "\(kind) \(value)")
                #expect(ValueProbe(value).kinds.contains(kind), "\(kind) \(value)")
            }
        }
        // Only what the validator accepts is confirmed. A card needs no known issuer for it, and a diagnosis may be a code.
        let quick: [DataKind] = [.idCard, .mobile, .name, .email, .birthDate, .address, .icd10]
        for (label, _, _, make) in Lookalikes.all {
            for value in builder.values(60, make) {
                let kinds = ValueProbe(value).kinds
                for kind in quick where ValueProbe.confirms(kind, value) { #expect(kinds.contains(kind), "\(label): \(kind) \(value)") }
            }
        }
    }

    @Test(
        "a value that can't be read is never confirmed",
        arguments: [
            "138****5678", "张**", "张*", "张某", "李某某", "110***********1234", "1990-**-**", "a***@example.org", "广东省广州市天河区******",
            "广东省广州市天河区体育西路***号", "138xxxx5678", "6222 **** **** 1234", "E11.***", "suwen:1:AAECAwQFBgcICQ",
            "\\x5357010203040506070809", "vault:v1:8SDd3WHDOjf7mq69CyCqYjBXAiQQAVZRkFM13ok481zo", "k1Vf0bNvT3x8sQm2LwYcZ7RrJq9aUe5Hd4PgXo6BiSk=",
            "5d41402abc4b2a76b9719d911017c592", "",
        ])
    func protected(value: String) {
        for kind in DataKind.allCases where !kind.isRandomByNature { #expect(!ValueProbe.confirms(kind, value), "\(kind) \(value)") }
    }

    @Test("other surfaces are confirmed as well")
    func surfaces() {
        #expect(ValueProbe.confirms(.idCard, "110105 19491231 002x"))
        #expect(ValueProbe.confirms(.idCard, "110105491231002"))
        #expect(ValueProbe.confirms(.mobile, "+86 138-0013-8000"))
        #expect(ValueProbe.confirms(.name, "买买提·吐尔逊"))
        #expect(ValueProbe.confirms(.name, "欧阳修文"))
        #expect(ValueProbe.confirms(.birthDate, "1990年3月7日"))
        #expect(ValueProbe.confirms(.address, "四川省成都市金牛区沙湾镇红星村3组"))
        #expect(ValueProbe.confirms(.token, "123e4567-e89b-42d3-a456-426614174000"))
        #expect(ValueProbe.confirms(.passwordHash, "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW"))
        #expect(!ValueProbe.confirms(.name, "阿莫西林"))
        #expect(!ValueProbe.confirms(.idCard, "110105194912310021"))
        #expect(!ValueProbe.confirms(.none, "王小明"))
    }
}
