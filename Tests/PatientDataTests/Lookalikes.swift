/// Columns that only look like a person's data: label, column name, type, value.
enum Lookalikes {
    typealias Maker = @Sendable (inout ColumnBuilder) -> String

    static let all: [(String, String, String, Maker)] = numbers + codes + words + dates + business

    private static let numbers: [(String, String, String, Maker)] = [
        ("18-digit serials", "c1", "varchar(18)", { $0.digits(18) }),
        (
            "18-digit order numbers with a date", "order_no", "varchar(18)",
            { "\($0.date(from: 2023, to: 2026, separator: ""))" + $0.digits(10) }
        ),
        ("18-digit order numbers, opaque name", "c2", "bigint", { "\($0.date(from: 2023, to: 2026, separator: ""))" + $0.digits(10) }),
        ("snowflake identifiers", "id", "bigint", { "17" + $0.digits(17) }),
        ("15-digit serials", "c3", "varchar(15)", { $0.digits(15) }),
        ("11-digit serials", "c4", "varchar(11)", { $0.digits(11) }),
        ("11-digit serials that begin with 1", "c5", "varchar(11)", { "1" + $0.digits(10) }),
        ("11-digit counters in a range of telephones", "c6", "bigint", { "13800" + $0.padded($0.below(300_000), 6) }),
        ("16-digit serials", "c7", "varchar(16)", { $0.digits(16) }),
        ("16-digit serials that begin with 6", "c8", "varchar(16)", { "6" + $0.digits(15) }),
        ("milliseconds since 1970", "c9", "bigint", { "17" + $0.digits(11) }),
        ("seconds since 1970", "ts", "bigint", { "17" + $0.digits(8) }),
        ("prices", "price", "numeric(10,2)", { "\($0.below(9_000)).\($0.digits(2))" }),
        ("prices, opaque name", "c10", "double precision", { "\($0.below(900)).\($0.digits(2))" }),
        ("heights", "height", "int", { "\(150 + $0.below(50))" }),
        ("small numbers", "c11", "int", { "\($0.below(100))" }),
        ("coordinates", "c12", "double precision", { "\(73 + $0.below(60)).\($0.digits(6))" }),
        ("postcodes, opaque name", "c18", "char(6)", { $0.digits(6) }),
        ("ISBN", "isbn", "char(13)", { "9787" + $0.digits(9) }),
        ("flight numbers", "c14", "varchar(8)", { $0.pick(["CA", "MU", "CZ", "HU"]) + $0.digits(4) }),
        ("versions", "c16", "varchar(15)", { "\($0.below(20)).\($0.below(20)).\($0.below(200))" }),
        ("device numbers (IMEI)", "c17", "varchar(15)", { "86" + $0.digits(13) }),
    ]

    private static let codes: [(String, String, String, Maker)] = [
        ("UUID", "c20", "varchar(36)", { "\($0.hex(8))-\($0.hex(4))-4\($0.hex(3))-a\($0.hex(3))-\($0.hex(12))" }),
        ("MD5 of files", "checksum", "char(32)", { $0.hex(32) }),
        ("SHA-256, opaque name", "c21", "char(64)", { $0.hex(64) }),
        ("plates of shelves", "shelf", "varchar(8)", { "\($0.pick(Array("ABCDE")))-\($0.digits(2))-\($0.digits(2))" }),
        ("product codes", "sku", "varchar(20)", { "SKU\($0.digits(8))" }),
        ("URLs", "c22", "text", { "https://img.example.cn/\($0.hex(8)).png" }),
        ("booleans", "c24", "boolean", { $0.pick(["t", "f"]) }),
        ("sex, opaque name", "c26", "varchar(4)", { $0.pick(["男", "女"]) }),
        ("states", "status", "varchar(10)", { $0.pick(["PAID", "OPEN", "CLOSED", "已支付", "待审核"]) }),
        ("blood groups", "c25", "varchar(4)", { $0.pick(["A", "B", "O", "AB", "A01"]) }),
    ]

