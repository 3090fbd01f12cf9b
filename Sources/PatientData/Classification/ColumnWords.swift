/// The words of ``ColumnNameReader``.
enum ColumnWords {
    /// A rule over a Chinese name: any of the words in it, none of the exceptions.
    struct Rule: Sendable {
        let kind: DataKind
        let strength: ColumnHint.Strength
        let words: [Substring]
        /// Only at the end of the name.
        let atEnd: Bool

        init(_ kind: DataKind, _ words: String, _ strength: ColumnHint.Strength = .strong, atEnd: Bool = false) {
            self.kind = kind
            self.strength = strength
            self.atEnd = atEnd
            self.words = words.split(whereSeparator: \.isWhitespace)
        }

        func reading(of text: Substring) -> ColumnNameReader.Reading? {
            words.contains { atEnd ? text.hasSuffix($0) : text.contains($0) } ? (kind, strength) : nil
        }
    }

    /// In this order: the first rule that applies decides.
    static let chinese: [Rule] = [
        Rule(.none, "证件类型 证件种类 IP地址 ip地址 MAC地址 mac地址 网址 地址类型 地址编码 用户名 登录名 昵称 文件名 表名"),
        Rule(.idCard, "身份证 身份号 公民身份 居民身份 证件号 证件编号 身份证件"),
        Rule(.email, "邮箱 电子邮件 邮件地址 电邮"),
        Rule(.medicalRecordNumber, "患者编号 患者ID 患者id 患者标识 患者号 病人ID 病人id 病人编号 病人号 病历号 病案号 住院号 门诊号 就诊卡 健康卡 医保卡 登记号 健康档案号"),
        Rule(.bankCard, "银行卡 银行账号 银行帐号 银行账户 储蓄卡 信用卡 收款账号 开户账号"),
        Rule(.birthDate, "出生日期 出生年月 出生时间 生日 出生"),
        Rule(
            .none,
            "日期 时间 金额 价格 单价 费用 数量 单号 流水号 状态 类型 类别 次数 单位 规格 库存 比例 标志 备注 链接 图片 版本 排序 序号 处方号 医嘱号 处方编号 医嘱编号 药品编码 药品编号 药品代码 诊断编号 频次", atEnd: true
        ),
        Rule(.drug, "药品名 药名 药品通用名 通用名 商品名药 药物名 药品 药物"),
        Rule(
            .none,
            "科室 医院名 机构名 公司名 单位名 商品名 产品名 品牌 项目名 菜单 角色名 部门 病区 门店 店铺 供应商 生产厂家 厂商 厂家 城市名 省份 街道名 分类名 套餐名 医生介绍 擅长 栏目 标题"
        ),
        Rule(.name, "姓名 真实姓名 联系人 收货人 监护人 开户人 持卡人 户名 患者名 病人名 医生名 医师名"),
        Rule(.mobile, "手机 移动电话 联系电话 联系方式 电话号码 联络电话 家庭电话 紧急电话 电话"),
        Rule(.address, "住址 地址 居住地 户籍地 户口所在地 现住 家庭所在地 收件地"),
        Rule(.prescription, "处方 医嘱 用药 用法 服法 服药 给药"),
        Rule(.diagnosis, "诊断 疾病 病情 病种 病名 主诉 现病史 既往史 症状 ICD 病症 疾病编码 诊断编码"),
        Rule(.none, "编号 编码 代码 ID id 名称", atEnd: true),
        Rule(.name, "名字 名", .weak, atEnd: true),
        Rule(.bankCard, "卡号 账号", .weak),
    ]

    /// English words, pinyin and abbreviations; a word may be made of several tokens of the column's name.
    static let latin: [String: ColumnNameReader.Reading] = {
        var table: [String: ColumnNameReader.Reading] = [:]
        for (kind, strength, words) in latinWords {
            for word in words.split(whereSeparator: \.isWhitespace) { table[String(word)] = (kind, strength) }
        }
        return table
    }()

