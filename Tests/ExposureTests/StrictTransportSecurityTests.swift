import Exposure
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
}
