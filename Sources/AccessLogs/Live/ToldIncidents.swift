import Findings
import Foundation

/// An incident, and why it is told now.
package struct LiveIncident: Sendable {
    package enum News: String, Sendable {
        /// Not told before.
        case new
        /// Ten times what it was when it was told last.
        case grown
        /// It had failed when it was told last.
        case succeeded
    }

    package var incident: Incident
    package var news: News
}

/// Which stories were told, and what they came to then. Stories are judged anew again and again while they go on; each is told once, and again when
/// it has grown tenfold or succeeded.
struct ToldIncidents {
    private struct Told {
        var from: Date
        var to: Date
        var requests: Int
        var bytes: Int
        var rows: Int
        var succeeded: Bool
    }

    private static let limit = 20_000
    /// By kind, log and whom it is about. A story has several names: the account that is seen most may change while it goes on.
    private var told: [String: Told] = [:]

    /// Why the incident is to be told; nil when that is known already.
    mutating func note(_ incident: Incident) -> LiveIncident.News? {
        let names = Self.names(of: incident)
        let before = names.compactMap { told[$0] }.first
        // What ended before the story that was told began, is older than it.
        if let before, incident.to < before.from { return nil }
        let news = before.map { incident.from > $0.to ? .new : Self.news(incident, since: $0) } ?? .new
        // What is not told leaves the numbers as they were told, or slow growth would never be.
        let seen = news == nil ? before : nil
        let now = Told(
            from: incident.from, to: incident.to, requests: seen?.requests ?? incident.requests, bytes: seen?.bytes ?? incident.bytes,
            rows: seen?.rows ?? incident.rows, succeeded: incident.succeeded || seen?.succeeded ?? false)
        for name in names { told[name] = now }
        if told.count > Self.limit { shed() }
        return news
    }

    private static func news(_ incident: Incident, since told: Told) -> LiveIncident.News? {
        if incident.succeeded, !told.succeeded { return .succeeded }
        func isTenfold(_ now: Int, _ before: Int) -> Bool { before > 0 && now / 10 >= before }
        return isTenfold(incident.requests, told.requests) || isTenfold(incident.bytes, told.bytes) || isTenfold(incident.rows, told.rows)
            ? .grown : nil
    }

    private static func names(of incident: Incident) -> [String] {
        let discriminator = if case .text(let text) = incident.facts["discriminator"] { text } else { "" }
        let what = "\(incident.kind.rawValue) \(incident.source) \(incident.rule?.id ?? "") \(discriminator)"
        let names = [incident.network.map { "\(what) network \($0)" }, incident.account.map { "\(what) account \($0)" }].compactMap { $0 }
        return names.isEmpty ? [what] : names
    }

    /// Those that ended first are forgotten.
    private mutating func shed() {
        let bar = told.values.map(\.to).sorted()[told.count / 2]
        told = told.filter { $0.value.to > bar }
    }
}