    private static let latinWords: [(DataKind, ColumnHint.Strength, String)] = [
        (
            .idCard, .strong,
            """
            idcard idcardno idcardnum idno idnum idnumber identitycard identityno identitynumber identity certno certnum certid
            certificateno certificatenumber
            credno credentialno citizenid citizenno nationalid residentid sfz sfzh sfzhm sfzid sfzjh sfzjhm zjh zjhm zjbh gmsfhm gmsfzh
            shenfenzheng
            shenfenzhenghao shenfenzhenghaoma zhengjianhao zhengjianhaoma
            """
        ),
        (
            .name, .strong,
            "fullname realname truename patientname custname customername membername personname legalname xm xingming hzxm brxm zsxm yhxm"
        ),
        (.name, .weak, "name cname mingzi nm contact contacts receiver consignee doctor physician"),
        (
            .mobile, .strong,
            "mobile mobilephone phone phoneno phonenum phonenumber cellphone cell telephone telno msisdn sjh sjhm shouji shoujihao shoujihaoma lxdh lxfs yddh dhhm dianhua lianxidianhua lxrdh"
        ),
        (.mobile, .weak, "tel dh sj phones"),
        (
            .address, .strong,
            "address addr homeaddress residence dz jtdz jtzz xzz xzdz lxdz hkdz hjdz txdz jzdz jzd dizhi zhuzhi jiatingdizhi"
        ),
        (.address, .weak, "zz"),
        (.email, .strong, "email mail emailaddress mailaddress emailaddr yx dzyx yjdz youxiang dianziyouxiang"),
        (
            .bankCard, .strong,
            "bankcard bankcardno bankcardnum bankcardnumber bankaccount bankaccountno bankno debitcard creditcard yhk yhkh yhkhm yhzh yinhangka yinhangkahao"
        ),
        (.bankCard, .weak, "cardno cardnum cardnumber accountno accountnumber acctno kh pan kahao"),
        (
            .birthDate, .strong,
            "birth birthday birthdate birthtime dateofbirth dob bday csrq csny csnyr csdate chushengriqi chusheng shengri"
        ),
        (.birthDate, .weak, "sr born"),
        (
            .medicalRecordNumber, .strong,
            """
            patientid patientno patientnumber patientcode mrn medicalrecordno medicalrecordnumber recordno brid brbh hzid hzbh blh blhm
            zyh mzh bah jzkh jkkh
            inpatientno outpatientno admissionno patid
            """
        ),
        (
            .diagnosis, .strong,
            """
            diagnosis diagnoses diagnose diag diagname diagnosisname diagcode diagnosiscode diagnosisdesc disease diseasename diseasecode
            illness
            icd icd10 icd9 icdcode icdname zd zdmc zdjg zdbm zdms zdxx lczd mzzd cyzd ryzd zyzd xyzd cbzd zhenduan jbmc jbbm bqms bingqing
            zhusu xbs jws
            chiefcomplaint presentillness medicalhistory symptom symptoms
            """
        ),
        (.diagnosis, .weak, "condition complaint zs history dx jb bq"),
        (
            .prescription, .strong,
            "prescription prescriptions rx recipe medication medications cf cfnr cfmx cfxx cfy yz yznr yzmc yzxx yf yfyl chufang yizhu yongyao yyqk"
        ),
        (.prescription, .weak, "usage dosage directions sig yy"),
        (.drug, .strong, "drug drugs drugname medicine medicinename medicament medname yp ypmc ypm tym yaopin yaopinmingcheng yaoming"),
        (
            .none, .strong,
            """
            ipaddress ipaddr macaddress macaddr webaddress username loginname nickname filename tablename hostname domainname classname
            methodname typename
            deptname departmentname hospitalname orgname companyname productname goodsname itemname shopname storename brandname rolename
            menuname
            cityname provincename regionname cityid ks ksmc yymc jgmc spmc cpmc
            orderno ordernumber orderid orderno ddh ddbh lsh serialno serialnumber invoiceno flowno tradeno transactionid transactionno
            trackingno
            price amount total fee cost qty quantity stock weight height score rate ratio percent
            timestamp createtime createdat updatetime updatedat createtime modifiedat visitdate visittime orderdate
            je jg sl dj zt lx bz
            """
        ),
    ]

    /// Stand before what belongs to a person.
    static let personPrefixes = [
        "br", "hz", "lxr", "jhr", "yh", "kh", "hy", "gr", "jz", "zy", "mz", "ys", "czr", "sjr", "patient", "user", "p", "pat",
    ]

    static let persons: Set<String> = [
        "patient", "user", "customer", "cust", "member", "person", "doctor", "nurse", "staff", "employee", "emp", "contact", "receiver",
        "buyer",
        "guardian", "parent", "holder", "applicant", "insured", "client", "real", "true", "full", "first", "last", "family", "given", "hz",
        "br",
        "cardholder",
    ]

    /// Whose name isn't a person's.
    static let namedThings: Set<String> = [
        "drug", "dept", "department", "hospital", "product", "goods", "item", "file", "table", "org", "organization", "company", "shop",
        "store",
        "brand",
        "class", "type", "menu", "role", "disease", "diag", "diagnosis", "city", "province", "region", "country", "login", "host", "domain",
        "field",
        "column", "group", "project", "category", "device", "app", "event", "task", "job", "plan", "service", "medicine", "test", "exam",
        "lab",
        "operation", "template", "channel", "activity", "course", "room", "ward", "supplier", "vendor", "manufacturer", "sku", "key",
        "display",
        "bank",
    ]

    /// At the end of a name they make another thing of it.
    static let attributes: Set<String> = [
        "no", "num", "number", "code", "id", "date", "time", "at", "type", "status", "state", "count", "cnt", "qty", "quantity", "amount",
        "amt",
        "price",
        "fee", "cost", "url", "flag", "unit", "spec", "key", "seq", "sort", "level", "score", "rate", "ratio", "rq", "sj", "lx", "zt", "bm",
        "bh",
        "je",
        "verified", "is", "img", "image", "photo", "path", "file", "days", "times", "stock", "doctor", "dept",
    ]
    /// An illness's code says as much as its name.
    static let codeWords: Set<String> = ["code", "bm"]
    static let numberWords: Set<String> = ["no", "num", "number", "code", "id", "bh"]
}
