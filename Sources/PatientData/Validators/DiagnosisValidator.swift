/// Names of illnesses, by how such names are built, and codes of the shape of ICD-10.
enum DiagnosisValidator {
    /// An illness's name ends so, before its stage and side.
    private static let endings = WordSet("炎 癌 瘤 症 病 征 疹 癣 疮 痔 疝 痨 疡 痛 痿 疽 痘 痹 疟 疣 痢 疖 痈")
    private static let words = WordSet(
        """
        综合征 综合症 感染 结石 骨折 出血 溃疡 梗死 梗塞 衰竭 狭窄 肿瘤 囊肿 息肉 增生 肥大 硬化 障碍 功能不全 关闭不全 缺损 损伤 扭伤 挫伤 脱位
        高血压 低血压 贫血 糖尿病 冠心病 哮喘 便秘 腹泻 失眠 发热 咳嗽 头晕 眩晕 抑郁 焦虑 中风 骨质疏松 结节 反流 早搏 颤动 心动过速 心动过缓 期前收缩
        畸形 高脂血 减退 亢进 脱垂 突出 积液 积水 穿孔 梗阻 栓塞 血栓 动脉瘤 白内障 青光眼 近视 远视 散光 斜视 弱视 耳鸣 耳聋 中毒 烧伤 烫伤 血尿 蛋白尿
        早产 先兆流产 妊娠 不孕 不育 痤疮 湿疹 荨麻疹 银屑病 白癜风 脱发 扁平疣 甲沟炎 肝硬化 黄疸 水肿 麻痹 瘫痪 痉挛 癫痫 震颤 萎缩 坏死 脓肿 静脉曲张
        纤维化 钙化 肺气肿 肺不张 呼吸暂停 休克 昏迷 过敏 虚证 湿热 血瘀 气虚 阴虚 阳虚
        """)
    /// What only speaks of illnesses: departments, houses, policies, books.
    private static let otherEndings = WordSet(
        "科 室 院 部 所 中心 门诊 病区 分会 学会 公司 店 险 保险 套餐 试剂 试剂盒 疫苗 手册 指南 杂志 研究 护理 治疗 教育 讲座 病房 病床 方案 检查 检测 筛查 切除术")
    private static let separators: Set<UInt32> = Set(",，、;；/。:：+()（）[]【】 ?？".unicodeScalars.map(\.value))
    private static let special = WordSet(
        "艾滋 HIV 获得性免疫缺陷 人类免疫缺陷 梅毒 淋病 尖锐湿疣 软下疳 性病 生殖器疱疹 非淋菌性尿道炎 生殖道衣原体 腹股沟肉芽肿")

    static func matches(_ text: TextScalars) -> Bool {
        // Longer texts are notes, not names of illnesses.
        guard (2...80).contains(text.count), !text.isCut, text.scalars.contains(where: TextScalars.isHan), !text.ends(otherEndings) else {
            return false
        }
        return text.contains(words) || hasEnding(text)
    }

    /// Illnesses whose records only those who treat them may see (GB/T 39725-2020, 6.2, level 5: AIDS, sexually transmitted diseases).
    static func isSpecial(_ text: TextScalars) -> Bool { text.contains(special) }

    /// Whether a part of the text, its stage and number put aside, ends like an illness.
    private static func hasEnding(_ text: TextScalars) -> Bool {
        var start = 0
        for index in 0...text.count where index == text.count || separators.contains(text.scalars[index]) {
            var end = index
            while end > start, isStage(text.scalars[end - 1]) { end -= 1 }
            if end - start >= 2, text.ends(endings, at: end) { return true }
            start = index + 1
        }
        return false
    }

    private static let stages: Set<UInt32> = Set("期型级度类级术后左右双侧史ⅠⅡⅢⅣⅤ".unicodeScalars.map(\.value))
    private static func isStage(_ scalar: UInt32) -> Bool {
        scalar < 0x80 || stages.contains(scalar)
    }

    /// The shape of a code: letter, two digits, optionally `.` or `x` and more (ICD-10 and its Chinese editions: `I10`, `E11.900`,
    /// `M80.x00x001`).
    struct Code: Hashable, Sendable {
        var hasDot: Bool
        /// B20–B24 (HIV), A50–A64 (sexually transmitted).
        var isSpecial: Bool
    }

    static func code(_ value: UnsafeBufferPointer<UInt8>) -> Code? {
        let value = value.trimmed
        guard (3...12).contains(value.count), (0x41...0x5A).contains(value[0]), value[1] &- 0x30 <= 9, value[2] &- 0x30 <= 9 else {
            return nil
        }
        let number = Int(value[1] - 0x30) * 10 + Int(value[2] - 0x30)
        let isSpecial = (value[0] == 0x42 && (20...24).contains(number)) || (value[0] == 0x41 && (50...64).contains(number))
        if value.count == 3 { return Code(hasDot: false, isSpecial: isSpecial) }
        guard value[3] == 0x2E, value.count > 4, value[4...].allSatisfy({ $0 &- 0x30 <= 9 || $0 == 0x78 || $0 == 0x2B || $0 == 0x2A })
        else {
            return nil
        }
        return Code(hasDot: true, isSpecial: isSpecial)
    }
}
