/// Tells tables that hold people's data by their names. A name says what a table is likely to hold; what it does hold, a reader of its columns must tell.
package struct SensitiveNames: Sendable {
    /// In lower case. Words of four letters or fewer, and those in `whole`, count as a whole part of a name only; others anywhere in it.
    package let words: [String]

    private let anywhere: [[UInt8]]
    private let whole: [[UInt8]]

    package init(_ words: [String] = SensitiveNames.common) {
        self.words = words
        let bytes = words.map { Array($0.lowercased().utf8) }.filter { !$0.isEmpty }
        // A character of Chinese is a word's worth, at three bytes.
        whole = bytes.filter { $0.count <= 5 && $0[0] < 0x80 }
        anywhere = bytes.filter { $0.count > 5 || $0[0] >= 0x80 }
    }

    /// - Parameter name: without quotes, any case: `t_patient`, `PatientInfo`, `HIS_BRXX`, `患者信息`.
    package func holds(_ name: UnsafeRawBufferPointer) -> Bool {
        guard !name.isEmpty, name.count <= 256 else { return false }
        for word in anywhere where contains(name, word) { return true }
        var start = 0
        while start < name.count {
            let end = Self.partEnd(name, start)
            for word in whole where isEqual(name, start, end, word) { return true }
            start = max(end, start + 1)
        }
        return false
    }

    /// Parts end at anything but letters, and where a capital follows a small letter.
    private static func partEnd(_ name: UnsafeRawBufferPointer, _ start: Int) -> Int {
        var end = start
        while end < name.count, (0x61...0x7A).contains(name[end] | 0x20) {
            if end > start, (0x41...0x5A).contains(name[end]), (0x61...0x7A).contains(name[end - 1]) { break }
            end += 1
        }
        return end
    }

    private func isEqual(_ name: UnsafeRawBufferPointer, _ start: Int, _ end: Int, _ word: [UInt8]) -> Bool {
        let count = end - start
        // `user` and `users`.
        guard count == word.count || count == word.count + 1 && name[end - 1] | 0x20 == 0x73 else { return false }
        return matches(name, start, word)
    }

    private func contains(_ name: UnsafeRawBufferPointer, _ word: [UInt8]) -> Bool {
        guard name.count >= word.count else { return false }
        for start in 0...(name.count - word.count) where matches(name, start, word) { return true }
        return false
    }

    @inline(__always)
    private func matches(_ name: UnsafeRawBufferPointer, _ start: Int, _ word: [UInt8]) -> Bool {
        for index in 0..<word.count {
            let byte = name[start + index]
            guard ((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) == word[index] else { return false }
        }
        return true
    }
}

extension SensitiveNames {
    /// English, Chinese, pinyin and its initials, as tables of hospitals and medical-internet companies are named.
    package static let common: [String] = [
        // Persons.
        "patient", "person", "people", "user", "member", "customer", "citizen", "resident", "guardian", "contact",
        "identity", "idcard", "id_card", "id_no", "idno", "passport", "realname", "real_name", "address", "phone", "mobile",
        "doctor", "physician", "nurse", "staff", "employee",
        // Care.
        "medical", "clinic_record", "emr", "ehr", "phr", "case_history", "medical_record", "prescription", "rx", "recipe", "diagnos", "disease",
        "illness", "symptom", "visit", "encounter", "consult", "inquiry", "appointment", "registration", "admission", "discharge", "inpatient",
        "outpatient", "operation_record", "surgery", "anesthesia", "allerg", "vaccin", "immuniz", "pathology", "biopsy", "lab_result", "lab_report",
        "labtest", "exam_report", "examination", "checkup", "imaging", "radiology", "dicom", "genom", "genetic", "blood", "pregnan", "fertility",
        "psychiatr", "hiv", "covid", "nucleic", "insurance", "medication", "drug_order", "doctor_advice", "order_info",
        // Chinese.
        "患者", "病人", "用户", "会员", "客户", "居民", "身份证", "病历", "病例", "病案", "处方", "诊断", "就诊", "问诊", "挂号", "预约", "住院", "门诊", "医嘱", "检验", "检查", "体检",
        "手术", "过敏", "疫苗", "接种", "核酸", "医保", "参保", "药品订单", "家庭成员", "档案",
        // Pinyin, and the initials that HIS vendors use (病人信息 BRXX, 处方 CF, 门诊 MZ, 住院 ZY).
        "huanzhe", "bingren", "yonghu", "huiyuan", "shenfenzheng", "bingli", "bingan", "chufang", "zhenduan", "jiuzhen", "wenzhen", "guahao", "yuyue",
        "zhuyuan", "menzhen", "yizhu", "jianyan", "jiancha", "tijian", "shoushu", "guomin", "yimiao", "yibao", "dangan", "brxx", "brjbxx", "brda",
        "hzxx", "mzcf", "zycf", "mzbl", "zybl", "cfmx", "yzxx", "jzxx", "ghxx",
    ]
}
