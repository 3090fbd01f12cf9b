import AccessLogs
import Foundation
import Testing

@Suite("Retention and gaps")
struct RetentionTests {
    /// Events at these hours before now.
    private func timeline(_ hoursAgo: some Sequence<Int>, each count: Int = 1) -> ActivityTimeline {
        var timeline = ActivityTimeline()
        for hours in hoursAgo { for _ in 0..<count { timeline.add(Int64(now.timeIntervalSince1970) - Int64(hours) * 3_600) } }
        return timeline
    }

    private func retention(_ timeline: ActivityTimeline, since: Date? = nil) throws -> Retention {
        try #require(Retention(timeline, now: now, retentionDays: 184, systemSince: since))
    }

    @Test("184 days are enough and 183 are not", arguments: [(184, true), (183, false), (200, true), (30, false)])
    func boundary(_ days: Int, _ met: Bool) throws {
        let retention = try retention(timeline(0...(days * 24)))
        #expect(retention.days == days)
        #expect(retention.isMet == met)
        #expect(retention.gaps.isEmpty)
    }

    @Test("A younger system is judged by its age")
    func young() throws {
        let since = now.addingTimeInterval(-40 * 86_400)
        #expect(try retention(timeline(0...(40 * 24)), since: since).isMet)
        #expect(try retention(timeline(0...(40 * 24)), since: since).requiredDays == 40)
        #expect(try !retention(timeline(0...(20 * 24)), since: since).isMet)
        #expect(try !retention(timeline(0...(40 * 24)), since: now.addingTimeInterval(-400 * 86_400)).isMet)
    }

    @Test("A deleted day is a gap, a quiet night is none")
    func deletedDay() throws {
        let gaps = try retention(timeline((0...(200 * 24)).filter { !(1_000..<1_025).contains($0) && $0 % 24 > 6 })).gaps
        #expect(gaps.count == 1)
        #expect(gaps.first?.kind == .silence)
    }

    @Test("Weekends of an office system are its rhythm; two weeks without are a gap")
    func rhythm() throws {
        let workdays = (0...(200 * 24)).filter { ($0 / 24) % 7 < 5 }
        #expect(try retention(timeline(workdays)).gaps.isEmpty)
        #expect(try retention(timeline(workdays.filter { !(700..<1_036).contains($0) })).gaps.count == 1)
    }

    @Test("A log that ended is a gap until now, and keeps only its own days")
    func ended() throws {
        let ended = try retention(timeline((10 * 24)...(150 * 24)))
        #expect(ended.gaps.map(\.kind) == [.untilNow])
        #expect(ended.days == 140)
        #expect(try !retention(timeline((200 * 24)...(500 * 24))).isMet)
    }

    @Test("A gap before the retention period doesn't matter")
    func oldGap() throws {
        #expect(try retention(timeline((0...(400 * 24)).filter { !(7_000..<7_500).contains($0) })).gaps.isEmpty)
    }

    @Test("A few stray old events don't make a log old")
    func stray() throws {
        var log = timeline(0...(100 * 24))
        log.merge(timeline([20 * 365 * 24]))
        #expect(try retention(log).days == 100)
    }

    @Test("A day with a tenth of the usual events is a collapse")
    func collapse() throws {
        var log = timeline((0...(190 * 24)).filter { !(1_212..<1_236).contains($0) }, each: 20)
        log.merge(timeline([1_213, 1_220, 1_230]))
        let gaps = try retention(log).gaps
        #expect(gaps.count == 1)
        if case .collapse(let events, let usual) = gaps.first?.kind { #expect(events * 10 < usual) } else { Issue.record("no collapse: \(gaps)") }
    }

    @Test("Order doesn't matter, and halves merge")
    func order() throws {
        var shuffled = timeline((0...(184 * 24)).shuffled())
        #expect(shuffled.sorted() == timeline(0...(184 * 24)).sorted())
        shuffled = timeline(0...1_000)
        shuffled.merge(timeline(1_001...(184 * 24)))
        #expect(shuffled.sorted() == timeline(0...(184 * 24)).sorted())
    }

    @Test("No event is no retention")
    func empty() { #expect(Retention(ActivityTimeline(), now: now, retentionDays: 184, systemSince: nil) == nil) }
}
