import Foundation
import Templates

/// What a fixture's servers answer, by request: `GET http://host/path`, `tcp host:port`, `tls+tcp host:port`, `ssl host:port`.
struct Fixture: Decodable, Sendable {
    struct Exchange: Decodable, Sendable {
        // HTTP.
        var status: Int?
        var headers: [String: String]?
        var body: String?
        /// The body, or what a TCP service says, in hexadecimal.
        var hex: String?
        /// Headers that the request must have; an empty value is none. `@timeout` and `@sni` are the request's own fields.
        var requires: [String: String]?
        var requiresBody: String?
        // TCP.
        var reads: [String]?
        /// What must have been written, in hexadecimal.
        var sends: String?
        // TLS.
        var version: String?
        var issuerCommonName: String?
        var issuerDistinguishedName: String?
        var subjectAlternativeNames: [String]?
        var notAfter: Double?
        var isSelfSigned: Bool?
        var isExpired: Bool?
        var isMismatched: Bool?
        var isUntrusted: Bool?

        var bytes: [UInt8] { hex.flatMap { Bytes.fromHexadecimal(Array($0.utf8)) } ?? Array((body ?? "").utf8) }

        func accepts(_ request: TemplateHTTPRequest) -> Bool {
            if let requiresBody, Array(requiresBody.utf8) != request.body { return false }
            return (requires ?? [:]).allSatisfy { name, value in
                switch name {
                case "@timeout": request.timeoutSeconds.map(String.init) == value
                case "@sni": request.serverName == value
                default: (request.headers.first { $0.name.lowercased() == name.lowercased() }?.value ?? "") == value
                }
            }
        }
    }

    /// The answers of one case; a target there replaces the fixture's.
    struct Answers: Decodable, Sendable {
        var exchanges: [String: Exchange] = [:]
        var target: String?

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            for key in container.allKeys {
                if key.stringValue == "target" {
                    target = try container.decode(String.self, forKey: key)
                } else if try !container.decodeNil(forKey: key) {
                    exchanges[key.stringValue] = try container.decode(Exchange.self, forKey: key)
                }
            }
        }

        init(_ exchanges: [String: Exchange]) { self.exchanges = exchanges }
    }

    struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    var target: String
    var match: Answers
    var miss: Answers
    /// The requests that the matching case must send, in order, and no others.
    var expect: [String]?
    var extracted: Int?
    var versions: [String]?
    var matchers: [String]?
}

/// Answers from a table and remembers what was asked.
final class FixtureTransport: TemplateTransport, @unchecked Sendable {
    private let lock = NSLock()
    private var asked: [String] = []
    private var held: [TemplateHTTPRequest] = []
    private let answers: [String: Fixture.Exchange]
    /// Hosts that the scope allows; nil for all.
    private let scope: Set<String>?

    init(_ answers: [String: Fixture.Exchange], scope: Set<String>? = nil) {
        self.answers = answers
        self.scope = scope
    }

    var requests: [String] { lock.withLock { asked } }
    var httpRequests: [TemplateHTTPRequest] { lock.withLock { held } }

    private func note(_ text: String) { lock.withLock { asked.append(text) } }

    func http(_ request: TemplateHTTPRequest) async -> TemplateReply<TemplateHTTPResponse> {
        let key = "\(request.method) \(request.url)"
        note(key)
        lock.withLock { held.append(request) }
        if let scope, let host = TemplateTarget(request.url)?.host, !scope.contains(host) { return .refused }
        let found = answers[key] ?? answers["\(request.method) *"]
        guard let exchange = found, exchange.accepts(request) else { return .reply(TemplateHTTPResponse(status: 404, reason: "Not Found")) }
        let headers = (exchange.headers ?? [:]).sorted { $0.key < $1.key }.map { TemplateHTTPRequest.Header($0.key, $0.value) }
        return .reply(TemplateHTTPResponse(status: exchange.status ?? 200, reason: "OK", headers: headers, body: exchange.bytes, seconds: 0.01))
    }

    func tcp(_ request: TemplateTCPRequest) async -> TemplateReply<TemplateTCPResponse> {
        let key = "\(request.tls ? "tls+" : "")tcp \(request.host):\(request.port)"
        note(key)
        guard let exchange = answers[key] else { return .failed }
        if let sends = exchange.sends, Bytes.fromHexadecimal(Array(sends.utf8)) != Array(request.inputs.map(\.data).joined()) { return .failed }
        let reads = (exchange.reads ?? []).map { Bytes.fromHexadecimal(Array($0.utf8)) ?? [] }
        return .reply(TemplateTCPResponse(reads: reads, data: Array(exchange.bytes.prefix(request.readSize))))
    }

    func tls(_ request: TemplateTLSRequest) async -> TemplateReply<TemplateTLSInfo> {
        let key = "ssl \(request.host):\(request.port)"
        note(key)
        guard let exchange = answers[key] else { return .failed }
        var info = TemplateTLSInfo()
        info.version = exchange.version
        info.cipher = "TLS_AES_128_GCM_SHA256"
        info.issuerCommonName = exchange.issuerCommonName
        info.issuerDistinguishedName = exchange.issuerDistinguishedName
        info.subjectAlternativeNames = exchange.subjectAlternativeNames ?? []
        info.notAfter = exchange.notAfter
        info.isSelfSigned = exchange.isSelfSigned
        info.isExpired = exchange.isExpired
        info.isMismatched = exchange.isMismatched
        info.isUntrusted = exchange.isUntrusted
        return .reply(info)
    }
}

/// The same random numbers at every run.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}

enum Resources {
    static func folder(_ name: String) -> URL {
        (Bundle.module.resourceURL ?? Bundle.module.bundleURL).appendingPathComponent(name)
    }

    static func names(_ folder: String, _ suffix: String) -> [String] {
        let found = (try? FileManager.default.contentsOfDirectory(atPath: Self.folder(folder).path)) ?? []
        return found.filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) }.sorted()
    }

    static func data(_ path: String) throws -> Data { try Data(contentsOf: folder(path)) }

    static func text(_ path: String) throws -> String { String(decoding: try data(path), as: UTF8.self) }
}

extension TemplateRunner {
    /// A runner whose random numbers and time are fixed.
    static func fixed(_ templates: [Template]) -> TemplateRunner {
        TemplateRunner(templates) { EvaluationEnvironment(random: SeededGenerator(state: 7), now: { 1_750_000_000 }) }
    }
}
