import Estate
import Exposure
import Findings
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

/// One record, two test accounts.
@Suite("Access to another account's record")
struct AccountTests {
    private let scope = SmallEstate.scope("127.0.0.1/32")
    private static let record = #"{"code":0,"traceId":"t1","data":{"id":1001,"name":"张三丰","idCard":"110101199003071233"}}"#
    private static let token = "T0kenOfTheFirst"

    /// Two files that hold what the accounts send.
    private func accounts(_ first: String = AccountTests.token, _ second: String = "T0kenOfTheSecond", in folder: URL) throws -> [TestAccount] {
        try [first, second].enumerated().map { index, value in
            let file = folder.appendingPathComponent("account-\(index)")
            try Data(value.utf8).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
            return TestAccount(header: "X-Token", valueFrom: .file(file))
        }
    }

    private func inspect(
        _ tokens: (String, String) = (AccountTests.token, "T0kenOfTheSecond"), anonymous: String = Replies.HTTP.denied, first: String, second: String
    ) async throws -> Inspection {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("suwen-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await LocalServer.with { request in
            let text = String(decoding: request, as: UTF8.self)
            guard text.hasPrefix("GET ") else { return .http(Replies.HTTP.response("405 Method Not Allowed", "")) }
            return .http(text.contains("X-Token: T0kenOfTheFirst\r\n") ? first : text.contains("X-Token: ") ? second : anonymous)
        } _: { server in
            var endpoints = SmallEstate.endpoint("http://127.0.0.1:\(server.port)/patients/1001")
            endpoints[0].accounts = try accounts(tokens.0, tokens.1, in: folder)
            return await SmallEstate.inspect(SmallEstate.make(scope: scope, endpoints: endpoints))
        }
    }

    private func ok(_ body: String) -> String { Replies.HTTP.response("200 OK", body) }

    @Test("the same record for both is a finding, though the envelopes differ, and no value or token is in it")
    func shared() async throws {
        let inspection = try await inspect(first: ok(Self.record), second: ok(Self.record.replacing("t1", with: "t2")))
        let finding = try #require(inspection.findings(InterfaceSurvey.accountsCheck).first)
        #expect(finding.evidence.first?.key == "exposure.accounts-shared")
        #expect(finding.evidence.first?.facts["fields"] == .list(["id", "name", "idCard"]))
        for value in ["张三丰", "110101199003071233", Self.token, "T0kenOfTheSecond"] { #expect(!"\(inspection)".contains(value)) }
    }

    @Test("a refusal of any kind passes", arguments: ["401 Unauthorized", "403 Forbidden", "404 Not Found"])
    func separated(_ status: String) async throws {
        let inspection = try await inspect(first: ok(Self.record), second: Replies.HTTP.response(status, "{}"))
        #expect(inspection.outcome(InterfaceSurvey.accountsCheck) == .passed)
        let words = try await inspect(first: ok(Self.record), second: ok(#"{"code":403,"msg":"无权限"}"#))
        #expect(words.outcome(InterfaceSurvey.accountsCheck) == .passed)
    }

    @Test("anything else decides nothing")
    func unknown() async throws {
        let other = Self.record.replacing("1001", with: "2002")
        let cases: [(Inspection, String)] = try await [
            (inspect(first: ok(Self.record), second: ok(other)), "exposure.accounts-different"),
            (inspect(first: ok(Self.record), second: Replies.HTTP.response("500 Internal Server Error", "{}")), "exposure.accounts-different"),
            (inspect(anonymous: ok(Self.record), first: ok(Self.record), second: ok(Self.record)), "exposure.accounts-open"),
            (inspect(anonymous: Replies.HTTP.response("500 x", ""), first: ok(Self.record), second: ok(Self.record)), "exposure.accounts-no-control"),
            (inspect(first: Replies.HTTP.denied, second: Replies.HTTP.denied), "exposure.accounts-nothing"),
            (inspect(first: ok("[]"), second: ok("[]")), "exposure.accounts-nothing"),
            (inspect((Self.token, "a\u{7}b"), first: ok(Self.record), second: ok(Self.record)), "exposure.accounts-bad-secret"),
        ]
        for (inspection, key) in cases {
            #expect(inspection.findings(InterfaceSurvey.accountsCheck).isEmpty)
            #expect(inspection.reason(InterfaceSurvey.accountsCheck) == "exposure.undecided-endpoints")
            #expect(inspection.unexaminedKeys.contains(key))
        }
    }

    @Test("over TLS a login is sent only to a server that proves who it is")
    func untrusted() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("suwen-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let logins = Mutex(0)
        try await LocalServer.with(tls: TestCertificate.serverContext()) { request in
            if String(decoding: request, as: UTF8.self).contains("X-Token") { logins.withLock { $0 += 1 } }
            return .http(Replies.HTTP.denied)
        } _: { server in
            var endpoints = SmallEstate.endpoint("https://127.0.0.1:\(server.port)/patients/1001")
            endpoints[0].accounts = try accounts(in: folder)
            let inspection = await SmallEstate.inspect(SmallEstate.make(scope: scope, endpoints: endpoints))
            #expect(inspection.unexaminedKeys.contains("exposure.endpoint-tls"))
            let count = logins.withLock { $0 }
            #expect(count == 0)
        }
    }

    @Test("a login is sent to no other place: a redirect ends the test")
    func redirect() async throws {
        try await LocalServer.with { other in
            let moved = Replies.HTTP.response("302 Found", "", headers: ["Location: http://127.0.0.1:\(other.port)/"])
            let inspection = try await inspect(first: moved, second: moved)
            #expect(other.connections == 0)
            #expect(inspection.unexaminedKeys.contains("exposure.accounts-nothing"))
        }
    }
}
