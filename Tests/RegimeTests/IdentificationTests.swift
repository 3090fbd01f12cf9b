import Findings
import Foundation
import Regime
import Testing

@Suite("A document is recognised by its title")
struct IdentificationTests {
    private let body = Sample.incidentPlan.split(separator: "\n").dropFirst().joined(separator: "\n")

    private func found(_ name: String, _ text: String) async throws -> Bool {
        try await Fixture.result("regime.incident-plan", of: [name: text]).problems != ["regime.missing"]
    }

    @Test(
        "in its usual forms",
        arguments: [
            "# 网络安全事件应急预案", "# 《康禾公司网络与信息安全应急预案（试行）》", "# 关于印发《网络安全事件应急预案》的通知", "# 附件1：网络安全事件应急预案 V3.0", "网络安全突发事件应急预案",
            "# Incident Response Plan", "# 数据安全应急响应预案2026版",
        ])
    func titles(title: String) async throws {
        #expect(try await found("文件.md", title + "\n\n" + body))
    }

    @Test(
        "and not by a mention",
        arguments: [
            "# 网络安全事件应急预案演练方案", "# 网络安全事件应急预案评审会议纪要", "# 与网络安全事件应急预案的衔接", "# 网络安全事件应急预案（征求意见稿）", "# 消防安全应急预案", "# 工作总结",
            "# 关于学习网络安全事件应急预案的心得",
        ])
    func mentions(title: String) async throws {
        #expect(try await !found("文件.md", title + "\n\n" + body + "\n\n本文提到网络安全事件应急预案。"))
    }

    @Test("or by its file's name, when the text has no title of its own")
    func fileName() async throws {
        #expect(try await found("03_网络安全事件应急预案-v2.md", body))
        #expect(try await !found("03_网络安全事件应急预案.md", "# 会议签到表\n\n" + body))
    }

    @Test("two in one file are two")
    func twoInOne() async throws {
        let fixture = try Fixture(["汇编.md": Sample.incidentPlan + "\n\n" + Sample.accessReview])
        defer { fixture.remove() }
        let inspection = await fixture.inspect()
        #expect(inspection.result("regime.incident-plan")?.outcome == .passed)
        #expect(inspection.result("regime.access-review")?.outcome == .passed)
    }

    @Test("a section serves only under a heading of its own, and is approved by the document that holds it")
    func section() async throws {
        let section = """

            ## 应急演练记录

            演练场景：模拟境外地址批量下载患者记录。

            参演人员：安全管理部等共14人参加，演练日期：2026年9月1日。

            演练过程：09:00告警，09:25封堵来源。

            演练结果：达到预案要求；存在不足：值班人员不熟悉日志调取。

            改进措施：一个月内补充值班卡片。
            """
        #expect(try await Fixture.result("regime.incident-drill", of: ["a.md": Sample.incidentPlan + section]).outcome == .passed)
        let without = Sample.incidentPlan + section.replacingOccurrences(of: "## 应急演练记录", with: "")
        #expect(try await Fixture.result("regime.incident-drill", of: ["a.md": without]).problems == ["regime.missing"])
    }

    @Test("of several versions the best one counts")
    func versions() async throws {
        let old = Sample.incidentPlan.replacingOccurrences(of: "2026年10月1日", with: "2020年1月1日")
        #expect(try await Fixture.result("regime.incident-plan", of: ["a.md": old, "b.md": Sample.incidentPlan]).outcome == .passed)
    }

    @Test("plain text with Chinese numbering reads like Markdown with headings")
    func plainText() async throws {
        let text = """
            关于任命网络安全负责人的决定

            第一章 任命
            兹任命林雅琴同志为公司网络安全负责人。
            第二章 职责与权限
            负责安全制度、检查和应急工作，有权调配安全资源。
            第三章 汇报
            直接向总经理汇报工作。

            签发人：周文博
            二〇二六年四月二十八日
            """
        #expect(try await Fixture.result("regime.security-officer", of: ["a.txt": text]).outcome == .passed)
    }

    @Test("no name of a person leaves in findings or exhibits, not from headings or file names either")
    func masked() async throws {
        let text = Sample.officer.replacingOccurrences(of: "关于任命网络安全负责人的决定", with: "关于任命林雅琴为网络安全负责人的决定")
        let fixture = try Fixture(["任命书-林雅琴.md": text, "周文博.jpg": "x"])
        defer { fixture.remove() }
        let inspection = await fixture.inspect()
        #expect(inspection.result("regime.security-officer")?.outcome == .passed)
        let json = String(decoding: try JSONEncoder().encode(inspection), as: UTF8.self)
        #expect(!json.contains("林雅琴"))
        #expect(!json.contains("周文博"))
        #expect(json.contains("林**"))
    }
}
