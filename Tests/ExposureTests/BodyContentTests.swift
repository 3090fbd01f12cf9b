import Exposure
import TestSupport
import Testing

@Suite("Sorting what a body holds")
struct BodyContentTests {
    private func content(_ text: String, type: String = "application/json", truncated: Bool = false) -> BodyContent {
        let bytes = Array(text.utf8)
        let reply = EndpointReply(status: 200, contentType: type, body: bytes, isTruncated: truncated, location: nil)
        return BodyContent(bytes, reply, subject: "patients")
    }

    /// `table.field: values`
    private func columns(_ content: BodyContent) -> [String] {
        content.tables.flatMap { table in
            table.fields.map { "\(table.name).\($0.name): " + $0.values.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ",") }
        }
    }

    @Test("records are columns, whatever envelope they come in; inner lists are tables of their own")
    func records() {
        let text =
            #"{"code":200,"data":{"list":[{"name":"甲","age":31,"visits":[{"diagnosis":"x1"},{"diagnosis":"x2"}]},{"name":"乙","tags":["aa","bb"],"ok":true}]}}"#
        #expect(
            columns(content(text)) == [
                "patients.code: 200", "patients.name: 甲,乙", "patients.age: 31", "patients.tags: aa,bb", "visits.diagnosis: x1,x2",
            ])
    }

    @Test("members named by values are a list, and their names are values")
    func keyed() {
        #expect(
            columns(content(#"{"13800000000":{"age":31},"13800000001":{"age":32}}"#)) == [
                "patients.key: 13800000000,13800000001", "patients.age: 31,32",
            ])
        #expect(columns(content(#"{"甲某":{"age":31},"乙某":{"age":32}}"#)) == ["patients.key: 甲某,乙某", "patients.age: 31,32"])
    }

    @Test("a list that was cut off, lines of JSON, delimited text and XML are columns too")
    func others() {
        #expect(columns(content(#"[{"name":"甲"},{"name":"乙"},{"na"#, truncated: true)) == ["patients.name: 甲,乙"])
        #expect(columns(content("{\"name\":\"甲\"}\n{\"name\":\"乙\"}\n", type: "application/x-ndjson")) == ["patients.name: 甲,乙"])
        #expect(columns(content("name,note\n甲,\"a,b\"\n乙,c\n", type: "text/csv")) == ["patients.name: 甲,乙", "patients.note: a,b,c"])
        #expect(columns(content("<r><p><name>甲</name></p><p><name><![CDATA[乙]]></name></p></r>", type: "application/xml")) == ["patients.name: 甲,乙"])
    }

    @Test("of a page, what people read is text; scripts are not")
    func page() {
        let found = content("<html><script>var a=1</script><p>患者 甲</p></html>", type: "text/html")
        #expect(String(decoding: found.text, as: UTF8.self) == "患者 甲\n" && found.tables.isEmpty)
        let image = content("PNG", type: "image/png")
        #expect(image.text.isEmpty && image.tables.isEmpty)
    }

    @Test("endless bodies stay within bounds")
    func bounds() {
        let wide = content("{" + (0..<79).map { #""f\#($0)":["a1","b2"]"# }.joined(separator: ",") + "}")
        #expect(wide.tables.count == 1 && wide.tables[0].fields.count == 79)
        let long = content("[" + (0..<5_000).map { #"{"a":"v\#($0)"}"# }.joined(separator: ",") + "]")
        #expect(long.tables[0].fields[0].values.count == 2_000)
        let deep = content(String(repeating: #"{"a":"#, count: 40) + "12" + String(repeating: "}", count: 40))
        #expect(deep.tables.isEmpty)
    }
}
