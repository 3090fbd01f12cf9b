import AccessLogs
import LogFormats
import Testing

@Suite("Guesses at logins")
struct LoginDetectionTests {
    private let outside = "36.110.1.9"
    private let noon = Stage.start + 10 * Stage.day + 12 * Stage.hour

    @Test("An office that logs in at nine and mistypes now and then is no incident")
    func typos() throws {
        var stage = try Stage(.authentication)
        for day in UInt32(0)..<30 {
            for person in UInt32(0)..<200 {
                let time = Stage.start + day * Stage.day + 9 * Stage.hour + person * 3
                if (person + day) % 12 == 0 {
                    for slip in UInt32(0)..<2 { stage.login(time - 20 + slip * 8, "223.5.5.5", "u\(person)", succeeds: false) }
                }
                stage.login(time, "223.5.5.5", "u\(person)", succeeds: true)
            }
        }
        #expect(stage.judged().isEmpty)
    }

    @Test("Many failures at one account are a brute force; with a success after them it is told so, once")
    func bruteForce() throws {
        var stage = try Stage(.authentication)
        for index in UInt32(0)..<80 { stage.login(noon + index * 4, outside, "root", succeeds: false) }
        #expect(stage.judged().map(\.kind) == [.bruteForce])
        stage.login(noon + 400, outside, "root", succeeds: true)
        let incidents = stage.judged()
        #expect(incidents.map(\.kind) == [.bruteForceSuccess])
        #expect(incidents.first?.succeeded == true)
        #expect(incidents.first.map { $0.requests >= 75 } == true)
        #expect(incidents.first?.network == "36.110.1.*")
    }

    @Test("The owner who logs in while others guess is not the guessers' success")
    func ownerLogsIn() throws {
        var stage = try Stage(.authentication)
        for index in UInt32(0)..<80 { stage.login(noon + index * 4, outside, "root", succeeds: false) }
        stage.login(noon + 200, "10.0.0.5", "root", succeeds: true)
        #expect(stage.kinds() == [.bruteForce])
    }

    @Test("Guesses at one account from many addresses are one story")
    func distributed() throws {
        var stage = try Stage(.authentication)
        for index in UInt32(0)..<200 { stage.login(noon + index * 20, "36.\(100 + index % 20).7.9", "root", succeeds: false) }
        let incidents = stage.judged()
        #expect(incidents.map(\.kind) == [.bruteForce])
        #expect(incidents.first.map { (15...25).contains($0.addresses) } == true)
    }

    @Test(
        "What failure looks like is learnt from the login form: 401 against 200, the form again (200) against a redirect",
        arguments: [(UInt16(401), UInt16(200)), (401, 302), (200, 302)])
    func forms(failure: UInt16, success: UInt16) throws {
        var stage = try Stage()
        for user in UInt32(0)..<400 {
            let address = "36.\(user % 200 + 20).\(user / 200).8"
            if user % 10 == 0 { stage.webLogin(Stage.start + user * 600, address, status: failure) }
            stage.webLogin(Stage.start + user * 600 + 9, address, status: success)
        }
        #expect(stage.judged().isEmpty)
        for index in UInt32(0)..<150 { stage.webLogin(noon + index * 2, outside, status: failure) }
        #expect(stage.kinds() == [.bruteForce])
        stage.webLogin(noon + 301, outside, status: success)
        #expect(stage.kinds() == [.bruteForceSuccess])
    }

    @Test("A job inside whose password ran out fails by the clock and is no guesser")
    func job() throws {
        var stage = try Stage(.database)
        for index in UInt32(0)..<100 { stage.login(noon + index * 600, "10.0.4.4", "etl", succeeds: false) }
        #expect(stage.judged().isEmpty)
    }

    @Test("Many accounts with a try or two each, quickly, are credential stuffing")
    func stuffing() throws {
        var stage = try Stage(.authentication)
        for index in UInt32(0)..<300 { stage.login(noon + index, outside, "leaked\(index)", succeeds: index % 100 == 99) }
        let incidents = stage.judged()
        #expect(incidents.map(\.kind) == [.credentialStuffing])
        #expect(incidents.first?.succeeded == true)
        #expect(incidents.first.map { (250...350).contains($0.accounts) } == true)
    }

    @Test("Credential stuffing by a swarm, two tries from each address, is one story")
    func swarm() throws {
        var stage = try Stage()
        for user in UInt32(0)..<900 {
            let address = "36.\(user % 200 + 20).\(user / 200).8"
            if user % 10 == 0 { stage.webLogin(Stage.start + user * 1_000, address, account: "u\(user)", status: 401, agent: user % 5 + 1) }
            stage.webLogin(Stage.start + user * 1_000 + 9, address, account: "u\(user)", status: 200, agent: user % 5 + 1)
        }
        #expect(stage.judged().isEmpty)
        for index in UInt32(0)..<160 {
            stage.webLogin(noon + index * 20, "59.\(index % 80 + 40).3.\(index % 80)", account: "leaked\(index)", status: 401, agent: 77)
        }
        let incidents = stage.judged()
        #expect(incidents.map(\.kind) == [.credentialStuffing])
        #expect(incidents.first.map { $0.addresses > 50 } == true)
    }

    @Test("The same password on everybody, round after round, is a spray")
    func spray() throws {
        var stage = try Stage(.authentication)
        for round in UInt32(0)..<3 {
            for index in UInt32(0)..<40 { stage.login(noon + round * 7_200 + index * 30, outside, "staff\(index)", succeeds: false) }
        }
        #expect(stage.kinds() == [.passwordSpray])
    }
}
