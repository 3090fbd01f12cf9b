import AccessLogs
import Estate
import Findings
import Foundation
import Geography
import LogFormats
import Network
import Sigma
import Synchronization
import Testing

/// One run over hostile files.
struct HostileRun {
    private static let resolver = (try? RegionDatabase()).map { RegionResolver(database: $0) }

    var format: LogFormat?
    var limits = ActorLimits()
    var threads = 2
    var trusted: [CIDR] = []
    var rules: RuleBook?

    func report(_ paths: [String], progress: @escaping @Sendable (LogAnalysis.Progress) -> Bool = { _ in true }) -> LogReport {
        var analysis = LogAnalysis(settings: DetectionSettings(now: now, resolver: Self.resolver))
        analysis.limits = limits
        analysis.threads = threads
        analysis.rules = rules
        return analysis.run([LogRequest(name: "门户", paths: paths, trustedProxies: trusted, format: format)], progress: progress)
    }

    func source(_ paths: String...) throws -> SourceReport { try #require(report(paths).sources.first) }
}

extension SourceReport {
    /// Everything but what depends on the run's own names: equal for equal logs.
    var essence: String {
        let rows = (regions?.rows ?? [:]).map { "\($0.key.name) \($0.value.requests) \($0.value.bytes) \($0.value.addresses)" }.sorted()
        return ([files.map { "\($0.format) \($0.count)" }.joined(), "\(hours)", "\(retention.map { "\($0)" } ?? "")"] + rows + stories).joined(
            separator: "\n")
    }

    /// The incidents, without the places where they stand.
    var stories: [String] {
        incidents.map { incident in
            var incident = incident
            incident.places = []
            incident.evidence.removeAll { $0.key == "access-logs.places" }
            let evidence = incident.evidence.map { Self.text($0) }
            let facts = incident.facts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            return [
                incident.kind.rawValue, incident.network ?? "-", incident.account ?? "-", "\(incident.addresses) \(incident.accounts)",
                "\(incident.from.timeIntervalSince1970) \(incident.to.timeIntervalSince1970)",
                "\(incident.requests) \(incident.bytes) \(incident.rows) \(incident.persons) \(incident.severity) \(incident.succeeded)",
                facts.joined(separator: " "), evidence.joined(separator: " "),
            ].joined(separator: " | ")
        }
    }

    private static func text(_ message: Message) -> String {
        "\(message.key) "
            + message.facts.filter { $0.key != "place" && $0.key != "last" }.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(
                separator: " ")
    }

    var requests: Int { regions?.rows.values.reduce(0) { $0 + $1.requests } ?? 0 }
    var regionBytes: Int { regions?.rows.values.reduce(0) { $0 + $1.bytes } ?? 0 }
    var addresses: Int { regions?.rows.values.reduce(0) { $0 + $1.addresses } ?? 0 }
    var reasons: Set<String> { Set(unexamined.map(\.key)) }
}

/// All strings of a document in JSON, however deep.
func strings(in json: Data) throws -> [String] {
    func walk(_ value: Any) -> [String] {
        switch value {
        case let text as String: [text]
        case let list as [Any]: list.flatMap(walk)
        case let object as [String: Any]: object.flatMap { [$0.key] + walk($0.value) }
        default: []
        }
    }
    return walk(try JSONSerialization.jsonObject(with: json))
}

/// What a terminal would act on, or would show in a line of its own or backwards.
func hasControl(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}

/// How often something happened, seen from several threads.
final class Occurrences: Sendable {
    private let value = Atomic<Int>(0)

    var count: Int { value.load(ordering: .relaxed) }

    /// - Returns: how often it had happened before.
    @discardableResult
    func add() -> Int { value.wrappingAdd(1, ordering: .relaxed).oldValue }
}
