import LogFormats
import Testing

@Suite struct PostgreSQLLogTests {
    private static let logged = ["postgresql-debian.log", "postgresql-debian.csv", "postgresql-debian.json"]

    @Test func theThreeDestinationsOfOneServerTellTheSame() throws {
        let (stderr, csv, json) = (try Fixture.read(Self.logged[0]), try Fixture.read(Self.logged[1]), try Fixture.read(Self.logged[2]))
        // The prefix says nothing of SQLSTATE, and of the application only what the session's beginning said.
        func comparable(_ log: ReadLog) -> [Collected] {
            log.events.map { event in
                var event = event
                event.fields["sqlstate"] = nil
                event.application = nil
                event.client = nil
                // A place in the statement has a column of its own there.
                event.message = event.message?.replacing(/\ at character \d+$/, with: "")
                return event
            }
        }
        let (lines, columns, objects) = (comparable(stderr), comparable(csv), comparable(json))
        #expect(lines.count == columns.count && columns.count == objects.count)
        for (index, event) in columns.enumerated() where index < lines.count && index < objects.count {
            #expect(event == objects[index])
            #expect(event == lines[index])
        }
    }

    @Test(arguments: logged) func aLoginThatFailedNamesItsAccountAndClient(name: String) throws {
        let failures = try Fixture.read(name).of(.login, .failure)
        #expect(failures.map(\.account) == ["doctor", "mallory", "doctor"])
        #expect(failures.map(\.database) == ["clinic", "clinic", "nowhere"])
        #expect(failures.allSatisfy { $0.client == "127.0.0.1" })
        #expect(failures[1].fields["detail"]?.contains("Role \"mallory\" does not exist") == true)
    }

    @Test(arguments: ["postgresql-debian.log", "postgresql-rds.log", "postgresql-pgbadger.log", "postgresql-chinese.log", "postgresql-debian.csv"])
    func aStatementKeepsItsLinesAndHasAccountDatabaseAndClient(name: String) throws {
        let log = try Fixture.read(name)
        let wanted = "SELECT id, name\n  FROM public.patient\n WHERE id_card = '110101199003070002'\n   AND \"name\" = $$王五$$;"
        let event = try #require(log.events.first { $0.statement == wanted })
        #expect(event.action == .query)
        #expect(event.account == "doctor")
        #expect(event.database == "clinic")
        #expect(event.client == "127.0.0.1")
        #expect(event.session?.isEmpty == false)
    }

    @Test func aStatementThatWasTimedHasItsDuration() throws {
        let log = try Fixture.read("postgresql-rds.log")
        let event = try #require(log.of(.query, .success).first { $0.statement == "SELECT * FROM patient;" })
        #expect((1...10_000_000).contains(event.duration))
        #expect(log.statements.contains("SELECT name FROM patient WHERE id = $1;"))
        // What was parsed and bound is not counted a second time.
        #expect(log.statements.filter { $0 == "SELECT name FROM patient WHERE id = $1;" }.count == 1)
    }

    @Test func anErrorTakesTheStatementThatStandsBehindIt() throws {
        let log = try Fixture.read("postgresql-debian.log")
        let refused = try #require(log.of(.query, .failure).first { $0.statement == "SELECT * FROM pg_authid;" })
        #expect(refused.message == "permission denied for table pg_authid")
        let duplicate = try #require(log.of(.query, .failure).first { $0.message?.hasPrefix("duplicate key") == true })
        #expect(duplicate.fields["detail"] == "Key (id)=(1) already exists.")
        #expect(duplicate.statement == "INSERT INTO patient VALUES (1, 'x', 'y');")
    }

