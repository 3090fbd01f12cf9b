/// Chinese postal addresses: at least two of region, road or place, and number; a region alone points at nobody.
enum AddressValidator {
    private static let regions = WordSet("省 市 自治区 自治州 自治县 地区 区 县 旗 盟")
    private static let municipalities = WordSet(
        "北京 上海 天津 重庆 香港 澳门 台湾 广东 广西 浙江 江苏 山东 河南 河北 湖北 湖南 四川 福建 安徽 江西 陕西 山西 云南 贵州 辽宁 吉林 黑龙江 海南 甘肃 青海 宁夏 新疆 西藏 内蒙古")
    private static let places = WordSet("路 街 道 巷 胡同 弄 村 屯 庄 镇 乡 苏木 街道 社区 小区 花园 苑 新城 大厦 广场 公寓 家属院 宿舍 工业园 里 坊 湾")
    private static let units = WordSet("号 號 室 栋 幢 棟 座 楼 单元 层 组 队 弄 门 排")
    private static let numerals = WordSet("一 二 三 四 五 六 七 八 九 十 甲 乙 丙 丁")
    private static let organisations = WordSet("公司 集团 医院 学校 中学 小学 大学 学院 幼儿园 中心 药店 药房 门诊部 诊所 商店 超市 银行 支行 分行 酒店 宾馆 局 厂 馆 所 站 店")

    static func matches(_ text: TextScalars) -> Bool {
        guard text.count >= 6, text.scalars.contains(where: TextScalars.isHan), !text.ends(organisations) else { return false }
        var hasRegion = text.begins(municipalities, at: 0)
        var hasPlace = false
        var hasNumber = false
        for index in 1..<min(text.count, 96) {
            // A name stands before the word: two characters for a region.
            if !hasRegion, index >= 2, text.begins(regions, at: index) { hasRegion = true }
            if !hasPlace, index >= 2, text.begins(places, at: index) { hasPlace = true }
            if !hasNumber, text.begins(units, at: index), isNumber(text, before: index) { hasNumber = true }
        }
        return (hasRegion && (hasPlace || hasNumber)) || (hasPlace && hasNumber)
    }

    private static func isNumber(_ text: TextScalars, before index: Int) -> Bool {
        let scalar = text.scalars[index - 1]
        return TextScalars.isDigit(scalar) || (0x41...0x5A).contains(scalar) || (0x61...0x7A).contains(scalar)
            || text.begins(numerals, at: index - 1)
    }
}
