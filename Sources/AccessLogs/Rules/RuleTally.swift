import Findings
import Foundation
import Geography
import Network
import Sigma

/// Matches of rules, told as stories: one for each rule and whom it was about. Bounded.
struct RuleTally {
    private struct Key: Hashable {
        var rule: Int
        var high: UInt64
        var low: UInt64
    }

    private struct Story {
        var first: EventDigest
        var last: UInt32
        var requests = 0
        var bytes = 0
        var rows = 0
        var succeeded = false
        var addresses = NetworkMembers()
    }

    private static let limit = 50_000
    /// Seconds. What comes later is another story.
    private static let silence: UInt32 = 6 * 3_600

    private let book: RuleBook
    private var stories: [Key: Story] = [:]
    /// Those that are over: nothing more came of them for ``silence``.
    private var closed: [(key: Key, story: Story)] = []
    private var correlator: SigmaCorrelator
    private var correlated: [SigmaCorrelationMatch] = []
    /// Matches that were left out of stories to bound the memory.
    private(set) var leftOut = 0

    init(_ book: RuleBook) {
        self.book = book
        correlator = SigmaCorrelator(book.set)
    }

    /// Whether matches were left out, by this or by the correlator.
    var isIncomplete: Bool { leftOut > 0 || correlator.loss.forgotten > 0 || correlator.loss.hurried > 0 }

    /// In the order of the log.
    mutating func add(_ hit: RuleHit) {
        if let occurrence = hit.occurrence {
            correlator.observe(occurrence)
            let matches = correlator.drain()
            let room = max(0, Self.limit - correlated.count)
            correlated += matches.prefix(room)
            leftOut += max(0, matches.count - room)
        }
        guard book.set.rules[hit.rule].reportsMatches else { return }
        let digest = hit.digest
        let key = Key(
            rule: hit.rule, high: digest.hasAddress ? Self.network(digest).high : 0,
            low: digest.hasAddress ? Self.network(digest).low : digest.account)
        if stories[key] == nil, stories.count >= Self.limit {
            leftOut += 1
            return
        }
        if let over = stories[key], digest.time > over.last, digest.time - over.last > Self.silence, closed.count < Self.limit {
            closed.append((key, over))
            stories[key] = nil
        }
        var story = stories[key] ?? Story(first: digest, last: digest.time)
        if digest.time < story.first.time { story.first = digest }
        story.last = max(story.last, digest.time)
        story.requests += 1
        story.bytes &+= Int(clamping: digest.bytes)
        story.rows &+= Int(digest.rows)
        story.succeeded = story.succeeded || (200..<300).contains(digest.status)
        if digest.hasAddress { story.addresses.insert(digest.low) }
        stories[key] = story
    }

    /// IPv4 /24, IPv6 /48.
    private static func network(_ digest: EventDigest) -> (high: UInt64, low: UInt64) {
        digest.high == 0 ? (0, digest.low & ~0xFF) : (digest.high & 0xFFFF_FFFF_FFFF_0000, 0)
    }

    /// After the last event of a source.
    mutating func finish(_ evidence: SourceEvidence, _ settings: DetectionSettings) -> [Incident] {
        correlated += correlator.finish()
        let all = closed + stories.map { ($0.key, $0.value) }
        let told = all.map { incident($0.key, $0.story, evidence, settings) } + correlated.map { incident($0, evidence) }
        (stories, closed) = ([:], [])
        correlated = []
        return told.sorted {
            ($0.from, $0.rule?.id ?? "", $0.network ?? "", $0.account ?? "") < ($1.from, $1.rule?.id ?? "", $1.network ?? "", $1.account ?? "")
        }
    }

    /// Stories that ended before are let go of.
    mutating func forget(before time: UInt32) {
        stories = stories.filter { $0.value.last >= time }
        closed.removeAll { $0.story.last < time }
        correlated.removeAll { $0.last < Int64(time) }
    }

    private func incident(_ key: Key, _ story: Story, _ evidence: SourceEvidence, _ settings: DetectionSettings) -> Incident {
        let info = book.set.rules[key.rule].info
        let address = story.first.hasAddress ? IPAddress(v6High: story.first.high, low: story.first.low) : nil
        let region = address.map(settings.regionKey) ?? .undetermined
        var incident = self.incident(info, evidence, region: region, from: story.first.time, to: story.last)
        incident.standing = settings.resolver?.standing(of: region.region) ?? .undetermined
        incident.network = address.map(NetworkMask.of)
        incident.addresses = story.addresses.count
        incident.account = story.first.account == 0 ? nil : evidence.accounts[story.first.account]
        (incident.requests, incident.bytes, incident.rows, incident.succeeded) = (story.requests, story.bytes, story.rows, story.succeeded)
        incident.places = [LinePlace(story.first)]
        incident.evidence.append(Message("access-logs.rule-first", ["count": .count(story.requests)]))
        return incident
    }

    private func incident(_ match: SigmaCorrelationMatch, _ evidence: SourceEvidence) -> Incident {
        let info = book.set.correlations[match.correlation].info
        var incident = self.incident(
            info, evidence, region: .undetermined, from: UInt32(clamping: match.first), to: UInt32(clamping: match.last))
        incident.requests = Int(clamping: match.events)
        // The group's values are the log's own words: only how many there are is told, but for an address, which is masked.
        let addresses = match.group.values.compactMap { IPAddress(String(decoding: $0, as: UTF8.self)) }
        incident.network = addresses.first.map(NetworkMask.of)
        incident.addresses = addresses.count
        let named = match.group.values.first { IPAddress(String(decoding: $0, as: UTF8.self)) == nil }
        incident.account = named.map { value in value.withUnsafeBytes { ShownName.account($0) } }
        incident.evidence.append(
            Message("access-logs.rule-correlation", ["events": .count(Int(clamping: match.events)), "peak": .count(Int(clamping: match.peak))]))
        return incident
    }

    private func incident(_ info: SigmaRuleInfo, _ evidence: SourceEvidence, region: RegionKey, from: UInt32, to: UInt32) -> Incident {
        let severity: Severity =
            switch info.level {
            case .critical: .critical
            case .high: .high
            case .medium: .medium
            default: .low
            }
        var incident = Incident(
            kind: .sigma, source: evidence.name, region: region, standing: .undetermined, from: Date(timeIntervalSince1970: TimeInterval(from)),
            to: Date(timeIntervalSince1970: TimeInterval(to)), severity: severity)
        incident.techniques = info.techniques
        incident.rule = Incident.Rule(id: info.id, title: info.title, author: info.author)
        incident.facts["rule"] = .text(info.title)
        incident.facts["author"] = .text(info.author.isEmpty ? "—" : info.author)
        // The Detection Rule License wants the author named with every match.
        incident.evidence = [Message("access-logs.rule", ["title": .text(info.title), "author": .text(info.author.isEmpty ? "—" : info.author)])]
        return incident
    }
}

/// Which addresses of one network there were, by their last byte: exact for an IPv4 /24.
private struct NetworkMembers {
    private var words = InlineArray<4, UInt64>(repeating: 0)

    mutating func insert(_ low: UInt64) { words[Int(low >> 6 & 3)] |= 1 << (low & 63) }

    var count: Int { (0..<4).reduce(0) { $0 + words[$1].nonzeroBitCount } }
}
