import AccessLogs
import Findings
import Foundation
import TestSupport
import Testing

@Suite("Retention")
struct RetentionTests {
    /// Events at these hours before now.
    private func timeline(_ hoursAgo: some Sequence<Int>, each count: Int = 1) -> ActivityTimeline {
        var timeline = ActivityTimeline()
        for hours in hoursAgo { for _ in 0..<count { timeline.add(Int64(now.timeIntervalSince1970) - Int64(hours) * 3_600) } }
        return timeline
    }

    private func retention(
        _ timeline: ActivityTimeline, since: Date? = nil, at moment: Date = now, zone: TimeZone = Retention.defaultZone, missing: [MissingFile] = []
    ) throws -> Retention {
        try #require(Retention(timeline, now: moment, retentionDays: 184, systemSince: since, zone: zone, missingFiles: missing))
    }

    @Test("184 days are enough and 183 are not", arguments: [(184, true), (183, false), (185, true), (200, true), (30, false)])
    func boundary(_ days: Int, _ met: Bool) throws {
        let retention = try retention(timeline(0...(days * 24)))
        #expect(retention.days == days)
        #expect(retention.isMet == met)
        #expect(retention.gaps.isEmpty)
    }

    @Test("A busy log that begins an hour before midnight has not kept that day")
    func beginsLate() throws {
        // Now is noon; 23:00 on the 184th day before is 183 days and 13 hours ago.
        let retention = try retention(timeline(0...(183 * 24 + 13)))
        #expect(retention.days == 183)
        #expect(!retention.isMet)
    }

    @Test("Daily files from 06:25 on, kept 184 times, make 184 days at any hour of the day", arguments: 0..<48)
    func rotationInTheMorning(_ hours: Int) throws {
        let start = now.addingTimeInterval(-(5 * 3_600 + 35 * 60))
        let moment = start.addingTimeInterval(Double(hours) * 1_800 + 60)
        var timeline = ActivityTimeline()
        // The oldest file that is there began 184 days before the newest rotation, and a new one comes every day.
        let rotations = Int(moment.timeIntervalSince(start) / 86_400)
        let oldest = start.addingTimeInterval(Double(rotations - 184) * 86_400)
        for time in stride(from: oldest.timeIntervalSince1970 + 1, through: moment.timeIntervalSince1970, by: 600) { timeline.add(Int64(time)) }
        #expect(try retention(timeline, at: moment).isMet)
    }

    @Test("An office whose first event is at eight in the morning isn't blamed for its night, at any hour of today")
    func office() throws {
        for hour in 0..<24 {
            let midnight = now.addingTimeInterval(-12 * 3_600)
            let moment = midnight.addingTimeInterval(Double(hour) * 3_600 + 600)
            var timeline = ActivityTimeline()
            for day in 0...184 {
                for work in 8..<18 {
                    let time = midnight.addingTimeInterval(Double(-day) * 86_400 + Double(work) * 3_600)
                    if time <= moment { timeline.add(Int64(time.timeIntervalSince1970)) }
                }
            }
            let retention = try retention(timeline, at: moment)
            #expect(retention.days == 184, "at \(hour):10")
            #expect(retention.isMet)
        }
    }

    @Test("Days are those of the estate's zone")
    func zones() throws {
        // 2026-06-30 00:30 in China is 16:30 of the day before in UTC.
        let moment = now.addingTimeInterval(-11.5 * 3_600)
        var timeline = ActivityTimeline()
        let first = moment.timeIntervalSince1970 - 184 * 86_400 + 8 * 3_600
        // Quiet from midnight to eight in China.
        for time in stride(from: first, through: moment.timeIntervalSince1970, by: 3_600) where (Int(time) + 8 * 3_600) % 86_400 >= 8 * 3_600 {
            timeline.add(Int64(time))
        }
        #expect(try retention(timeline, at: moment).days == 184)
        #expect(try retention(timeline, at: moment, zone: .gmt).days == 183)
    }

