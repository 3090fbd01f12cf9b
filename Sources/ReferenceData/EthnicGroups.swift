/// The ethnic groups of GB/T 3304 (中国各民族名称的罗马字母拼写法和代码): names without 族, and what stands beside them in registers.
package enum EthnicGroups {
    /// The 56 groups, in the order of their codes 01 to 56.
    package static let names: [String] =
        """
        汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南
        仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺
        """.split(whereSeparator: \.isWhitespace).map(String.init)

    /// Codes 97 and 98: other groups that were not identified, and naturalised foreigners.
    package static let others = ["其他", "未识别民族", "未识别的民族", "穿青人", "外国血统中国籍人士", "外国血统"]
}
