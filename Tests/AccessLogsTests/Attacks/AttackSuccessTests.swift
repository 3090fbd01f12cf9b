import AccessLogs
import Testing

@Suite("Whether an attack came through")
struct AttackSuccessTests {
    private let few = AttackSuccess.Usual(bytes: 900...1_100, responses: 3)
    private let any = AttackSuccess.Usual(bytes: 0...Int64.max, responses: 99)
    private let usual = AttackSuccess.Usual(bytes: 900...1_100, responses: 500)

    @Test("A file that was asked for and came counts; refusals, redirections, errors and empty answers never do")
    func files() {
        for signs in [.traversal, .probePath, .webShell, .fileInclusion] as [AttackSigns] {
            #expect(AttackSuccess.likelySucceeded(signs, method: .withBody, status: 200, bytes: 1_843))
            #expect(AttackSuccess.likelySucceeded(signs, method: .withBody, status: 206, bytes: 10))
            for status in [0, 100, 204, 301, 302, 304, 400, 401, 403, 404, 500, 502] as [UInt16] {
                #expect(!AttackSuccess.likelySucceeded(signs, method: .withBody, status: status, bytes: 1_843), "\(status)")
            }
            #expect(!AttackSuccess.likelySucceeded(signs, method: .withBody, status: 200, bytes: 0))
            #expect(!AttackSuccess.likelySucceeded(signs, method: .withBody, status: 200, bytes: -1))
            #expect(!AttackSuccess.likelySucceeded(signs, method: .withoutBody, status: 200, bytes: 1_843))
            #expect(!AttackSuccess.likelySucceeded(signs, method: .withBody, status: 200, bytes: 1_000, usual: usual))
            #expect(AttackSuccess.likelySucceeded(signs, method: .withBody, status: 200, bytes: 5_000, usual: usual))
        }
    }

    @Test("A site that answers everything with the same page gave nothing away")
    func singlePage() {
        var answers = ProbeAnswers()
        for size in [612, 615, 98_000, 640] as [Int64] { answers.note(size) }
        #expect(!AttackSuccess.likelySucceeded(.probePath, method: .withBody, status: 200, bytes: 612, site: answers))
        #expect(AttackSuccess.likelySucceeded(.probePath, method: .withBody, status: 200, bytes: 98_000, site: answers))
        for size in 0..<100 { answers.note(Int64(size) * 1_000) }
        #expect(!answers.isAnswerToAnything(5))
        answers.note(.max)
        #expect(!answers.isAnswerToAnything(.max) && !answers.isAnswerToAnything(-1))
    }

    @Test("Injection counts only when far more came than usual")
    func injection() {
        for signs in [.sqlInjection, .commandInjection] as [AttackSigns] {
            #expect(AttackSuccess.likelySucceeded(signs, method: .withBody, status: 200, bytes: 9_000, usual: usual))
            #expect(!AttackSuccess.likelySucceeded(signs, method: .withBody, status: 200, bytes: 1_050, usual: usual))
            #expect(!AttackSuccess.likelySucceeded(signs, method: .withBody, status: 200, bytes: 1_300, usual: usual))
            #expect(!AttackSuccess.likelySucceeded(signs, method: .withBody, status: 200, bytes: 9_000))
            #expect(
                !AttackSuccess.likelySucceeded(signs, method: .withBody, status: 200, bytes: 9_000, usual: few))
            #expect(!AttackSuccess.likelySucceeded(signs, method: .withBody, status: 500, bytes: 9_000, usual: usual))
            #expect(
                !AttackSuccess.likelySucceeded(signs, method: .withBody, status: 200, bytes: .max, usual: any))
        }
    }

    @Test("What shows in no size is never claimed; a script that was put there is")
    func others() {
        for signs in [.crossSiteScripting, .deserialisation, .templateInjection, .scannerTool, .adminInterface] as [AttackSigns] {
            #expect(!AttackSuccess.likelySucceeded(signs, method: .withBody, status: 200, bytes: 90_000, usual: usual))
        }
        #expect(AttackSuccess.likelySucceeded(.webShell, method: .put, status: 201, bytes: 0))
        #expect(AttackSuccess.likelySucceeded(.webShell, method: .put, status: 204, bytes: -1))
        #expect(!AttackSuccess.likelySucceeded(.webShell, method: .put, status: 403, bytes: 100))
    }
}
