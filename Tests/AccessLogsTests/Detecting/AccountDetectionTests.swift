import AccessLogs
import LogFormats
import Testing

@Suite("Accounts, databases and logs")
struct AccountDetectionTests {
    private let noon = Stage.start + 90 * Stage.day + 12 * Stage.hour

    // MARK: Accounts

    private func used(_ days: [UInt32], _ account: String, in stage: inout Stage) {
        for day in days {
            for index in UInt32(0)..<9 {
                stage.read(
                    Stage.start + day * Stage.day + 10 * Stage.hour + index * 300, "223.5.5.5", account: account, record: UInt64(index * 31 + day))
            }
        }
    }

    @Test("An account that is used again after months is told; leave, and work once a month, are not")
    func dormant() throws {
        var stage = try Stage()
        used(Array(0..<20) + Array(66..<80), "on leave", in: &stage)
        used([0, 30, 60, 90], "monthly", in: &stage)
        #expect(stage.judged().isEmpty)
        used(Array(0..<8) + [90], "gone", in: &stage)
        #expect(stage.kinds() == [.dormantAccount])
    }

    @Test("Two regions within the hour are impossible; half a day, or a neighbour, is a journey")
    func travel() throws {
        var stage = try Stage()
        used(Array(80..<95), "home", in: &stage)
        stage.read(Stage.start + 90 * Stage.day + 23 * Stage.hour, "133.242.0.7", account: "home", record: 5)  // JP
        stage.read(Stage.start + 91 * Stage.day + 13 * Stage.hour, "202.64.0.9", account: "home", record: 5)  // HK
        #expect(stage.judged().isEmpty)
        stage.read(Stage.start + 93 * Stage.day + 11 * Stage.hour + 900, "5.2.64.9", account: "home", record: 5)  // NL
        let incidents = stage.judged()
        #expect(incidents.map(\.kind) == [.impossibleTravel])
        #expect(incidents.first?.region.name == "NL")
    }

    // MARK: Databases

    private func database() throws -> Stage {
        var stage = try Stage(.database)
        for day in UInt32(0)..<100 {
            let morning = Stage.start + day * Stage.day
            for index in UInt32(0)..<40 { stage.statement(morning + index * 2_000, "10.0.1.1\(index % 3)", "app", .isRead) }
            for index in UInt32(0)..<6 { stage.statement(morning + 7_200 + index * 30, "10.0.3.9", "backup", [.isRead, .isDump]) }
            for index in UInt32(0)..<5 where day % 3 == 0 {
                stage.statement(morning + 40_000 + index * 60, "10.0.9.5", "dba", [.isRead, .isInteractive])
            }
        }
        return stage
    }

    @Test("Backups by night, applications and administrators through the bastion are no incident")
    func ordinaryDatabase() throws { #expect(try database().judged().isEmpty) }

    @Test(
        "A dump by an administrator, or by the backup's account from elsewhere, is told", arguments: [("dba", "10.0.9.5"), ("backup", "10.0.1.11")])
    func dump(account: String, address: String) throws {
        var stage = try database()
        for index in UInt32(0)..<4 { stage.statement(noon + index * 20, address, account, [.isRead, .readsWholeTable, .isSensitive], rows: 1_000) }
        let incidents = stage.judged()
        #expect(incidents.map(\.kind) == [.databaseDump])
        #expect(incidents.first?.rows == 4_000)
    }

    @Test("A session from a workstation is direct; settings that name the bastions are believed")
    func direct() throws {
        var stage = try database()
        for index in UInt32(0)..<6 { stage.statement(noon + index * 20, "10.40.7.8", "dba", [.isRead, .isInteractive]) }
        #expect(stage.kinds() == [.directDatabase])
    }

    @Test("A service's account from a network that no client is in is direct, too")
    func stolenService() throws {
        var stage = try database()
        for index in UInt32(0)..<6 { stage.statement(noon + index * 20, "10.40.7.8", "app", .isRead) }
        #expect(stage.kinds() == [.directDatabase])
    }

    @Test("A foreign session at a database is foreign access, however little it read")
    func foreignSession() throws {
        var stage = try database()
        stage.login(noon, "5.2.64.9", "dba", succeeds: true)
        stage.statement(noon + 9, "5.2.64.9", "dba", .isRead)
        #expect(stage.kinds().contains(.foreignAccess))
    }

    // MARK: Logs

    private func tamper(_ stage: inout Stage, _ time: UInt32, _ account: String, shape: UInt64) {
        var digest = EventDigest()
        digest.time = time
        digest.flags = .tampersWithLog
        digest.account = account.isEmpty ? 0 : AccountHash.of(account)
        digest.shape = shape
        stage.add(digest)
    }

    @Test("A log that is cleared is told, the lines of one act once; a restart by the calendar is routine")
    func tampering() throws {
        var stage = try Stage(.audit)
        for month in UInt32(0)..<3 { tamper(&stage, Stage.start + month * 30 * Stage.day + 4 * Stage.hour, "", shape: 0) }
        #expect(stage.judged().isEmpty)
        for index in UInt32(0)..<3 { tamper(&stage, noon + index, "root", shape: UInt64(index)) }
        let incidents = stage.judged()
        #expect(incidents.map(\.kind) == [.logTampering])
        #expect(incidents.first?.requests == 3)
    }
}
