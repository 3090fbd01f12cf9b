import Findings
import Probes
import TestSupport
import Testing

/// Documented default accounts, over HTTP's Basic scheme.
@Suite("Logging in over HTTP")
struct WebLoginTests {
    struct Login: Sendable, CustomTestStringConvertible {
        var service: Service
        var path: String
        var page: String
        var testDescription: String { service.name }
    }

    static let logins = [
        Login(service: .rabbitMQManagement, path: "/api/overview", page: WebSite.json(#"{"rabbitmq_version":"3.12.1"}"#)),
        Login(service: .orthanc, path: "/system", page: WebSite.json(#"{"ApiVersion":18,"DicomAet":"O","DicomPort":4242,"Version":"1.12.1"}"#)),
        Login(service: .activeMQ, path: "/admin/", page: WebSite.html("localhost : ActiveMQ Console", "<table></table>")),
        Login(service: .grafana, path: "/api/org", page: WebSite.json(#"{"id":1,"name":"Main Org."}"#)),
        Login(service: .tomcatManager, path: "/manager/html", page: WebSite.html("/manager", "<form></form>")),
        Login(service: .neo4j, path: "/user/neo4j", page: WebSite.json(#"{"username":"neo4j","password_change_required":true}"#)),
        Login(service: .elasticsearch, path: "/_stats/docs?level=cluster", page: Replies.HTTP.statistics),
    ]

    private func run(_ service: Service, _ account: DefaultAccount, _ peer: PretendPeer) throws -> ProbeRun {
        let probe = try #require(ProbeRegistry.probe(for: .http) as? any PasswordProbe.Type)
        return ProbeRun.talk(ProbeSession(probe.init(ProbePeer(host: "192.0.2.1", port: 8080, expected: service), account: account)), peer)
    }

    /// Lets in whoever sends these credentials; shows the login page of the product to nobody else.
    private func peer(_ login: Login, admits authorization: String?) -> PretendPeer {
        PretendPeer { request, _, _ in
            let text = String(decoding: request, as: UTF8.self)
            let isAdmitted = authorization.map { text.contains("\r\nAuthorization: Basic \($0)\r\n") } ?? true
            guard isAdmitted else { return .bytes(Array(WebSite.refused("r").utf8)) }
            return .bytes(Array((text.hasPrefix("GET \(login.path) ") ? login.page : WebSite.html("welcome")).utf8))
        }
    }

    @Test("the vendor's account is let in, another isn't, in one request each", arguments: logins)
    func account(_ login: Login) throws {
        let probe = try #require(ProbeRegistry.probe(for: .http) as? any PasswordProbe.Type)
        let account = try #require(probe.defaultAccounts(of: login.service).first)
        #expect(!account.source.isEmpty)
        let plain = "\(account.user):\(account.password)"
        let expected = ["guest:guest": "Z3Vlc3Q6Z3Vlc3Q=", "orthanc:orthanc": "b3J0aGFuYzpvcnRoYW5j", "admin:admin": "YWRtaW46YWRtaW4="]
        let encoded = expected[plain] ?? WebLoginTests.base64(plain)
        let right = try run(login.service, account, peer(login, admits: encoded))
        #expect(right.authentication == .notRequired)
        #expect(right.reading?.service == login.service)
        #expect(right.key == "exposure.web-login")
        #expect(right.sent.count == 1)
        let wrong = try run(login.service, DefaultAccount(user: account.user, password: "wrong", source: ""), peer(login, admits: encoded))
        #expect(wrong.authentication == .required)
        #expect(wrong.sent.count == 1)
    }

    @Test("a page that anybody is shown proves no login", arguments: logins)
    func page(_ login: Login) throws {
        let account = DefaultAccount(user: "u", password: "p", source: "")
        let peer = WebSite(pages: [:], missing: WebSite.html("welcome")).peer
        #expect(try run(login.service, account, peer).authentication == .unknown)
    }

    @Test("products without a documented account have none, and no more than three where there are some")
    func accounts() throws {
        let probe = try #require(ProbeRegistry.probe(for: .http) as? any PasswordProbe.Type)
        #expect(probe.defaultAccounts(of: .couchDB).isEmpty)
        #expect(probe.defaultAccounts(of: .http).isEmpty)
        for one in WebCase.all { #expect(probe.defaultAccounts(of: one.service).count <= 3) }
    }

    private static func base64(_ text: String) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var result = ""
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = Array(bytes[start..<min(bytes.count, start + 3)])
            let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 { result.append(place <= group.count ? letters[value >> (18 - 6 * place) & 63] : "=") }
        }
        return result
    }
}
