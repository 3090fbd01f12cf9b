import LogFormats
import Network
import Testing

@Suite("Reading an access log line")
struct AccessLineParserTests {
    private func told(_ text: String) -> Told {
        Array(text.utf8).withUnsafeBytes { bytes in
            var parser = AccessLineParser(.combined)
            var event = LogEvent()
            let outcome = parser.parse(bytes, into: &event)
            return Told(outcome, event)
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
            (#"198.51.100.9:443 203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "GET / HTTP/1.1" 400 0 "-" "-""#, "203.0.113.7", 400, 0),
            (#"198.51.100.9 203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "GET / HTTP/1.1" 400 0 "-" "-""#, "203.0.113.7", 400, 0),
            (#":443 2001:db8::7 - - [10/Oct/2025:13:55:36 +0800] "GET / HTTP/1.1" 400 0 "-" "-""#, "2001:db8::7", 400, 0),
            (#"203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "\x16\x03\x01" 400 150 "-" "-""#, "203.0.113.7", 400, 150),
            (#"203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "GET /\" 200 9 \" HTTP/1.1" 404 7 "-" "-""#, "203.0.113.7", 404, 7),
            (#"203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "GET /"q" HTTP/1.1" 404 7 "-" "-""#, "203.0.113.7", 404, 7),
            (#"203.0.113.7 - - [10/Oct/2025:05:55:36 +0000] "GET /a b HTTP/1.1" 200 5"# + "\r", "203.0.113.7", 200, 5),
            (#"203.0.113.7 - - [09/Oct/2025:22:55:36 -0700] "-" 408 -"#, "203.0.113.7", 408, 0),
            (#"client.example.org - - [10/Oct/2025:13:55:36 +0800] "GET / HTTP/1.0" 200 5"#, nil, 200, 5),
        ] as [(String, String?, Int, Int64)])
    func read(_ text: String, _ client: String?, _ status: Int, _ bytes: Int64) {
        let line = told(text)
        #expect(line.outcome == .event)
        #expect(line.client == client)
        #expect(line.status == status)
        #expect(line.bytes == bytes)
        #expect(line.time == 1_760_075_736)
        #expect(line.action == .request)
    }

    @Test(
        "What is no access log line is refused",
        arguments: [
            " ", "-", "203.0.113.7", "garbage with spaces and [brackets] \"quotes\" 200 1",
            #"203.0.113.7 - - [31/Feb/2025:13:55:36 +0800] "GET / HTTP/1.1" 200 1"#,
            #"203.0.113.7 - - [10/Oct/2025:24:00:00 +0800] "GET / HTTP/1.1" 200 1"#,
            #"203.0.113.7 - - [10/Okt/2025:13:55:36 +0800] "GET / HTTP/1.1" 200 1"#,
            #"203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "GET / HTTP/1.1" 200"#,
            #"203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "GET / HTTP/1.1" 2x0 1"#, #"203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "GET / HTTP/1.1"#,
            #"203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "GET /" 200 99999999999999999999"#, #"2025/10/10 13:55:36 [error] 1#1: *1 open() failed"#,
            "203.0.113.7 - - [10/Oct/2025:13:55:36 +0800", "203.0.113.7 - - [", #"203.0.113.7 - - [10/Oct/1825:13:55:36 +0800] "-" 200 1"#,
        ])
    func refused(_ text: String) { #expect(told(text).outcome == .unparsed) }

    @Test("An empty line is nothing")
    func empty() {
        #expect(told("").outcome == .nothing)
        #expect(told("\r").outcome == .nothing)
    }

    @Test("All that a line tells is in the event")
    func whole() {
        let line = told(
            #"clinic.example:443 203.0.113.7 - nurse li [10/Oct/2025:13:55:36 +0800] "POST /a/1?x=2 HTTP/2.0" 403 5 "https://a.example/" "Mozilla/5.0 (X11)" "198.51.100.1, 10.0.0.1" "0.003""#
        )
        #expect(line.host == "clinic.example" && line.client == "203.0.113.7" && line.account == "nurse li")
        #expect(line.method == "POST" && line.target == "/a/1?x=2" && line.referer == "https://a.example/" && line.agent == "Mozilla/5.0 (X11)")
        #expect(line.forwarded == "198.51.100.1, 10.0.0.1" && line.result == .failure)
    }

    @Test(
        "A request line is parted into method and target",
        arguments: [
            ("GET /a?b=c HTTP/1.1", "GET", "/a?b=c", nil, nil), ("GET /a b c HTTP/1.0", "GET", "/a b c", nil, nil),
            ("GET /old", "GET", "/old", nil, nil),
            ("GET /a HTTP/2", "GET", "/a", nil, nil),
            ("GET http://abs.example:8080/x?y HTTP/1.1", "GET", "http://abs.example:8080/x?y", "abs.example", nil),
            ("CONNECT db.example:5432 HTTP/1.1", "CONNECT", "db.example:5432", "db.example", nil), ("OPTIONS * HTTP/1.1", "OPTIONS", "*", nil, nil),
            ("-", nil, nil, nil, "-"), ("", nil, nil, nil, ""), (#"\x16\x03"#, nil, nil, nil, "\u{16}\u{3}"),
            ("M-SEARCH * HTTP/1.1", "M-SEARCH", "*", nil, nil),
            (#"GET /\xe7\x97\x85?q=\"\\ HTTP/1.1"#, "GET", #"/病?q="\"#, nil, nil), ("GET  HTTP/1.1", "GET", "", nil, nil),
        ] as [(String, String?, String?, String?, String?)])
    func requests(_ request: String, _ method: String?, _ target: String?, _ host: String?, _ message: String?) {
        let line = told(#"203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "\#(request)" 200 1 "-" "a\x22b""#)
        #expect(line.method == method && line.target == target && line.host == host && line.message == message)
        #expect(line.agent == "a\"b" && line.referer == nil && line.account == nil)
    }

    @Test("Only a field behind the user agent that ends with an address is taken for the forwarder's list, whatever a client put before it")
    func forwarded() {
        func list(_ extra: String) -> String? { told(#"203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "GET / HTTP/1.1" 200 1 "# + extra).forwarded }
        #expect(list(#""-" "UA" "198.51.100.1""#) == "198.51.100.1")
        #expect(list(#""-" "UA" 0.01 "2001:db8::1, unknown, 198.51.100.1:443" "-""#) == "2001:db8::1, unknown, 198.51.100.1:443")
        #expect(list(#""198.51.100.1" "198.51.100.2""#) == nil)
        #expect(list(#""-" "UA" "<script>, 198.51.100.1""#) == "<script>, 198.51.100.1")
        for other in [#""-""#, #""unknown""#, #""198.51.100.1, x""#, #""198.51.100.1"#, #""1.2.3""#, #""0.003""#, #""198.51.100.1,""#] {
            #expect(list(#""-" "UA" "# + other) == nil, "\(other)")
        }
    }

    @Test("A list of forwarders where the client should stand is read as what it is")
    func forwardersInFront() {
        let line = told(#"198.51.100.1, 192.0.2.9, 203.0.113.7 - li [10/Oct/2025:13:55:36 +0800] "GET / HTTP/1.1" 200 1 "-" "-""#)
        #expect(line.client == "203.0.113.7" && line.forwarded == "198.51.100.1, 192.0.2.9, 203.0.113.7" && line.host == nil && line.account == "li")
        let port = told(#"203.0.113.7:51234 - - [10/Oct/2025:13:55:36 +0800] "GET / HTTP/1.1" 200 1 "-" "-""#)
        #expect(port.client == "203.0.113.7" && port.host == nil)
        #expect(told(#"x, 198.51.100.1 - - [10/Oct/2025:13:55:36 +0800] "GET / HTTP/1.1" 200 1 "-" "-""#).client == nil)
    }

    /// What nginx and Apache wrote when a client sent these words.
    @Test(
        "Words of a client change neither client nor time nor status",
        arguments: [
            #"203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "GET /forge HTTP/1.1" 404 153 "-" "x\x22 200 5 \x22-\x22 \x22y""#,
            #"203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "GET /forge HTTP/1.1" 404 397 "-" "x\" 200 5 \"-\" \"y" "-""#,
            #"203.0.113.7 - nurse [10/Oct/2020:13:55:36 +0800] \x22GET / HTTP/1.1\x22 200 1 [10/Oct/2025:13:55:36 +0800] "GET /x HTTP/1.1" 404 1 "-" "-""#,
            #"203.0.113.7 - nurse li [10/Oct/2020 [10/Oct/2025:13:55:36 +0800] "GET /private/x HTTP/1.1" 404 179 "-" "curl/7.88.1""#,
            #"203.0.113.7 - [[[[[[[[[[[[[[[[[[[[ [10/Oct/2025:13:55:36 +0800] "GET /private/x HTTP/1.1" 404 179 "-" "curl/7.88.1""#,
            #"198.51.100.9 203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "GET /\x22 200 1 HTTP/1.1" 404 179 "198.51.100.1" "198.51.100.1""#,
            #"203.0.113.7 - - [10/Oct/2025:13:55:36 +0800] "GET /\\\" 200 1 HTTP/1.1" 404 179 "-" "-""#,
        ])
    func forged(_ text: String) {
        let line = told(text)
        #expect(line.client == "203.0.113.7" && line.time == 1_760_075_736 && line.status == 404 && line.forwarded == nil)
    }

    @Test("The minute that is remembered never shows in another")
    func cache() {
        var parser = AccessLineParser(.combined)
        var event = LogEvent()
        func time(_ stamp: String) -> Int64? {
            Array("203.0.113.7 - - [\(stamp)] \"GET / HTTP/1.1\" 200 1".utf8).withUnsafeBytes {
                parser.parse($0, into: &event) == .event ? event.time : nil
            }
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

    @Test("An event that is used again keeps nothing of the line before")
    func again() {
        var parser = AccessLineParser(.combined)
        var event = LogEvent()
        func take(_ text: String, _ check: (LogEvent) -> Void) {
            Array(text.utf8).withUnsafeBytes { if parser.parse($0, into: &event) == .event { check(event) } }
        }
        take(#"a.example 203.0.113.7 - li [10/Oct/2025:13:55:36 +0800] "GET /\x22 HTTP/1.1" 401 1 "r" "ua" "198.51.100.1""#) {
            #expect($0.outcome == .failure)
        }
        take(#"x - - [10/Oct/2025:13:55:36 +0800] "?" 500 -"#) { event in
            let told = Told(.event, event)
            #expect(told.client == nil && told.host == nil && told.account == nil && told.target == nil && told.referer == nil && told.agent == nil)
            #expect(told.forwarded == nil && told.result == .unknown && told.message == "?")
        }
    }

    @Test("Cut, random and mutated lines never crash, and no span leaves its text")
    func hostile() throws {
        let lines = [
            #"www:443 203.0.113.7 - x y [10/Oct/2025:13:55:36 +0800] "GET /a/\x221?x=2 HTTP/1.1" 200 2326 "-" "UA" "1.2.3.4, 5.6.7.8""#,
            #"2001:db8::1 - - [10/Oct/2025:13:55:36 +0800] "GET http://a/ HTTP/1.1" 200 2326"#,
        ]
        for id in ["combined", "combined-vhost", "common", "squid-combined"] {
            let format = try #require(LogFormat.named(id))
            Hostile.feed(format, lines)
        }
    }
}
