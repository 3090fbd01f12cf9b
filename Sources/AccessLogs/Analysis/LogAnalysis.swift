package import Estate
import Findings
package import Foundation
import Geography
package import LogFormats
package import Network
import Synchronization

/// A log that is to be analysed: its files, and what its owner knows of it.
package struct LogRequest: Sendable {
    package var name: String
    /// Absolute paths, which may hold `*` and `?` in their last part.
    package var paths: [String]
    package var kind: LogSource.Kind?
    package var systemSince: Date?
    package var trustedProxies: [CIDR]
    /// Nil: told by the content.
    package var format: LogFormat?
    /// Names of the user's fields by ours, for JSON Lines.
    package var fieldMap: [String: String]

    package init(
        name: String, paths: [String], kind: LogSource.Kind? = nil, systemSince: Date? = nil, trustedProxies: [CIDR] = [], format: LogFormat? = nil,
        fieldMap: [String: String] = [:]
    ) {
        self.name = name
        self.paths = paths
        self.kind = kind
        self.systemSince = systemSince
        self.trustedProxies = trustedProxies
        self.format = format
        self.fieldMap = fieldMap
    }

    package init(_ source: LogSource) {
        self.init(
            name: source.name, paths: source.paths, kind: source.kind, systemSince: source.systemSince, trustedProxies: source.trustedProxies,
            format: source.format.flatMap(LogFormat.named), fieldMap: source.fields)
    }
}

/// Reads logs: how long they are kept, who came from where, and what happened.
package struct LogAnalysis: Sendable {
    package var settings: DetectionSettings
    package var retentionDays = 184
    package var limits = ActorLimits()
    /// Rules of others that events are matched against.
    package var rules: RuleBook?
    /// Tells personal data; nil: logs are not looked through for it.
    package var personalData: PersonalDataProbe?
    /// Only events within are judged; retention looks at all.
    package var since: Date?
    package var until: Date?
    package var threads = max(1, ProcessInfo.processInfo.activeProcessorCount)

    package init(settings: DetectionSettings) { self.settings = settings }

    /// Begins to make what every run needs, beside what its caller does meanwhile: worth a call before regions and rules are read.
    package static func prepare() { LineWatch.prepare() }

    /// What is told while a run goes on.
    package struct Progress: Sendable {
        package var source: String
        package var done: Int
        package var total: Int
    }

    /// The sources one after the other. Blocks for as long as the logs are large: not on the cooperative pool.
    /// - Parameter progress: false stops the run.
    package func run(_ requests: [LogRequest], progress: @escaping @Sendable (Progress) -> Bool = { _ in true }) -> LogReport {
        var judge = IncidentJudge(settings: settings)
        var report = LogReport()
        for request in requests {
            let (source, wasStopped) = analyse(request, &judge, progress)
            report.sources.append(source)
            if wasStopped { break }
        }
        report.crossSourceIncidents = judge.finish()
        return report
    }

    private func analyse(
        _ request: LogRequest, _ judge: inout IncidentJudge, _ progress: @escaping @Sendable (Progress) -> Bool
    ) -> (SourceReport, wasStopped: Bool) {
        let (paths, missing) = LogFileSet.list(request.paths)
        let goesOn: @Sendable () -> Bool = { progress(Progress(source: request.name, done: 0, total: 0)) }
        let planner = FilePlanner(zone: settings.zone, fieldMap: request.fieldMap, format: request.format, goesOn: goesOn, since: since)
        let planned = planner.plan(paths)
        let total = planned.files.reduce(0) { $0 + $1.size }
        let plan = plan(request)
        let name = request.name
        let pipeline = SourcePipeline(files: planned.files, plan: plan, limits: limits, threads: threads) { done in
            progress(Progress(source: name, done: done, total: total))
        }
        var tally = pipeline.run()
        var source = SourceReport(
            name: name, kind: request.kind, family: tally.files.first?.format.family ?? .application,
            formats: Array(Set(tally.files.map(\.format.id))).sorted(),
            files: zip(tally.files, tally.counts).map { SourceReport.File(path: $0.path, format: $0.format.id, bytes: $0.bytes, count: $1) })
        note(missing, planned, tally, &source)
        source.retention = Retention(
            tally.timeline, now: settings.now, retentionDays: retentionDays, systemSince: request.systemSince, zone: settings.zone,
            missingFiles: source.hasUnreadFiles ? [] : RotatedSet.missing(of: source.files.map { FileCoverage($0) }))
        source.hours = tally.timeline.sorted()
        source.regions = RegionTally(tally.addresses, settings)
        var evidence = SourceEvidence(name: name, family: source.family)
        evidence.files = tally.files.map { ShownName.path(URL(fileURLWithPath: $0.path).lastPathComponent) }
        evidence.shapes = tally.shapes
        evidence.accounts = tally.accountNames
        evidence.agents = tally.agentNames
        evidence.chunkLines = tally.chunkLines
        evidence.ledger = tally.ledger
        let details = tally.takeDetails()
        source.incidents = judge.judge(addresses: details.addresses, accounts: details.accounts, evidence: evidence)
        var rules = tally.rules
        source.incidents += rules?.finish(evidence, settings) ?? []
        for index in source.incidents.indices { source.incidents[index].tellPlaces(evidence) }
        source.incidents += PersonalDataStory(evidence: evidence).incidents(tally.personalData)
        return (source, tally.wasStopped)
    }

    /// How lines of the request are read.
    func plan(_ request: LogRequest) -> LinePlan {
        var plan = LinePlan(settings: settings)
        plan.trustedProxies = request.trustedProxies
        plan.window = window
        plan.personalData = personalData
        plan.rules = rules.flatMap { $0.isEmpty ? nil : $0 }
        return plan
    }

    private var window: ClosedRange<Int64> {
        let from = since.map { Int64($0.timeIntervalSince1970) } ?? .min
        let to = until.map { Int64($0.timeIntervalSince1970) } ?? .max
        return from <= to ? from...to : 0...0
    }

    private func note(_ missing: [String], _ planned: FilePlanner.Plan, _ tally: SourceTally, _ source: inout SourceReport) {
        for path in missing { source.noteUnread(Message("access-logs.no-file", ["path": .text(ShownName.path(path))])) }
        for (path, error) in planned.failures {
            source.noteUnread(error?.message(file: path) ?? Message("access-logs.unknown-format", ["file": .text(ShownName.path(path))]))
        }
        for (index, error) in tally.failures.sorted(by: { $0.key < $1.key }) {
            source.unexamined.append(error.message(file: tally.files[index].path, lines: tally.counts[index].lines))
            if !error.isLossOfLog { source.hasUnreadFiles = true }
        }
        for problem in tally.files.compactMap({ $0.input?.problem }) { source.noteUnread(problem) }
        for (file, count) in zip(tally.files, tally.counts) {
            let facts: [String: Fact] = [
                "file": .text(ShownName.path(file.path)), "lines": .count(count.lines), "unparsable": .count(count.unparsed),
            ]
            if count.unparsed * 2 > count.lines { source.noteUnread(Message("access-logs.mostly-unparsable", facts)) }
            if count.implausible > 0 {
                source.unexamined.append(
                    Message("access-logs.future-stamps", ["file": .text(ShownName.path(file.path)), "lines": .count(count.implausible)]))
            }
        }
        if tally.wasStopped { source.noteUnread(Message("access-logs.interrupted", ["file": .text(source.name), "lines": .count(source.lines)])) }
        if tally.letsGoOfAddresses { source.unexamined.append(Message("access-logs.addresses-bounded", ["limit": .count(limits.records)])) }
        if tally.letsGoOfAccounts { source.unexamined.append(Message("access-logs.accounts-bounded", ["limit": .count(limits.accountRecords)])) }
        if tally.forgetsDetails { source.unexamined.append(Message("access-logs.details-bounded", ["limit": .count(limits.details)])) }
        if let rules = tally.rules, rules.isIncomplete {
            source.unexamined.append(Message("access-logs.rules-bounded", ["source": .text(source.name)]))
        }
    }
}