    @Test("Summer time neither adds nor takes a day, in spring and in autumn", arguments: ["Europe/Berlin", "America/New_York", "Asia/Shanghai"])
    func summerTime(_ name: String) throws {
        let zone = try #require(TimeZone(identifier: name))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        for (month, day) in [(3, 1), (3, 29), (4, 15), (6, 30), (10, 24), (10, 25), (10, 26), (12, 31)] {
            let moment = try #require(calendar.date(from: DateComponents(year: 2026, month: month, day: day, hour: 12)))
            for days in [183, 184] {
                let first = try #require(calendar.date(byAdding: .day, value: -days, to: moment))
                var timeline = ActivityTimeline()
                for time in stride(from: first.timeIntervalSince1970, through: moment.timeIntervalSince1970, by: 1_800) { timeline.add(Int64(time)) }
                let retention = try retention(timeline, at: moment, zone: zone)
                #expect(retention.days == days, "\(month)-\(day)")
                #expect(retention.isMet == (days == 184))
                #expect(retention.gaps.isEmpty)
            }
        }
    }

    @Test("A younger system is judged by its age")
    func young() throws {
        let since = now.addingTimeInterval(-40 * 86_400)
        #expect(try retention(timeline(0...(40 * 24)), since: since).isMet)
        #expect(try retention(timeline(0...(40 * 24)), since: since).requiredDays == 40)
        #expect(try !retention(timeline(0...(20 * 24)), since: since).isMet)
        #expect(try !retention(timeline(0...(40 * 24)), since: now.addingTimeInterval(-400 * 86_400)).isMet)
        // The first visitor came a day after the system went into service.
        #expect(try retention(timeline(0...(39 * 24)), since: since).isMet)
        #expect(try !retention(timeline(0...(37 * 24)), since: since).isMet)
    }

    @Test("A system as old as the period must have kept it all")
    func exactlyAsOld() throws {
        #expect(try retention(timeline(0...(184 * 24)), since: now.addingTimeInterval(-184 * 86_400)).requiredDays == 184)
        #expect(try retention(timeline(0...(183 * 24)), since: now.addingTimeInterval(-183 * 86_400)).isMet)
        #expect(try !retention(timeline(0...(183 * 24)), since: now.addingTimeInterval(-184 * 86_400)).isMet)
    }

    @Test("A system that is said to be younger than its own log is not believed to be")
    func contradiction() throws {
        let retention = try retention(timeline(0...(100 * 24)), since: now.addingTimeInterval(-10 * 86_400))
        #expect(retention.contradictsSystemSince)
        #expect(retention.requiredDays == 184)
        #expect(!retention.isMet)
        #expect(try self.retention(timeline(0...(100 * 24)), since: now.addingTimeInterval(30 * 86_400)).contradictsSystemSince)
    }

    @Test("A log that ended is a gap until now, and keeps only its own days")
    func ended() throws {
        let ended = try retention(timeline((10 * 24)...(150 * 24)))
        #expect(ended.gaps.map(\.kind) == [.untilNow])
        #expect(ended.days == 140)
        #expect(try !retention(timeline((200 * 24)...(500 * 24))).isMet)
        #expect(try retention(timeline((200 * 24)...(500 * 24))).shortfalls.contains(.outdated))
        // What was collected this morning hasn't ended.
        #expect(try retention(timeline(10...(190 * 24))).gaps.isEmpty)
    }

    @Test("A gap before the retention period doesn't matter")
    func oldGap() throws {
        let retention = try retention(timeline((0...(400 * 24)).filter { !(7_000..<7_500).contains($0) }))
        #expect(retention.gaps.isEmpty)
        #expect(retention.isMet)
    }

    @Test("A few stray old events don't make a log old")
    func stray() throws {
        var log = timeline(0...(100 * 24))
        log.merge(timeline([20 * 365 * 24]))
        let retention = try retention(log)
        #expect(retention.days == 100)
        #expect(retention.strays == 1)
        #expect(!retention.isMet)
        var young = timeline(0...(100 * 24), each: 50)
        young.merge(timeline([150 * 24, 160 * 24, 170 * 24, 190 * 24]))
        #expect(try self.retention(young).days == 100)
    }

    @Test("A clock that stood years back for days of traffic doesn't make a log old")
    func clockInThePast() throws {
        var log = timeline(0...(100 * 24), each: 3)
        let back = 25 * 365 * 24
        log.merge(timeline(back...(back + 72), each: 3))
        let retention = try retention(log)
        #expect(retention.days == 100)
        #expect(!retention.isMet)
        #expect(retention.keptSince > retention.first)
    }

    @Test("A clock that stood in 1970 is counted and not believed")
    func epoch() throws {
        var log = timeline(0...(190 * 24))
        for second in 0..<100_000 { log.add(Int64(second)) }
        let retention = try retention(log)
        #expect(retention.isMet)
        #expect(retention.days == 190)
        #expect(retention.disbelieved == 100_000)
    }

    @Test("Events in the future are counted and not believed: they neither lengthen a log nor keep an ended one alive")
    func future() throws {
        let latest = Int64(now.timeIntervalSince1970) + ActivityTimeline.clockTolerance
        var log = ActivityTimeline(latest: latest)
        for hours in 240...(150 * 24) { log.add(Int64(now.timeIntervalSince1970) - Int64(hours) * 3_600) }
        for hours in [2, 30, 5_000, 900_000] { log.add(Int64(now.timeIntervalSince1970) + Int64(hours) * 3_600) }
        log.add(.max)
        log.add(.min)
        let ended = try retention(log)
        #expect(ended.days == 140)
        #expect(ended.gaps.map(\.kind) == [.untilNow])
        #expect(ended.disbelieved == 6)
        #expect(Retention(ActivityTimeline(latest: 0), now: now, retentionDays: 184, systemSince: nil) == nil)
        // A server whose clock is some minutes ahead is no forger.
        var ahead = timeline(0...(184 * 24))
        ahead.add(Int64(now.timeIntervalSince1970) + 300)
        #expect(try retention(ahead).last == now)
    }

    @Test("A gap of a day is a gap, and no reason to say that the rest was not kept")
    func gapOfADay() throws {
        let retention = try retention(timeline((0...(190 * 24)).filter { !(1_000..<1_024).contains($0) }))
        #expect(retention.gaps.count == 1)
        #expect(retention.isMet)
    }

    @Test("A file that is missing from the middle of a rotated set is a day not kept")
    func missingFile() throws {
        let log = timeline((0...(190 * 24)).filter { !(1_000..<1_024).contains($0) })
        let seconds = Int64(now.timeIntervalSince1970)
        let missing = MissingFile(name: "access.log.42", after: seconds - 1_024 * 3_600, before: seconds - 999 * 3_600, isCertain: true)
        let retention = try retention(log, missing: [missing])
        #expect(retention.shortfalls == [.filesMissing(["access.log.42"])])
        #expect(retention.gaps.map(\.missingFiles) == [["access.log.42"]])
        #expect(retention.coveredDays == 183)
        // Where another log of the source goes on, what a missing number held is lost all the same; a missing date then shows nothing.
        let whole = timeline(0...(190 * 24))
        #expect(try self.retention(whole, missing: [missing]).shortfalls == [.filesMissing(["access.log.42"])])
        let date = MissingFile(name: "access.log-20260501", after: missing.after, before: missing.before, isCertain: false)
        #expect(try self.retention(whole, missing: [date]).isMet)
        #expect(try self.retention(log, missing: [date]).shortfalls == [.filesMissing(["access.log-20260501"])])
    }

    @Test("A week of silence breaks a busy log; so do many single days")
    func broken() throws {
        let week = try retention(timeline((0...(250 * 24)).filter { !(1_000..<1_000 + 169).contains($0) }))
        #expect(week.days == 41)
        #expect(!week.isMet)
        let days = try retention(timeline((0...(250 * 24)).filter { hour in !(1...8).contains { (hour - $0 * 400) >= 0 && (hour - $0 * 400) < 24 } }))
        #expect(days.days == 250)
        #expect(days.gaps.count == 8)
        #expect(days.shortfalls == [.silent(days: 8)])
        #expect(days.coveredDays == 176)
    }

    @Test("Order doesn't matter, and parts merge")
    func order() throws {
        var shuffled = timeline((0...(184 * 24)).shuffled())
        #expect(shuffled.sorted() == timeline(0...(184 * 24)).sorted())
        shuffled = timeline(0...1_000)
        shuffled.merge(timeline(1_001...(184 * 24)))
        #expect(shuffled.sorted() == timeline(0...(184 * 24)).sorted())
        #expect(try retention(shuffled) == retention(timeline(0...(184 * 24))))
    }

    @Test("No event is no retention")
    func empty() { #expect(Retention(ActivityTimeline(), now: now, retentionDays: 184, systemSince: nil) == nil) }

    @Test("Any times at all, and any zone, give an answer")
    func hostile() throws {
        var generator = SeededGenerator(seed: 2_026)
        for _ in 0..<60 {
            var timeline = ActivityTimeline()
            for _ in 0..<200 { timeline.add(Int64.random(in: ActivityTimeline.earliest...2_000_000_000, using: &generator)) }
            for time in [Int64.min, -1, 0, .max, 1 << 62] { timeline.add(time) }
            let zone = try #require(TimeZone(identifier: TimeZone.knownTimeZoneIdentifiers.randomElement() ?? "UTC"))
            let retention = try #require(
                Retention(
                    timeline, now: now, retentionDays: Int.random(in: 0...500), systemSince: Date(timeIntervalSince1970: .random(in: -1e15...1e15)),
                    zone: zone))
            #expect(retention.days >= 0 && retention.coveredDays >= 0)
        }
    }

    @Test("A finding says what is kept and why that isn't enough; a log that is kept has none")
    func findings() throws {
        let short = try retention(timeline(0...(30 * 24)))
        let finding = try #require(RetentionFindings.retention(of: "门户", short, lines: 721, files: 1))
        #expect(finding.facts == ["days": .days(30), "required": .days(184)])
        let kept = try retention(timeline(0...(190 * 24)))
        #expect(RetentionFindings.retention(of: "门户", kept, lines: 1, files: 1) == nil)
        #expect(RetentionFindings.gaps(of: "门户", kept) == nil)
        let days = try retention(timeline((0...(250 * 24)).filter { hour in !(1...8).contains { (hour - $0 * 400) >= 0 && (hour - $0 * 400) < 24 } }))
        let loss = try #require(RetentionFindings.retention(of: "门户", days, lines: 1, files: 1))
        #expect(loss.facts["days"] == .days(176))
        #expect(loss.evidence.map(\.key) == ["access-logs.span", "access-logs.silent-days"])
        #expect(RetentionFindings.gaps(of: "门户", days)?.facts["count"] == .count(8))
    }
}
