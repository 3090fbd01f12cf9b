/// Words of addresses. Own compilation.
enum PlaceWords {
    static let byTopic: [(TextTerms.Topics, String)] = [
        (.region, "省 市 自治区 自治州 自治县 地区 区 县 旗 盟"),
        (
            .municipality,
            "北京 上海 天津 重庆 香港 澳门 台湾 广东 广西 浙江 江苏 山东 河南 河北 湖北 湖南 四川 福建 安徽 江西 陕西 山西 云南 贵州 辽宁 吉林 黑龙江 海南 甘肃 青海 宁夏 新疆 西藏 内蒙古"
        ),
        (.place, "路 街 道 巷 胡同 弄 村 屯 庄 镇 乡 苏木 街道 社区 小区 花园 苑 新城 大厦 广场 公寓 家属院 宿舍 工业园 里 坊 湾"),
        (.houseUnit, "号 號 室 栋 幢 棟 座 楼 单元 层 组 队 弄 门 排"),
    ]
}
