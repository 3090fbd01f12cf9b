import Assessment
import Exposure
import Testing

/// Replies with made-up people, judged by the real detectors.
@Suite("Person data in replies")
struct PatientDataDetectorsTests {
    private let detectors = PatientDataDetectors()

    private func kinds(_ text: String, type: String = "application/json", subject: String = "") -> [PersonDataKind] {
        let bytes = Array(text.utf8)
        let reply = EndpointReply(status: 200, contentType: type, body: bytes, isTruncated: false, location: nil)
        return detectors.kinds(in: BodyContent(bytes, reply, subject: subject))
    }

    private func weights(_ text: String, type: String = "application/json", subject: String = "") -> [String: PersonDataKind.Weight] {
        Dictionary(uniqueKeysWithValues: kinds(text, type: type, subject: subject).map { ($0.term, $0.weight) })
    }

    private static let record =
        #"{"code":0,"data":{"patientName":"张建国","idCard":"110101199003070134","phone":"13800138000","diagnosis":"2型糖尿病","sex":"男","patientId":"P100234"}}"#

    @Test("one record of a patient is enough; kinds carry counts and names of fields, and no value")
    func record() throws {
        let found = kinds(Self.record)
        let weights = Dictionary(uniqueKeysWithValues: found.map { ($0.term, $0.weight) })
        #expect(weights["kind.idCard"] == .identity)
        #expect(weights["kind.mobile"] == .contact)
        #expect(weights["kind.name"] == .name)
        #expect(weights["kind.diagnosis"] == .health)
        #expect(found.first { $0.term == "kind.idCard" } == PersonDataKind("kind.idCard", .identity, count: 1, fields: ["idCard"]))
        for value in ["张建国", "13800138000", "110101199003070134", "糖尿病"] { #expect(!"\(found)".contains(value)) }
    }

    @Test("a list under names that say nothing is told by its values")
    func unnamed() {
        let rows = ["110101199003070134", "110101198506152217", "110101197809230011"].map { #"{"a":"\#($0)","b":1}"# }.joined(separator: ",")
        #expect(weights("[\(rows)]")["kind.idCard"] == .identity)
    }

    @Test("numbers of persons as names of members are found")
    func keyed() {
        #expect(weights(#"{"13800138000":{"x":12},"13800138001":{"x":13},"13912345678":{"x":14},"13512345678":{"x":15}}"#)["kind.mobile"] == .contact)
    }

    @Test("a note that names a person's number is found")
    func note() {
        #expect(weights(#"[{"remark":"患者家属来电，身份证110101199003070134，要求寄送病历至家中"}]"#)["kind.idCard"] == .identity)
    }

    @Test("XML and delimited text as well")
    func others() {
        #expect(weights("patientName,idCard\n张建国,110101199003070134\n", type: "text/csv")["kind.idCard"] == .identity)
        #expect(weights("<list><p><idCard>110101199003070134</idCard></p></list>", type: "application/xml")["kind.idCard"] == .identity)
    }

    @Test(
        "catalogues, settings, masked values and numbers that only look alike are nobody's",
        arguments: [
            (#"[{"id":1,"name":"内科","code":"100234"},{"id":2,"name":"外科","code":"100235"}]"#, "departments"),
            (#"[{"drugName":"阿莫西林胶囊","spec":"0.25g*24","price":12.5},{"drugName":"布洛芬缓释胶囊","spec":"0.3g*20","price":18}]"#, "drugs"),
            (#"[{"name":"北京协和医院","phone":"010-69156114","address":"北京市东城区帅府园1号"}]"#, "hospitals"),
            (#"[{"name":"张**","idCard":"110***********0134","phone":"138****8000"}]"#, "patients"),
            (#"{"orderNo":"202401011234567890","amount":128.5,"status":"PAID","traceId":"a1b2c3d4"}"#, "orders"),
            (#"{"status":"UP","components":{"db":{"status":"UP"},"diskSpace":{"total":107374182400,"free":53687091200}}}"#, "health"),
            (#"{"timestamp":1700000000000,"version":"3.2.1","build":"20240101"}"#, "info"),
            (#"[{"icd":"E11.9","name":"2型糖尿病"},{"icd":"I10","name":"高血压"}]"#, "diseases"),
        ])
    func nobody(_ text: String, _ subject: String) {
        #expect(weights(text, subject: subject).filter { $0.value >= .name }.isEmpty)
    }

    @Test("a page with the hospital's telephone is nobody's; one that lists numbers of documents is not")
    func pages() {
        #expect(weights("<p>联系电话：13800138000，北京市东城区帅府园1号</p>", type: "text/html").filter { $0.value >= .name }.isEmpty)
        #expect(weights("<td>张建国</td><td>110101199003070134</td>", type: "text/html")["kind.idCard"] == .identity)
    }
}
