package import Findings
import Foundation

/// The state of one run of ``LiveAnalysis``: what is followed, what is known of it, what was told.
struct LiveSession {
    private let live: LiveAnalysis
    private let startedAt = Date()
    private var sources: [LiveSource] = []
    /// Sources whose incidents that were there before are passed over.
    private var settled: [Bool] = []
    /// Of each log, in the follower's order: its source, its number there, its name.
    private var logs: [(source: Int, stream: Int, path: String)] = []
    private var opened: [any GrowingLog] = []
    /// Bytes of each log in the look before.
    private var lookedAt: [Int?] = []
    private var judge: IncidentJudge
    private var told = ToldIncidents()
    private var messages: [Message] = []
    private var hasLooked = false
    private var hasBegun = false
    private var failures: Set<String> = []
    private var nextJudgement = Date.distantPast
    private var nextForgetting: Date
    private var lastNews = Date.distantPast
    private(set) var summary: LiveSummary

    init(_ live: LiveAnalysis) {
        self.live = live
        nextForgetting = startedAt.addingTimeInterval(3_600)
        judge = IncidentJudge(settings: live.analysis.settings)
        summary = LiveSummary(startedAt: startedAt, endedAt: startedAt)
    }

    var follower: LogFollower { LogFollower(opened, interval: live.pause) }

    mutating func takeMessages() -> [Message] {
        defer { messages = [] }
        return messages
    }

    /// Reads the files that nobody writes any more, on all cores, and follows the others.
    mutating func add(_ input: LiveInput, _ isStopped: @escaping @Sendable () -> Bool) {
        let plan = live.plan(input.request)
        let streams = input.logs.map { LiveStream(log: $0.log, path: $0.path, origin: $0.origin, now: startedAt) }
        let source = LiveSource(input.request, streams, plan, live.analysis.limits)
        for (index, stream) in streams.enumerated() {
            logs.append((sources.count, index, stream.path))
            opened.append(stream.log)
            lookedAt.append(nil)
        }
        note(input.problems)
        if !input.earlier.isEmpty {
            let planned = FilePlanner(zone: plan.settings.zone, fieldMap: input.request.fieldMap, format: input.request.format).plan(input.earlier)
            note(planned.failures.map { $1?.message(file: $0) ?? Message("access-logs.unknown-format", ["file": .text($0)]) })
            let pipeline = SourcePipeline(files: planned.files, plan: plan, limits: live.analysis.limits, threads: live.analysis.threads) { _ in
                !isStopped()
            }
            let tally = pipeline.run()
            note(tally.failures.sorted { $0.key < $1.key }.map { $1.message(file: tally.files[$0].path, lines: tally.counts[$0].lines) })
            source.begin(with: tally)
        }
        sources.append(source)
        settled.append(live.analysis.since != nil || streams.allSatisfy { $0.origin == .pipe })
    }

    private mutating func note(_ found: [Message]) {
        messages += found
        summary.unexamined += found
    }

    mutating func take(_ log: Int, _ bytes: UnsafeRawBufferPointer, _ chunk: FollowedFile.Chunk) {
        lookedAt[log] = bytes.count
        sources[logs[log].source].take(bytes, chunk, stream: logs[log].stream, now: Date())
    }

    /// Between two looks: what is to be told now.
    mutating func proceed(hadNews: Bool) -> [LiveIncident] {
        let now = Date()
        // Before the first look nothing is known of any log.
        defer { hasLooked = true }
        guard hasLooked else { return [] }
        if hadNews { lastNews = now }
        for (log, place) in logs.enumerated() {
            sources[place.source].noteLook(place.stream, lookedAt[log], startedAt: startedAt)
            lookedAt[log] = nil
        }
        let isQuiet = now.timeIntervalSince(lastNews) >= live.quiet
        if isQuiet { for source in sources { source.flush() } }
        guard now >= nextJudgement || isQuiet && sources.contains(where: \.hasNews) else { return [] }
        return judgeAll(now)
    }

    /// After the last line.
    mutating func end() -> [LiveIncident] {
        for source in sources { source.flush() }
        let found = judgeAll(Date())
        summary.endedAt = Date()
        summary.unexamined += opened.compactMap { ($0 as? JournalSource)?.problem }
        for source in sources {
            summary.lines += source.count.lines
            summary.unparsed += source.count.unparsed
            summary.unexamined += source.problems
        }
        return found
    }

    private mutating func judgeAll(_ now: Date) -> [LiveIncident] {
        if now >= nextForgetting {
            for source in sources { source.forget(before: LiveAnalysis.horizon(now)) }
            nextForgetting = now.addingTimeInterval(3_600)
        }
        var found: [LiveIncident] = []
        for (index, source) in sources.enumerated() where source.isCaughtUp && (source.hasNews || !settled[index]) {
            for incident in source.judge(&judge) {
                guard let news = told.note(incident) else { continue }
                if settled[index] { found.append(LiveIncident(incident: incident, news: news)) } else { summary.before += 1 }
            }
            settled[index] = true
        }
        if !hasBegun, !logs.isEmpty, zip(sources, settled).allSatisfy({ $0.isCaughtUp && $1 }) {
            hasBegun = true
            messages.append(Message("access-logs.follow-begins"))
        }
        summary.told += found.count { $0.news == .new }
        summary.toldAgain += found.count { $0.news != .new }
        let took = Date().timeIntervalSince(now)
        // Where judging is much work, following comes first.
        nextJudgement = now.addingTimeInterval(max(live.interval, took * 10))
        return found
    }

    func message(_ log: Int, _ notice: FollowedFile.Notice) -> Message {
        let key =
            switch notice {
            case .missing: "access-logs.follow-missing"
            case .rotated: "access-logs.follow-rotated"
            case .truncated: "access-logs.follow-truncated"
            case .tailLost: "access-logs.follow-tail-lost"
            }
        return Message(key, ["file": .text(logs[log].path)])
    }

    /// The first time only: a log that can't be read is tried again four times a second.
    mutating func fail(_ log: Int, _ error: LogFileError) -> Message? {
        let message = error.message(file: logs[log].path)
        guard failures.insert("\(log) \(message.key)").inserted else { return nil }
        summary.unexamined.append(message)
        return message
    }
}

extension LogAnalysis {
    /// Follows logs on a thread of its own; stops when the task is cancelled, when `isWanted` or `tell` say false, and when every log has ended.
    package func followAside(
        _ requests: [LogRequest], isWanted: @escaping @Sendable () -> Bool, notice: @escaping @Sendable (Message) -> Void,
        tell: @escaping @Sendable (LiveIncident) -> Bool
    ) async -> LiveSummary {
        let stop = StopFlag()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                Thread {
                    continuation.resume(
                        returning: LiveAnalysis(self).run(requests, isStopped: { stop.isSet || !isWanted() }, notice: notice, tell: tell))
                }.start()
            }
        } onCancel: {
            stop.set()
        }
    }
}
