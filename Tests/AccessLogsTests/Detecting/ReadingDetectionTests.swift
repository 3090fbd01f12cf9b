import AccessLogs
import Geography
import Testing

@Suite("Data taken")
struct ReadingDetectionTests {
    private let foreign = "5.2.64.9"  // NL
    private let domestic = "36.110.1.9"  // CN
    private let noon = Stage.start + 40 * Stage.day + 12 * Stage.hour

    @Test("An office's ordinary weeks are no incident")
    func ordinary() throws {
        var stage = try Stage()
        stage.staff(30, days: 60)
        #expect(stage.judged().isEmpty)
    }

    @Test("A foreign address that reads many records is told, with numbers and the region")
    func foreignAccess() throws {
        var stage = try Stage()
        stage.staff(30, days: 60)
        for index in 0..<200 { stage.read(noon + UInt32(index) * 5, foreign, record: UInt64(index) * 7_919 % 100_003) }
        let incident = try #require(stage.judged().first { $0.kind == .foreignAccess })
        #expect(incident.network == "5.2.64.*")
        #expect(incident.region.name == "NL")
        #expect(incident.standing == .foreign)
        #expect(incident.succeeded)
        #expect((170...230).contains(incident.persons))
        #expect(incident.requests >= 180)
    }

    @Test("Four addresses of one foreign network are one story")
    func foreignNetwork() throws {
        var stage = try Stage()
        for index in 0..<240 { stage.read(noon + UInt32(index) * 5, "5.2.64.\(10 + index % 4)", record: UInt64(index) * 7_919 % 100_003) }
        let incidents = stage.judged().filter { $0.kind == .foreignAccess }
        #expect(incidents.count == 1)
        #expect(incidents.first?.addresses == 4)
    }

    @Test("A patient abroad, and a colleague on a business trip, are no incident")
    func travellers() throws {
        var stage = try Stage()
        stage.staff(30, days: 60)
        for index in 0..<30 { stage.read(noon + UInt32(index) * 20, foreign, record: UInt64(index % 3)) }
        for index in 0..<33 { stage.read(noon + UInt32(index) * 900, "133.242.0.7", account: "staff4", record: UInt64(index) * 7_919, rows: 1) }
        #expect(stage.kinds().isDisjoint(with: [.foreignAccess, .bulkDownload, .enumeration]))
    }

    @Test("Search engines that walk through public pages are no incident")
    func searchEngine() throws {
        var stage = try Stage()
        for index in 0..<4_000 { stage.read(noon + UInt32(index) * 30, "66.249.66.1", record: UInt64(index), flags: .isCrawler) }
        #expect(stage.kinds().isEmpty)
    }

    @Test("Numbers one after the other are an enumeration, in either direction, with gaps and misses", arguments: [1, -1, 3])
    func sequential(step: Int) throws {
        var stage = try Stage()
        stage.staff(30, days: 60)
        for index in 0..<300 {
            let record = UInt64(500_000 + index * step)
            if index % 3 == 0 {
                var missing = stage.request(noon + UInt32(index) * 10, domestic, status: 404, shape: 7)
                missing.record = record
                stage.add(missing)
            } else {
                stage.read(noon + UInt32(index) * 10, domestic, record: record)
            }
        }
        #expect(stage.kinds() == [.enumeration])
    }

    @Test("A walk is seen among the reads of others behind the same address")
    func walkInCrowd() throws {
        var stage = try Stage()
        for day in UInt32(0)..<60 {
            for index in 0..<200 {
                stage.read(
                    Stage.start + day * Stage.day + 9 * Stage.hour + UInt32(index) * 200, domestic,
                    record: UInt64(Int(day) * 977 + index * 7_919) % 90_001,
                    agent: UInt32(index % 40 + 2))
            }
        }
        #expect(stage.judged().isEmpty)
        for index in 0..<400 { stage.read(noon + UInt32(index) * 20 + 3, domestic, record: UInt64(200_000 + index), shape: 8, agent: 1) }
        #expect(stage.kinds().contains(.enumeration))
    }

    @Test("Paging through lists, day after day, is no enumeration")
    func paging() throws {
        var stage = try Stage()
        for day in UInt32(0)..<40 {
            for list in UInt64(0)..<12 {
                for page in UInt64(1)...(2 + (list + UInt64(day)) % 7) {
                    let time = Stage.start + day * Stage.day + 9 * Stage.hour + UInt32(list) * 1_500 + UInt32(page) * 15
                    stage.read(time, domestic, account: "doctor", record: page, shape: 8, rows: 20)
                }
            }
        }
        #expect(stage.judged().isEmpty)
    }

    @Test("A partner who fetches orders by number, every day, has a habit; far more from elsewhere is a bulk download")
    func partner() throws {
        var stage = try Stage()
        var order: UInt64 = 40_000_000
        for day in UInt32(0)..<60 {
            for poll in UInt32(0)..<600 {
                stage.read(Stage.start + day * Stage.day + 5_400 + poll, "36.110.9.9", account: "pharmacy", record: order, agent: 3)
                order += 1
            }
        }
        #expect(stage.judged().isEmpty)
        for index in 0..<9_000 {
            stage.read(noon + UInt32(index), domestic, account: "pharmacy", record: UInt64(index) * 104_729 % 9_000_011, agent: 4)
        }
        #expect(stage.kinds().contains(.bulkDownload))
    }

    @Test("An employee who reads twenty times the usual is a bulk download, though it was in business hours at the office")
    func bulk() throws {
        var stage = try Stage()
        stage.staff(30, days: 60)
        for index in 0..<3_000 {
            stage.read(noon + UInt32(index) * 6, "223.5.5.5", account: "staff4", record: UInt64(index) * 7_919 % 800_011, agent: 5, rows: 1)
        }
        let incidents = stage.judged().filter { $0.kind == .bulkDownload }
        #expect(incidents.count == 1)
        #expect(incidents.first?.account == "a***")
    }

    @Test("A few exports with very many rows are a bulk download")
    func exports() throws {
        var stage = try Stage()
        stage.staff(30, days: 60)
        for index in 0..<8 {
            stage.read(noon + UInt32(index) * 90, domestic, account: "staff4", bytes: 4_000_000, rows: 20_000, flags: .isExport)
        }
        let incident = try #require(stage.judged().first { $0.kind == .bulkDownload })
        #expect(incident.rows == 160_000)
        #expect(incident.persons == 160_000)
    }

    @Test("Reading by the hundred at night is told; a night on duty is not")
    func offHours() throws {
        var stage = try Stage()
        stage.staff(30, days: 60)
        for night in UInt32(0)..<8 {
            for index in UInt32(0)..<9 {
                stage.read(
                    Stage.start + (night * 7 + 1) * Stage.day + Stage.hour + index * 900, "223.5.5.5", account: "staff5", record: 77 * UInt64(index))
            }
        }
        #expect(stage.judged().isEmpty)
        for index in 0..<180 {
            stage.read(Stage.start + 45 * Stage.day + Stage.hour + UInt32(index) * 30, "223.5.5.5", account: "staff5", record: UInt64(index) * 7_919)
        }
        #expect(stage.kinds() == [.offHours])
    }

    @Test("A job that reads every night has its habit")
    func nightlyJob() throws {
        var stage = try Stage()
        for night in UInt32(0)..<60 {
            for index in UInt32(0)..<600 {
                stage.read(Stage.start + night * Stage.day + 2 * Stage.hour + index, "10.0.0.9", account: "reconcile", record: UInt64(index) * 7_919)
            }
        }
        #expect(stage.judged().isEmpty)
    }
}
