import Findings
import Probes
import TestSupport
import Testing

/// How the probe for HTTP behaves towards servers, whatever they are.
@Suite("Conversations over HTTP")
struct WebConversationTests {
    private func paths(_ run: ProbeRun) -> [String] {
        run.sent.map { String(decoding: $0.prefix { $0 != 0x0D }, as: UTF8.self).split(separator: " ").dropFirst().first.map(String.init) ?? "" }
    }

    private func talk(_ pages: [String: String], missing: String? = nil, expecting service: Service? = nil, host: String = "192.0.2.1") -> ProbeRun {
        var site = WebSite(pages: pages)
        if let missing { site.missing = missing }
        return ProbeRun.talk(.http(expecting: service, host: host), site.peer)
    }

    // MARK: TLS

    @Test(
        "a server that says that this port speaks TLS is asked again inside TLS",
        arguments: [
            "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>",
            "<p>Reason: You're speaking plain HTTP to an SSL-enabled server port.<br /></p>",
            "Bad Request\r\nThis combination of host and port requires TLS.\r\n",
            "Client sent an HTTP request to an HTTPS server.\n",
        ])
    func plainTextRefused(_ body: String) {
        let site = WebSite(pages: [:], missing: WebSite.page("400 Bad Request", body))
        #expect(ProbeRun.talk(.http(expecting: .elasticsearch), site.peer).result == .perhapsTLS)
    }

    @Test("a redirect to the same address with https says the same; one to another port or host doesn't")
    func redirectedToTLS() {
        #expect(talk(["/": WebSite.moved("https://192.0.2.1:8080/")]).result == .perhapsTLS)
        for location in ["https://192.0.2.1/", "https://192.0.2.1:8443/", "https://example.org:8080/", "/login"] {
            #expect(talk(["/": WebSite.moved(location)]).reading?.service == .http)
        }
    }

    @Test(
        "a server that hangs up without a word, or answers by an alert, is asked again inside TLS on any port", arguments: [UInt16(80), 8042, 9443])
    func hangsUp(_ port: UInt16) {
        let alert: [UInt8] = [0x15, 0x03, 0x03, 0, 2, 2, 10]
        #expect(ProbeRun.talk(.http(expecting: nil, port: port), PretendPeer { _, _, _ in .close }).result == .perhapsTLS)
        #expect(ProbeRun.talk(.http(expecting: nil, port: port), PretendPeer { _, _, _ in .bytes(alert) }).result == .perhapsTLS)
        #expect(ProbeRun.talk(.http(expecting: nil, port: port), PretendPeer { _, _, _ in .silence }).result == .other)
    }

    @Test("native ports that answer HTTP to say that they aren't are left to their own probes")
    func nativePorts() {
        let clickHouse = "HTTP/1.0 400 Bad Request\r\n\r\nPort 9000 is for clickhouse-client program\r\nYou must use port 8123 for HTTP.\r\n"
        let mongoDB = "It looks like you are trying to access MongoDB over HTTP on the native driver port.\n"
        #expect(ProbeRun.talk(.http, .texts(clickHouse)).result == .other)
        #expect(ProbeRun.talk(.http, .texts(WebSite.page("200 OK", mongoDB, type: "text/plain"))).result == .other)
    }

    // MARK: Redirects

    @Test("redirects are followed on the same host and port, twice at most")
    func redirects() {
        let far = talk(["/": WebSite.moved("http://example.org/solr/")], expecting: .solr)
        #expect(!paths(far).contains("/solr/"))
        let here = talk(["/": WebSite.moved("http://192.0.2.1:8080/a"), "/a": WebSite.moved("b?x=1"), "/b?x=1": WebSite.moved("/c")])
        #expect(paths(here).starts(with: ["/", "/a", "/b?x=1"]))
        #expect(!paths(here).contains("/c"))
        for location in [
            "http://192.0.2.1:8080@example.org/", "javascript:alert(1)", "//example.org/a", "http://192.0.2.1:80/a", "http://[::1]:8080/",
            "\u{1F600}",
        ] {
            #expect(paths(talk(["/": WebSite.moved(location)])).allSatisfy { !$0.contains("example.org") && $0 != "/a" })
        }
    }

    @Test("a circle of redirects ends")
    func circle() {
        let run = talk([:], missing: WebSite.moved("/"))
        #expect(run.reading?.service == .http)
        #expect(run.connections <= 12)
    }

