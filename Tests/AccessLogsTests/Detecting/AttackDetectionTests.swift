import AccessLogs
import Testing

@Suite("Attacks on web interfaces")
struct AttackDetectionTests {
    private let outside = "36.110.1.9"
    private let noon = Stage.start + 10 * Stage.day + 12 * Stage.hour

    /// A crowd that uses the interface as it is meant.
    private func crowd() throws -> Stage {
        var stage = try Stage()
        for index in UInt32(0)..<3_000 {
            var digest = stage.request(Stage.start + index * 300, "36.\(index % 200 + 20).1.8", status: 200, shape: 3, bytes: 4_000)
            digest.offset = UInt64(index) * 211
            stage.add(digest)
        }
        return stage
    }

    @Test("A single search with words of SQL is no incident; a series is, and is one story")
    func injection() throws {
        var stage = try crowd()
        stage.attack(noon, outside, .sqlInjection, status: 200, bytes: 4_100)
        #expect(stage.judged().isEmpty)
        for index in UInt32(1)..<500 { stage.attack(noon + index, outside, index % 2 == 0 ? .sqlInjection : .commandInjection, status: 500) }
        let incidents = stage.judged()
        #expect(incidents.map(\.kind) == [.injection])
        #expect(incidents.first?.succeeded == false)
        #expect(incidents.first?.requests == 500)
    }

    @Test("An answer far larger than usual shows that an injection worked")
    func injectionThatWorked() throws {
        var stage = try crowd()
        for index in UInt32(0)..<20 { stage.attack(noon + index, outside, .sqlInjection, status: 200, bytes: index == 19 ? 400_000 : 4_100) }
        #expect(stage.judged().map(\.succeeded) == [true])
    }

    @Test("A traversal that is answered is told as a success, one that isn't as an attempt")
    func traversal() throws {
        var stage = try crowd()
        for index in UInt32(0)..<6 { stage.attack(noon + index, outside, .traversal, status: 404) }
        #expect(stage.judged().map(\.succeeded) == [false])
        stage.attack(noon + 10, outside, .traversal, status: 200, shape: 44, bytes: 1_900)
        #expect(stage.judged().map(\.succeeded) == [true])
        #expect(stage.kinds() == [.traversal])
    }

    @Test("A web shell that answers is told; one that is only looked for is a scanner's probe")
    func webShell() throws {
        var stage = try crowd()
        for index in UInt32(0)..<20 { stage.attack(noon + index, outside, [.webShell, .probePath], status: 404, shape: UInt64(100 + index)) }
        #expect(stage.kinds() == [.scanner])
        stage.attack(noon + 30, outside, .webShell, status: 200, shape: 200, bytes: 80)
        #expect(stage.kinds() == [.scanner, .webShell])
    }

    @Test("A site that answers anything with the same page gave no shell and no file away; another answer among them did")
    func singlePage() throws {
        var stage = try crowd()
        for index in UInt32(0)..<20 {
            stage.attack(noon + index, outside, [.webShell, .probePath], status: 200, shape: UInt64(100 + index), bytes: 1_200 + UInt64(index))
            stage.attack(noon + index, outside, .traversal, status: 200, shape: UInt64(200 + index), bytes: 1_210)
        }
        #expect(stage.judged().allSatisfy { !$0.succeeded && $0.kind != .webShell })
        for index in UInt32(0)..<5 { stage.attack(noon + 60 + index, outside, .webShell, status: 200, shape: 300, bytes: 5_000) }
        #expect(stage.kinds().contains(.webShell))
    }

    @Test("Many missing paths are a scan, a search engine's old links are not")
    func scanner() throws {
        var stage = try crowd()
        for index in UInt32(0)..<60 {
            var digest = stage.request(noon + index * 9, "66.249.66.1", status: index % 2 == 0 ? 404 : 200, shape: UInt64(1_000 + index))
            digest.flags = .isCrawler
            stage.add(digest)
        }
        #expect(stage.judged().isEmpty)
        for index in UInt32(0)..<60 { stage.add(stage.request(noon + index, outside, status: 404, shape: UInt64(1_000 + index))) }
        #expect(stage.kinds() == [.scanner])
    }

    @Test("A thousand addresses that each follow one old link are no scanners")
    func oldLinks() throws {
        var stage = try crowd()
        for index in UInt32(0)..<1_000 { stage.add(stage.request(noon + index, "36.\(index % 200 + 20).\(index / 200).8", status: 404)) }
        #expect(stage.judged().isEmpty)
    }

    @Test("Administration from outside is told, served or refused; from inside, and of who does it daily, it is not")
    func administration() throws {
        func administer(_ stage: inout Stage, _ time: UInt32, _ address: String, _ status: UInt16) {
            var digest = stage.request(time, address, status: status, shape: 50, bytes: 5_000)
            digest.flags = .isAdministration
            stage.add(digest)
        }
        var stage = try crowd()
        for day in UInt32(0)..<10 {
            for index in UInt32(0)..<9 {
                administer(&stage, Stage.start + day * Stage.day + 10 * Stage.hour + index * 60, "10.1.2.3", 200)
                administer(&stage, Stage.start + day * Stage.day + 11 * Stage.hour + index * 60, "223.5.5.5", 200)
            }
        }
        #expect(stage.judged().isEmpty)
        for index in UInt32(0)..<9 { administer(&stage, noon + index, outside, 200) }
        for index in UInt32(0)..<30 { administer(&stage, noon + index, "58.60.7.7", 403) }
        let incidents = stage.judged()
        #expect(incidents.map(\.kind) == [.adminAccess, .adminAccess])
        #expect(Set(incidents.map(\.succeeded)) == [true, false])
    }
}
