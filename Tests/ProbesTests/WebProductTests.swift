import Findings
import Probes
import Regulations
import TestSupport
import Testing

/// Every product that speaks HTTP, as sites.
@Suite("Products that speak HTTP")
struct WebProductTests {
    private static let words = Result { try Catalogue.load().wording }

    @Test("a product is recognised and judged", arguments: WebCase.all)
    func verdict(_ one: WebCase) throws {
        let run = one.run(expected: one.service)
        let reading = try #require(run.reading)
        #expect(reading.service == one.service)
        #expect(reading.authentication == one.authentication)
        #expect(reading.evidence.first?.key == one.key)
        if let version = one.version { #expect(reading.version == version) }
        #expect(run.connections <= 12)
        let words = try Self.words.get()
        #expect(reading.evidence.flatMap(words.missingKeys) == [])
    }

    /// Where nothing else is expected, a site may be too little to go by; but it never becomes another product's or a harsher verdict.
    @Test("on a port of no known product the verdict is the same, or none is dared", arguments: WebCase.all)
    func anywhere(_ one: WebCase) throws {
        let run = one.run()
        let reading = try #require(run.reading)
        if reading.service == one.service {
            #expect(reading.authentication == one.authentication)
        } else {
            #expect(reading.service == .http)
            #expect(reading.authentication != .notRequired)
        }
        #expect(run.connections <= 20)
    }

    private static let others: [(name: String, site: WebSite)] = [
        ("an ordinary site", WebSite(pages: ["/": WebSite.html("Hospital")])),
        ("one page for every path", WebSite(pages: [:], missing: WebSite.html("Hospital", "<div id=\"root\"></div>"))),
        ("an empty object for every path", WebSite(pages: [:], missing: WebSite.json("{}"))),
        ("an empty list for every path", WebSite(pages: [:], missing: WebSite.json("[]"))),
        ("a success for every path", WebSite(pages: [:], missing: WebSite.json(#"{"code":200,"status":"success","data":{}}"#))),
        ("a password for every path", WebSite(pages: [:], missing: WebSite.refused("Hospital"))),
        ("a login page for every path", WebSite(pages: ["/login": WebSite.html("Login")], missing: WebSite.moved("/login"))),
        ("nothing but Go", WebSite(pages: [:], missing: WebSite.goNotFound)),
        ("an error for every path", WebSite(pages: [:], missing: WebSite.json(#"{"message":"no Route matched"}"#, "404 Not Found"))),
    ]

    @Test("another service on a product's port is never taken for it", arguments: Set(WebCase.all.map(\.service)))
    func otherService(_ service: Service) {
        for (name, site) in Self.others {
            let run = ProbeRun.talk(.http(expecting: service), site.peer)
            #expect(run.reading?.service == .http, "\(name)")
            #expect(run.authentication != .notRequired, "\(name)")
            #expect(run.connections <= 12, "\(name)")
        }
    }

    /// The faults of other scanners: a server that answers every path alike, and those that say a product's name without being it.
    @Test("a server that answers every path like the proof proves nothing", arguments: WebCase.all.filter { $0.authentication == .notRequired })
    func catchAll(_ one: WebCase) throws {
        let proof = try #require(Self.proofs(of: one).last)
        var site = one.site
        site.missing = try #require(one.site.pages[proof])
        let run = ProbeRun.talk(.http(expecting: one.service), site.peer)
        #expect(run.authentication != .notRequired)
    }

    /// The pages that were asked for, in order, without the canary and the figures that came after it.
    private static func proofs(of one: WebCase) -> [String] {
        let asked = one.run(expected: one.service).sent.map { request in
            let line = String(decoding: request.prefix { $0 != 0x0D }, as: UTF8.self).split(separator: " ").map(String.init)
            return line[0] == "GET" ? line[1] : "\(line[0]) \(line[1])"
        }
        return asked.prefix { !$0.hasPrefix("/suwen-") }.filter { one.site.pages[$0] != nil }
    }

    @Test("only reading requests are sent, without credentials and without a path from the peer", arguments: WebCase.all)
    func readOnly(_ one: WebCase) {
        for request in one.run(expected: one.service).sent {
            let text = String(decoding: request, as: UTF8.self)
            #expect(text.hasPrefix("GET /") || text.hasPrefix("POST /v3/kv/range ") || text.hasPrefix("POST /v3beta/kv/range "))
            #expect(!text.contains("Authorization"))
            #expect(text.hasSuffix("\r\n\r\n") || text.hasSuffix("\"count_only\":true}"))
            #expect(text.contains("\r\nHost: 192.0.2.1:8080\r\n"))
        }
    }

    @Test("no request is sent twice", arguments: WebCase.all)
    func once(_ one: WebCase) {
        let sent = one.run(expected: one.service).sent
        #expect(Set(sent).count == sent.count)
    }

    @Test("GitLab's public projects are counted, not judged")
    func publicProjects() throws {
        let one = try #require(WebCase.all.first { $0.service == .gitLab && $0.authentication == .required })
        let evidence = try #require(one.run(expected: .gitLab).reading?.evidence)
        #expect(evidence.last == Message("exposure.gitlab-public", ["projects": .count(6)]))
    }
}

extension ProbeSession {
    static func http(expecting service: Service?, host: String = "192.0.2.1", port: UInt16 = 8080) -> ProbeSession {
        let probe: any Probe.Type = ProbeRegistry.probe(for: .http) ?? GreetingProbe.self
        return ProbeSession(probe.init(ProbePeer(host: host, port: port, expected: service)))
    }
}
