import Findings
import Foundation
import Regime
import Testing

@Suite("Chinese office forms are understood")
struct FormTests {
    @Test("a letterhead and an official number may stand above the title")
    func letterhead() async throws {
        let text = """
            康禾互联网医疗有限公司文件
            康禾医字〔2026〕5号
            关于任命网络安全负责人的决定

            兹任命林雅琴同志为公司网络安全负责人。
            职责：负责安全制度、检查和应急工作，有权调配安全资源。
            直接向总经理汇报工作。

            二〇二六年四月二十八日
            """
        #expect(try await Fixture.result("regime.security-officer", of: ["a.txt": text]).outcome == .passed)
    }

    @Test("look-alike radicals of PDF fonts are the characters they look like")
    func radicals() async throws {
        let text = Sample.assessment.replacingOccurrences(of: "高", with: "\u{2FBC}")
        #expect(try await Fixture.result("regime.mlps-assessment", of: ["a.txt": text]).outcome == .passed)
    }

    @Test("the organisation's name alone is no title: then the file's name is")
    func organisationAlone() async throws {
        let body = Sample.accessReview.split(separator: "\n").dropFirst().joined(separator: "\n\n")
        #expect(try await Fixture.result("regime.access-review", of: ["账号权限复核记录（2026年上半年）.txt": "康禾互联网医疗有限公司\n\n" + body]).outcome == .passed)
    }

    @Test("a person named in a table of posts is a named officer", arguments: ["组长", "应急负责人", "总指挥"])
    func postTable(post: String) async throws {
        let text =
            Sample.incidentPlan.replacingOccurrences(of: "应急领导小组组长为林雅琴，", with: "应急领导小组，")
            + "\n\n| 岗位 | 姓名 | 电话 |\n|---|---|---|\n| \(post) | 林雅琴 | 内线8001 |\n"
        #expect(try await Fixture.result("regime.incident-plan", of: ["a.md": text]).outcome == .passed)
    }

    @Test(
        "names of every usual kind are names",
        arguments: ["李明", "王和平", "欧阳文博", "沈书豪（兼）", "张 伟", "安妮", "任我行", "Mary Chen", "向荣"])
    func names(name: String) async throws {
        let text = Sample.accessReview.replacingOccurrences(of: "林雅琴", with: name)
        #expect(try await Fixture.result("regime.access-review", of: ["a.md": text]).outcome == .passed)
    }
}
