import Network
import Testing

@Suite("Addresses from bytes")
struct AddressBytesTests {
    @Test(
        "The byte reader agrees with the system's reader",
        arguments: [
            "0.0.0.0", "203.0.113.7", "255.255.255.255", "256.0.0.1", "01.2.3.4", "1.2.3", "1.2.3.4.5", "1..2.3", "1.2.3.", " 1.2.3.4", "::", "::1",
            "1::",
            "2001:db8::7", "2001:DB8:0:0:8:800:200C:417A", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1::2::3",
            ":1:2",
            "1:2:3:4:5:6:7:", "12345::", "::ffff:192.0.2.1", "64:ff9b::192.0.2.33", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3.4.5", "g::", ":::", "", "1",
            "-", "::%eth0",
            "1:2:3:4:5:6:7", "fe80::1:", "1:::2", "::1:2:3:4:5:6:7:8",
        ])
    func agrees(_ text: String) {
        let read = Array(text.utf8).withUnsafeBytes { IPAddress(ascii: $0) }
        #expect(read == IPAddress(text), "\(text)")
    }

    @Test("Random text never crashes and agrees with the system's reader")
    func fuzz() {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("0123456789abcdef:.:.%".utf8)
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...20, using: &generator)).map { _ in alphabet.randomElement(using: &generator) ?? 0x3A }
            let read = bytes.withUnsafeBytes { IPAddress(ascii: $0) }
            #expect(read == IPAddress(String(decoding: bytes, as: UTF8.self)))
        }
    }
}
