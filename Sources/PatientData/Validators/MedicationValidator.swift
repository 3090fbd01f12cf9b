/// Names of medicines, by their dosage form and strength, and directions how to take them.
enum MedicationValidator {
    /// Dosage forms of the Chinese pharmacopoeia, as names end with them.
    private static let forms = WordSet(
        """
        片 胶囊 颗粒 注射液 口服液 滴眼液 滴耳液 滴鼻液 滴剂 丸 滴丸 散 软膏 乳膏 药膏 膏药 凝胶 栓 栓剂 糖浆 喷雾剂 气雾剂 粉雾剂 吸入剂 混悬液 混悬剂 冲剂 酊
        口服溶液 溶液 合剂 贴膏 贴片 透皮贴剂 搽剂 洗剂 粉针 粉针剂 干混悬剂 缓释片 控释片 分散片 肠溶片 咀嚼片 泡腾片 胶丸 软胶囊 眼膏 含片 胰岛素 膏 灌肠液
        """)
    private static let injection = WordSet("注射用")

    struct Reading: Hashable, Sendable {
        var isDrug: Bool
        var isPrescription: Bool
    }

    static func reading(_ text: TextScalars, _ terms: TextTerms) -> Reading? {
        guard text.count >= 3 else { return nil }
        let hasStrength = terms.topics.contains(.strength)
        let isDrug = isDrugName(text, terms)
        let isPrescription = terms.directions >= 2 || (terms.directions == 1 && (hasStrength || isDrug))
        return isDrug || isPrescription ? Reading(isDrug: isDrug, isPrescription: isPrescription) : nil
    }

    private static func isDrugName(_ text: TextScalars, _ terms: TextTerms) -> Bool {
        guard text.count <= 80, !terms.topics.contains(.notMedicine) else { return false }
        if terms.topics.contains(.approval) || text.begins(injection, at: 0) { return true }
        // The name ends where strength, pack or a bracket begins.
        var end = 2
        while end < text.count, isOfName(text.scalars[end]) { end += 1 }
        let rest = end < text.count ? text.scalars[end] : 0x28
        let endsName = rest == 0x28 || rest == 0x20 || rest == 0xFF08 || rest == 0x5B || rest == 0x3010 || TextScalars.isDigit(rest)
        return endsName && end >= 3 && text.ends(forms, at: end) || terms.topics.contains(.strength) && hasForm(text)
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
}
