/// Names of medicines, by their dosage form and strength, and directions how to take them.
enum MedicationValidator {
    /// Dosage forms of the Chinese pharmacopoeia, as names end with them.
    private static let forms = WordSet(
        """
        片 胶囊 颗粒 注射液 口服液 滴眼液 滴耳液 滴鼻液 滴剂 丸 滴丸 散 软膏 乳膏 药膏 膏药 凝胶 栓 栓剂 糖浆 喷雾剂 气雾剂 粉雾剂 吸入剂 混悬液 混悬剂 冲剂 酊
        口服溶液 溶液 合剂 贴膏 贴片 透皮贴剂 搽剂 洗剂 粉针 粉针剂 干混悬剂 缓释片 控释片 分散片 肠溶片 咀嚼片 泡腾片 胶丸 软胶囊 眼膏 含片 胰岛素 膏 灌肠液
        """)
    private static let notMedicines = WordSet("照片 图片 名片 卡片 影片 唱片 芯片 刀片 镜片 薯片 牙膏 洗面奶 磁片 底片 切片 胸片 部平片 腹平片 线平片 贴片机 肉丸 鱼丸 拷贝片 清洁片")
    private static let injection = WordSet("注射用")
    private static let approval = WordSet("国药准字 批准文号")
    private static let strengths = WordSet("mg ml mL μg ug g IU iu 毫克 克 毫升 微克 万单位 单位 u U MG ML")
    private static let directions = WordSet(
        """
        口服 外用 静滴 静脉滴注 静脉注射 静注 肌注 肌内注射 肌肉注射 皮下注射 含服 含化 嚼服 冲服 吞服 雾化吸入 吸入 滴眼 滴鼻 涂抹 外敷 舌下 喷鼻
        每次 每日 一日 每天 每晚 每周 次/日 次/天 睡前 晨起 饭前 饭后 餐前 餐后 空腹 顿服 遵医嘱 用法 用量 疗程 煎服 水煎 日服 每服
        qd qn bid tid qid prn q8h q12h q6h qod ivgtt iv.gtt QD BID TID QID QN PRN Sig Rp.
        """)

    /// Forms that are named after how they are taken.
    private static let routeForms = WordSet("口服液 口服溶液 口服混悬液 口服乳 吸入剂 吸入溶液 外用溶液 滴眼液 滴鼻液")

    struct Reading: Hashable, Sendable {
        var isDrug: Bool
        var isPrescription: Bool
    }

    static func reading(_ text: TextScalars) -> Reading? {
        guard text.count >= 3, text.scalars.contains(where: TextScalars.isHan) else { return nil }
        let hasStrength = hasStrength(text)
        let directionCount = text.occurrences(directions, except: routeForms)
        let isDrug = isDrugName(text, hasStrength: hasStrength)
        let isPrescription = directionCount >= 2 || (directionCount == 1 && (hasStrength || isDrug))
        return isDrug || isPrescription ? Reading(isDrug: isDrug, isPrescription: isPrescription) : nil
    }

    private static func isDrugName(_ text: TextScalars, hasStrength: Bool) -> Bool {
        guard text.count <= 80, !text.contains(notMedicines) else { return false }
        if text.contains(approval) || text.begins(injection, at: 0) { return true }
        // The name ends where strength, pack or a bracket begins.
        var end = 2
        while end < text.count, isOfName(text.scalars[end]) { end += 1 }
        let rest = end < text.count ? text.scalars[end] : 0x28
        let endsName = rest == 0x28 || rest == 0x20 || rest == 0xFF08 || rest == 0x5B || rest == 0x3010 || TextScalars.isDigit(rest)
        return endsName && end >= 3 && text.ends(forms, at: end) || hasStrength && hasForm(text)
    }

    /// 维生素C注射液, α-酮酸片.
    private static func isOfName(_ scalar: UInt32) -> Bool {
        TextScalars.isHan(scalar) || scalar == 0x2D || (0x41...0x5A).contains(scalar) || (0x61...0x7A).contains(scalar)
            || (0x391...0x3C9).contains(scalar)
    }

    /// A form followed by anything but more of a word.
    private static func hasForm(_ text: TextScalars) -> Bool {
        (3...text.count).contains { end in
            (end == text.count || !TextScalars.isHan(text.scalars[end])) && text.ends(forms, at: end)
        }
    }

    /// `5mg`, `0.25 g`, `10万单位`.
    private static func hasStrength(_ text: TextScalars) -> Bool {
        for index in 1..<text.count where text.begins(strengths, at: index) {
            let before = text.scalars[index - 1]
            if TextScalars.isDigit(before) || (before == 0x20 && index > 1 && TextScalars.isDigit(text.scalars[index - 2])) { return true }
        }
        return false
    }
}
