import AccessLogs
import Assessment
import Testing

@Suite("The validators of patient data, for logs")
struct LogDataDetectorsTests {
    @Test(
        "Identity cards, telephones, cards and names are told from what looks like them",
        arguments: [
            (LeakedKind.idCard, "110101199003070011", true), (.idCard, "110101199003070010", false), (.idCard, "174567890123456789", false),
            (.mobile, "13912345678", true), (.mobile, "12012345678", false), (.mobile, "1391234567", false), (.name, "张三丰", true),
            (.name, "abc", false), (.password, "x", false), (.token, "x", false),
        ])
    func kinds(_ kind: LeakedKind, _ text: String, _ isOne: Bool) {
        let found = Array(text.utf8).withUnsafeBufferPointer { LogDataDetectors().confirms(kind, $0) }
        #expect(found == isOne)
    }
}
