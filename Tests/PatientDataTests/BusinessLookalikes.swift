/// Columns of shops, factories and companies that look like a person's data.
extension Lookalikes {
    static let business: [(String, String, String, Maker)] = shops + things + codesOfTrade

    private static let cities = ["北京", "上海", "广州", "深圳", "杭州", "成都", "武汉", "南京", "西安", "重庆"]
    private static let words = ["康健", "华泰", "金桥", "永安", "同和", "百信", "白云", "万宁", "安泰", "方达", "高新", "江南", "时代", "黄河", "温馨"]

    private static let shops: [(String, String, String, Maker)] = [
        ("company names, opaque name", "c50", "varchar(60)", { $0.pick(cities) + $0.pick(words) + $0.pick(["科技", "贸易", "医药", "网络"]) + "有限公司" }),
        ("company names", "company_name", "varchar(60)", { $0.pick(cities) + "市" + $0.pick(words) + "实业股份有限公司" }),
        ("companies under their bare name", "company", "varchar(60)", { $0.pick(words) + $0.pick(["集团", "控股", "药业"]) }),
        ("hotel names", "hotel_name", "varchar(60)", { $0.pick(words) + $0.pick(["大酒店", "宾馆", "快捷酒店", "国际饭店"]) }),
        ("hotel names, opaque name", "c51", "varchar(60)", { $0.pick(cities) + $0.pick(words) + $0.pick(["大酒店", "假日酒店"]) }),
        ("pharmacies", "c52", "varchar(60)", { $0.pick(words) + "大药房" + $0.pick(["人民路店", "中山路店", "新华街店", "江南店"]) }),
        ("schools", "school", "varchar(60)", { $0.pick(cities) + "市第\($0.pick(["一", "二", "三", "十"]))" + $0.pick(["中学", "小学"]) }),
        ("schools, opaque name", "c53", "varchar(60)", { $0.pick(["白云", "黄山", "石景山", "温州", "安徽"]) + $0.pick(["大学", "学院", "幼儿园", "实验小学"]) }),
        (
            "streets of shops", "street_name", "varchar(60)",
            { $0.pick(["人民", "中山", "解放", "黄河", "白云", "江南", "和平", "金水", "龙泉"]) + $0.pick(["路", "大道", "东路", "北街"]) }
        ),
        ("addresses of shops", "shop_address", "varchar(120)", { $0.address() }),
        ("addresses of companies", "公司地址", "varchar(120)", { $0.address() }),
        ("business districts", "c54", "varchar(60)", { $0.pick(["王府井", "万达广场", "天河城", "春熙路", "南京西路", "国贸", "中关村", "江汉路", "钟楼"]) }),
        ("suppliers", "supplier", "varchar(60)", { $0.pick(words) + "医疗器械有限公司" }),
        ("brands", "brand", "varchar(30)", { $0.pick(["云南白药", "同仁堂", "白加黑", "马应龙", "江中", "汤臣倍健", "修正", "哈药", "三九", "东阿阿胶", "方回春堂", "胡庆余堂"]) }),
        (
            "brands, opaque name", "c55", "varchar(30)",
            { $0.pick(["云南白药", "同仁堂", "白加黑", "马应龙", "江中", "汤臣倍健", "修正", "哈药", "三九", "东阿阿胶", "方回春堂", "胡庆余堂"]) }
        ),
        ("couriers", "express_company", "varchar(30)", { $0.pick(["顺丰速运", "圆通速递", "申通快递", "韵达快递", "京东物流", "中通快递"]) }),
        ("titles of doctors", "doctor_title", "varchar(30)", { $0.pick(["主任医师", "副主任医师", "主治医师", "住院医师"]) }),
    ]