/// What a run came to.
package struct LogReport: Sendable {
    package var sources: [SourceReport] = []
    package var crossSourceIncidents: [Incident] = []

    /// Of all sources. An address that came to several of them counts in each: the sum is an upper bound.
    package var regions: [RegionKey: RegionTally.Row] {
        var sum: [RegionKey: RegionTally.Row] = [:]
        for case let regions? in sources.map(\.regions) {
            for (key, row) in regions.rows {
                sum[key, default: RegionTally.Row()].add(row)
            }
        }
        return sum
    }

    package var incidents: [Incident] { sources.flatMap(\.incidents) + crossSourceIncidents }
}

extension SourceReport {
    mutating func noteUnread(_ message: Message) {
        unexamined.append(message)
        hasUnreadFiles = true
    }
}

extension LogFileError {
    /// Whether what is missing is lost for good, as opposed to not having been looked at.
    var isLossOfLog: Bool {
        switch self {
        case .truncated, .damaged, .shrunk: true
        default: false
        }
    }

    /// - Parameter lines: how many were read before.
    func message(file: String, lines: Int = 0) -> Message {
        let facts: [String: Fact] = ["file": .text(ShownName.path(file)), "lines": .count(lines)]
        return switch self {
        case .vanished: Message("access-logs.vanished", facts)
        case .denied: Message("access-logs.denied", facts)
        case .notAFile: Message("access-logs.not-a-file", facts)
        case .failed(let code): Message("access-logs.read-failed", facts.merging(["code": .count(Int(code))]) { $1 })
        case .truncated: Message("access-logs.truncated", facts)
        case .damaged: Message("access-logs.damaged", facts)
        case .implausible: Message("access-logs.implausible", facts)
        case .unsupportedCompression(let kind): Message("access-logs.unsupported-compression", facts.merging(["kind": .text(kind)]) { $1 })
        case .interrupted: Message("access-logs.interrupted", facts)
        case .shrunk: Message("access-logs.shrunk", facts)
        }
    }
}

extension LogAnalysis {
    /// As ``run(_:progress:)``, on a thread of its own, for it blocks; stops when the task is cancelled.
    package func runAside(_ requests: [LogRequest], progress: @escaping @Sendable (Progress) -> Void = { _ in }) async -> LogReport {
        let stop = StopFlag()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                Thread {
                    continuation.resume(
                        returning: run(requests) {
                            progress($0)
                            return !stop.isSet
                        })
                }.start()
            }
        } onCancel: {
            stop.set()
        }
    }
}

/// The wish to stop, from one thread to the others.
final class StopFlag: Sendable {
    private let flag = Atomic<Bool>(false)

    func set() { flag.store(true, ordering: .relaxed) }
    var isSet: Bool { flag.load(ordering: .relaxed) }
}

extension Incident {
    /// Where the first of it stands, and where its success does, for those who may read the log.
    mutating func tellPlaces(_ evidence: SourceEvidence) {
        guard !places.isEmpty else { return }
        self.evidence.append(Message("access-logs.places", ["places": .list(places.map { .text(evidence.place($0)) })]))
    }
}
