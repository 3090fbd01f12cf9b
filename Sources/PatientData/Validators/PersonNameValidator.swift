import ReferenceData

/// Chinese names of persons, alone in a value. Many words begin with a character that is also a family name (高血压, 白云路), so that one
/// value proves nothing: the marks let ``ColumnClassifier`` judge the column.
enum PersonNameValidator {
    struct Reading: Hashable, Sendable {
        /// The family name is one of the thirty commonest, which six of ten people bear, and few other words begin with.
        var isCommonSurname: Bool
        /// All characters behind the family name are ones that given names are made of, as far as the tables know.
        var hasGivenName: Bool
        /// The family name, to see how many different ones a column has; 0 for names of another build.
        var surname: UInt32
    }

    private static let surnames = ScalarSet(Surnames.single.compactMap { $0.name.unicodeScalars.first?.value })
    private static let rare = ScalarSet(Surnames.rare.joined())
    private static let compoundFirst = ScalarSet(Surnames.compound.compactMap { $0.name.unicodeScalars.first?.value })
    private static let compound: Set<UInt64> = Set(Surnames.compound.compactMap { pair(Array($0.name.unicodeScalars.map(\.value))) })
    private static let common = ScalarSet(
        Surnames.single.sorted { $0.weight > $1.weight }.prefix(30).compactMap { $0.name.unicodeScalars.first?.value })

    private static let given = ScalarSet((GivenNames.male + GivenNames.female).joined())

    private static func isGiven(_ text: TextScalars, from start: Int) -> Bool {
        for index in start..<text.count where !given.contains(text.scalars[index]) { return false }
        return true
    }

    /// Words that end like this are places, offices, products or illnesses. People are called 王炎 and 李路 too, but few in a column.
    private static let otherEndings = WordSet(
        """
        科 室 部 院 局 处 所 厅 厂 店 馆 站 行 社 公司 中心 集团 学校 大学 银行 路 街 巷 村 镇 乡 县 市 区 省 屯 庄 寨 桥 山 河 湖 岛 园 苑 里 城
        炎 癌 瘤 症 病 疹 癣 痔 疝 压 片 丸 散 膏 粉 液 剂 囊 粒 栓 贴 针 霜 素 茶 酒 油 糖 机 器 车 表 卡 费 款 单 号 类 型 级 色 套 装 版 台 式
        """)

    static func reading(_ text: TextScalars) -> Reading? {
        guard (2...20).contains(text.count), !text.isCut else { return nil }
        if text.count >= 4, text.scalars.contains(where: isMiddleDot) { return readDotted(text) }
        guard text.count <= 4, text.scalars.allSatisfy(TextScalars.isHan) else { return nil }
        if text.count >= 3, compoundFirst.contains(text.first), compound.contains(UInt64(text.scalars[0]) << 32 | UInt64(text.scalars[1])) {
            return Reading(isCommonSurname: true, hasGivenName: isGiven(text, from: 2), surname: text.first)
        }
        guard surnames.contains(text.first) else {
            // A rare one begins words more often than names: the rest must be a given name.
            guard rare.contains(text.first), text.count <= 3, isGiven(text, from: 1) else { return nil }
            return Reading(isCommonSurname: false, hasGivenName: true, surname: text.first)
        }
        // Four characters: the family names of both parents.
        guard text.count < 4 || surnames.contains(text.scalars[1]) else { return nil }
        return Reading(isCommonSurname: common.contains(text.first), hasGivenName: isGiven(text, from: 1), surname: text.first)
    }

    static func endsLikeAnotherThing(_ text: TextScalars) -> Bool { text.ends(otherEndings) }

    /// 买买提·吐尔逊: names of several minorities and of foreigners.
    private static func readDotted(_ text: TextScalars) -> Reading? {
        guard text.count >= 4 else { return nil }
        var length = 0
        for scalar in text.scalars {
            if isMiddleDot(scalar) {
                guard length > 0 else { return nil }
                length = 0
            } else {
                guard TextScalars.isHan(scalar) else { return nil }
                length += 1
            }
        }
        return length > 0 ? Reading(isCommonSurname: true, hasGivenName: true, surname: 0) : nil
    }

    /// Whether the bytes are two to four Chinese characters of which the first is a family name: the quick look at a value of a column of names.
    /// Nil when only ``reading(_:)`` can tell.
    @inline(__always)
    static func confirms(_ value: UnsafeBufferPointer<UInt8>) -> Bool? {
        guard value.count == 6 || value.count == 9 else { return nil }
        var first: UInt32 = 0
        var index = 0
        while index < value.count {
            guard value[index] & 0xF0 == 0xE0 else { return nil }
            let scalar = UInt32(value[index] & 0x0F) << 12 | UInt32(value[index + 1] & 0x3F) << 6 | UInt32(value[index + 2] & 0x3F)
            // 某 is a mask.
            guard scalar &- 0x4E00 <= 0x51FF, scalar != 0x67D0 else { return nil }
            if index == 0 { first = scalar }
            index += 3
        }
        return surnames.contains(first) ? true : nil
    }

    private static func isMiddleDot(_ scalar: UInt32) -> Bool { scalar == 0xB7 || scalar == 0x2022 || scalar == 0x30FB || scalar == 0x2027 }

    private static func pair(_ scalars: [UInt32]) -> UInt64? {
        scalars.count == 2 ? UInt64(scalars[0]) << 32 | UInt64(scalars[1]) : nil
    }
}
