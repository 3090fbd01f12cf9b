import Findings

/// Elasticsearch and OpenSearch over HTTP. The greeting at `/` says who it is; the proof is the statistics of the indices, which need a privilege.
/// What answers HTTP and is neither is recognised as ``Service/http``, so that nobody takes it for a database.
struct ElasticsearchProbe: Probe {
    static let service = Service.elasticsearch
    static let speaksInsideTLS = true

    private enum State { case greeting, statistics }

    private var state = State.greeting
    private var reply = HTTPReply()
    private var version: String?
    private var started = false

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction {
        reply = HTTPReply()
        started = false
        return .send(Self.get(state == .greeting ? "/" : "/_stats/docs?level=cluster"))
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        started = true
        switch reply.receive(bytes) {
        case .incomplete: return .needMore
        case .complete: return answered()
        case .invalid: return .done(broken)
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction {
        if reply.finish() == .complete { return answered() }
        if state == .greeting, !started, end == .closed { return .done(.perhapsTLS) }
        return .done(broken)
    }

    private var broken: ProbeResult {
        switch state {
        case .statistics: reading(.unknown, Message("exposure.session-broken"))
        case .greeting: reply.isHTTP ? .recognised(ServiceReading(.http, .unknown)) : .other
        }
    }

    private mutating func answered() -> ProbeAction {
        switch state {
        case .greeting: greeting()
        case .statistics: statistics()
        }
    }

    private mutating func greeting() -> ProbeAction {
        let json = JSON.read(reply.body)
        if reply.status == 200, let number = json?["version"]?["number"]?.text, json?["cluster_name"]?.text != nil,
            json?["version"]?["lucene_version"] != nil
        {
            version = PeerText.version(number)
            state = .statistics
            return .reconnect
        }
        // OpenSearch answers 401 in plain text, named by its realm alone.
        let realm = reply.headers["www-authenticate"]?.lowercased() ?? ""
        let isElastic =
            reply.headers["x-elastic-product"] != nil || realm.contains("realm=\"security\"") || realm.contains("opensearch")
            || json?["error"]?["type"]?.text == "security_exception"
        if reply.status == 401 || reply.status == 403, isElastic { return .done(refused) }
        // nginx and others say 400 to plain text on a TLS port.
        let text = String(decoding: reply.body.prefix(2_000), as: UTF8.self).lowercased()
        if reply.status == 400, text.contains("https") || text.contains("tls") { return .done(.perhapsTLS) }
        return .done(.recognised(ServiceReading(.http, .unknown)))
    }

    private func statistics() -> ProbeAction {
        switch reply.status {
        case 200:
            guard let json = JSON.read(reply.body), let shards = json["_shards"]?["total"]?.integer, shards >= 0, case .object? = json["_all"] else {
                return .done(reading(.unknown, Message("exposure.session-broken")))
            }
            let documents = json["_all"]?["primaries"]?["docs"]?["count"]?.integer ?? 0
            return .done(
                reading(.notRequired, Message("exposure.elasticsearch-stats", ["documents": .count(max(0, documents)), "shards": .count(shards)])))
        case 401, 403: return .done(refused)
        default: return .done(reading(.unknown, Message("exposure.busy", ["reply": .text("HTTP \(reply.status)")])))
        }
    }

    private var refused: ProbeResult { reading(.required, Message("exposure.refused", ["reply": .text("HTTP \(reply.status)")])) }

    private func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        .recognised(ServiceReading(Self.service, authentication, version: version, evidence: [message]))
    }

    private static func get(_ path: String) -> [UInt8] {
        Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\nUser-Agent: suwen\r\nAccept: application/json\r\nConnection: close\r\n\r\n".utf8)
    }
}
