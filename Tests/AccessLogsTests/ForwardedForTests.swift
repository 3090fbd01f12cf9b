import AccessLogs
import Network
import Testing

@Suite("Who asked behind a proxy")
struct ForwardedForTests {
    @Test(
        "Behind a trusted proxy the right-most address that is not trusted counts",
        arguments: [
            (#" "-" "UA" "198.51.100.1, 203.0.113.9, 192.0.2.1""#, "203.0.113.9"), (#" "-" "UA" "203.0.113.9""#, "203.0.113.9"),
            (#" "-" "UA" "-""#, nil),
            (#" "-" "198.51.100.1""#, nil), (#" "198.51.100.1" "UA""#, nil), (#" "-" "UA" "203.0.113.9, evil""#, nil),
            (#" "-" "U\"A" "203.0.113.9""#, "203.0.113.9"),
            (#" "-" "UA" "192.0.2.1""#, nil), (#" "-" "UA" 0.1 "203.0.113.9" "0.002""#, "203.0.113.9"), (#" "-" "UA" ""#, nil),
        ] as [(String, String?)])
    func forwarded(_ extra: String, _ expected: String?) throws {
        let trusted = [try #require(CIDR("192.0.2.0/24"))]
        let found = Array(extra.utf8).withUnsafeBytes { ForwardedFor.client(in: $0, after: 0, trusted: trusted) }
        #expect(found == expected.flatMap { IPAddress($0) })
    }
}
