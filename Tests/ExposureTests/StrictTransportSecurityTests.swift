import Estate
import Exposure
import Findings
import FoundationEssentials
import Network
import TestSupport
import Testing

@Suite("Reading HSTS")
struct StrictTransportSecurityTests {
    @Test(
        "as RFC 6797 has it",
        arguments: [
            ("max-age=31536000; includeSubDomains", StrictTransportSecurity.present(maxAge: 31_536_000)), ("Max-Age=\"60\"", .present(maxAge: 60)),
            ("max-age=0", .present(maxAge: 0)), ("includeSubDomains", .absent), ("max-age=", .absent), ("max-age=1;max-age=2", .absent),
            ("max-age=-1", .absent),
            ("max-age=99999999999999999999", .present(maxAge: .max)),
        ])
    func values(_ header: String, _ expected: StrictTransportSecurity) {
        #expect(StrictTransportSecurity(header, isTLS: true, status: 200) == expected)
    }

    @Test("its absence counts only where it should have been")
    func absence() {
        #expect(StrictTransportSecurity(nil, isTLS: true, status: 200) == .absent)
        #expect(StrictTransportSecurity(nil, isTLS: true, status: 401) == .unknown)
        #expect(StrictTransportSecurity("max-age=60", isTLS: false, status: 200) == .unknown)
        #expect(StrictTransportSecurity.present(maxAge: 0).isOn == false)
        #expect(StrictTransportSecurity.unknown.isOn == nil)
    }

    @Test("an endpoint's reading says what its server said", arguments: [true, false])
    func reading(isOn: Bool) async throws {
        let headers = isOn ? ["Strict-Transport-Security: max-age=31536000"] : []
        let reply = Replies.HTTP.response("200 OK", #"[{"id":1}]"#, headers: headers)
        try await LocalServer.with(tls: TestCertificate.serverContext()) { _ in
            .http(reply)
        } _: { server in
            let survey = InterfaceSurvey(connectTimeout: .seconds(10), timeout: .seconds(10), personData: nil)
            let result = await survey.run(
                endpoints: SmallEstate.endpoint("https://127.0.0.1:\(server.port)/api"), scope: SmallEstate.scope("127.0.0.1/32"),
                now: Date(timeIntervalSince1970: 0))
            #expect(result.endpoints.map(\.hsts) == [isOn ? .present(maxAge: 31_536_000) : .absent])
            #expect(result.pages.map(\.hsts) == [isOn ? .present(maxAge: 31_536_000) : .absent])
        }
    }

    @Test(
        "no declaration, or one of less than half a year, is a fault; what was not seen is none",
        arguments: [
            (StrictTransportSecurity.absent, "exposure.hsts-missing"), (.present(maxAge: 0), "exposure.hsts-short"),
            (.present(maxAge: 15_551_999), "exposure.hsts-short"), (.present(maxAge: 15_552_000), nil), (.unknown, nil),
        ] as [(StrictTransportSecurity, String?)])
    func problem(_ declared: StrictTransportSecurity, _ key: String?) { #expect(declared.problem?.message.key == key) }
}
