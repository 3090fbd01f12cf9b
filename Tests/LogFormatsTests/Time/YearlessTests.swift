import Foundation
import LogFormats
import Testing

@Suite struct YearlessTests {
    private static func seconds(_ text: String) throws -> Int64 {
        var stamp = ISOStamp(zone: .gmt)
        return try #require(withBytes(text) { stamp.parse($0, at: 0) }).seconds
    }

    private static func date(_ text: String) throws -> Date { Date(timeIntervalSince1970: Double(try seconds(text))) }

    /// Counts and reads `lines` as a file that was last written at `modified`.
    private func read(_ lines: [String], modified: String, counted: Bool) throws -> [Int64?] {
        let modified = try Self.date(modified)
        var counter = NewYearCounter()
        for line in lines { withBytes(line) { counter.consume($0) } }
        var clock = YearlessClock(zone: .gmt, modified: modified, newYears: counted ? counter.newYears(zone: .gmt, modified: modified) : nil)
        return lines.map { line in withBytes(line) { YearlessStamp($0, at: 0) }.flatMap { clock.utc($0) } }
    }

    @Test(arguments: [true, false])
    func newYearIsPassedWithinAFile(_ counted: Bool) throws {
        let read = try read(["Dec 31 23:59:59 h", "Jan  1 00:00:00 h", "Jan 10 00:00:00 h"], modified: "2026-01-10 00:00:05", counted: counted)
        #expect(try read == [Self.seconds("2025-12-31 23:59:59"), Self.seconds("2026-01-01 00:00:00"), Self.seconds("2026-01-10 00:00:00")])
    }

    @Test func aFileThatWasLastWrittenInTheNewYearMayEndInTheOld() throws {
        let read = try read(["Jan  1 00:00:00 h", "Jul  1 00:00:00 h", "Dec 30 00:00:00 h"], modified: "2026-01-10 00:00:00", counted: true)
        #expect(try read == [Self.seconds("2025-01-01 00:00:00"), Self.seconds("2025-07-01 00:00:00"), Self.seconds("2025-12-30 00:00:00")])
    }

    @Test func aWholeYearEndsOnItsLastDay() throws {
        for counted in [true, false] {
            let read = try read(["Jan  1 00:00:00 h", "Jul  1 00:00:00 h", "Dec 31 23:59:58 h"], modified: "2025-12-31 23:59:59", counted: counted)
            #expect(try read.first == Self.seconds("2025-01-01 00:00:00"))
            #expect(try read.last == Self.seconds("2025-12-31 23:59:58"))
        }
    }

    @Test func aPriorityBeforeTheStampIsPassedOver() {
        var counter = NewYearCounter()
        for line in ["<34>Dec 31 23:59:59 h", "<3>Jan  1 00:00:00 h", "<>Dec 31", "<34"] { withBytes(line) { counter.consume($0) } }
        #expect(counter.newYears(zone: .gmt, modified: Date(timeIntervalSince1970: 1_767_400_000)) == 1)
    }

    @Test func severalYearsAreCountedBack() throws {
        let lines = ["Nov  1 00:00:00 h", "Feb  1 00:00:00 h", "Jul  1 00:00:00 h", "Dec  1 00:00:00 h", "Mar  1 00:00:00 h"]
        let read = try read(lines, modified: "2026-03-01 01:00:00", counted: true)
        #expect(try read.first == Self.seconds("2024-11-01 00:00:00"))
        #expect(try read.last == Self.seconds("2026-03-01 00:00:00"))
    }

    @Test(arguments: [true, false])
    func disorderAcrossNewYearIsNoYear(_ counted: Bool) throws {
        let lines = ["Dec 31 23:59:58 h", "Jan  1 00:00:00 h", "Dec 31 23:59:59 h", "Jan  1 00:00:01 h"]
        let read = try read(lines, modified: "2026-01-01 00:00:02", counted: counted)
        #expect(
            try read == [
                Self.seconds("2025-12-31 23:59:58"), Self.seconds("2026-01-01 00:00:00"), Self.seconds("2025-12-31 23:59:59"),
                Self.seconds("2026-01-01 00:00:01"),
            ])
    }

    @Test(arguments: [true, false])
    func aSmallStepBackIsDisorder(_ counted: Bool) throws {
        let read = try read(["Jun  1 00:00:00 h", "May 31 23:59:59 h", "Jun  1 00:00:01 h"], modified: "2026-06-01 00:00:02", counted: counted)
        #expect(try read == [Self.seconds("2026-06-01 00:00:00"), Self.seconds("2026-05-31 23:59:59"), Self.seconds("2026-06-01 00:00:01")])
    }

    @Test(arguments: [true, false])
    func aSenderWhoseClockIsAheadBeginsTheYearEarly(_ counted: Bool) throws {
        let read = try read(["Dec 31 23:50:00 h", "Jan  1 00:00:01 h"], modified: "2025-12-31 23:59:00", counted: counted)
        #expect(try read == [Self.seconds("2025-12-31 23:50:00"), Self.seconds("2026-01-01 00:00:01")])
    }

    @Test func theLeapDayTellsTheYear() throws {
        let read = try read(["Feb 29 12:00:00 h", "Mar  1 12:00:00 h"], modified: "2026-08-01 00:00:00", counted: true)
        #expect(try read == [Self.seconds("2024-02-29 12:00:00"), Self.seconds("2024-03-01 12:00:00")])
    }

    @Test func aLeapDayInAnotherYearIsNoTime() throws {
        let read = try read(["Jan 29 12:00:00 h", "Feb 29 12:00:00 h"], modified: "2026-08-01 00:00:00", counted: true)
        #expect(try read == [Self.seconds("2026-01-29 12:00:00"), nil])
    }

    @Test func aNamedYearIsTaken() throws {
        let read = try read(["Feb 29 2024 12:00:00 h", "Jan 02 03:04:05.678 h"], modified: "2026-08-01 00:00:00", counted: true)
        #expect(try read == [Self.seconds("2024-02-29 12:00:00"), Self.seconds("2026-01-02 03:04:05")])
    }

    @Test(arguments: [
        "Foo  2 03:04:05", "Jan 32 03:04:05", "Jan  0 03:04:05", "Jan  2 25:04:05", "Jan  2 03:04", "Feb 30 03:04:05", "jan  2T03:04:05",
    ])
    func otherTextIsNoStamp(_ text: String) {
        #expect(withBytes(text) { YearlessStamp($0, at: 0) } == nil)
    }
}
