package import Foundation

/// A synthetic access log of an online clinic in nginx's `combined` format, whose truth is known. The same parameters give the same bytes.
/// No URL holds a person's value: numbers in paths are those of records.
package struct SampleAccessLog: Sendable {
    package enum Theft: Hashable, Sendable {
        case none
        /// So many overseas addresses walk through `/api/patients/<number>/records` in a few nights and take large answers.
        case overseas(addresses: Int)
    }

    package var lines: Int
    package var seed: UInt64
    /// The period; later than 1970, `to` not included.
    package var from: Date
    package var to: Date
    package var theft: Theft
    /// Within them nothing is logged.
    package var gaps: [DateInterval]
    /// 0…1: the share of ordinary requests that come from mainland China.
    package var domesticShare: Double

    package init(
        lines: Int, seed: UInt64, from: Date, to: Date, theft: Theft = .none, gaps: [DateInterval] = [], domesticShare: Double = 0.97
    ) {
        self.lines = lines
        self.seed = seed
        self.from = from
        self.to = to
        self.theft = theft
        self.gaps = gaps
        self.domesticShare = domesticShare
    }

    /// Hands out the log hour by hour: the hour's first second since 1970, and its lines. The bytes may not be kept.
    @discardableResult
    package func generate(_ body: (Int, [UInt8]) throws -> Void) throws -> GroundTruth {
        let start = max(0, SampleAccessLog.seconds(from))
        let end = max(0, SampleAccessLog.seconds(to))
        guard lines >= 0, start < end else { throw SampleError.emptyPeriod }
        let thieves: Int
        switch theft {
        case .none: thieves = 0
        case .overseas(let addresses): thieves = min(max(1, addresses), 1_000)
        }
        // Enough to stand out in a short log too, and never the most of it.
        let thefts = thieves == 0 ? 0 : min(lines / 2, max(lines / 40, 400 * thieves))
        let timetable = LogTimetable(from: start, to: end, gaps: gaps, visits: lines - thefts, thefts: thefts, seed: seed)
        var writer = LogWriter(
            clients: LogClients(seed: seed, thieves: thieves), random: SampleRandom(seed: seed, stream: 4),
            domesticPer10000: Int((min(max(domesticShare, 0), 1) * 10_000).rounded()))
        for slot in timetable.slots where slot.visits + slot.thefts > 0 {
            writer.write(slot)
            try body(slot.start, writer.bytes)
        }
        return writer.truth(gaps: timetable.gaps)
    }

    static func seconds(_ date: Date) -> Int { Int(min(max(date.timeIntervalSince1970, 0), 253_402_300_799).rounded(.up)) }
}
