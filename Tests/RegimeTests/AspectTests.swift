import Findings
import Foundation
import Regime
import Testing

@Suite("A document is held against what is demanded of it")
struct AspectTests {
    private func problems(_ check: CheckID, _ text: String, level: Int = 3, persons: Int = 20_000) async throws -> [String] {
        try await Fixture.result(check, of: ["a.md": text], level: level, persons: persons).problems
    }

    @Test(
        "and passes when nothing is missing",
        arguments: [
            ("regime.incident-plan", Sample.incidentPlan), ("regime.access-review", Sample.accessReview),
            ("regime.mlps-assessment", Sample.assessment),
            ("regime.mlps-remediation", Sample.remediation), ("regime.mlps-filing", Sample.filing), ("regime.security-officer", Sample.officer),
        ])
    func passes(check: String, text: String) async throws {
        let result = try await Fixture.result(CheckID(rawValue: check), of: ["a.md": text])
        #expect(result.outcome == .passed, "\(result.findings)")
        #expect(result.examined == 1)
    }

    @Test("approval: an empty place or a placeholder is none", arguments: ["批准人：________", "批准人：XXX", "批准人：待定", "批准人：张三", "批准人：（签字）", "批准人："])
    func placeholder(line: String) async throws {
        let text = Sample.incidentPlan.replacingOccurrences(of: "批准人：周文博（总经理）", with: "\n\n\(line)\n\n")
        #expect(try await problems("regime.incident-plan", text) == ["regime.approval-placeholder"])
    }

    @Test("approval: nothing said is none")
    func unapproved() async throws {
        let text = Sample.incidentPlan.replacingOccurrences(of: "批准人：周文博（总经理）", with: "")
        let result = try await Fixture.result("regime.incident-plan", of: ["a.md": text])
        #expect(result.problems == ["regime.unapproved"])
        #expect(result.findings.first?.severity == nil)
    }

    @Test(
        "approval: a body, an official number or a row of a form is one",
        arguments: [
            "康禾医字〔2026〕3号", "经公司数据安全领导小组2026年9月30日会议审议通过", "批 准 人：周文博", "审批：总经理 周文博", "Approved by: Mary Chen", "\n\n| 批准人 | 欧阳文博 |\n\n",
        ])
    func approval(line: String) async throws {
        let text = Sample.incidentPlan.replacingOccurrences(of: "批准人：周文博（总经理）", with: line)
        #expect(try await problems("regime.incident-plan", text) == [])
    }

    @Test(
        "date: too old, in the future, or none",
        arguments: [
            ("2025年11月1日", "regime.outdated"), ("2021-03-15", "regime.outdated"), ("2027年1月1日", "regime.future-dated"),
            ("____年__月__日", "regime.undated"), ("2026年13月45日", "regime.undated"),
        ])
    func dates(date: String, problem: String) async throws {
        let text = Sample.incidentPlan.replacingOccurrences(of: "2026年10月1日", with: date)
        #expect(try await problems("regime.incident-plan", text) == [problem])
    }

    @Test(
        "date: every usual spelling counts",
        arguments: [
            "2026年10月1日", "2026-10-01", "2026/10/1", "2026.10.1", "二〇二六年十月一日", "二○二六年十一月二十日", "2026 年 10 月 1 日", "2025年11月25日", "２０２６年１０月１日",
        ])
    func spellings(date: String) async throws {
        #expect(try await problems("regime.incident-plan", Sample.incidentPlan.replacingOccurrences(of: "2026年10月1日", with: date)) == [])
    }

    @Test("date: the next review and an end of validity prove nothing", arguments: ["下次评审日期：", "有效期至", "计划于"])
    func notDates(label: String) async throws {
        let text = Sample.incidentPlan.replacingOccurrences(of: "发布日期：2026年10月1日", with: "发布日期：2021年1月1日，\(label)2026年11月1日")
        #expect(try await problems("regime.incident-plan", text) == ["regime.outdated"])
    }

    @Test("date: the newest one counts, wherever it stands")
    func newest() async throws {
        let text =
            Sample.incidentPlan.replacingOccurrences(of: "2026年10月1日", with: "2021年1月1日")
            + "\n\n## 修订记录\n\n| 版本 | 日期 | 说明 |\n|---|---|---|\n| 1.0 | 2021-01-01 | 首版 |\n| 1.1 | 2026-08-02 | 年度评审 |\n"
        #expect(try await problems("regime.incident-plan", text) == [])
    }

