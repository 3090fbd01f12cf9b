import Foundation
import LogFormats
import TestSupport
import Testing

@Suite("Formats that users write")
struct CustomFormatTests {
    private let moment: Int64 = 1_795_643_258

    private func told(_ format: String, _ line: String) throws -> Told {
        let format = try LogFormat.custom(format)
        return try #require(Told.all(format, line).last)
    }

    @Test("nginx's log_format is read as the whole directive, with name, quotes and continuation lines")
    func directive() throws {
        let format = """
            nginx:log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                                    '$status $body_bytes_sent "$http_referer" '
                                    '"$http_user_agent" "$http_x_forwarded_for" rt=$request_time uct="$upstream_connect_time"';
            """
        let line = try told(
            format,
            #"203.0.113.7 - nurse li [26/Nov/2026:05:47:38 +0800] "GET /a?b=\x22 HTTP/1.1" 403 153 "-" "Mozilla \x22q\x22" "198.51.100.7, 10.0.0.1" rt=0.012 uct="0.001""#
        )
        #expect(
            line.outcome == .event && line.time == moment && line.client == "203.0.113.7" && line.account == "nurse li" && line.result == .failure)
        #expect(line.method == "GET" && line.target == "/a?b=\"" && line.bytes == 153 && line.agent == "Mozilla \"q\"" && line.referer == nil)
        #expect(line.forwarded == "198.51.100.7, 10.0.0.1" && line.duration == 12_000 && line.fields["upstream_connect_time"] == "0.001")
        #expect(try LogFormat.custom(format).id == "nginx-custom")
    }

    @Test(
        "Any order and any separators are read",
        arguments: [
            (
                "nginx:$remote_addr|$time_iso8601|$request_method|$request_uri|$status|$body_bytes_sent|$request_time|$http_user_agent",
                "203.0.113.7|2026-11-26T05:47:38+08:00|GET|/a?b=c|200|5|0.003|curl"
            ),
            (
                "nginx:$msec $remote_addr:$remote_port $status $body_bytes_sent ${request_time}s $request_method $uri$is_args$args \"$http_user_agent\"",
                #"1795643258.284 203.0.113.7:443 200 5 0.003s GET /a?b=c "curl""#
            ),
            (
                "nginx:[$time_local] $status $body_bytes_sent $request_time $remote_addr $request_method $host$request_uri \"$http_user_agent\"",
                #"[26/Nov/2026:05:47:38 +0800] 200 5 0.003 203.0.113.7 GET clinic.example/a?b=c "curl""#
            ),
            (
                #"nginx:escape=json '{"t":"$time_iso8601","a":"$remote_addr","r":"$request","s":$status,"b":$body_bytes_sent,"d":$request_time,"u":"$http_user_agent"}'"#,
                #"{"t":"2026-11-26T05:47:38+08:00","a":"203.0.113.7","r":"GET /a?b=c HTTP/1.1","s":200,"b":5,"d":0.003,"u":"curl"}"#
            ),
            (
                #"apache:%h %l %u %t \"%r\" %>s %b %{ms}T \"%{User-Agent}i\""#,
                #"203.0.113.7 - - [26/Nov/2026:05:47:38 +0800] "GET /a?b=c HTTP/1.1" 200 5 3 "curl""#
            ),
            (
                #"apache:LogFormat "%{%Y-%m-%dT%H:%M:%S%z}t %a \"%{X-Forwarded-For}i\" %D %>s %B \"%r\" \"%{User-Agent}i\"" custom"#,
                #"2026-11-26T05:47:38+0800 203.0.113.7 "-" 3000 200 5 "GET /a?b=c HTTP/1.1" "curl""#
            ),
            (
                #"apache:[%{%d/%b/%Y %T}t.%{msec_frac}t %{%z}t] %a %>s %B %D %m %U%q "%{User-Agent}i""#,
                #"[26/Nov/2026 05:47:38.284 +0800] 203.0.113.7 200 5 3000 GET /a?b=c "curl""#
            ),
            (#"apache:%{sec}t\t%a\t%>s\t%O\t%D\t%m\t%U%q\t%{User-agent}i"#, "1795643258\t203.0.113.7\t200\t5\t3000\tGET\t/a?b=c\tcurl"),
            (
                #"apache:%{%a, %e %B %Y %I:%M:%S %p}t %a %!200,304>s %B %D "%r" "%{User-Agent}i""#,
                #"Thu, 26 November 2026 05:47:38 AM 203.0.113.7 200 5 3000 "GET /a?b=c HTTP/1.1" "curl""#
            ),
            (
                #"apache:CustomLog logs/x "%{usec}t %a %>s %B %D \"%m %U%q %H\" %{User-Agent}i""#,
                #"1795643258284000 203.0.113.7 200 5 3000 "GET /a?b=c HTTP/1.1" curl"#
            ),
        ])
    func formats(_ format: String, _ text: String) throws {
        let line = try told(format, text)
        #expect(line.outcome == .event && line.time == moment && line.client == "203.0.113.7" && line.status == 200 && line.bytes == 5)
        #expect(line.method == "GET" && line.target == "/a?b=c" && line.duration == 3_000 && line.agent == "curl" && line.result == .success)
    }

    @Test("Lines that nginx and Apache wrote in formats of ours are read")
    func real() throws {
        let pipes = "nginx:$remote_addr|$time_iso8601|$request_method|$request_uri|$status|$body_bytes_sent|$request_time|$http_user_agent"
        let quoted = try told(
            pipes,
            #"127.0.0.1|2026-11-26T05:47:38+08:00|GET|/missing?q='%20OR%201=1--|404|153|0.000|Mozilla/5.0 (X11; Linux) \x22quoted\x22 \x5Cback"#)
        #expect(quoted.agent == #"Mozilla/5.0 (X11; Linux) "quoted" \back"# && quoted.target == "/missing?q='%20OR%201=1--")
        let bad = try told(pipes, "127.0.0.1|2026-11-26T05:47:38+08:00|GET|-|400|157|0.001|-")
        #expect(bad.status == 400 && bad.target == nil && bad.agent == nil)
        let apache = #"apache:%{%Y-%m-%dT%H:%M:%S%z}t %a "%{X-Forwarded-For}i" %D %>s %B "%r" "%{User-Agent}i""#
        let forged = try told(apache, #"2026-11-26T05:47:38+0800 127.0.0.1 "-" 142 404 236 "GET /forge HTTP/1.1" "x\" 200 5 \"-\" \"y""#)
        #expect(forged.status == 404 && forged.agent == #"x" 200 5 "-" "y"# && forged.forwarded == nil)
        for sample in Samples.main {
            let main = try told(
                #"nginx:$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" "$http_x_forwarded_for""#,
                sample)
            var combined = try Told.one("combined", sample)
            combined.fields = main.fields
            #expect(main == combined)
        }
    }

    @Test("What a client can write so that a line has two readings is not told; what stands before it is")
    func ambiguous() throws {
        let format = "nginx:$remote_addr|$time_iso8601|$request|$status|$http_user_agent|$body_bytes_sent"
        let honest = try told(format, "203.0.113.7|2026-11-26T05:47:38+08:00|GET /a HTTP/1.1|404|curl|5")
        #expect(honest.status == 404 && honest.target == "/a" && honest.agent == "curl" && honest.bytes == 5)
        let forged = try told(format, "203.0.113.7|2026-11-26T05:47:38+08:00|GET /a|200|x HTTP/1.1|404|curl|5")
        #expect(forged.outcome == .event && forged.client == "203.0.113.7" && forged.time == moment)
        #expect(forged.status == 0 && forged.result == .unknown && forged.target == nil && forged.agent == nil && forged.bytes == 5)
        let harmless = try told(format, "203.0.113.7|2026-11-26T05:47:38+08:00|GET /a|b|c HTTP/1.1|404|curl|x|5")
        #expect(harmless.status == 404 && harmless.target == "/a|b|c" && harmless.agent == "curl|x")
        let many = try told(format, "203.0.113.7|2026-11-26T05:47:38+08:00|GET /a HTTP/1.1|404|" + String(repeating: "1|", count: 20_000) + "|5")
        #expect(many.client == "203.0.113.7" && many.time == moment && many.status == 0)
    }

    @Test(
        "A line of another format is refused",
        arguments: [
            "", "x", "203.0.113.7 [x] 200", #"203.0.113.7 [26/Nov/2026:05:47:38 +0800] "GET / HTTP/1.1" 200 5 more"#,
            #"203.0.113.7 [31/Feb/2026:05:47:38 +0800] "GET / HTTP/1.1" 200 5"#, #"203.0.113.7 [26/Nov/2026:05:47:38 +0800] "GET / HTTP/1.1" 2000 5"#,
            #"two words [26/Nov/2026:05:47:38 +0800] "GET / HTTP/1.1" 200 5"#,
        ])
    func other(_ text: String) throws {
        let line = try told(#"nginx:$remote_addr [$time_local] "$request" $status $body_bytes_sent"#, text)
        #expect(line.outcome == (text.isEmpty ? .nothing : .unparsed))
    }

    @Test("Zoneless stamps are the reader's zone's")
    func zone() throws {
        let format = try LogFormat.custom(#"apache:%{%Y-%m-%d %H:%M:%S}t %a %>s"#)
        #expect(Told.all(format, "2026-11-26 05:47:38 203.0.113.7 200")[0].time == moment)
        #expect(Told.all(format, "2026-11-26 05:47:38 203.0.113.7 200", LogContext(zone: .gmt))[0].time == moment + 8 * 3_600)
    }

    @Test(
        "The peer is the client only where the format names no other",
        arguments: [
            ("nginx:$realip_remote_addr [$time_local] $status", "192.0.2.1 [02/Jan/2026:03:04:05 +0800] 200", "192.0.2.1"),
            ("nginx:$realip_remote_addr $remote_addr [$time_local] $status", "192.0.2.1 203.0.113.7 [02/Jan/2026:03:04:05 +0800] 200", "203.0.113.7"),
            ("apache:%{c}a %t %>s", "192.0.2.1 [02/Jan/2026:03:04:05 +0800] 200", "192.0.2.1"),
            ("apache:%{c}a %a %t %>s", "192.0.2.1 203.0.113.7 [02/Jan/2026:03:04:05 +0800] 200", "203.0.113.7"),
        ])
    func peer(_ format: String, _ line: String, _ client: String) throws {
        #expect(try told(format, line).client == client)
    }

    @Test("The names that servers know are known")
    func names() throws {
        #expect(try LogFormat.custom("nginx:combined").id == "combined")
        #expect(try LogFormat.custom("apache:common").id == "common")
        #expect(try LogFormat.custom("apache:vhost_combined").id == "combined-vhost")
    }

    @Test(
        "A format that can't be read is refused in one line that says why",
        arguments: [
            ("combined", "names no server"), ("iis:%h", "names no server"), ("nginx:", "tells no time"),
            ("nginx:$remote_addr $status", "tells no time"),
            ("nginx:$time_local $remote_addr", "tells no request"), ("nginx:$time_local $ $status", "column 13"),
            ("nginx:$time_local ${status", "isn't closed"),
            ("nginx:log_format main;", "needs a name and a format"), ("nginx:log_format main '$time_local $status;", "isn't closed"),
            ("nginx:escape=xml '$time_local $status'", "no escape"), ("nginx:$time_local $remote_user$http_cookie $status", "touch"),
            ("nginx:$time_local\n$status", "more than one line"), ("apache:%h %>s", "tells no time"), ("apache:%t %h", "tells no request"),
            ("apache:%t %>s %Z", "%Z at column 8"), ("apache:%t %>s %", "no letter"), ("apache:%t %>s %{Referer", "isn't closed"),
            (#"apache:LogFormat combined"#, "no format in quotes"), (#"apache:LogFormat "%t %>s"#, "isn't closed"),
            ("apache:%{%Y-%m-%d}t %>s", "tells no hour"),
            ("apache:%{%Y %U %H}t %>s", "%U"), ("apache:%t %u%h %>s", "touch"), ("apache:%t %>s\n%b", "more than one line"),
            ("nginx:" + String(repeating: "$status ", count: 2_000), "longer than"),
            ("nginx:$time_local " + String(repeating: "$status ", count: 100), "more than 64"),
            ("apache:%{%H%}t %>s", "single %"),
        ])
    func refused(_ format: String, _ words: String) {
        let error = #expect(throws: LogFormatError.self) { try LogFormat.custom(format) }
        #expect(error?.description.contains(words) == true && error?.description.contains("\n") == false, "\(error?.description ?? "")")
    }

    @Test("Formats of random bytes are refused or work, and never crash")
    func randomFormats() {
        var generator = SeededGenerator(seed: 2_026)
        let parts = [
            "$", "{", "}", "%", "%t", "%>s", "$status", "$time_local", "\"", "\\", "'", " ", "%{", "}t", "%H", "escape=json", ";", "log_format ",
            "\u{0}", "王", "^", "$request",
        ]
        for _ in 0..<3_000 {
            let server = Bool.random(using: &generator) ? "nginx:" : "apache:"
            let text = server + (0..<Int.random(in: 0...12, using: &generator)).map { _ in parts.randomElement(using: &generator) ?? "" }.joined()
            guard let format = try? LogFormat.custom(text) else { continue }
            _ = Told.all(format, #"203.0.113.7 [26/Nov/2026:05:47:38 +0800] "GET / HTTP/1.1" 200 5"#)
        }
    }

    @Test("Cut and mutated lines of custom formats never crash")
    func hostile() throws {
        Hostile.feed(
            try LogFormat.custom(
                #"nginx:$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_cookie" $http_user_agent $request_time"#),
            [#"203.0.113.7 - a b [26/Nov/2026:05:47:38 +0800] "GET /\x22 HTTP/1.1" 200 5 "c\x22" curl a b 0.3"#])
        Hostile.feed(
            try LogFormat.custom(#"apache:%{%a, %e %B %Y %I:%M:%S %p %z}t %a %v%U%q %>s"#),
            ["Thu, 26 November 2026 05:47:38 AM +0800 203.0.113.7 a.example/a?b=c 200"])
    }
}
