import AccessLogs
import Assessment
import Estate
import Findings
import Foundation
import Geography
import LogFormats
import Network
import TestServers
import Testing

/// Analyses logs that a server wrote, and asks what was made of them.
struct LogsUnderAttack {
    let report: LogReport

    /// - Parameters:
    ///   - format: nil: told by the content.
    ///   - bastion: where administrators come from.
    static func read(_ path: String, format: LogFormat? = nil, behindProxy: Bool = false, bastion: String? = nil) async throws -> LogsUnderAttack {
        let (resolver, problem) = RegionData.resolver(RegionPolicy())
        try #require(problem == nil)
        var settings = DetectionSettings(now: Date(), resolver: resolver)
        // The servers of the tests run in UTC.
        settings.zone = .gmt
        settings.bastions = try bastion.map { [try #require(CIDR($0))] } ?? []
        var analysis = LogAnalysis(settings: settings)
        analysis.personalData = PersonalDataProbe(detector: LogDataDetectors())
        let proxies = behindProxy ? [try #require(CIDR("127.0.0.1/32"))] : []
        let request = LogRequest(name: "log", paths: [path], trustedProxies: proxies, format: format)
        return LogsUnderAttack(report: await analysis.runAside([request]))
    }

    /// A copy of a log beside it, from the first line on that holds a text.
    static func rest(of path: String, from text: String) throws -> String {
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0.contains(text) })
        try lines[start...].joined(separator: "\n").write(toFile: path + ".rest", atomically: true, encoding: .utf8)
        return path + ".rest"
    }

    func incidents(_ kind: IncidentKind, from network: String? = nil) -> [Incident] {
        report.incidents.filter { $0.kind == kind && (network == nil || $0.network == network) }
    }

    /// Every line was understood, and the format is the expected one.
    func expectAllRead(as format: String, lines: ClosedRange<Int>, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(report.sources.map(\.formatNames) == [format], sourceLocation: sourceLocation)
        #expect(report.sources.map(\.unparsed) == [0], sourceLocation: sourceLocation)
        #expect(lines.contains(report.sources.reduce(0) { $0 + $1.lines }), "\(report.sources.map(\.lines))", sourceLocation: sourceLocation)
        #expect(report.sources.flatMap(\.unexamined).isEmpty, sourceLocation: sourceLocation)
    }

    /// One incident of the kind, and how it went.
    @discardableResult
    func expect(
        _ kind: IncidentKind, from network: String? = nil, succeeded: Bool, account: String?? = .none,
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> Incident? {
        let found = incidents(kind, from: network)
        #expect(found.count == 1, "\(kind) from \(network ?? "anywhere"): \(summary)", sourceLocation: sourceLocation)
        #expect(found.map(\.succeeded) == [succeeded], "\(kind): \(summary)", sourceLocation: sourceLocation)
        if let account { #expect(found.map(\.account) == [account], "\(kind): \(summary)", sourceLocation: sourceLocation) }
        return found.first
    }

    /// Nothing that leaves the analysis holds any of these.
    func expectNothingReadable(_ secrets: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        let text = String(describing: report.incidents) + String(describing: report.sources.map(\.unexamined))
        for secret in secrets { #expect(!text.contains(secret), "\(secret) leaks", sourceLocation: sourceLocation) }
    }

    var summary: String {
        report.incidents.map { "\($0.kind) \($0.network ?? "-") \($0.account ?? "-") \($0.requests) \($0.rows) \($0.succeeded)" }.joined(
            separator: "; ")
    }
}
