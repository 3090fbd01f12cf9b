import Findings
import Foundation
import Geography
import Network

/// A story as an incident: masked, in words of the catalogue.
struct IncidentWriter {
    let context: JudgementContext

    func incident(_ story: Story) -> Incident? {
        guard let kind = story.kind, let leader = story.leader else { return nil }
        let address = networkLeader(story, leader)
        let region = RegionKey(context.region(of: address))
        var incident = Incident(
            kind: kind, source: context.evidence.name, region: region, standing: address.isNone ? .undetermined : context.standing(of: address),
            from: Date(timeIntervalSince1970: TimeInterval(story.from)), to: Date(timeIntervalSince1970: TimeInterval(story.to)),
            severity: story.severity)
        let networks = Set(story.addresses.map(\.network))
        incident.network =
            address.isNone || networks.count > 1 && leader.view == .source
            ? nil : NetworkMask.of(IPAddress(v6High: address.high, low: address.low))
        incident.addresses = story.addressCount
        let account = leader.account != 0 ? leader.account : story.accounts.first ?? 0
        incident.account = account == 0 || story.accounts.count > 1 && leader.account == 0 ? nil : context.evidence.accounts[account]
        incident.accounts = story.accountCount
        incident.requests = Int(clamping: story.total { UInt64(max(0, $0.requests)) })
        incident.bytes = Int(clamping: story.total(\.bytes))
        incident.rows = Int(clamping: story.total(\.rows))
        incident.persons = Int(clamping: story.total { UInt64(max(0, $0.persons)) })
        incident.succeeded = story.succeeded
        incident.techniques = story.techniques
        incident.places = [story.first?.place, story.success?.successPlace].compactMap { $0 }.filter { $0 != .none }
        incident.evidence = evidence(story, leader) + regionEvidence(address)
        incident.facts = facts(incident)
        return incident
    }

    /// What the region rests on; nothing for addresses that are no place.
    private func regionEvidence(_ address: Identity) -> [Message] {
        guard !address.isNone, let resolver = context.settings.resolver else { return [] }
        let verdict = resolver.verdict(of: IPAddress(v6High: address.high, low: address.low))
        guard verdict.source != .range, verdict.region != .undetermined else { return [] }
        let tags = verdict.tags.names.map { Fact.term("address-tag.\($0)") }
        return [
            Message(
                "access-logs.region",
                [
                    "region": RegionKey(verdict.region).fact, "source": .term("region-source.\(verdict.source.rawValue)"),
                    "confidence": .term("region-confidence.\(verdict.confidence.name)"), "tags": .list(tags.isEmpty ? [.text("—")] : tags),
                ])
        ]
    }

    private func networkLeader(_ story: Story, _ leader: Suspicion) -> Identity {
        !leader.address.isNone ? leader.address : story.parts.first { !$0.address.isNone }?.address ?? .none
    }

    private func facts(_ incident: Incident) -> [String: Fact] {
        [
            "source": .text(incident.source), "network": incident.network.map { .text($0) } ?? .term("access-logs.incident.no-address"),
            "addresses": .count(incident.addresses), "account": incident.account.map { .text($0) } ?? .term("access-logs.incident.no-account"),
            "accounts": .count(incident.accounts), "region": incident.region.fact, "requests": .count(incident.requests),
            "bytes": .bytes(incident.bytes),
            "rows": .count(incident.rows), "persons": .count(incident.persons), "from": .time(incident.from), "to": .time(incident.to),
        ]
    }

    private func evidence(_ story: Story, _ leader: Suspicion) -> [Message] {
        var evidence = story.evidence
        if let shape = context.evidence.shapes[leader.shape] { evidence.append(Message("access-logs.incident.shape", ["shape": .text(shape)])) }
        if let agent = context.evidence.agents[leader.agent] { evidence.append(Message("access-logs.incident.agent", ["agent": .text(agent)])) }
        return evidence
    }
}
