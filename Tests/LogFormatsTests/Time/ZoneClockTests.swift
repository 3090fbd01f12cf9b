import Foundation
import LogFormats
import Testing

@Suite struct ZoneClockTests {
    private func zone(_ name: String) throws -> TimeZone { try #require(TimeZone(identifier: name)) }

    private func local(_ year: Int64, _ month: Int64, _ day: Int64, _ hour: Int64, _ minute: Int64, _ second: Int64 = 0) -> Int64 {
        CivilTime.days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second
    }

    @Test(arguments: ["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"])
    func agreesWithTheZoneAtEveryQuarterOfAnHour(_ name: String) throws {
        let zone = try zone(name)
        for start in [
            local(1986, 4, 1, 0, 0), local(1991, 9, 1, 0, 0), local(2011, 12, 20, 0, 0), local(2025, 3, 1, 0, 0), local(2026, 10, 20, 0, 0),
        ] {
            var clock = ZoneClock(zone)
            // In order, so that even the hour that exists twice has one reading.
            for step in 0..<(40 * 96) {
                let utc = start + Int64(step) * 900
                let offset = Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(utc))))
                #expect(clock.utc(local: utc + offset) == utc, "\(name) \(utc)")
            }
        }
    }

    @Test func chinaHadSummerTimeFrom1986To1991() throws {
        var clock = ZoneClock(try zone("Asia/Shanghai"))
        #expect(clock.utc(local: local(1988, 7, 1, 12, 0)) == local(1988, 7, 1, 3, 0))
        #expect(clock.utc(local: local(1985, 7, 1, 12, 0)) == local(1985, 7, 1, 4, 0))
        #expect(clock.utc(local: local(2026, 7, 1, 12, 0)) == local(2026, 7, 1, 4, 0))
    }

    @Test func theHourThatExistsTwiceIsTheEarlierWithoutALineBefore() throws {
        var clock = ZoneClock(try zone("Europe/Berlin"))
        #expect(clock.utc(local: local(2026, 10, 25, 2, 30)) == local(2026, 10, 25, 0, 30))
    }

    @Test func theHourThatExistsTwiceFollowsTheLineBefore() throws {
        var clock = ZoneClock(try zone("Europe/Berlin"))
        #expect(clock.utc(local: local(2026, 10, 25, 2, 59, 50)) == local(2026, 10, 25, 0, 59, 50))
        #expect(clock.utc(local: local(2026, 10, 25, 2, 0, 1)) == local(2026, 10, 25, 1, 0, 1))
        // Out of order within the second hour.
        #expect(clock.utc(local: local(2026, 10, 25, 2, 0, 0)) == local(2026, 10, 25, 1, 0, 0))
        #expect(clock.utc(local: local(2026, 10, 25, 3, 0, 0)) == local(2026, 10, 25, 2, 0, 0))
    }

    @Test func aSmallStepBackInTheFirstHourIsNotTheSecond() throws {
        var clock = ZoneClock(try zone("America/New_York"))
        #expect(clock.utc(local: local(2026, 11, 1, 1, 10, 5)) == local(2026, 11, 1, 5, 10, 5))
        #expect(clock.utc(local: local(2026, 11, 1, 1, 10, 3)) == local(2026, 11, 1, 5, 10, 3))
    }

    @Test func theHourThatDoesNotExistHasTheOffsetBeforeTheJump() throws {
        var clock = ZoneClock(try zone("Europe/Berlin"))
        #expect(clock.utc(local: local(2026, 3, 29, 2, 30)) == local(2026, 3, 29, 1, 30))
        #expect(clock.utc(local: local(2026, 3, 29, 1, 59)) == local(2026, 3, 29, 0, 59))
        #expect(clock.utc(local: local(2026, 3, 29, 3, 0)) == local(2026, 3, 29, 1, 0))
    }

    @Test func extremesDoNotTrap() throws {
        var clock = ZoneClock(try zone("Europe/Berlin"))
        for extreme in [Int64.min, .min + 1, -1, 0, .max - 1, .max] { _ = clock.utc(local: extreme) }
    }
}
