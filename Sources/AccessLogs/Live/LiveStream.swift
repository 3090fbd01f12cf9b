import Foundation
import LogFormats

/// One log of a source that is followed, and how its lines are read.
struct LiveStream {
    /// Where lines come from, which tells when those that were there before are through.
    enum Origin: Hashable {
        case file, journal, pipe
    }

    let log: any GrowingLog
    /// As evidence names its file.
    let name: String
    let path: String
    let origin: Origin
    private(set) var format: LogFormat?
    var parser: (any LineParser)?
    private(set) var watch: LineWatch?
    /// Number of its present file in the source's evidence, and of the part of it whose lines are counted now.
    var place: (file: Int, part: Int)?
    private var identity: FileIdentity?
    /// What was there before was read.
    private(set) var isCaughtUp: Bool
    private var lastNews: Date

    init(log: any GrowingLog, path: String, origin: Origin, now: Date) {
        self.log = log
        self.path = path
        self.origin = origin
        name = origin == .file ? URL(fileURLWithPath: path).lastPathComponent : path
        isCaughtUp = origin == .pipe
        lastNews = now
    }

    /// Seconds after which a journal that says nothing has said what it knew.
    private static let journalSilence = 3.0

    /// - Parameter bytes: how much came in a look; nil when nothing did.
    mutating func look(_ bytes: Int?, latest: Int64, startedAt: Date) {
        let now = Date()
        if bytes != nil { lastNews = now }
        guard !isCaughtUp else { return }
        switch origin {
        case .pipe: isCaughtUp = true
        // A file that has more fills the buffer.
        case .file: isCaughtUp = (bytes ?? 0) < LogChunk.size / 2
        case .journal:
            isCaughtUp =
                latest >= Int64(startedAt.timeIntervalSince1970) || now.timeIntervalSince(lastNews) > Self.journalSilence
        }
    }

    /// Whether the lines are of another file than those before.
    mutating func begins(_ identity: FileIdentity?) -> Bool {
        defer { self.identity = identity }
        return place == nil || identity != self.identity
    }

    /// Sets how lines are read, by those that came; leaves it as it was when they don't tell.
    mutating func recognise(_ bytes: UnsafeRawBufferPointer, _ request: LogRequest, _ plan: LinePlan) {
        var context = LogContext(
            // Lines that are being written are as old as now.
            zone: plan.settings.zone, modified: Date().addingTimeInterval(60), path: path, fieldMap: request.fieldMap)
        guard let found = request.format ?? FormatDetector.detect(FilePlanner.lines(of: bytes, isWhole: false), context)?.format else { return }
        // Stamps without a year go on from what was read before.
        guard found.id != format?.id else { return }
        if found.isYearless, origin == .file { context.newYears = try? FilePlanner.newYears(path, plan.settings.zone, context.modified) }
        (format, parser) = (found, found.makeParser(context))
        watch = LineWatch(found, plan.rules, looksForPersonalData: plan.personalData != nil)
    }
}
