import AccessLogs
import Foundation
import TestSupport
import Testing

@Suite("Gaps beyond a source's rhythm")
struct RhythmTests {
    /// A day in China, and an hour of it.
    private func time(_ year: Int, _ month: Int, _ day: Int, _ hour: Int = 0) throws -> Int64 {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = Retention.defaultZone
        let date = try #require(calendar.date(from: DateComponents(year: year, month: month, day: day, hour: hour)))
        return Int64(date.timeIntervalSince1970)
    }

    private func gaps(_ times: some Sequence<Int64>, until: Int64) throws -> [LogGap] {
        var timeline = ActivityTimeline()
        for time in times { timeline.add(time) }
        let now = Date(timeIntervalSince1970: TimeInterval(until))
        return try #require(Retention(timeline, now: now, retentionDays: 184, systemSince: nil)).gaps
    }

    /// Every ten minutes, where the day of the week (0 is Monday), the hour and the time permit it.
    private func regular(_ from: Int64, _ to: Int64, _ isActive: (Int, Int, Int64) -> Bool) -> [Int64] {
        stride(from: from, to: to, by: 600).filter { time in
            let local = time + 8 * 3_600
            return isActive(Int((local / 86_400 + 3) % 7), Int(local % 86_400 / 3_600), time)
        }
    }

    private static func office(_ weekday: Int, _ hour: Int) -> Bool { weekday < 5 && (9..<18).contains(hour) }

    @Test("Nights and weekends of an office are its rhythm, and so are Spring Festival, National Day and Qingming")
    func officeHolidays() throws {
        // The State Council's days off for 2026 (notice of November 2025): 15 to 23 February, 4 to 6 April, 1 to 5 May, 19 to 21 June.
        let off = try [(2, 15, 2, 23), (4, 4, 4, 6), (5, 1, 5, 5), (6, 19, 6, 21), (1, 1, 1, 3)].map {
            try time(2026, $0.0, $0.1)..<time(2026, $0.2, $0.3, 24)
        }
        let (from, to) = (try time(2025, 12, 15), try time(2026, 6, 30))
        let events = regular(from, to) { weekday, hour, time in Self.office(weekday, hour) && !off.contains { $0.contains(time) } }
        #expect(try gaps(events, until: to).isEmpty)
    }

    @Test("A missing Wednesday of an office is a gap, although weekends are longer")
    func officeWorkday() throws {
        let (from, to) = (try time(2025, 12, 15), try time(2026, 6, 30))
        let wednesday = try time(2026, 3, 18)..<time(2026, 3, 19)
        let gaps = try gaps(regular(from, to) { Self.office($0, $1) && !wednesday.contains($2) }, until: to)
        #expect(gaps.map(\.kind) == [.silence])
        #expect(gaps.first?.from == (try time(2026, 3, 17, 17)) + 3_000)
    }

    @Test("A busy source has no holidays: Spring Festival without events is a gap")
    func busyHoliday() throws {
        let (from, to) = (try time(2025, 12, 15), try time(2026, 6, 30))
        let festival = try time(2026, 2, 15)..<time(2026, 2, 24)
        #expect(try gaps(regular(from, to) { _, _, time in !festival.contains(time) }, until: to).count == 1)
    }

    @Test("Six hours without an event are a gap in a source that never sleeps, and none at night where nights are quiet")
    func hours() throws {
        let (from, to) = (try time(2026, 1, 1), try time(2026, 6, 30))
        let afternoon = try time(2026, 4, 8, 11)..<time(2026, 4, 8, 18)
        let night = try time(2026, 4, 9, 0)..<time(2026, 4, 9, 7)
        #expect(try gaps(regular(from, to) { _, _, time in !afternoon.contains(time) }, until: to).count == 1)
        #expect(try gaps(regular(from, to) { _, hour, time in hour >= 7 && !night.contains(time) }, until: to).isEmpty)
        #expect(try gaps(regular(from, to) { _, hour, time in hour >= 7 && !afternoon.contains(time) }, until: to).count == 1)
    }

    @Test("Deleted daily files are gaps whatever the hour and length of the day that they hold", arguments: [22, 23, 24, 25, 26])
    func dailyFile(_ hours: Int) throws {
        let (from, to) = (try time(2026, 1, 1), try time(2026, 6, 30))
        let hole = try time(2026, 4, 8, 6)..<(time(2026, 4, 8, 6) + Int64(hours) * 3_600)
        #expect(try gaps(regular(from, to) { _, _, time in !hole.contains(time) }, until: to).count == 1)
    }

    @Test("Weekends of an office are its rhythm; two weeks without are a gap")
    func fortnight() throws {
        let (from, to) = (try time(2025, 12, 15), try time(2026, 6, 30))
        let hole = try time(2026, 3, 9)..<time(2026, 3, 23)
        #expect(try gaps(regular(from, to) { weekday, _, time in weekday < 5 && !hole.contains(time) }, until: to).count == 1)
    }