    private static let things: [(String, String, String, Maker)] = [
        ("medical devices", "device_name", "varchar(60)", { $0.pick(["电子血压计", "血糖仪", "雾化器", "制氧机", "体温计", "心电监护仪", "输液泵", "轮椅", "助听器", "胎心仪"]) }),
        (
            "medical devices, opaque name", "c56", "varchar(60)",
            { $0.pick(["电子血压计", "血糖仪", "雾化器", "制氧机", "体温计", "心电监护仪", "高血压治疗仪", "颈椎病牵引器", "鼻炎治疗仪"]) }
        ),
        ("drug factories", "manufacturer", "varchar(60)", { $0.pick(cities) + $0.pick(words) + $0.pick(["制药有限公司", "药业股份有限公司", "制药厂"]) }),
        (
            "drug factories, opaque name", "c57", "varchar(60)",
            { $0.pick(["扬子江", "石家庄", "华北", "哈尔滨", "齐鲁", "江苏恒瑞"]) + $0.pick(["制药厂", "药业集团", "医药股份"]) }
        ),
        ("books", "book_title", "varchar(60)", { $0.pick(["高血压防治手册", "糖尿病饮食指南", "家庭医生", "黄帝内经", "本草纲目", "金匮要略", "温病条辨", "中医基础理论"]) }),
        ("books, opaque name", "c58", "varchar(60)", { $0.pick(["高血压防治手册", "糖尿病饮食指南", "家庭医生杂志", "方剂学", "冠心病康复指南", "中风护理手册", "时间简史", "万历十五年"]) }),
        ("courses", "course", "varchar(60)", { $0.pick(["高血压管理课程", "糖尿病教育", "颈椎康复讲座", "母婴护理"]) }),
        (
            "products", "product_name", "varchar(60)",
            { $0.pick(["云南白药牙膏", "医用口罩", "维生素软糖", "蛋白粉", "颈椎病按摩枕", "白凡士林", "金嗓子喉宝", "马油护手霜"]) + $0.pick(["", " 50g", " 2盒装"]) }
        ),
        (
            "products, opaque name", "c59", "varchar(60)",
            { $0.pick(["医用口罩", "纯棉纱布", "蛋白粉", "按摩枕", "酒精棉签", "足浴盆", "护膝", "电热毯"]) + $0.pick([" 大号", " 标准装", "（升级款）"]) + "\($0.below(90))" }
        ),
        ("dishes", "c60", "varchar(60)", { $0.pick(["鱼香肉丝", "宫保鸡丁", "麻婆豆腐", "红烧肉", "白切鸡", "东坡肉", "夫妻肺片", "蒜蓉西兰花", "毛血旺", "水煮鱼"]) }),
        ("wards", "ward", "varchar(30)", { $0.pick(["内科", "外科", "妇产科", "肿瘤科"]) + $0.pick(["一", "二", "三"]) + "病区" }),
        ("items of laboratories", "检验项目", "varchar(60)", { $0.pick(["血常规", "尿常规", "乙肝五项", "HIV抗体", "梅毒血清试验", "糖化血红蛋白", "幽门螺杆菌"]) }),
        ("packages", "package_name", "varchar(60)", { $0.pick(["女性肿瘤筛查套餐", "糖尿病管理套餐", "入职体检套餐", "高血压筛查"]) }),
        ("articles", "c61", "varchar(60)", { $0.pick(["三分钟读懂高血压", "冬季如何预防感冒", "痛风患者能喝酒吗", "失眠了怎么办？", "糖尿病饮食误区"]) + "（\($0.below(60))）" }),
        ("colours", "c62", "varchar(10)", { $0.pick(["白色", "黄色", "金色", "蓝色", "青花", "紫红", "米白"]) }),
        ("stations", "c63", "varchar(20)", { $0.pick(["石家庄站", "安阳东", "张家口", "连云港", "常州北", "郑州东", "徐州东", "温州南", "金华", "康定", "左权", "江阴"]) }),
        ("plants", "c64", "varchar(20)", { $0.pick(["金银花", "白芍", "黄芪", "党参", "当归", "甘草", "麦冬", "石斛", "何首乌", "丁香", "龙胆", "杜仲"]) }),
    ]

