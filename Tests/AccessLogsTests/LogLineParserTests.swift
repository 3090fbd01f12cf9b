import AccessLogs
import Network
import Testing

@Suite("Reading a line")
struct LogLineParserTests {
    private func parse(_ text: String) -> LogLine? {
        Array(text.utf8).withUnsafeBytes { bytes in
            var parser = LogLineParser(); return parser.parse(bytes)
        }
    }

    @Test(
        "Every form of a combined or common line is read",
        arguments: [
            (#"203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "GET /a HTTP/1.1" 200 2326"#, "203.0.113.7", 200, 2326),
            (#"203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "GET /a HTTP/1.1" 200 2326 "-" "UA""#, "203.0.113.7", 200, 2326),
            (#"2001:db8::7 - [x] y] [10/Oct/2025:13:55:36 +0800] "GET /a HTTP/1.1" 304 - "-" "UA" "1.2.3.4""#, "2001:db8::7", 304, 0),
            (#"[2001:db8::7] - - [10/Oct/2025:13:55:36 +0800] "GET /a HTTP/1.1" 304 0"#, "2001:db8::7", 304, 0),
            (#"fe80::1%eth0 - - [10/Oct/2025:13:55:36 +0800] "GET /a HTTP/1.1" 304 0"#, "fe80::1", 304, 0),
            (#"www.example.cn:443 203.0.113.7 - zhang san [10/Oct/2025:13:55:36 +0800] "GET /a HTTP/1.1" 200 1 "-" "UA""#, "203.0.113.7", 200, 1),
            (#"www.example.cn 203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "" 400 0 "-" "-""#, "203.0.113.7", 400, 0),
            (#"203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "\x16\x03\x01" 400 150 "-" "-""#, "203.0.113.7", 400, 150),
            (#"203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "GET /\" 200 9 \" HTTP/1.1" 404 7 "-" "-""#, "203.0.113.7", 404, 7),
            (#"203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "GET /"q" HTTP/1.1" 404 7 "-" "-""#, "203.0.113.7", 404, 7),
            (#"203.0.113.7 - - [10/Oct/2025:05:55:36 +0000] "GET /a b HTTP/1.1" 200 5"# + "\r", "203.0.113.7", 200, 5),
            (#"203.0.113.7 - - [09/Oct/2025:22:55:36 -0700] "-" 408 -"#, "203.0.113.7", 408, 0),
            (#"client.example.org - - [10/Oct/2025:13:55:36 +0800] "GET / HTTP/1.0" 200 5"#, nil, 200, 5),
        ] as [(String, String?, Int, Int)])
    func read(_ text: String, _ client: String?, _ status: Int, _ bytes: Int) throws {
        let line = try #require(parse(text))
        #expect(line.client == client.flatMap { IPAddress($0) })
        #expect(line.status == status)
        #expect(line.bytes == bytes)
        #expect(line.time == 1_760_075_736)
    }

    @Test(
        "What is no access log line is refused",
        arguments: [
            "", " ", "-", "203.0.113.7", "garbage with spaces and [brackets] \"quotes\" 200 1",
            #"203.0.113.7 - - [31/Feb/2025:13:55:36 +0800] "GET / HTTP/1.1" 200 1"#,
            #"203.0.113.7 - - [10/Oct/2025:24:00:00 +0800] "GET / HTTP/1.1" 200 1"#,
            #"203.0.113.7 - - [10/Okt/2025:13:55:36 +0800] "GET / HTTP/1.1" 200 1"#,
            #"203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "GET / HTTP/1.1" 200"#,
            #"203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "GET / HTTP/1.1" 2x0 1"#, #"203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "GET / HTTP/1.1"#,
            #"203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "GET /" 200 99999999999999999999"#, #"2025/10/10 13:55:36 [error] 1#1: *1 open() failed"#,
            "203.0.113.7 - - [10/Oct/2025:13:55:36 +0800", "203.0.113.7 - - [", #"203.0.113.7 - - [10/Oct/1825:13:55:36 +0800] "-" 200 1"#,
        ])
    func refused(_ text: String) { #expect(parse(text) == nil) }

    @Test("The minute that is remembered never shows in another")
    func cache() {
        var parser = LogLineParser()
        func time(_ stamp: String) -> Int64? {
            Array("203.0.113.7 - - [\(stamp)] \"GET / HTTP/1.1\" 200 1".utf8).withUnsafeBytes { parser.parse($0)?.time }
        }
        #expect(time("10/Oct/2025:13:55:36 +0800") == 1_760_075_736)
        #expect(time("10/Oct/2025:13:55:37 +0800") == 1_760_075_737)
        #expect(time("10/Oct/2025:13:56:37 +0800") == 1_760_075_797)
        #expect(time("10/Oct/2025:13:56:37 +0900") == 1_760_072_197)
        #expect(time("10/Oct/2025:13:56:37 +0801") == 1_760_075_737)
        #expect(time("10/Oct/2026:13:56:37 +0801") == 1_791_611_737)
        #expect(time("10/Oct/2026:13:56:x7 +0801") == nil)
        #expect(time("29/Feb/2024:00:00:00 +0000") == 1_709_164_800)
        #expect(time("29/Feb/2100:00:00:00 +0000") == nil)
    }

    @Test("Random and mutated bytes never crash, and every prefix of a line is safe")
    func fuzz() {
        var generator = SystemRandomNumberGenerator()
        let seed = Array(#"www:443 203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "GET /a/1?x=2 HTTP/1.1" 200 2326 "-" "UA" "1.2.3.4, 5.6.7.8""#.utf8)
        var parser = LogLineParser()
        for end in 0...seed.count { seed.prefix(end).withUnsafeBytes { _ = parser.parse($0) } }
        for _ in 0..<20_000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            bytes.withUnsafeBytes { raw in
                guard let line = parser.parse(raw) else { return }
                #expect(line.request.upperBound <= raw.count && line.extra <= raw.count)
                _ = ForwardedFor.client(in: raw, after: line.extra, trusted: [])
            }
        }
    }

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
