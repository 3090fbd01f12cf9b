import Exposure
import TestSupport
import Testing

@Suite("Reading OpenAPI documents")
struct OpenAPITests {
    private func read(_ text: String) -> OpenAPIDocument? { read(Array(text.utf8)) }

    private func read(_ bytes: [UInt8]) -> OpenAPIDocument? {
        guard case .success(let tree) = DocumentNode.read(bytes) else { return nil }
        return OpenAPIReader(tree)?.document()
    }

    private func targets(paths: String, components: String = "{}") -> [String]? {
        read(#"{"openapi":"3.0.3","info":{},"paths":\#(paths),"components":\#(components)}"#)?.operations.map(\.target)
    }

    static let small = ##"""
        {"openapi":"3.1.0","info":{"title":"t","version":"1"},"servers":[{"url":"https://{region}.example.cn/v1","variables":{"region":{"default":"bj"}}}],
         "paths":{"/patients/{id}":{"parameters":[{"$ref":"#/components/parameters/Id"}],
           "get":{"operationId":"getPatient","parameters":[{"name":"limit","in":"query","schema":{"type":"integer"}},
             {"name":"keyword","in":"query","schema":{"type":"string"}}]},
           "delete":{}}},
         "components":{"parameters":{"Id":{"name":"id","in":"path","required":true,"schema":{"$ref":"#/components/schemas/Id"}}},
           "schemas":{"Id":{"type":["integer","null"],"minimum":7}}}}
        """##

    @Test("OpenAPI 3 gives servers with their variables, and operations with their references followed")
    func version3() throws {
        let document = try #require(read(Self.small))
        #expect(document.servers == ["https://bj.example.cn/v1"])
        #expect(document.operations.map(\.target) == ["/patients/7?limit=10"])
        #expect(document.operations.map(\.name) == ["GET /patients/{id}"])
        #expect(document.skipped == [.method: 1])
    }

    @Test("the same in YAML")
    func yaml() throws {
        let document = try #require(
            read(
                """
                openapi: 3.0.1
                servers:
                  - url: https://bj.example.cn/v1
                paths:
                  /patients/{id}:
                    parameters:
                      - $ref: '#/components/parameters/Id'
                    get:
                      responses: {"200": {content: {application/json: {}}}}
                components:
                  parameters:
                    Id: {name: id, in: path, required: true, schema: {type: integer, example: 12}}
                """))
        #expect(document.servers == ["https://bj.example.cn/v1"])
        #expect(document.operations.map(\.target) == ["/patients/12"])
    }

    @Test("Swagger 2.0 gives host, base path and parameters with their types beside them")
    func swagger() throws {
        let document = try #require(
            read(
                #"""
                {"swagger":"2.0","host":"api.example.cn:8443","basePath":"/v2","schemes":["http","https"],
                 "paths":{"/visits/{visitId}":{"get":{"parameters":[{"name":"visitId","in":"path","type":"string","x-example":"V100"},
                    {"name":"state","in":"query","required":true,"type":"array","items":{"type":"string","enum":["done","new"]}},
                    {"name":"X-Token","in":"header","required":true,"type":"string"}]}},
                  "/photo/{id}":{"get":{"produces":["image/png"]}},
                  "/report":{"get":{"responses":{"200":{"schema":{"type":"file"}}}}}}}
                """#))
        #expect(document.servers == ["https://api.example.cn:8443/v2", "http://api.example.cn:8443/v2"])
        #expect(document.operations.map(\.target) == ["/visits/V100?state=done"])
        #expect(document.skipped == [.file: 2])
    }

    @Test(
        "no value is sent that could be somebody's",
        arguments: [
            (#"{"type":"string","example":"13812345678"}"#, "q", "1"), (#"{"type":"string","example":"110101199003071233"}"#, "q", "1"),
            (#"{"type":"string","example":"张三丰"}"#, "q", "1"), (#"{"type":"string","example":"a@example.cn"}"#, "q", "1"),
            (#"{"type":"string","example":"zhangsan"}"#, "userName", "1"), (#"{"type":"string","example":"abc"}"#, "姓名", "1"),
            (#"{"type":"string","example":"ward-3"}"#, "ward", "ward-3"),
            (#"{"type":"string","format":"uuid"}"#, "q", "00000000-0000-4000-8000-000000000001"),
            (#"{"type":"string","format":"date"}"#, "q", "2026-01-01"), (#"{"type":"boolean"}"#, "q", "false"), (#"{"type":"number"}"#, "q", "1"),
            (#"{"enum":["A","B"]}"#, "q", "A"), (#"{"type":"integer","default":20}"#, "q", "20"),
            (#"{"allOf":[{"type":"integer","example":5}]}"#, "q", "5"),
            (#"{"type":"integer","maximum":5}"#, "pageSize", "5"), (#"{"type":"integer","default":5000}"#, "size", "10"),
        ])
    func values(_ schema: String, _ name: String, _ value: String) {
        let found = targets(paths: #"{"/x":{"get":{"parameters":[{"name":"\#(name)","in":"query","required":true,"schema":\#(schema)}]}}}"#)
        #expect(found?.count == 1 && found?.first?.hasSuffix("=\(value)") == true)
    }

    @Test("an operation whose parameter no harmless value fits isn't asked")
    func unfillable() throws {
        for schema in [
            #"{"type":"object","properties":{}}"#, #"{"enum":["deleteAll"]}"#, #"{"$ref":"https://elsewhere.example/x"}"#, ##"{"$ref":"#/nowhere"}"##,
        ] {
            let document = try #require(
                read(#"{"openapi":"3.0.0","paths":{"/x":{"get":{"parameters":[{"name":"f","in":"query","required":true,"schema":\#(schema)}]}}}}"#))
            #expect(document.operations.isEmpty && document.skipped == [.parameter: 1])
        }
    }

    @Test(
        "operations that are called as if they changed something aren't asked",
        arguments: [
            "/user/logout", "/patients/{id}/delete", "/removeAll", "/system/shutdown", "/cache/clear", "/sms/send", "/user/resetPwd",
            "/export/patients", "/del/{id}",
            "/用户/删除", "/actuator/heapdump", "/pay/confirm", "/api/v1/restartService",
        ])
    func sideEffects(_ path: String) throws {
        let document = try #require(read(#"{"openapi":"3.0.0","paths":{"\#(path)":{"get":{}}}}"#))
        #expect(document.operations.isEmpty && document.skipped == [.sideEffect: 1])
        let harmless = try #require(read(#"{"openapi":"3.0.0","paths":{"/x":{"get":{"operationId":"deletePatient"}}}}"#))
        #expect(harmless.operations.isEmpty)
    }

    @Test(
        "those that only sound a little like it are",
        arguments: ["/patients", "/address/list", "/importantNotes", "/settings", "/orders/{id}", "/audit/logs"])
    func harmless(_ path: String) throws {
        let document = try #require(read(#"{"openapi":"3.0.0","paths":{"\#(path)":{"get":{}}}}"#))
        #expect(document.operations.count == 1)
    }

    @Test("paths are encoded: none leads to another host, and their names show no number of a person")
    func paths() throws {
        let document = try #require(
            read(
                #"{"openapi":"3.0.0","paths":{"//evil.example/x":{"get":{}},"/a b#c?d":{"get":{}},"/p/13812345678":{"get":{}},"@evil":{"get":{}},"/q{?page}":{"get":{}}}}"#
            ))
        #expect(document.operations.map(\.target) == ["//evil.example/x", "/a%20b%23c%3Fd", "/p/13812345678", "/q"])
        #expect(document.operations.map(\.name) == ["GET /evil.example/x", "GET /*", "GET /p/*", "GET /*"])
        #expect(document.skipped == [.excess: 1])
    }

    @Test("references in circles, and documents that are none, end")
    func circles() {
        #expect(targets(paths: ##"{"/x":{"$ref":"#/paths/~1y"},"/y":{"$ref":"#/paths/~1x"}}"##) == [])
        #expect(
            targets(
                paths: ##"{"/x":{"get":{"parameters":[{"$ref":"#/components/parameters/A"}]}}}"##,
                components: ##"{"parameters":{"A":{"$ref":"#/components/parameters/A"}}}"##) == ["/x"])
        for text in [
            "", "{}", "[]", "hello", #"{"openapi":"3.0.0"}"#, #"{"openapi":"2.0","paths":{}}"#, #"{"paths":{}}"#, "openapi: 3.0.0\npaths: [",
            "a: b: c",
        ] {
            #expect(read(text) == nil)
        }
    }

    @Test("of more paths than a person writes, the rest is counted")
    func manyPaths() throws {
        let paths = (0..<2_100).map { #""/p\#($0)/x":{"get":{}}"# }.joined(separator: ",")
        let document = try #require(read(#"{"openapi":"3.0.0","paths":{\#(paths)}}"#))
        #expect(document.operations.count == 2_000)
        #expect(document.skipped == [.excess: 100])
    }

    @Test("aliases in aliases, deep nesting and large files are refused before they cost anything")
    func bombs() {
        let bomb =
            "a: &a [x, x]\n" + (0..<60).map { "b\($0): &n\($0) [*\($0 == 0 ? "a" : "n\($0 - 1)"), *\($0 == 0 ? "a" : "n\($0 - 1)")]\n" }.joined()
        if case .failure(let error) = DocumentNode.read(Array(bomb.utf8)) { #expect(error == .aliases) } else { Issue.record("read") }
        for text in [
            String(repeating: "[", count: 100_000), String(repeating: "- ", count: 100_000),
            String(repeating: "{a: ", count: 990) + String(repeating: "}", count: 990),
            String(repeating: "? ", count: 5_000), (0..<900).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
        ] {
            if case .success = DocumentNode.read(Array(text.utf8)) { Issue.record("read") }
        }
        if case .failure(let error) = DocumentNode.read([UInt8](repeating: 0x20, count: 8 << 20)) {
            #expect(error == .tooLarge)
        } else {
            Issue.record("read")
        }
    }

    @Test("Markdown in descriptions is no alias")
    func markdown() {
        let text = "openapi: 3.0.0\ninfo:\n  description: \"R &D *see* &nbsp; **bold**\"\npaths: {/x: {get: {}}}"
        #expect(read(text)?.operations.count == 1)
    }

    @Test("cut at every byte, and with bytes changed, a document does no harm")
    func mutations() {
        let bytes = Array(Self.small.utf8)
        for end in bytes.indices { _ = read(Array(bytes[..<end])) }
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<3_000 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                changed[Int.random(in: changed.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            _ = read(changed)
        }
    }
}
