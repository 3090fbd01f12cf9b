/// Chinese family names.
package enum Surnames {
    /// Single characters with weights: estimates of how many of 100,000 people bear the name, right in order of magnitude and no better.
    /// Not for statistics.
    package static let single: [(name: String, weight: Int)] = read(singleData)

    /// Compound surnames of two characters.
    package static let compound: [(name: String, weight: Int)] = read(compoundData)

    /// Whether `text` begins with a known surname, and how many characters it has; the longer one wins.
    package static func prefixLength(of text: some StringProtocol) -> Int? {
        if text.count > 2, set.contains(String(text.prefix(2))) { return 2 }
        return text.isEmpty || !set.contains(String(text.prefix(1))) ? nil : 1
    }

    /// All of them, single and compound.
    package static let set: Set<String> = Set((single + compound).map(\.name))

    /// Single characters that are family names too, but begin other words far more often: of the Hundred Family Surnames (百家姓, Song dynasty) and
    /// others known to be borne, those that ``single`` doesn't have.
    package static let rare: [String] = {
        let known = Set(single.map(\.name))
        var seen: Set<String> = []
        return rareData.map(String.init).filter { !$0.allSatisfy(\.isWhitespace) && !known.contains($0) && seen.insert($0).inserted }
    }()

    private static func read(_ data: String) -> [(name: String, weight: Int)] {
        var weight = 1
        var result: [(name: String, weight: Int)] = []
        for word in data.split(whereSeparator: \.isWhitespace) {
            if let number = Int(word) { weight = number } else { result.append((String(word), weight)) }
        }
        return result
    }

    /// A number is the weight of the names behind it: a rough estimate. Only the order of the commonest names follows what the Ministry of
    /// Public Security reports now and then; the figures below them were not taken from any census.
    private static let singleData = """
        7200 王 李 6800 张 5300 刘 4500 陈 3100 杨 2200 黄 2000 赵 吴 1900 周 1400 徐 孙 1350 马 朱 1300 胡 1150 郭 何 林 1100 高 罗
        1000 郑 梁 950 谢 宋 唐 870 许 邓 800 韩 冯 曹 770 彭 曾 肖 740 田 董 潘 700 袁 蔡 蒋 650 余 于 杜 620 叶 程 魏 苏 580 吕 丁 任
        530 卢 姚 沈 钟 500 姜 崔 谭 陆 460 范 汪 廖 石 430 金 韦 贾 夏 400 付 方 邹 熊 370 白 孟 秦 邱 340 侯 江 尹 薛 310 闫 段 雷 龙
        280 黎 史 陶 贺 250 毛 郝 顾 龚 230 邵 万 覃 武 210 钱 戴 严 欧 190 莫 孔 向 常 170 汤 康 易 乔 150 赖 文 温 庞 140 殷 樊 兰 葛
        130 施 洪 伍 颜 倪 120 季 牛 聂 章 鲁 110 岳 翟 詹 申 耿 100 关 焦 柳 左 毕 90 俞 宁 尚 梅 舒 80 甘 骆 凌 霍 单 辛 房 72 苗 裴 时
        64 涂 刁 盛 古 阮 童 路 58 冉 滕 宗 曲 管 邢 辜 52 包 华 纪 游 牟 柏 48 鲍 靳 代 裘 谷 卓 44 项 祝 符 阳 褚 娄 40 缪 成 隋 朴 解 车 甄
        36 费 米 党 池 连 麦 佟 32 窦 储 岑 景 蒲 卞 穆 屈 28 宫 闵 席 应 冷 蓝 初 24 商 桂 栾 慕 艾 郎 安 晏 22 敖 仇 全 柯 翁 荆 巫
        20 丛 尤 卫 简 都 沙 阎 荣 18 芦 佘 楚 傅 边 查 蔺 匡 16 原 乐 鞠 封 胥 寇 14 虞 戚 牧 郁 支 湛 郗 揭 12 苟 喻 栗 廉 狄 麻 井
        11 仲 元 束 宣 仝 晁 宿 逄 10 惠 茅 冼 隆 计 伏 平 昝 9 司 粟 占 尉 利 花 强 么 8 和 贝 经 冀 鄢 祁 明 练 7 班 臧 伊 匙 苑 芮 羿 6 濮 邬 滑
        5 干 戎 祖 蓬 贡 诸 暴 鄂 索 4 赫 呼 皮 劳 尧 璩 晋 闻 莘 羊 3 訾 逯 亓 鹿 展 晨 水 竺 幸 居 衡 步 耶 满 弓 国 东 后 荀 亢 阚 敬 巩 敏
        2 楼 厉 缑 迟 郜 官 门 苍 海 庄 柴 植 沃 哈 钮 荔 税 隗 山 谯 从 鲜 通 仁 农 巴 依 寿 晃 钦 那 别 阴 郏 浦 瞿 益 秘 乌 桑 刑 宓 蒙 糜 松 富
        2 嵇 邴 雍 郇 欣 贲 扈 燕 茹 习 宦 鱼 容 慎 戈 庾 终 暨 弘 阙 巢 蒯 相 竹 权 盖 桓 公 库 咸 籍 岚 佴 郤 卜 邸 冒 萧 闾 谌 揣
        """

    private static let rareData = """
        奚酆云鲍史岑昌凤花俞柳鲍费皮卞齐伍元平成和穆尹湛汪祁禹狄贝臧计伏谈茅庞熊纪舒屈项祝杜阮闵麻强路娄危童盛刁骆樊凌霍虞支柯管经裘缪应丁杭包左吉钮嵇滑荣翁羊於惠甄魏家封芮储靳汲邴糜井段富乌焦
        牧隗车侯宓全郗班仰秋伊宁仇栾甘斜祖符束幸司韶印宿怀从索籍赖屠池乔闻党贡逄姬扶冉桑桂牛边尚温柴晏茹古慎终居步耿寇广禄欧沃蔚夔隆师聂晁勾敖融訾辛那饶曾毋沙乜养鞠须丰巢相查荆红游竺权逯益桓公
        肖邸辉轩墨南西木生越微宰琴付年爱牟言福海佟哈展笪谯有商佘伯赏勤呼青雒岳法闾漆酉后缑亢况郈归粱笃禚原续星召英阴冰帅双虎才巨寸芦扬闪苑随揭由盘铁母斯占栋芒先念宛素甲
        """

    private static let compoundData = """
        85 欧阳 30 上官 20 皇甫 令狐 16 诸葛 司徒 司马 12 申屠 夏侯 8 端木 南宫 慕容 尉迟 长孙 东方 6 独孤 宇文 公孙 轩辕 百里 呼延 澹台 4 淳于
        单于 太叔 公冶 宗政 濮阳 公羊 赫连 钟离 鲜于 闾丘 司空 亓官 3 仲孙 颛孙 巫马 公西 漆雕 乐正 壤驷 公良 拓跋 夹谷 宰父 谷梁 段干 东郭 南门
        2 羊舌 微生 梁丘 左丘 东门 西门 第五 完颜 纳兰 叶赫 爱新 那拉
        """
}