    @Test("date: a record of access reviews is good for 184 days")
    func accessReviewAge() async throws {
        #expect(try await problems("regime.access-review", Sample.accessReview.replacingOccurrences(of: "2026-09-20", with: "2026-05-25")) == [])
        let old = Sample.accessReview.replacingOccurrences(of: "2026-09-20", with: "2026-05-20")
        #expect(try await problems("regime.access-review", old) == ["regime.outdated"])
    }

    @Test("date: level 3 is assessed every year, level 2 by the default of two")
    func assessmentAge() async throws {
        let text = Sample.assessment.replacingOccurrences(of: "2026年6月1日", with: "2025年6月1日")
        #expect(try await problems("regime.mlps-assessment", text, level: 3) == ["regime.outdated"])
        #expect(try await problems("regime.mlps-assessment", text, level: 2) == [])
    }

    @Test("officer: a placeholder or a department is no person", arguments: ["待定", "XXX", "安全管理部", "____"])
    func noOfficer(name: String) async throws {
        let result = try await problems("regime.access-review", Sample.accessReview.replacingOccurrences(of: "林雅琴", with: name))
        #expect(result.count == 1)
        #expect(["regime.no-officer", "regime.officer-placeholder"].contains(result[0]))
    }

    @Test("version: a document without one has a low finding")
    func version() async throws {
        let result = try await Fixture.result(
            "regime.incident-plan", of: ["a.md": Sample.incidentPlan.replacingOccurrences(of: "版本：V1.0", with: "")])
        #expect(result.problems == ["regime.no-version"])
        #expect(result.findings.map(\.severity) == [.low])
    }

    @Test("elements: one missing is a lesser finding that names it")
    func oneElement() async throws {
        let text = Sample.incidentPlan.replacingOccurrences(of: "，并保全日志证据", with: "")
        let result = try await Fixture.result("regime.incident-plan", of: ["a.md": text])
        #expect(result.problems == ["regime.elements-missing"])
        #expect(result.findings.first?.severity == .low)
        let list = Fact.list([.term("regime.element.incident-plan.evidence")])
        #expect(result.findings.first?.evidence.contains(Message("regime.missing-elements", ["elements": list])) == true)
    }

    @Test("elements: half of them missing is as bad as no document")
    func thin() async throws {
        let text = "# 网络安全事件应急预案\n\n版本：V1.0　批准人：周文博　发布日期：2026年10月1日\n\n负责人：林雅琴\n\n发生事件时应当尽快恢复系统。"
        let result = try await Fixture.result("regime.incident-plan", of: ["a.md": text])
        #expect(result.problems == ["regime.thin"])
        #expect(result.findings.first?.severity == nil)
    }

    @Test("elements: a list of key words or a table of contents proves nothing")
    func stuffing() async throws {
        let words = "重大较大 启动 领导小组 联系电话 监测 隔离 勒索 恢复 报告网信 取证 每年评审"
        let contents = ["事件分级", "启动条件", "组织体系", "联系方式", "监测预警", "隔离", "勒索病毒处置", "恢复", "报告网信部门", "取证"]
        let head = "# 网络安全事件应急预案\n\n版本：V1.0　批准人：周文博　发布日期：2026年10月1日\n\n负责人：林雅琴\n\n"
        #expect(try await problems("regime.incident-plan", head + words) == ["regime.thin"])
        let listed = contents.enumerated().map { "\($1)………………\($0 + 1)" }.joined(separator: "\n\n")
        #expect(try await problems("regime.incident-plan", head + listed) == ["regime.thin"])
        let empty = contents.map { "## \($0)" }.joined(separator: "\n\n")
        #expect(try await problems("regime.incident-plan", head + empty) == ["regime.thin"])
    }

    @Test("forbidden: a high risk that is still open, or a failed conclusion")
    func forbidden() async throws {
        let open = Sample.remediation.replacingOccurrences(of: "已完成 | 复测通过", with: "整改中 | 待复测，完成后销号")
        #expect(try await problems("regime.mlps-remediation", open).contains("regime.forbidden"))
        let medium = Sample.remediation + "\n| 2 | 日志未集中 | 中风险 | 接入日志服务器 | 2026-12-01 | 整改中 | 待复测 |\n"
        #expect(try await problems("regime.mlps-remediation", medium) == [])
        let failed = Sample.assessment.replacingOccurrences(of: "测评结论：符合", with: "测评结论：不符合")
        #expect(try await problems("regime.mlps-assessment", failed) == ["regime.forbidden"])
    }
}