    private static let words: [(String, String, String, Maker)] = [
        ("departments", "c30", "varchar(30)", { $0.pick(["心内科", "呼吸内科", "白内障专科", "高压氧科", "康复科", "皮肤性病科", "肿瘤科", "方便门诊", "全科", "内分泌科"]) }),
        ("department names", "name", "varchar(30)", { $0.pick(["心内科", "呼吸科", "康复科", "肿瘤科", "全科", "骨科", "儿科", "产科", "急诊科", "史前科"]) }),
        ("hospitals", "hospital_name", "varchar(60)", { $0.pick(["北京", "广州", "成都"]) + "市第\($0.pick(["一", "二", "三"]))人民医院" }),
        ("hospitals, opaque name", "c31", "varchar(60)", { $0.pick(["北京市朝阳区", "广州市天河区", "成都市"]) + $0.pick(["妇幼保健院", "中医医院", "肿瘤医院"]) }),
        ("provinces", "c32", "varchar(20)", { $0.pick(["广东省", "江苏省", "四川省", "安徽省", "云南省"]) }),
        ("cities", "c33", "varchar(20)", { $0.pick(["广州市", "温州市", "常州市", "郑州市", "徐州市", "黄山市", "金华市", "安康市", "白城市", "钟祥市"]) }),
        (
            "villages", "c34", "varchar(20)",
            { $0.pick(["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴"]) + $0.pick(["家村", "家庄", "家镇", "各庄", "家桥", "家屯"]) }
        ),
        ("roads", "c35", "varchar(20)", { $0.pick(["人民路", "解放路", "黄河路", "江南大道", "温泉路", "安康街", "高新路", "和平巷", "方正路"]) }),
        (
            "products", "name", "varchar(40)",
            { $0.pick(["血压计", "温度计", "口罩", "白醋", "金银花茶", "黄芪片", "红枣", "安睡枕", "方便面", "高钙奶"]) + $0.pick(["", "A", "Pro"]) }
        ),
        ("foods", "c36", "varchar(40)", { $0.pick(["白菜", "黄瓜", "马铃薯", "胡萝卜", "花生米", "金针菇", "龙眼", "石榴", "毛豆", "方竹笋", "时蔬", "葛根粉"]) }),
        ("companies", "company", "varchar(60)", { $0.pick(["安康", "华夏", "金诺", "康美"]) + $0.pick(["科技", "医药", "器械"]) + "有限公司" }),
        ("ethnic groups", "c37", "varchar(10)", { $0.pick(["汉族", "回族", "满族", "白族", "苗族", "壮族"]) }),
        ("occupations", "c38", "varchar(10)", { $0.pick(["教师", "医生", "程序员", "公务员", "农民", "司机", "律师", "会计"]) }),
        ("English words", "name", "varchar(40)", { $0.pick(["aspirin", "gauze", "ward", "basic", "premium"]) + "\($0.below(500))" }),
        ("remarks", "remark", "text", { $0.pick(["请于饭后联系", "已电话通知", "客户要求退款", "明天再打", "无人接听"]) + "\($0.below(900))" }),
        ("tests", "item", "varchar(40)", { $0.pick(["血常规", "尿常规", "肝功能", "胸部CT", "心电图", "幽门螺杆菌检测"]) }),
        ("English sentences", "c39", "text", { "The quick brown fox \($0.below(900)) jumps over the lazy dog" }),
    ]

    private static let dates: [(String, String, String, Maker)] = [
        ("visit dates", "visit_date", "date", { $0.date(from: 2023, to: 2026) }),
        ("dates of contracts, opaque name", "c40", "date", { $0.date(from: 2005, to: 2026) }),
        ("dates of founding under their name", "founded_date", "date", { $0.date(from: 1990, to: 2024) }),
        (
            "times of creation", "created_at", "timestamp",
            { $0.date(from: 2020, to: 2026) + " \(10 + $0.below(10)):\($0.digits(1))0:1\($0.digits(1))" }
        ),
        ("days as numbers", "c41", "int", { $0.date(from: 2022, to: 2026, separator: "") }),
        ("months", "c42", "char(7)", { "20\(10 + $0.below(15))-\(10 + $0.below(3))" }),
    ]
}
