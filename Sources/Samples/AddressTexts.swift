/// Builds plausible addresses of streets and villages.
struct AddressTexts {
    private let roads = ByteTable(
        words:
            """
            人民路 解放路 中山路 建设路 和平路 新华路 胜利路 文化路 长江路 黄河路 东风路 友谊路 青年路 光明路 幸福路 团结路 前进路 朝阳路 迎宾大道 滨河路 环城路
            育才路 学府路 科技路 工业路 商业街 健康路 体育路 公园路 花园路 江南路 江北路 湖滨路 海滨路 香山路 泰山路 衡山路 华山路 昆仑路 天山路 珠江路 淮河路 松花江路
            北京路 上海路 天津路 南京路 广州路 重庆路 西安路 成都路 武汉路 沈阳路 文明路 振兴街 兴业路 富强路 民主路 自由路 平安大街 康乐路 桃园路 梅园路 竹园路 菊园路
            """)

    private let communities = ByteTable(
        words:
            """
            翠湖花园 阳光小区 金色家园 锦绣花园 世纪城 万和苑 紫荆花园 碧水湾 书香苑 和谐家园 丽景苑 东方新城 幸福里 明珠花园 安居苑 春江花月 绿地新城 怡景苑 翡翠城 御景湾
            康馨苑 祥和小区 富康家园 学府雅居 盛世华庭 滨江花园 梧桐苑 枫林雅筑 桂花园 兰亭苑 银杏小区 龙泉小区 凤凰城 天鹅湖小区 玫瑰园 荷塘月色 福星小区 永安里 长寿新村 机关家属院
            """)

    private let towns = ByteTable(
        words:
            """
            城关镇 新城镇 红旗镇 太平镇 永兴镇 双河镇 石桥镇 白塔镇 龙潭镇 清水镇 大河乡 小河乡 柳林镇 杨庄镇 马家镇 李家镇 王店镇 高桥镇 东山镇 西河镇 南湖镇 北岭乡 长安镇 平安镇
            """)

    private let villages = ByteTable(
        words:
            """
            新民村 红星村 前进村 团结村 光荣村 丰收村 东升村 王家村 李家村 张庄村 刘家湾村 陈家村 大桥村 上坪村 下坝村 石门村 青山村 绿水村 柳树村 槐树庄村 桃花村 龙泉村 白云村 双井村
            """)

    /// What stands behind the county.
    func append(isStreet: Bool, to bytes: inout ByteCursor, _ random: inout SampleRandom) {
        if isStreet {
            roads.appendAny(to: &bytes, &random)
            bytes.appendDecimal(1 + random.below(988))
            bytes.append("号")
            communities.appendAny(to: &bytes, &random)
            bytes.appendDecimal(1 + random.below(32))
            bytes.append("栋")
            if random.happens(per10000: 6_000) {
                bytes.appendDecimal(1 + random.below(4))
                bytes.append("单元")
            }
            bytes.appendDecimal((1 + random.below(28)) * 100 + 1 + random.below(4))
            bytes.append("室")
        } else {
            towns.appendAny(to: &bytes, &random)
            villages.appendAny(to: &bytes, &random)
            bytes.appendDecimal(1 + random.below(12))
            bytes.append("组")
            bytes.appendDecimal(1 + random.below(180))
            bytes.append("号")
        }
    }
}
