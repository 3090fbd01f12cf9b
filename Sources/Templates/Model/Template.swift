/// A template that was loaded whole.
package struct Template: Sendable {
    package var id: String
    package var info: TemplateInfo
    /// The file it came from, as it was given to the loader; empty for text.
    package var source: String

    var variables: [(name: String, value: TextPattern)]
    var blocks: [TemplateBlock]
    var flow: TemplateFlow?
    var stopsAtFirstMatch: Bool

    /// Requests that one run sends at most, redirects not counted.
    package var requestCount: Int { blocks.map(\.requestCount).reduce(0, +) }

    /// The protocols it speaks.
    package var protocols: Set<TemplateProtocol> { Set(blocks.map(\.kind)) }
}

/// The protocols of the language that Suwen runs.
package enum TemplateProtocol: String, CaseIterable, Sendable {
    case http, tcp
    case tls = "ssl"
}

/// One request block: what is sent, and how the answers are judged.
struct TemplateBlock: Sendable {
    enum Content: Sendable {
        case http(HTTPBlock)
        case tcp(TCPBlock)
        case tls(TLSBlock)
    }

    var id: String?
    var content: Content
    var operators: TemplateOperators
    var payloads: TemplatePayloads
    var stopsAtFirstMatch: Bool

    var kind: TemplateProtocol {
        switch content {
        case .http: .http
        case .tcp: .tcp
        case .tls: .tls
        }
    }

    var requestCount: Int {
        switch content {
        case .http(let block): block.requests.count * payloads.combinationCount
        case .tcp(let block): max(1, block.addresses.count) * max(1, block.ports.count) * payloads.combinationCount
        case .tls: 1
        }
    }
}

struct HTTPBlock: Sendable {
    enum Request: Sendable {
        case path(TextPattern)
        case raw(RawRequest)
    }

    /// What a template may use without a grant: methods that change nothing (RFC 9110, 9.2.1).
    static let readOnlyMethods: Set<String> = ["GET", "HEAD", "OPTIONS"]

    var requests: [Request]
    var method: TextPattern
    /// The template was granted other methods by name.
    var allowsAnyMethod: Bool
    var headers: [(name: String, value: TextPattern)]
    var body: TextPattern?
    var redirects: TemplateRedirects
    var maximumRedirects: Int
    var maximumBody: Int
    var skipsVariablesCheck: Bool
    var mergesPath: Bool
    var keepsCookies: Bool
    var preConditions: TemplateOperators
    /// Matchers or extractors that look at numbered answers (`body_2`).
    var usesHistory: Bool
}

/// A request written out, with its annotations.
struct RawRequest: Sendable {
    /// Each line apart: a line break in a value that an answer gave must not begin another header.
    var start: TextPattern
    var headers: [TextPattern]
    var body: TextPattern?
    var timeout: Int?
    var host: TextPattern?
    var serverName: TextPattern?

    var patterns: [TextPattern] { [start] + headers + [body, host, serverName].compactMap { $0 } }
}

struct TCPBlock: Sendable {
    struct Input: Sendable {
        var data: TextPattern?
        var isHexadecimal: Bool
        var read: Int?
        var name: String?
    }

    var addresses: [TextPattern]
    var ports: [Int]
    var excludedPorts: Set<Int>
    var inputs: [Input]
    var readSize: Int
}

struct TLSBlock: Sendable {
    var address: TextPattern
    var minimumVersion: String?
    var maximumVersion: String?
}

/// Values that a block is sent with, one combination after the other.
struct TemplatePayloads: Sendable {
    enum Attack: String, Sendable {
        case batteringRam = "batteringram"
        case pitchfork
        case clusterBomb = "clusterbomb"
    }

    var attack = Attack.batteringRam
    /// In order of name, so that the order of requests is the same at every run.
    var lists: [(name: String, values: [TextPattern])] = []

    /// Combinations; one where there are no payloads. Saturates instead of overflowing.
    var combinationCount: Int {
        guard !lists.isEmpty else { return 1 }
        switch attack {
        case .batteringRam: return lists.map(\.values.count).reduce(0, +)
        case .pitchfork: return lists.map(\.values.count).min() ?? 0
        case .clusterBomb:
            return lists.reduce(1) { product, list in
                let (value, overflow) = product.multipliedReportingOverflow(by: list.values.count)
                return overflow ? Int.max : value
            }
        }
    }

    /// The values of combination `index`.
    func combination(_ index: Int) -> [(name: String, value: TextPattern)] {
        switch attack {
        case .batteringRam:
            var rest = index
            for list in lists {
                if rest < list.values.count { return [(list.name, list.values[rest])] }
                rest -= list.values.count
            }
            return []
        case .pitchfork: return lists.filter { index < $0.values.count }.map { ($0.name, $0.values[index]) }
        case .clusterBomb:
            var rest = index
            return lists.filter { !$0.values.isEmpty }.map { list in
                let place = rest % list.values.count
                rest /= list.values.count
                return (list.name, list.values[place])
            }
        }
    }
}
