import Findings
import Foundation
import LogFormats

/// What is known of one source while it is followed. Not for use by several threads at once.
final class LiveSource {
    let request: LogRequest
    private let plan: LinePlan
    private var streams: [LiveStream]
    private var reader: ChunkParser
    private var addresses: [Roster]
    private var accounts: [Roster]
    private var rules: RuleTally?
    private let personalData: PersonalDataTally
    /// Of the files that were there before: names and numbers go on from them.
    private var evidence: SourceEvidence
    private var ledger = SourceLedger()
    private(set) var count = FileCount()
    private let chunk = LogChunk()
    /// Lines came since the last judgement.
    private(set) var hasNews = false
    private var isFlushed = true

    /// Lines of one part of a file; places within are told without counting again.
    private static let partLines = 1 << 20

    init(_ request: LogRequest, _ streams: [LiveStream], _ plan: LinePlan, _ limits: ActorLimits) {
        self.request = request
        self.plan = plan
        self.streams = streams
        reader = ChunkParser(plan: plan)
        addresses = (0..<Partition.count).map { _ in Roster(seed: plan.seed, records: limits.records, details: limits.details) }
        accounts = (0..<Partition.count).map { _ in Roster(seed: plan.seed, records: limits.accountRecords, details: limits.accountDetails) }
        rules = plan.rules.map { RuleTally($0) }
        personalData = PersonalDataTally(key: plan.seed)
        evidence = SourceEvidence(name: request.name, family: .application)
    }

    var isCaughtUp: Bool { streams.allSatisfy(\.isCaughtUp) }

    /// What came and was not understood.
    var problems: [Message] {
        let unknown = streams.filter { $0.place != nil && $0.format == nil }.map { Message("access-logs.unknown-format", ["file": .text($0.path)]) }
        guard unknown.isEmpty, count.unparsed * 2 > count.lines else { return unknown }
        let facts: [String: Fact] = ["file": .text(request.name), "lines": .count(count.lines), "unparsable": .count(count.unparsed)]
        return [Message("access-logs.mostly-unparsable", facts)]
    }

    /// Goes on from files that were read whole.
    func begin(with tally: SourceTally) {
        evidence.files = tally.files.map { URL(fileURLWithPath: $0.path).lastPathComponent }
        evidence.chunkLines = tally.chunkLines
        (evidence.shapes, evidence.accounts, evidence.agents) = (tally.shapes, tally.accountNames, tally.agentNames)
        if let file = tally.files.last { evidence.family = file.format.family }
        (addresses, accounts, rules, ledger) = (tally.addresses, tally.accounts, tally.rules, tally.ledger)
        personalData.merge(tally.personalData)
        for one in tally.counts { count.add(one) }
        hasNews = count.events > 0
    }

    func noteLook(_ stream: Int, _ bytes: Int?, startedAt: Date) { streams[stream].look(bytes, latest: count.last, startedAt: startedAt) }

    /// - Parameter now: later stamps than a day after it are not believed.
    func take(_ bytes: UnsafeRawBufferPointer, _ lines: FollowedFile.Chunk, stream: Int, now: Date) {
        reader.move(to: now)
        let isOther = streams[stream].begins(lines.identity)
        if isOther { beginFile(stream) }
        if isOther || streams[stream].format == nil { streams[stream].recognise(bytes, request, plan) }
        if let format = streams[stream].format { evidence.family = format.family }
        chunk.reset()
        chunk.buffer.copyMemory(from: bytes)
        chunk.filled = bytes.count
        read(stream)
        (hasNews, isFlushed) = (true, false)
    }

    /// The records that wait for their next line: nothing follows for now.
    func flush() {
        guard !isFlushed else { return }
        isFlushed = true
        for stream in streams.indices where streams[stream].format?.isLineWise == false {
            chunk.reset()
            chunk.isLast = true
            read(stream)
        }
    }

    private func beginFile(_ stream: Int) {
        streams[stream].place = (evidence.files.count, 0)
        evidence.files.append(streams[stream].name)
        evidence.chunkLines.append([0])
    }

    private func read(_ stream: Int) {
        guard var place = streams[stream].place else { return }
        if evidence.chunkLines[place.file][place.part] >= Self.partLines {
            place.part += 1
            streams[stream].place = place
            evidence.chunkLines[place.file].append(0)
        }
        let before = evidence.chunkLines[place.file][place.part]
        (chunk.file, chunk.number, chunk.newlines) = (place.file, place.part, before)
        guard let format = streams[stream].format, var parser = streams[stream].parser else {
            let lines = chunk.bytes.reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) }
            count.lines += lines
            count.unparsed += lines
            evidence.chunkLines[place.file][place.part] = before + lines
            return
        }
        count.add(reader.parse(chunk, &parser, format, streams[stream].watch))
        streams[stream].parser = parser
        evidence.chunkLines[place.file][place.part] = chunk.newlines
        apply()
    }

    private func apply() {
        for index in 0..<Partition.count {
            for digest in chunk.addresses[index].elements { addresses[index].count(digest.high, digest.low, digest, plan.settings) }
            for digest in chunk.accounts[index].elements { accounts[index].count(0, digest.account, digest, plan.settings) }
        }
        for digest in chunk.general.elements { ledger.count(digest) }
        for hit in chunk.ruleHits { rules?.add(hit) }
    }

    /// All incidents as they stand now, the oldest first. Nothing is used up: lines that come later are counted with those before.
    func judge(_ judge: inout IncidentJudge) -> [Incident] {
        hasNews = false
        let evidence = currentEvidence()
        var incidents = judge.judge(addresses: addresses.flatMap(\.details), accounts: accounts.flatMap(\.details), evidence: evidence)
        for index in incidents.indices { incidents[index].tellPlaces(evidence) }
        // Of copies: what is told of them ends, what is counted goes on.
        var rules = rules
        incidents += rules?.finish(evidence, plan.settings) ?? []
        let leaks = PersonalDataTally(key: plan.seed)
        leaks.merge(personalData)
        leaks.merge(reader.personalData)
        incidents += PersonalDataStory(evidence: evidence).incidents(leaks)
        return incidents.sorted { $0.from < $1.from }
    }

    private func currentEvidence() -> SourceEvidence {
        var evidence = evidence
        let digester = reader.digester
        evidence.shapes.merge(digester.statements.shapes.names) { $1 }
        evidence.shapes.merge(digester.shapes.texts) { $1 }
        evidence.accounts.merge(digester.accounts.names) { $1 }
        evidence.agents.merge(digester.agents.names) { $1 }
        evidence.ledger = ledger
        return evidence
    }

    /// Lets go of what happened before; whoever is still there is known by number and time.
    func forget(before time: UInt32) {
        for index in 0..<Partition.count {
            addresses[index].forgetDetails(before: time)
            accounts[index].forgetDetails(before: time)
        }
        ledger.forget(before: time)
        rules?.forget(before: time)
    }
}
