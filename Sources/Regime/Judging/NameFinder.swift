import Findings
import Foundation
import ReferenceData

/// Finds the person who stands behind a label: `批准人：王芳（总经理）`, `兹任命李明同志为…`. Placeholders are no persons.
struct NameFinder {
    let general: GeneralPatterns

    /// The first name after one of the labels.
    func name(after labels: [Pattern], in passage: String) -> String? {
        for label in labels {
            for range in label.ranges(in: passage) {
                let rest = String(passage[range.upperBound...].prefix(40))
                if let name = candidates(rest).first(where: isName) { return name }
            }
        }
        return nil
    }

    /// Whether a label stands there with a placeholder, or with nothing, behind it.
    func hasPlaceholder(after labels: [Pattern], in passage: String) -> Bool {
        labels.contains { label in
            label.ranges(in: passage).contains { range in
                let rest = withoutRoles(String(passage[range.upperBound...].prefix(24))).drop { "：:（）() 　".contains($0) }
                return rest.isEmpty || general.placeholders.anyMatches(String(rest.prefix(6)))
            }
        }
    }

    /// Hides every name of `names` and every part of the text that looks like one: for headings and file names.
    func masked(_ text: String, _ names: Set<String>) -> String {
        var text = text
        let parts = text.split { !LineCleaner.isHan($0) }.map(String.init).filter(isName)
        for name in names.union(parts) { text = text.replacingOccurrences(of: name, with: Mask.name(name)) }
        return text
    }

    /// What could be a name before the sentence goes on.
    private func candidates(_ rest: String) -> [String] {
        // In a row of a table the name stands in the next cell.
        let rest = rest.drop { "；; ".contains($0) }.prefix { !"。；;|\n".contains($0) }
        var found: [String] = []
        for part in withoutRoles(String(rest)).split(whereSeparator: { " ，,、：:（）()/／《》【】[]「」".contains($0) }).prefix(6) {
            // 组长为李明, 由李明担任
            let part = part.drop { "为是由即系".contains($0) }
            found.append(String(part))
            // 任命李明为…, 李明担任…, 李明负责…
            for word in ["为", "担任", "兼任", "负责", "任", "于"] {
                if let range = part.range(of: word) { found.append(String(part[..<range.lowerBound])) }
            }
        }
        let words = rest.split { !($0.isASCII && ($0.isLetter || $0 == " " || $0 == "-" || $0 == ".")) }.map { $0.trimmingSpaces() }
        return found + words
    }

    private func withoutRoles(_ text: String) -> String { general.roles.reduce(text) { $1.removed(from: $0) } }

    func isName(_ text: String) -> Bool {
        if text.unicodeScalars.allSatisfy(\.isASCII) { return Self.latin?.matches(text) ?? false }
        guard (2...4).contains(text.count), text.allSatisfy(LineCleaner.isHan), let surname = Surnames.prefixLength(of: text) else { return false }
        let given = text.count - surname
        guard (1...2).contains(given), !general.placeholders.anyMatches(text) else { return false }
        return !Self.words.contains { text.contains($0) }
    }

    private static let latin = Pattern("^(?-i)[A-Z][a-z]{1,20}( [A-Z]\\.)?( [A-Z][a-z]{1,20}){1,2}$")

    /// Words of offices that begin like family names or hold what looks like a given name.
    private static let words: Set<String> = [
        "安全", "管理", "责任", "部门", "小组", "领导", "办公", "信息", "数据", "系统", "网络", "公司", "医院", "经理", "主任", "总监", "院长", "委员", "人员", "岗位",
        "会议", "审批", "签发", "批准", "日期", "时间", "单位", "任命", "应急", "方案", "法定", "代表", "高级", "相关", "明确", "名单", "附件", "职责", "电话", "联系",
        "全体", "全部", "全面", "全程", "应当", "包括", "包含", "成立", "成员", "施行", "方可", "方式", "方法", "后方", "程序", "规定", "时限", "权限", "双人",
        "能力", "计划", "同意", "通过", "范围", "工作", "业务", "支持", "技术", "服务", "空白", "常设", "常务", "常规", "项目", "以上", "实施", "处置", "事件",
        "报告", "情况", "任期", "任职", "任务", "严格", "安排", "封堵", "封存", "党委", "党组", "查询", "查看", "查阅", "解决", "解除", "周期", "平台", "强制",
        "路径", "关键", "关闭", "关于", "许可", "安保", "文件", "文档", "文号", "高管", "相应", "每年", "每月", "每季", "须", "简要", "明细", "明文", "连续",
    ]
}

extension Substring {
    fileprivate func trimmingSpaces() -> String {
        var part = self
        while part.first == " " { part.removeFirst() }
        while part.last == " " { part.removeLast() }
        return String(part)
    }
}
