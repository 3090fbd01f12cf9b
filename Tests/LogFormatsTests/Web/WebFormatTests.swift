import Foundation
import LogFormats
import Testing

@Suite("Formats of web servers")
struct WebFormatTests {
    /// 2026-11-26 05:47:38 in Shanghai.
    private let moment: Int64 = 1_795_643_258

    @Test("nginx's JSON is read, with its escapes")
    func json() throws {
        let line = try Told.one("nginx-json", Samples.nginxJSON[1])
        #expect(line.time == moment && line.client == "127.0.0.1" && line.status == 404 && line.bytes == 153 && line.duration == 0)
        #expect(line.method == "GET" && line.target == "/missing?q='%20OR%201=1--" && line.referer == #"https://clinic.example/a"b"#)
        #expect(line.agent == #"Mozilla/5.0 (X11; Linux) "quoted" \back"# && line.forwarded == "198.51.100.7, 10.0.0.1" && line.host == "127.0.0.1")
        #expect(line.account == nil && line.fields["status"] == "404")
        let login = try Told.one("nginx-json", Samples.nginxJSON[2])
        #expect(login.account == "doctor" && login.result == .failure)
    }

    @Test(
        "Keys may have any of their usual names",
        arguments: [
            #"{"@timestamp":"2026-11-26T05:47:38+08:00","client":{"ip":"203.0.113.7"},"http":{"request":{"method":"GET"},"response":{"status_code":200,"body":{"bytes":5}}},"url":{"path":"/a","query":"b=c"}}"#,
            #"{"ClientHost":"203.0.113.7","RequestMethod":"GET","RequestPath":"/a?b=c","DownstreamStatus":200,"DownstreamContentSize":5,"StartUTC":"2026-11-25T21:47:38.25Z"}"#,
            #"{"remote_ip":"203.0.113.7","ts":1795643258.284,"request":"GET /a?b=c HTTP/1.1","status":"200","bytes":"5"}"#,
            #"{ "time_local": "26/Nov/2026:05:47:38 +0800", "remote_addr": "203.0.113.7", "uri": "/a", "args": "b=c", "method": "GET", "status": 200, "bytes_sent": 5, "up": - }"#,
            #"{"msec":"1795643258.284","realip_remote_addr":"203.0.113.7","request_uri":"/a?b=c","verb":"GET","code":200,"size":5,"time":"yesterday"}"#,
            #"{"time":"[26/Nov/2026:05:47:38 +0800]","remoteIP":"203.0.113.7","request":"GET /a HTTP/1.1","request_uri":"/a?b=c","status":200,"bytes":5,"remote_ip":"198.51.100.1","status":500}"#,
            #"{"timestamp":"1795643258284","ip":"203.0.113.7:443","path":"/a","query":"?b=c","method":"GET","status":200,"bytes":5}"#,
        ])
    func keys(_ text: String) throws {
        let line = try Told.one("nginx-json", text)
        #expect(
            line.time == moment && line.client == "203.0.113.7" && line.status == 200 && line.bytes == 5 && line.method == "GET"
                && line.target == "/a?b=c")
    }

    @Test(
        "JSON that tells no request is refused",
        arguments: [
            #"{"time":"2026-11-26T05:47:38+08:00","status":200}"#, #"{"request":"GET / HTTP/1.1","status":200}"#,
            #"{"time":"2026-11-26T05:47:38+08:00","request":"GET / HTTP/1.1"}"#, #"{"time":"soon","request":"GET / HTTP/1.1","status":200}"#,
            #"{"time":"2026-11-26T05:47:38+08:00","request":"GET / HTTP/1.1","status":2000}"#,
            #"{"time":"2026-11-26T05:47:38+08:00","request":"GET /"#, "[]",
        ])
    func noRequest(_ text: String) throws { #expect(try Told.one("nginx-json", text).outcome == .unparsed) }

    @Test("A JSON line that a reader cut still tells who asked: to send much is no way not to be seen")
    func cutJSON() throws {
        let long =
            #"{"time":"2026-11-26T05:47:38+08:00","remote_addr":"203.0.113.7","request":"GET /a HTTP/1.1","status":200,"agent":""#
            + String(repeating: "x", count: 1 << 16)
        let line = try Told.one("nginx-json", long)
        #expect(line.client == "203.0.113.7" && line.target == "/a")
    }

    @Test("nginx's error log is read, in the server's zone")
    func nginxError() throws {
        let missing = try Told.one("nginx-error", Samples.nginxError[1])
        #expect(missing.time == moment && missing.action == .error && missing.client == "127.0.0.1" && missing.session == "2")
        #expect(missing.message == #"open() "/srv/html/missing" failed (2: No such file or directory)"# && missing.method == "GET")
        #expect(missing.target == "/missing?q='%20OR%201=1--" && missing.host == "127.0.0.1" && missing.referer == #"https://clinic.example/a"b"#)
        let login = try Told.one("nginx-error", Samples.nginxError[2])
        #expect(login.account == "doctor" && login.action == .login && login.result == .failure)
        #expect(try Told.one("nginx-error", Samples.nginxError[3]).account == "nurse li [10/Oct/2020")
        #expect(try Told.one("nginx-error", Samples.nginxError[4]).action == .logControl)
        let closed = try Told.one("nginx-error", Samples.nginxError[0])
        #expect(closed.action == .other && closed.client == nil && closed.session == "8219#8219" && closed.message == "nginx/1.22.1")
        #expect(try Told.one("nginx-error", "PHP message: PHP Warning: x").outcome == .nothing)
        let utc = try Told.one("nginx-error", Samples.nginxError[0], LogContext(zone: .gmt))
        #expect(utc.time == moment + 8 * 3_600 - 2)
    }

    @Test(
        "A line of nginx's error log in which a client wrote another client names none",
        arguments: [
            #"2026/11/26 05:47:38 [error] 1#1: *2 open() "/srv/x, client: 198.51.100.1, server: a" failed, client: 203.0.113.7, server: , request: "GET /x HTTP/1.1""#,
            #"2026/11/26 05:47:38 [error] 1#1: *2 open() "/srv/x" failed, client: 203.0.113.7, server: , request: "GET /x HTTP/1.1", referrer: "a, client: 198.51.100.1, b""#,
        ])
    func forgedError(_ text: String) throws {
        let line = try Told.one("nginx-error", text)
        #expect(line.action == .error && line.client == nil && line.target == nil)
    }

    @Test("Apache's error log is read, of 2.4 and of 2.2")
    func apacheError() throws {
        let missing = try Told.one("apache-error", Samples.apacheError[1])
        #expect(missing.time == moment && missing.client == "127.0.0.1" && missing.session == "8222:tid 8226" && missing.action == .other)
        #expect(missing.message == "AH00128: File does not exist: /srv/html/missing" && missing.referer == #"https://clinic.example/a"b"#)
        let login = try Told.one("apache-error", Samples.apacheError[2])
        #expect(login.account == "doctor" && login.action == .login && login.result == .failure && login.client == "127.0.0.1")
        #expect(try Told.one("apache-error", Samples.apacheError[3]).account == "nurse li [10/Oct/2020")
        #expect(try Told.one("apache-error", Samples.apacheError[0]).action == .logControl)
        let old = try Told.one(
            "apache-error", "[Wed Oct 11 14:32:52 2006] [error] [client 2001:db8::1] client denied by server configuration: /export")
        #expect(old.time == 1_160_548_372 && old.client == "2001:db8::1" && old.message == "client denied by server configuration: /export")
        let six = try Told.one("apache-error", "[Thu Nov 26 05:47:38.458974 2026] [core:error] [pid 1:tid 2] [client ::1:54321] AH00128: x")
        #expect(six.client == "::1")
        let forged = try Told.one(
            "apache-error",
            "[Thu Nov 26 05:47:38.458974 2026] [core:error] [pid 1] [client 203.0.113.7:1] AH1: x [client 198.51.100.1:2] caught SIGTERM, shutting down"
        )
        #expect(forged.client == "203.0.113.7" && forged.action == .error)
    }

    @Test("HAProxy's HTTP log is read, with what it captured")
    func haproxy() throws {
        let line = try Told.one("haproxy-http", Samples.haproxyHTTP[1])
        #expect(line.time == moment && line.client == "127.0.0.1" && line.status == 404 && line.bytes == 283 && line.duration == 30_000)
        #expect(
            line.method == "GET" && line.target == "/missing?q='%20OR%201=1--" && line.host == "127.0.0.1"
                && line.forwarded == "198.51.100.7, 10.0.0.1")
        #expect(line.agent == #"Mozilla/5.0 (X11; Linux) "quoted" \back"# && line.program == "haproxy" && line.session == "8965")
        let forged = try Told.one("haproxy-http", Samples.haproxyHTTP[2])
        #expect(forged.status == 404 && forged.client == "127.0.0.1" && forged.target == "/forge")
        let bad = try Told.one("haproxy-http", Samples.haproxyHTTP[3])
        #expect(bad.status == 400 && bad.method == nil && bad.message == "<BADREQ>" && bad.duration == 0)
        let manual = try Told.one(
            "haproxy-http",
            #"Feb  6 12:14:14 localhost haproxy[14389]: 10.0.1.2:33317 [06/Feb/2009:12:14:14.655] http-in static/srv1 10/0/30/69/+109 200 +2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} "GET /index.html HTTP/1.1""#,
            LogContext(zone: .gmt))
        #expect(
            manual.time == 1_233_922_454 && manual.client == "10.0.1.2" && manual.bytes == 2_750 && manual.duration == 109_000
                && manual.host == "1wt.eu")
        let bare = try Told.one(
            "haproxy-http",
            #"2001:db8::1:33317 [06/Feb/2009:12:14:14.655] in~ b/s 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 "GET /#22 HTTP/1.1" 0/0/0/0/0 x/TLSv1.3/y"#
        )
        #expect(bare.client == "2001:db8::1" && bare.target == "/\"" && bare.program == nil)
        let two = try Told.one("haproxy-http", Samples.haproxyHTTP[1].replacingOccurrences(of: "127.0.0.1:18082|", with: "198.51.100.9|"))
        #expect(two.forwarded == nil, "nobody can tell which of two the proxy wrote")
    }

    @Test("HAProxy's TCP and error logs are read")
    func haproxyTCP() throws {
        let line = try Told.one("haproxy-tcp", Samples.haproxyTCP[0])
        #expect(line.action == .connect && line.client == "127.0.0.1" && line.bytes == 235 && line.duration == 9_000 && line.message == "pg/pg1")
        #expect(line.result == .success)
        let error = try Told.one("haproxy-tcp", Samples.haproxyTCP[1])
        #expect(error.action == .error && error.message == "Connection error during SSL handshake" && error.client == "127.0.0.1")
        #expect(try Told.one("haproxy-tcp", Samples.haproxyHTTP[0]).outcome == .unparsed)
        #expect(try Told.one("haproxy-http", Samples.haproxyTCP[0]).action == .connect)
        let tag = "Feb  6 12:14:14 localhost haproxy[14389]: "
        #expect(try Told.one("haproxy-http", tag + "Server static/srv1 is DOWN, reason: Layer4 timeout").outcome == .nothing)
        #expect(try Told.one("haproxy-http", tag + "Connect from 10.0.1.2:33312 to 10.0.3.31:8012 (www/HTTP)").outcome == .unparsed)
    }

    @Test("Caddy's log is read")
    func caddy() throws {
        let line = try Told.one("caddy", Samples.caddy[0])
        #expect(
            line.time == moment && line.client == "203.0.113.7" && line.method == "GET" && line.target == "/a?b=c" && line.host == "clinic.example")
        #expect(line.status == 200 && line.bytes == 10_900 && line.duration == 929 && line.account == "doctor" && line.agent == "curl/7.82.0")
        #expect(line.forwarded == "198.51.100.1, 10.0.0.1" && line.referer == nil)
        #expect(try Told.one("caddy", Samples.caddy[1]).action == .error)
        #expect(try Told.one("caddy", #"{"level":"info","ts":1,"msg":"x"}"#).outcome == .unparsed)
    }

    @Test("Tomcat's log is read, with the stack traces that belong to its lines")
    func catalina() throws {
        let format = try #require(LogFormat.named("tomcat-catalina"))
        let told = Told.all(format, Samples.catalina.joined(separator: "\n"))
        #expect(told.map(\.outcome) == [.partial, .event, .partial, .partial, .event, .event])
        #expect(told[1].message?.hasPrefix("Initializing") == true && told[1].action == .other && told[1].time == moment)
        #expect(told[4].action == .error && told[4].message?.hasSuffix("Stacktrace:] with root cause\n\tjava.lang.RuntimeException: boom") == true)
        #expect(told[4].program == "org.apache.catalina.core.StandardWrapperValve.invoke" && told[4].session == "http-nio-8080-exec-2")
        #expect(told[5].action == .login && told[5].result == .failure && told[5].account == "tomcat")
        #expect(Told.all(format, "\tat java.lang.Thread.run").map(\.outcome) == [.unparsed])
    }

    @Test("W3C logs are read by the columns that their header names, in UTC")
    func w3c() throws {
        let format = try #require(LogFormat.named("w3c"))
        let told = Told.all(format, Samples.w3c.joined(separator: "\n"), LogContext())
        #expect(told.map(\.outcome) == [.nothing, .nothing, .event, .event, .nothing, .event, .unparsed, .event])
        let line = told[2]
        #expect(
            line.time == 1_767_323_045 && line.client == "203.0.113.7" && line.method == "GET" && line.target == "/Patient/View.aspx?id=1042&x=a+b")
        #expect(
            line.account == "CLINIC\\li" && line.agent == "Mozilla/5.0 (Windows NT 10.0)" && line.referer == "https://a.example/x"
                && line.status == 200)
        #expect(line.duration == 15_000 && line.forwarded == "198.51.100.7, 10.0.0.1" && line.fields["cs-uri-query"] == "id=1042&x=a+b")
        #expect(told[3].target == "/x" && told[3].account == nil && told[3].agent == nil && told[3].result == .failure)
        #expect(told[5].time == 1_767_323_045 && told[5].target == "/c?q=1" && told[5].duration == 1_500_000)
        #expect(told[7].agent == "a b", "in quotes")
        #expect(Told.all(format, Samples.w3c[2]).map(\.outcome) == [.unparsed], "without a header nobody knows the columns")
    }

    @Test("Squid's native and combined logs are read")
    func squid() throws {
        let line = try Told.one("squid", Samples.squid[0])
        #expect(line.time == 1_066_036_250 && line.client == "10.0.0.8" && line.status == 200 && line.bytes == 1_234 && line.duration == 41_000)
        #expect(line.method == "GET" && line.target == "http://www.example.org/a?b" && line.host == "www.example.org" && line.account == "li")
        #expect(try Told.one("squid", Samples.squid[1]).host == "mail.example.org")
        let combined = try Told.one("squid-combined", Samples.squidCombined[0])
        #expect(combined.client == "10.0.0.8" && combined.host == "www.example.org" && combined.agent == "curl/7.88.1")
    }

    @Test("The format of a sample is told, among all formats", arguments: Samples.all)
    func detection(_ id: String, _ lines: [String]) throws {
        let bytes = lines.map { Array($0.utf8) }
        let buffers = bytes.map { line in
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: line.count, alignment: 1)
            copy.copyBytes(from: line)
            return UnsafeRawBufferPointer(copy)
        }
        defer { for buffer in buffers { buffer.deallocate() } }
        let guess = try #require(FormatDetector.detect(buffers, LogContext()))
        #expect(guess.format.id == id)
        #expect(guess.share > 0.7)
    }

    @Test("Cut and mutated lines of every format never crash", arguments: Samples.all)
    func hostile(_ id: String, _ lines: [String]) throws {
        let format = try #require(LogFormat.named(id))
        Hostile.feed(format, header: lines.filter { $0.hasPrefix("#") }, Array(lines.prefix(4)), rounds: 1_000)
    }
}
