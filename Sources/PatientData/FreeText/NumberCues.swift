/// Words that say what the number behind them is.
struct NumberCues {
    let units: [UInt16]

    /// How far a cue may stand before its number.
    private static let reach = 16

    private struct Cue {
        var units: [UInt16]
        var kind: DataKind
        /// Only with 号 or ID between it and the number: 住院 alone is no cue.
        var needsSign: Bool
    }

    private static let cues: [Cue] = [
        (DataKind.medicalRecordNumber, true, "住院 门诊 病历 病案 登记 就诊 就诊卡 诊疗卡 健康卡 留观 体检 影像 超声 病理 档案 患者 病人 建档"),
        (.medicalRecordNumber, false, "患者ID 病人ID 患者编号 病人编号 MRN PID 就诊ID"),
        (.passport, false, "护照 passport Passport"),
        (.hkMacauPermit, false, "港澳居民来往内地通行证 港澳通行证 回乡证 港澳居民通行证 来往港澳通行证"),
        (.taiwanPermit, false, "台胞证 台湾居民来往大陆通行证 大陆通行证 台湾通行证 台胞"),
        (.wechat, false, "微信 VX vx Vx wx WX weixin WeChat wechat 威信 薇信 wxid"),
        (.qq, false, "QQ qq Qq 扣扣 企鹅"),
        (.mobile, false, "电话 手机 联系方式 手机号 致电 拨打 打 回电 tel Tel TEL 号码 联系"),
        (.landline, false, "座机 固话 固定电话 传真 总机"),
        (.bankCard, false, "卡 账户 账号 银行 帐号 开户 尾号"),
        (.idCard, false, "身份证 证件 身份证件 旧证 居民证"),
        // Not persons' numbers.
        (.none, false, "订单 运单 流水 单号 快递 物流 编号 批号 条码 序列 发票 税号 积分 检验单 条形码 版本 标本 国药准字 许可证 文号 金额 备案 报案 案"),
    ].flatMap { kind, needsSign, words in
        words.split(separator: " ").map { Cue(units: Unit.array($0), kind: kind, needsSign: needsSign) }
    }.sorted { $0.units.count > $1.units.count }

    /// The cue right before `index`, signs (号码是：) put aside; nil when there is none.
    func adjacent(to index: Int) -> DataKind? {
        var end = index
        var hasSign = false
        while end > 0, end > index - 8, isFiller(units[end - 1]) {
            if units[end - 1] == 0x53F7 { hasSign = true }
            end -= 1
        }
        return NumberCues.cues.first { cue in (hasSign || !cue.needsSign) && ends(cue.units, at: end) }?.kind
    }

    /// Whether a cue of `kind` stands somewhere before `index` in the same line, not further than a short phrase.
    func near(_ index: Int, _ kind: DataKind) -> Bool {
        var end = index
        while end > 0, end > index - NumberCues.reach, units[end - 1] != 0x0A, units[end - 1] != 0x3002 {
            if NumberCues.cues.contains(where: { $0.kind == kind && !$0.needsSign && ends($0.units, at: end) }) { return true }
            end -= 1
        }
        return false
    }

    private func ends(_ word: [UInt16], at end: Int) -> Bool {
        guard word.count <= end, units[end - 1] == word[word.count - 1] else { return false }
        for offset in word.indices where units[end - word.count + offset] != word[offset] { return false }
        return true
    }

    /// Space : = ( [ 是 为 号 码 # . ，
    private func isFiller(_ unit: UInt16) -> Bool {
        switch unit {
        case 0x20, 0x3A, 0x3D, 0x28, 0x5B, 0x662F, 0x4E3A, 0x53F7, 0x7801, 0x23, 0x201C, 0x22: true
        default: false
        }
    }
}
