import Probes
import TestSupport

extension ProbeCases {
    static let web = elasticsearch + WebCase.all.filter { ProbeRegistry.probe(for: $0.service)?.service == .http }.map(\.script)

    static let elasticsearch = [
        ProbeCase("open", .elasticsearch, texts: [Replies.HTTP.greeting, Replies.HTTP.statistics], .notRequired, "exposure.elasticsearch-stats"),
        ProbeCase("password", .elasticsearch, texts: [Replies.HTTP.denied], .required, "exposure.refused"),
        ProbeCase(
            "greets anybody, tells nothing", .elasticsearch, texts: [Replies.HTTP.greeting, Replies.HTTP.denied], .required, "exposure.refused"),
        ProbeCase(
            "statistics that aren't", .elasticsearch, texts: [Replies.HTTP.greeting, Replies.HTTP.response("200 OK", "{}")], .unknown,
            "exposure.session-broken"),
        ProbeCase(
            "statistics refused by a proxy", .elasticsearch, texts: [Replies.HTTP.greeting, Replies.HTTP.response("502 Bad Gateway", "")], .unknown,
            "exposure.busy"),
        ProbeCase("no HTTP", .elasticsearch, texts: ["220 ftp\r\n"], nil),
        ProbeCase(
            "a chunk beyond reason", .elasticsearch, texts: ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFF\r\n"], .unknown),
    ]
}
