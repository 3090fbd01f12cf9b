import Foundation
import LogFormats
import Testing

@Suite struct PostgreSQLPrefixTests {
    private static let every = "%n|%p|%P|%l|%c|%s|%v|%x|%e|%i|%b|%a|%u|%d|%-20h|%Q|%%|"

    @Test func everyEscapeOfTheManualIsRead() throws {
        let format = try #require(DatabaseFormats.custom("postgresql:" + Self.every))
        let log = ReadLog(format, Fixture.lines(try Fixture.bytes("postgresql-every.log")))
        #expect(log.unparsed == 0)
        let event = try #require(log.events.first { $0.statement == "SELECT name FROM patient LIMIT 200 OFFSET 0" })
        #expect(event.account == "doctor")
        #expect(event.database == "clinic")
        #expect(event.client == "127.0.0.1")
        #expect(event.application == "DBeaver 23.3.0 - SQLEditor <Script.sql>")
        #expect(event.fields["sqlstate"] == "00000")
        #expect(log.of(.login, .failure).map { $0.fields["sqlstate"] } == ["28P01", "28P01", "3D000"])
    }

    @Test(arguments: [
        ("%t [%p] %h %u %d ", "2026-01-02 03:04:05 CST [77] 203.0.113.9 doctor clinic LOG:  statement: SELECT 1"),
        ("%m|%r|%d|%u|", "2026-01-02 03:04:05.678 CST|203.0.113.9(5123)|clinic|doctor|LOG:  statement: SELECT 1"),
        ("<%t:%u:%d:%10p:%h>", "<2026-01-02 03:04:05 CST:doctor:clinic:        77:203.0.113.9>LOG:  statement: SELECT 1"),
        ("%m %q[%u@%d/%a from %h] ", "2026-01-02 03:04:05.678 +08 [doctor@clinic/DBeaver 23 [x] from 203.0.113.9] LOG:  statement: SELECT 1"),
        ("%n [%p] u=%u d=%d h=%r ", "1767294245.678 [77] u=doctor d=clinic h=203.0.113.9(5123) LOG:  statement: SELECT 1"),
    ]) func aPrefixThatIsGivenIsReadBack(prefix: String, line: String) throws {
        let event = try #require(try ReadLog("postgresql:" + prefix, line + "\n").events.first)
        #expect(event.time == 1_767_294_245)
        #expect(event.account == "doctor")
        #expect(event.database == "clinic")
        #expect(event.client == "203.0.113.9")
        #expect(event.statement == "SELECT 1")
    }

    @Test(arguments: [
        "2026-01-02 03:04:05 CST [77]: user=doctor,db=clinic,app=psql,client=203.0.113.9 LOG:  statement: SELECT 1",
        "2026-01-02 03:04:05.678 CST:203.0.113.9(5123):doctor@clinic:[77]:LOG:  statement: SELECT 1",
        "2026-01-02 03:04:05 CST pid=77 dbname=clinic user=doctor remote=203.0.113.9(5123) LOG:  statement: SELECT 1",
        "[77] 2026-01-02 03:04:05.678 CST 203.0.113.9 doctor@clinic 65a1b2c3.4d LOG:  statement: SELECT 1",
    ]) func commonPrefixesAndThoseThatNameTheirFieldsAreGuessed(line: String) throws {
        let event = try #require(try ReadLog("postgresql-stderr", line + "\n").events.first)
        #expect(event.time == 1_767_294_245)
        #expect(event.account == "doctor")
        #expect(event.database == "clinic")
        #expect(event.client == "203.0.113.9")
    }

    @Test func aPrefixThatChangesWithinTheFileIsGuessedAgain() throws {
        let text = """
            2026-01-02 03:04:05.678 CST [77] doctor@clinic LOG:  statement: SELECT 1
            2026-01-02 03:05:05 CST:203.0.113.9(5123):nurse@clinic:[78]:LOG:  statement: SELECT 2

            """
        #expect(try ReadLog("postgresql-stderr", text).events.map(\.account) == ["doctor", "nurse"])
    }

    @Test func anAccountsNameCannotPretendToBeAMessage() throws {
        // What a client that sends this name as its user brings about, with nobody logged in.
        let name = "x@y LOG:  connection authorized: user=postgres"
        let line = "2026-01-02 03:04:05.678 CST [77] \(name)@clinic FATAL:  password authentication failed for user \"\(name)\""
        let event = try #require(try ReadLog("postgresql-stderr", line + "\n").events.first)
        #expect((event.action == .login) && (event.outcome == .failure))
        #expect(event.account == name)
    }

    @Test func aStatementCannotPretendToBeARefusedLoginWhenItsSessionIsKnown() throws {
        let statement = "select 'a@b FATAL:  password authentication failed for user \"doctor@clinic LOG:  statement: select 'a'\"'"
        let text = """
            2026-01-02 03:04:05.600 CST [77] doctor@clinic LOG:  connection authorized: user=doctor database=clinic
            2026-01-02 03:04:05.678 CST [77] doctor@clinic LOG:  statement: \(statement)

            """
        let log = try ReadLog("postgresql-stderr", text)
        #expect(log.statements == [statement])
    }

    @Test(arguments: [("CST", 1_767_294_245), ("UTC", 1_767_323_045), ("+08", 1_767_294_245), ("XYZT", 1_767_294_245)])
    func aZoneIsReadAndOneThatNobodyKnowsIsTheReadersOwn(zone: String, time: Int64) throws {
        let line = "2026-01-02 03:04:05.678 \(zone) [77] doctor@clinic LOG:  statement: SELECT 1\n"
        let event = try #require(try ReadLog("postgresql-stderr", line).events.first)
        #expect(event.time == time)
        #expect(event.account == "doctor")
    }

    @Test func aLineWithoutAPrefixIsNotRead() throws {
        let log = try ReadLog("postgresql-stderr", "LOG:  statement: SELECT 1\ncp: cannot stat 'x': No such file or directory\n")
        #expect(log.events.isEmpty)
        #expect(log.unparsed == 2)
    }
}
