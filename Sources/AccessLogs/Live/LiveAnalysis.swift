package import Findings
package import Foundation

/// What following came to.
package struct LiveSummary: Sendable {
    package var startedAt: Date
    package var endedAt: Date
    package var lines = 0
    /// Lines that were not understood.
    package var unparsed = 0
    /// Incidents that were there before, and were not told.
    package var before = 0
    package var told = 0
    /// Told again: they had grown, or succeeded.
    package var toldAgain = 0
    package var unexamined: [Message] = []
}

/// Follows logs: reads what is there, then what comes, and tells each incident when it is seen.
package struct LiveAnalysis: Sendable {
    package var analysis: LogAnalysis
    /// Seconds between two judgements while lines come.
    package var interval = 5.0
    /// Seconds without lines after which there is a judgement at once.
    package var quiet = 1.0
    /// Between two looks at logs that have no news.
    package var pause = Duration.milliseconds(250)

    package init(_ analysis: LogAnalysis) { self.analysis = analysis }

    /// What happened longer ago is let go of. Seconds.
    private static let memory: TimeInterval = 184 * 86_400

    /// Until it is stopped, or every log has ended. Blocks: not on the cooperative pool.
    /// - Parameters:
    ///   - isStopped: asked several times a second.
    ///   - notice: what befell a log: rotated, gone, unreadable.
    ///   - tell: false stops it.
    package func run(
        _ requests: [LogRequest], isStopped: @escaping @Sendable () -> Bool, notice: (Message) -> Void, tell: (LiveIncident) -> Bool
    ) -> LiveSummary {
        run(requests.map { LiveInput($0, since: analysis.since) }, isStopped: isStopped, notice: notice, tell: tell)
    }

    /// As ``run(_:isStopped:notice:tell:)``, of logs that are open.
    package func run(
        _ inputs: [LiveInput], isStopped: @escaping @Sendable () -> Bool, notice: (Message) -> Void, tell: (LiveIncident) -> Bool
    ) -> LiveSummary {
        var session = LiveSession(self)
        for input in inputs { session.add(input, isStopped) }
        for message in session.takeMessages() { notice(message) }
        var isWanted = true
        session.follower.run(
            isStopped: { hadNews in
                guard isWanted, !isStopped() else { return true }
                isWanted = session.proceed(hadNews: hadNews).allSatisfy(tell)
                for message in session.takeMessages() { notice(message) }
                return !isWanted
            },
            notice: { notice(session.message($0, $1)) },
            failure: { index, error in
                if let message = session.fail(index, error) { notice(message) }
            },
            body: { session.take($0, $1, $2) })
        if isWanted { session.end().forEach { isWanted = isWanted && tell($0) } }
        return session.summary
    }

    /// The settings of lines: those of the analysis, as its runs have them.
    func plan(_ request: LogRequest) -> LinePlan { analysis.plan(request) }

    static func horizon(_ now: Date) -> UInt32 { UInt32(clamping: Int64(now.addingTimeInterval(-memory).timeIntervalSince1970)) }
}

/// A request, and its logs as they come.
package struct LiveInput {
    package var request: LogRequest
    var logs: [(log: any GrowingLog, path: String, origin: LiveStream.Origin)] = []
    /// Files of the set that nobody writes any more.
    var earlier: [String] = []
    var problems: [Message] = []

    /// Lines of `log` are news from its first.
    package init(_ request: LogRequest, log: any GrowingLog) {
        self.request = request
        logs = [(log, request.name, .pipe)]
    }

    /// How far the journal is read back to know what is usual. Seconds.
    private static let journalHistory: TimeInterval = 7 * 86_400

    /// Opens what the request's paths name.
    package init(_ request: LogRequest, since: Date?) {
        self.request = request
        var files: [String] = []
        for path in request.paths {
            switch path {
            case LogFileReader.standardInput: logs.append((StandardInputLog(), path, .pipe))
            case JournalSource.path:
                do throws(LogFileError) {
                    let from = since ?? Date().addingTimeInterval(-Self.journalHistory)
                    logs.append((try JournalSource(since: from, isFollowing: true), path, .journal))
                } catch {
                    problems.append(error.message(file: path))
                }
            default:
                let found = LogFileSet.list([path])
                // A log that is not there yet may come.
                files += found.files.isEmpty && !path.contains("*") && !path.contains("?") ? [path] : found.files
            }
        }
        var followed: Set<FileIdentity> = []
        for set in RotatedLog.sets(Array(Set(files))) {
            let log = DatedLog(set: set)
            logs.append((log, log.path, .file))
            if let identity = FileIdentity(path: log.path) { followed.insert(identity) }
            earlier += set.filter { $0 != log.path }
        }
        // Rotated since it was looked at: it is being followed already.
        earlier = earlier.filter { path in FileIdentity(path: path).map { !followed.contains($0) } ?? false }
    }
}