    @Test func theApplicationIsKnownThroughTheSession() throws {
        let log = try Fixture.read("postgresql-debian.log")
        let event = try #require(log.events.first { $0.statement == "SELECT name FROM patient LIMIT 200 OFFSET 0" })
        #expect(event.application == "DBeaver 23.3.0 - SQLEditor <Script.sql>")
        let dump = try #require(
            Fixture.read("postgresql-default.log").events.first { $0.statement == "COPY public.patient (id, name, id_card) TO stdout;" })
        #expect(dump.application == "pg_dump")
        #expect(dump.account == "doctor")
        #expect(dump.client == "127.0.0.1")
    }

    @Test(arguments: ["postgresql-debian.log", "postgresql-chinese.log", "postgresql-debian.json"])
    func changesOfTheLogAndTheServersEndsAreTold(name: String) throws {
        let controls = try Fixture.read(name).of(.logControl)
        #expect(controls.contains { $0.fields["setting"] == "log_statement" })
        // Its start, the settings, the request to stop, the end.
        #expect(controls.count >= 4)
    }

    @Test func sessionsEndWithTheirTime() throws {
        let ends = try Fixture.read("postgresql-chinese.log").of(.disconnect)
        #expect(ends.count >= 8)
        #expect(ends.allSatisfy { $0.duration >= 0 && $0.account != nil && $0.client == "127.0.0.1" })
    }

    @Test(arguments: ["postgresql-pgaudit.log", "postgresql-pgaudit.csv"]) func linesOfPgauditCarryTheStatementAndItsRows(name: String) throws {
        let log = try Fixture.read(name)
        let all = try #require(log.of(.query).first { $0.statement == "SELECT * FROM patient;" })
        #expect(all.rows == 3)
        #expect(all.fields["class"] == "READ")
        #expect(all.fields["object"] == "public.patient")
        let quoted = try #require(log.of(.query).first { $0.statement?.contains("AND \"name\" = $$王五$$") == true })
        #expect(quoted.rows == 1)
        // Its count of COPY is 0 whatever went out: better none.
        let copy = try #require(log.of(.query).first { $0.statement == "COPY public.patient TO stdout;" })
        #expect(copy.rows == -1)
    }

    @Test func aStatementOfTwoTablesIsAuditedTwiceAndRanOnce() throws {
        let prefix = "2026-01-02 03:04:05.678 CST [77] doctor@clinic LOG:  AUDIT: SESSION,5,1,READ,SELECT,TABLE,"
        let text = "\(prefix)public.patient,\"select 1, 2\",<none>,4\n\(prefix)public.visit,\"select 1, 2\",<none>,4\n"
        let log = try ReadLog("postgresql-stderr", text)
        #expect(log.events.map(\.action) == [.query, .other])
        #expect(log.events.map { $0.fields["object"] } == ["public.patient", "public.visit"])
    }

    @Test func aReplicationCommandIsAStatement() throws {
        let text = """
            2026-01-02 03:04:05.678 CST [77] replicator@[unknown] LOG:  replication connection authorized: user=replicator application_name=pg_basebackup SSL enabled (protocol=TLSv1.3, cipher=TLS_AES_256_GCM_SHA384, bits=256)
            2026-01-02 03:04:05.700 CST [77] replicator@[unknown] LOG:  received replication command: BASE_BACKUP ( LABEL 'pg_basebackup base backup' )

            """
        let log = try ReadLog("postgresql-stderr", text)
        #expect(log.events[0].outcome == .success)
        #expect(log.events[0].application == "pg_basebackup")
        #expect(log.events[1].statement?.hasPrefix("BASE_BACKUP") == true)
        #expect(log.events[1].account == "replicator")
        #expect(log.events[1].application == "pg_basebackup")
    }

    @Test func aRefusalByThePlaceOfTheClientNamesAllThree() throws {
        let text =
            "2026-01-02 03:04:05.678 UTC [77] FATAL:  no pg_hba.conf entry for host \"203.0.113.9\", user \"postgres\", database \"clinic\", no encryption\n"
        let event = try #require(try ReadLog("postgresql-stderr", text).events.first)
        #expect((event.action == .login) && (event.outcome == .failure))
        #expect((event.account == "postgres") && (event.database == "clinic") && (event.client == "203.0.113.9"))
        #expect(event.time == 1_767_323_045)
    }

    @Test func autoExplainGivesTheStatementWithoutThePlan() throws {
        let text =
            "2026-01-02 03:04:05.678 CST [77] doctor@clinic LOG:  duration: 3210.123 ms  plan:\n\tQuery Text: SELECT *\n\t  FROM patient\n\tSeq Scan on patient  (cost=0.00..1.03 rows=3 width=68)\n\t  Filter: (id > 0)\n"
        let event = try #require(try ReadLog("postgresql-stderr", text).events.first)
        #expect(event.statement == "SELECT *\n  FROM patient")
        #expect(event.duration == 3_210_123)
    }

    @Test func aCSVRecordThatIsCutDoesNotTakeTheFileWithIt() throws {
        var lines = Fixture.lines(try Fixture.bytes("postgresql-debian.csv"))
        let format = try #require(LogFormat.named("postgresql-csv"))
        let whole = ReadLog(format, lines).events.count
        // The file begins within a record of several lines.
        lines.removeFirst(13)
        let log = ReadLog(format, lines)
        #expect(log.events.count > whole - 20)
    }
}