    @Test("the proof is never taken from where it redirects to")
    func proofRedirected() {
        let run = talk(
            [
                "/": WebSite.json(#"{"couchdb":"Welcome","version":"3.3.2"}"#), "/_all_dbs": WebSite.moved("/public"),
                "/public": WebSite.json(#"["a"]"#),
            ], expecting: .couchDB)
        #expect(run.authentication == .unknown)
        #expect(run.key == "exposure.busy")
    }

    // MARK: Manners

    @Test("the host is named as it was asked for, with its port where that isn't the scheme's own")
    func host() {
        func line(_ host: String, _ port: UInt16) -> String? {
            let run = ProbeRun.talk(.http(expecting: nil, host: host, port: port), PretendPeer { _, _, _ in .silence })
            return run.sent.first.map { String(decoding: $0, as: UTF8.self) }?.split(separator: "\r\n").first { $0.hasPrefix("Host: ") }.map(
                String.init)
        }
        #expect(line("pacs.example.org", 80) == "Host: pacs.example.org")
        #expect(line("192.0.2.1", 443) == "Host: 192.0.2.1")
        #expect(line("192.0.2.1", 8080) == "Host: 192.0.2.1:8080")
        #expect(line("2001:db8::1", 8080) == "Host: [2001:db8::1]:8080")
        #expect(line("a\r\nX: y", 80) == "Host: aX:y" || line("a\r\nX: y", 80) == "Host: [aX:y]")
    }

    @Test("a server that falls silent, or hangs up twice, is left alone, and is still called what it is", arguments: [true, false])
    func leftAlone(silent: Bool) {
        let peer = PretendPeer { _, connection, _ in
            connection == 0 ? .bytes(Array(WebSite.html("Hospital").utf8)) : silent ? .silence : .close
        }
        let run = ProbeRun.talk(.http(expecting: .solr), peer)
        #expect(run.reading?.service == .http)
        #expect(run.connections == (silent ? 2 : 3))
    }

    @Test("a password for everything is a refusal, and then nothing else is asked for")
    func challenged() {
        let run = talk([:], missing: WebSite.refused("Hospital"))
        #expect(run.reading?.service == .http)
        #expect(run.authentication == .required)
        #expect(run.connections == 1)
    }

    @Test("what a server calls itself is told, harmlessly")
    func server() {
        func reading(_ server: String) -> ServiceReading? { talk(["/": WebSite.html("x", headers: ["Server: \(server)"])]).reading }
        #expect(reading("nginx/1.22.1")?.product == "nginx")
        #expect(reading("nginx/1.22.1")?.version == "1.22.1")
        #expect(reading("Apache/2.4.57 (Debian)")?.version == "2.4.57")
        #expect(reading("<script>/110101199003071233")?.product == nil)
        #expect(reading("x/110101199003071233")?.version == nil)
    }

    // MARK: Bodies

    @Test("a page longer than is read is cut, wherever it ends, and the talk goes on", arguments: ["length", "chunked", "close"])
    func long(framing: String) {
        let body = String(repeating: "a", count: 300_000)
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
        let page =
            switch framing {
            case "length": "\(head)Content-Length: 300000\r\n\r\n\(body)"
            case "chunked": "\(head)Transfer-Encoding: chunked\r\n\r\n493e0\r\n\(body)\r\n0\r\n\r\n"
            default: "\(head)\r\n\(body)"
            }
        let run = talk(["/": page])
        #expect(run.reading?.service == .http)
        #expect(run.connections > 2)
        let pieces = ProbeRun.talk(.http(expecting: nil), WebSite(pages: ["/": page]).peer) { bytes in
            stride(from: 0, to: bytes.count, by: 1_000).map { Array(bytes[$0..<min(bytes.count, $0 + 1_000)]) }
        }
        #expect(pieces.result == run.result)
        #expect(pieces.connections == run.connections)
    }

    @Test("long pages for every path end before the limit, and what is known is told")
    func manyLong() {
        let page = WebSite.html("Hospital", String(repeating: "a", count: 200_000), headers: ["Server: nginx/1.22.1"])
        let run = ProbeRun.talk(.http(expecting: nil), WebSite(pages: [:], missing: page).peer) { bytes in
            stride(from: 0, to: bytes.count, by: 4_096).map { Array(bytes[$0..<min(bytes.count, $0 + 4_096)]) }
        }
        #expect(run.reading?.service == .http)
        #expect(run.reading?.product == "nginx")
        let whole = ProbeRun.talk(.http(expecting: nil), WebSite(pages: [:], missing: page).peer)
        #expect(whole.reading?.product == "nginx")
    }

    @Test("a list that was cut is counted as far as it was read, and says so")
    func cutList() {
        let names = (0..<20_000).map { "\"database\($0)\"" }.joined(separator: ",")
        let run = talk(
            ["/": WebSite.json(#"{"couchdb":"Welcome","version":"3.3.2"}"#), "/_all_dbs": WebSite.json("[\(names)]")], expecting: .couchDB)
        #expect(run.authentication == .notRequired)
        #expect(run.key == "exposure.web-counted-at-least")
    }

    @Test("a word in a text, a comment or a script is no element")
    func markup() {
        for body in [
            "<!-- <title>Solr Admin</title> -->", "<script>var a = '<title>Solr Admin</title>'</script>", "&lt;title&gt;Solr Admin", "<title ",
            "<p title=\"<title>Solr Admin</title>\">", "<", "<!", "</", "<a b='",
        ] {
            #expect(talk(["/": WebSite.page("200 OK", "<html>\(body)")], expecting: .solr).reading?.service == .http)
        }
        #expect(talk(["/": WebSite.page("200 OK", "<HTML><TITLE\n>Solr  Admin</TITLE>")], expecting: .solr).reading?.service == .solr)
    }
}
