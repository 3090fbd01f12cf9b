import Probes
import Regulations
import TestSupport
import Testing

/// One reply, or a few, and what each protocol's probe must make of them.
@Suite("Verdicts of the probes")
struct ProbeVerdictTests {
    @Test("a reply leads to its verdict, with its evidence", arguments: ProbeCases.all)
    func verdict(_ one: ProbeCase) {
        let run = ProbeRun.talk(one.service, one.peer)
        #expect(run.authentication == one.authentication)
        #expect(run.key == one.key)
    }

    @Test("wherever the bytes are cut, the verdict is the same", arguments: ProbeCases.all)
    func cut(_ one: ProbeCase) {
        let whole = ProbeRun.talk(one.service, one.peer).result
        let longest = (one.replies + [one.greeting]).map(\.count).max() ?? 0
        #expect(ProbeRun.everyCut(one.service, { one.peer }, longest: longest).allSatisfy { $0.result == whole })
    }

    @Test("a web server is no Elasticsearch, and is called what it is")
    func otherHTTP() {
        let run = ProbeRun.talk(.elasticsearch, .texts(Replies.HTTP.response("200 OK", "<html></html>", type: "text/html")))
        #expect(run.reading?.service == .http)
        #expect(run.connections <= 12)
    }

    @Test("a chunked reply, and one that ends with the connection, are read")
    func bodies() {
        let body = #"{"cluster_name":"c","version":{"number":"8.1.0","lucene_version":"9"}}"#
        let chunked =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n\(body.prefix(5))\r\n\(String(body.utf8.count - 5, radix: 16))\r\n\(body.dropFirst(5))\r\n0\r\n\r\n"
        #expect(ProbeRun.talk(.elasticsearch, .texts(chunked, Replies.HTTP.statistics)).authentication == .notRequired)
        let closing = "HTTP/1.0 200 OK\r\n\r\n" + body
        #expect(ProbeRun.talk(.elasticsearch, .texts(closing, Replies.HTTP.statistics)).authentication == .notRequired)
    }

    /// Loaded once: it takes longer than all the conversations.
    private static let words = Result { try Catalogue.load().wording }

    @Test("every message that a probe can make has its words in both languages", arguments: ProbeCases.all)
    func words(_ one: ProbeCase) throws {
        let words = try Self.words.get()
        let reading = ProbeRun.talk(one.service, one.peer).reading
        #expect(reading.map { $0.evidence.flatMap(words.missingKeys) } ?? [] == [])
    }
}
