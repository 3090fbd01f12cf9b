import Exposure
import Foundation
import TestSupport
import Testing

@Suite("What a reply's body is")
struct BodyShapeTests {
    private func shape(_ body: String, _ type: String = "application/json", truncated: Bool = false) -> BodyShape {
        BodyShape(Array(body.utf8), contentType: type, truncated: truncated)
    }

    @Test(
        "records are found in any envelope",
        arguments: [
            (#"[{"id":1,"name":"a"},{"id":2,"name":"b"}]"#, 2),
            (#"{"code":0,"msg":"ok","data":{"total":2,"list":[{"id":1,"name":"a"},{"id":2,"name":"b"}]}}"#, 2),
            (#"{"code":200,"data":{"id":1,"name":"a"}}"#, 1), (#"{"id":5,"name":"x"}"#, 1),
            (#"{"resourceType":"Bundle","total":2,"entry":[{"id":"1","name":"a"},{"id":"2","name":"b"}]}"#, 2),
        ])
    func records(_ body: String, _ count: Int) {
        guard case .records(let found, let fields) = shape(body) else {
            Issue.record("\(shape(body))")
            return
        }
        #expect(found == count)
        #expect(fields.contains("id"))
    }

    @Test(
        "a refusal that comes with status 200 is a refusal",
        arguments: [
            #"{"code":401,"msg":"x"}"#, #"{"code":"40101","message":""}"#, #"{"success":false,"message":"请先登录"}"#,
            #"{"errcode":-1,"errmsg":"invalid token"}"#,
            #"{"code":403,"data":null}"#, #"{"status":401,"error":"Unauthorized","path":"/api"}"#, #"{"code":500,"msg":"登录已过期","data":{}}"#,
        ])
    func refusals(_ body: String) { #expect(shape(body) == .refusal) }

    @Test(
        "an envelope with nothing in it proves nothing",
        arguments: [
            "[]", "{}", #"{"code":0,"data":[]}"#, #"{"code":0,"msg":"ok","data":null}"#, #"{"status":"UP"}"#, #"{"data":{"list":[],"total":0}}"#, "",
            "  \n",
        ])
    func empty(_ body: String) { #expect(shape(body) == .empty) }

    @Test(
        "what is no data is not taken for it",
        arguments: [
            ("<html><body>hi</body></html>", "text/html"), ("hello", "text/plain"), ("{broken", "application/json"), ("42", "application/json"),
        ])
    func other(_ body: String, _ type: String) { #expect(shape(body, type) == .other) }

    @Test(
        "a page with a password field is a login page",
        arguments: [#"<form><input type="password"></form>"#, "<INPUT TYPE = 'Password'>", "<input type=password name=p>"])
    func loginForm(_ body: String) { #expect(shape(body, "text/html; charset=utf-8") == .loginForm) }

    @Test("tables and XML are read too")
    func otherFormats() {
        #expect(shape("id,name\n1,a\n2,b\n", "text/csv") == .records(count: 2, fields: ["id", "name"]))
        #expect(shape("id,name\n", "text/csv") == .empty)
        #expect(
            shape("<?xml version=\"1.0\"?><list><!-- x --><item>1</item><item>2</item></list>", "application/xml")
                == .records(count: 2, fields: ["item"]))
        #expect(shape("<list/>", "application/xml") == .empty)
        #expect(shape("<a><b></a>", "application/xml") == .other)
        #expect(shape("{\"id\":1}\n{\"id\":2}\n", "application/x-ndjson") == .records(count: 2, fields: ["id"]))
    }

    @Test("a long list that was cut off anywhere is still a list")
    func truncated() {
        let records = (0..<50).map { #"{"id":\#($0),"name":"\u5f20\u4e09","note":"a\"b"}"# }.joined(separator: ",")
        let body = Array(#"{"code":0,"data":[\#(records)]}"#.utf8)
        for end in 40..<body.count {
            guard case .records(let count, _) = BodyShape(Array(body.prefix(end)), contentType: "application/json", truncated: true) else {
                Issue.record("cut at \(end)")
                continue
            }
            #expect(count <= 50)
        }
        #expect(BodyShape(Array(body.dropLast(3)), contentType: "application/json", truncated: false) == .other)
    }

    @Test(
        "names that could be values are not shown",
        arguments: [
            #"{"13812345678":{"a":1}}"#, #"{"张三":{"a":1},"李四":{"a":2}}"#, #"{"110101199003071233":"x"}"#, #"[{"张三":1},{"李四":2},{"王五":3}]"#,
            #"{"a@b.cn":1}"#,
        ])
    func values(_ body: String) {
        guard case .records(_, let fields) = shape(body) else {
            Issue.record("\(shape(body))")
            return
        }
        #expect(fields.isEmpty)
    }

    @Test("Chinese names that several records share are fields")
    func chineseFields() {
        #expect(shape(#"[{"姓名":"a","病种":"b"},{"姓名":"c","病种":"d"},{"姓名":"e","病种":"f"}]"#) == .records(count: 3, fields: ["姓名", "病种"]))
    }

    @Test("no bytes make it crash, and deep nesting ends")
    func hostile() {
        var generator = SeededGenerator(seed: 3)
        let alphabet = Array(#"{}[]",:\u0041 tfn-1e<>/!?=a"#.utf8)
        for _ in 0..<5_000 {
            let body = (0..<Int.random(in: 0..<120, using: &generator)).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
            for type in ["application/json", "text/csv", "application/xml", "text/html", ""] {
                for truncated in [true, false] { _ = BodyShape(body, contentType: type, truncated: truncated) }
            }
        }
        #expect(shape(String(repeating: "[", count: 500_000)) == .other)
        #expect(shape(String(repeating: "<a>", count: 300_000), "text/xml") == .other)
    }

    @Test(
        "pages where people log in are known by their address",
        arguments: ["https://a.cn/login?x=1", "https://sso.a.cn/", "http://a.cn/user/Login.jsp;jsessionid=1", "https://a.cn/cas/x"])
    func loginPages(_ text: String) throws { #expect(EndpointReply.isLogin(try #require(URL(string: text)))) }

    @Test("other pages are not", arguments: ["https://a.cn/api/patients", "https://a.cn/catalogue", "https://a.cn/authors"])
    func otherPages(_ text: String) throws { #expect(!EndpointReply.isLogin(try #require(URL(string: text)))) }
}