    @Test("Sources with few events at random, some of them in bursts, have no gaps", arguments: [0.3, 1, 3, 10, 40, 200])
    func sparse(_ perDay: Double) throws {
        let (from, to) = (try time(2025, 12, 15), try time(2026, 6, 30))
        var generator = SeededGenerator(seed: UInt64(perDay * 1_000))
        var found = 0
        for _ in 0..<40 {
            var times: [Int64] = []
            var at = Double(from)
            while at < Double(to) {
                times.append(Int64(at))
                at += -log(Double.random(in: 1e-12..<1, using: &generator)) * 86_400 / perDay
            }
            found += try gaps(times, until: to).count
        }
        #expect(found <= 1, "\(found) false gaps in 40 logs of half a year")
    }

    @Test("The same sources, with a tenth of the half-year cut out, have one", arguments: [3.0, 10, 40, 200])
    func sparseHole(_ perDay: Double) throws {
        let (from, to) = (try time(2025, 12, 15), try time(2026, 6, 30))
        let hole = try time(2026, 3, 1)..<time(2026, 3, 20)
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<20 {
            var times: [Int64] = []
            var at = Double(from)
            while at < Double(to) {
                if !hole.contains(Int64(at)) { times.append(Int64(at)) }
                at += -log(Double.random(in: 1e-12..<1, using: &generator)) * 86_400 / perDay
            }
            #expect(try gaps(times, until: to).contains { $0.from < hole.lowerBound && $0.to >= hole.upperBound })
        }
    }

    @Test("A day with a tenth of the usual events is a collapse")
    func collapse() throws {
        let (from, to) = (try time(2026, 1, 1), try time(2026, 6, 30))
        let day = try time(2026, 4, 8)..<time(2026, 4, 9)
        let gaps = try gaps(regular(from, to) { _, _, time in !day.contains(time) || time % 14_400 == 0 }, until: to)
        #expect(gaps.count == 1)
        guard case .collapse(let events, let usual) = gaps.first?.kind else { throw CancellationError() }
        #expect(events == 6 && usual == 144)
        #expect(gaps.first?.from == day.lowerBound && gaps.first?.to == day.upperBound)
    }

    @Test("Neighbouring days are one collapse, a collapse that lasts stays one, growth is none, and a weekend of an office neither")
    func collapses() throws {
        let (from, to) = (try time(2026, 1, 1), try time(2026, 6, 30))
        let fall = try time(2026, 4, 1)
        let lasting = try gaps(regular(from, to) { _, _, time in time < fall || time % 14_400 == 0 }, until: to)
        #expect(lasting.count == 1)
        #expect(lasting.first?.from == fall)
        let growing = regular(from, to) { _, _, time in
            let day = (time - from) / 86_400
            return time % max(600, 86_400 >> min(day / 20, 8) / 600 * 600) == 0
        }
        #expect(try gaps(growing, until: to).isEmpty)
        let weekends = regular(from, to) { weekday, hour, time in weekday < 5 || hour == 12 }
        #expect(try gaps(weekends, until: to).isEmpty)
    }

    @Test("Public holidays stay within the spans that are taken for them")
    func holidays() throws {
        let holidays = PublicHolidays(china: 2024...2026)
        // Days off by the State Council's notices for 2024, 2025 and 2026.
        let notices: [(Int, Int, Int, Int, Int)] = [
            (2024, 1, 1, 1, 1), (2024, 2, 10, 2, 17), (2024, 4, 4, 4, 6), (2024, 5, 1, 5, 5), (2024, 6, 10, 6, 10), (2024, 9, 15, 9, 17),
            (2024, 10, 1, 10, 7),
            (2025, 1, 1, 1, 1), (2025, 1, 28, 2, 4), (2025, 4, 4, 4, 6), (2025, 5, 1, 5, 5), (2025, 5, 31, 6, 2), (2025, 10, 1, 10, 8),
            (2026, 1, 1, 1, 3), (2026, 2, 15, 2, 23), (2026, 4, 4, 4, 6), (2026, 5, 1, 5, 5), (2026, 6, 19, 6, 21), (2026, 9, 25, 9, 27),
            (2026, 10, 1, 10, 7),
        ]
        for (year, month, day, lastMonth, lastDay) in notices {
            let (first, last) = ((try time(year, month, day, 8)) / 86_400, (try time(year, lastMonth, lastDay, 8)) / 86_400)
            for day in first...last { #expect(holidays.contains(day), "\(year)-\(month): \(day)") }
        }
        for (month, day) in [(3, 10), (7, 1), (8, 15), (11, 11), (12, 12)] { #expect(!holidays.contains((try time(2026, month, day, 8)) / 86_400)) }
        #expect(PublicHolidays(of: .gmt, years: 2026...2026).contains((try time(2026, 5, 1, 8)) / 86_400) == false)
    }

    @Test("A clock that is set back is seen, within a part of a file and between parts; slow requests are not")
    func clockWatch() {
        var one = ClockWatch()
        for time in [1_700_000_000, 1_700_000_100, 1_700_000_050, 1_700_010_000, 1_700_009_000] as [Int64] { one.add(time) }
        #expect(one.count == 0)
        var two = ClockWatch()
        for time in [1_700_000_000, .min, .max, 1_700_000_010, 1_600_000_000] as [Int64] { two.add(time) }
        #expect(two.steps == [.init(from: 1_700_000_010, to: 1_600_000_000)])
        one.append(two)
        #expect(one.count == 2)
        #expect(one.steps.first == .init(from: 1_700_009_000, to: 1_700_000_000))
        one.append(ClockWatch())
        #expect(one.count == 2)
    }
}