    private static let codesOfTrade: [(String, String, String, Maker)] = [
        ("waybills", "waybill_no", "varchar(15)", { "SF" + $0.digits(13) }),
        ("waybills of digits, opaque name", "c70", "varchar(13)", { "7" + $0.digits(12) }),
        ("waybills of 12 digits", "kddh", "varchar(12)", { "4" + $0.digits(11) }),
        ("invoices", "invoice_no", "varchar(20)", { "2544" + $0.digits(16) }),
        ("invoices of 8 digits, opaque name", "c71", "char(8)", { $0.digits(8) }),
        ("EAN", "barcode", "char(13)", { "69" + $0.digits(11) }),
        ("EAN, opaque name", "c72", "char(13)", { "69" + $0.digits(11) }),
        ("ISBN with dashes, opaque name", "c73", "char(17)", { "978-7-\($0.digits(3))-\($0.digits(5))-\($0.digits(1))" }),
        ("flights, opaque name", "c74", "varchar(8)", { $0.pick(["CA", "MU", "CZ", "HU", "3U"]) + $0.digits(4) }),
        ("batches", "批号", "varchar(12)", { $0.date(from: 2022, to: 2026, separator: "") + $0.digits(2) }),
        ("batches, opaque name", "c75", "varchar(12)", { "\($0.pick(Array("ABCDEFGH")))" + $0.digits(8) }),
        ("letters and nine digits, opaque name", "c76", "varchar(12)", { "\($0.pick(Array("HMEGP")))" + $0.digits(9) }),
        (
            "times as digits", "c77", "varchar(14)",
            { $0.date(from: 2020, to: 2026, separator: "") + "\(10 + $0.below(13))" + "\(10 + $0.below(49))" + "\(10 + $0.below(49))" }
        ),
        ("times of day", "c78", "varchar(8)", { "\(10 + $0.below(13)):\(10 + $0.below(49)):\(10 + $0.below(49))" }),
        ("versions with four parts", "version", "varchar(20)", { "\($0.below(9)).\($0.below(20)).\($0.below(90)).\($0.below(250))" }),
        ("versions with three parts, opaque name", "c79", "varchar(20)", { "\($0.below(9)).\($0.below(20)).\($0.below(900))" }),
        ("positions in a picture", "c80", "varchar(20)", { "\($0.below(900)).\($0.digits(1)),\($0.below(900)).\($0.digits(1))" }),
        ("positions of goods", "position_x", "double precision", { "\($0.below(180)).\($0.digits(5))" }),
        ("measures with six digits, opaque name", "c81", "double precision", { "\($0.below(90)).\($0.digits(6))" }),
        (
            "region, date and serial: numbers of institutions", "c82", "char(18)",
            { "\($0.pick(["110101", "440106", "310115", "510104"]))" + $0.date(from: 2019, to: 2026, separator: "") + $0.digits(4) }
        ),
        ("telephone-like order numbers that count up", "order_no", "bigint", { "1390000" + $0.padded($0.below(9_999), 4) }),
        ("landline-like counters", "c83", "varchar(11)", { "0100000" + $0.padded($0.below(9_999), 4) }),
        ("fifteen digits that begin like an IMEI", "c84", "varchar(15)", { "35" + $0.digits(13) }),
        ("git commits", "commit", "char(40)", { $0.hex(40) }),
        ("git commits, opaque name", "c85", "char(40)", { $0.hex(40) }),
        ("short hashes", "c86", "char(8)", { $0.hex(8) }),
        ("UUIDs without dashes", "trace_id", "char(32)", { $0.hex(32) }),
        ("percentages", "c87", "varchar(8)", { "\($0.below(100)).\($0.digits(2))%" }),
        ("prices with currency", "c88", "varchar(12)", { "¥\($0.below(900)).\($0.digits(2))" }),
        ("coordinates of shelves", "c89", "varchar(12)", { "\($0.pick(Array("ABCDEFGHIJ")))\(10 + $0.below(89))-\($0.digits(2))" }),
        ("model numbers", "model_no", "varchar(20)", { "HEM-\($0.digits(4))\($0.pick(["", "T", "K"]))" }),
        ("registrations of devices", "c90", "varchar(30)", { "粤械注准20\(10 + $0.below(15))2\($0.digits(6))" }),
        ("counts of stars", "c91", "varchar(8)", { $0.pick(["5星", "4星", "3.5", "好评", "差评"]) }),
        ("URLs with numbers", "c92", "text", { "https://m.example.cn/p/\($0.digits(11))" }),
        ("file names", "c93", "text", { "IMG_\($0.date(from: 2020, to: 2026, separator: ""))_\($0.digits(6)).jpg" }),
        ("JSON", "c94", "text", { "{\"id\":\($0.digits(6)),\"ok\":true}" }),
        ("ratings of Luhn-like length", "c95", "varchar(16)", { "9" + $0.digits(15) }),
        ("GTIN-14", "c96", "char(14)", { "1" + $0.digits(13) }),
        ("numbers of contracts", "合同编号", "varchar(30)", { "HT-\(2020 + $0.below(6))-\($0.digits(5))" }),
    ]
}
