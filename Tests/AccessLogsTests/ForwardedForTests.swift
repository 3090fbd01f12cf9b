import AccessLogs
import Network
import Testing

@Suite("Who asked behind a proxy")
struct ForwardedForTests {
    @Test(
        "Behind a trusted proxy the right-most address that is not trusted counts",
        arguments: [
            ("198.51.100.1, 203.0.113.9, 192.0.2.1", "203.0.113.9"), ("203.0.113.9", "203.0.113.9"), ("203.0.113.9 ,  192.0.2.1 ", "203.0.113.9"),
            ("-", nil), ("", nil), (",", nil), ("203.0.113.9, evil", nil), ("evil, 203.0.113.9", "203.0.113.9"), ("203.0.113.9,", nil),
            ("192.0.2.1", nil), ("192.0.2.7,192.0.2.1", nil), ("2001:db8::7, 192.0.2.1", "2001:db8::7"), ("203.0.113.9, 203.0.113.999", nil),
        ] as [(String, String?)])
    func forwarded(_ header: String, _ expected: String?) throws {
        let trusted = [try #require(CIDR("192.0.2.0/24"))]
        let found = Array(header.utf8).withUnsafeBytes { ForwardedFor.client(in: $0, trusted: trusted) }
        #expect(found == expected.flatMap { IPAddress($0) })
    }
}
