/// Names of illnesses, by how such names are built.
enum DiagnosisValidator {
    /// An illness's name ends so, before its stage and side.
    private static let endings = ScalarSet("炎癌瘤症病征疹癣疮痔疝痨疡痛痿疽痘痹疟疣痢疖痈")
    /// What only speaks of illnesses: departments, houses, policies, books.
    private static let otherEndings = WordSet(
        """
        科 室 院 部 所 中心 门诊 病区 分会 学会 公司 店 险 保险 套餐 试剂 试剂盒 疫苗 手册 指南 杂志 研究 护理 治疗 教育 讲座 病房 病床 方案 检查 检测 筛查 切除术
        仪 机 器 计 贴 带 膏 枕 系统 平台 课程 活动 计划 项目 频道 专区 社区 食谱 食品 奶粉 保健品 药厂 制药 药业 小组 论坛 专家 医生 协会 基金会 基金
        """)
    private static let separators = ScalarSet(",，、;；/。:：+()（）[]【】?？")
    private static let stages = ScalarSet("期型级度类术后左右双侧史ⅠⅡⅢⅣⅤ")

    static func matches(_ text: TextScalars, _ terms: TextTerms) -> Bool {
        // Longer texts are notes, not names of illnesses.
        guard (2...80).contains(text.count), !text.isCut, !terms.topics.contains(.article) else { return false }
        return (terms.topics.contains(.illness) || hasEnding(text)) && !text.ends(otherEndings)
    }

    /// Illnesses whose records only those who treat them may see (GB/T 39725-2020, 6.2, level 5: AIDS, sexually transmitted diseases).
    static func isSpecial(_ terms: TextTerms) -> Bool { terms.topics.contains(.specialIllness) }

    /// Whether a part of the text, its stage and number put aside, ends like an illness.
    private static func hasEnding(_ text: TextScalars) -> Bool {
        var start = 0
        for index in 0...text.count where index == text.count || isSeparator(text.scalars[index]) {
            var end = index
            while end > start, isStage(text.scalars[end - 1]) { end -= 1 }
            if end - start >= 2, endings.contains(text.scalars[end - 1]) { return true }
            start = index + 1
        }
        return false
    }

    @inline(__always)
    private static func isSeparator(_ scalar: UInt32) -> Bool { scalar == 0x20 || separators.contains(scalar) }

    private static func isStage(_ scalar: UInt32) -> Bool { scalar < 0x80 || stages.contains(scalar) }
}
