/// Words of Chinese column names and comments.
enum ChineseColumnWords {
    /// A rule over a name: any of the words in it.
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

    /// In this order: the first rule that applies decides. What is longer, and what only looks like another rule's word, stands first.
    static let rules: [Rule] = documents + contacts + persons + others + health + things

    private static let documents: [Rule] = [
        Rule(.none, "证件类型 证件种类 证件有效期 网址 地址类型 地址编码 用户名 登录名 昵称 文件名 表名 数据类型 校验码 验证码"),
        Rule(.macAddress, "MAC mac地址 网卡地址 物理地址"),
        Rule(.ipAddress, "IP地址 ip地址 登录IP 客户端IP 来源IP 访问IP 登录ip"),
        Rule(.deviceId, "设备号 设备标识 设备识别码 设备ID 设备id IMEI imei 终端标识 广告标识 OAID IDFA 设备唯一"),
        Rule(.militaryId, "军官证 士兵证 军人证 军人身份 军人保障卡 文职干部证 警官证"),
        Rule(.taiwanPermit, "台胞证 台湾居民 台湾通行证 来往大陆"),
        Rule(.hkMacauPermit, "港澳通行证 港澳居民 回乡证 来往内地 通行证号"),
        Rule(.foreignerPermit, "永久居留 永居证 外国人居留"),
        Rule(.birthCertificate, "出生证明 出生医学证明 出生证编号 出生证号"),
        Rule(.doctorLicence, "医师执业证 执业证书 医师资格证 执业证号 资格证书编 执业编号 医师证 资格证号"),
        Rule(.unifiedSocialCreditCode, "社会信用代码 信用代码 纳税人识别号 税号 组织机构代码"),
        Rule(.insurancePayment, payments),
        Rule(
            .medicalInsurance,
            "医保卡 医保号 医保编号 医保个人编号 医保电子凭证 医疗保险号 医疗保险卡 医疗保险编号 医疗证号 参合号 新农合号 医保证号 医保账号 医保账户号"),
        Rule(.socialSecurity, "社保卡 社保号 社会保障号 社会保障卡 社保编号 社会保险号 社保账号 公积金账号"),
        Rule(.idCard, "身份证 身份号 公民身份 居民身份 证件号 证件编号 身份证件 证照号"),
        Rule(.passport, "护照"),
        Rule(.licensePlate, "车牌 号牌号码 车辆牌照"),
    ]
    private static let payments = """
        医保支付 统筹支付 统筹金额 报销金额 医保报销 个人账户支付 自付金额 自费金额 个人自付 医保金额 赔付金额 理赔金额 医保类型 医保类别 参保类型 险种 医疗付费方式 医疗付款方式 保险类型 保险类别 基金支付 大病支付
        救助支付 统筹基金 自付费用 医保统筹 报销费用
        """

    private static let contacts: [Rule] = [
        Rule(.email, "邮箱 电子邮件 邮件地址 电邮"),
        Rule(.wechat, "微信 openid OpenID OpenId unionid"),
        Rule(.qq, "QQ qq 扣扣"),
        Rule(
            .medicalRecordNumber,
            """
            患者编号 患者ID 患者id 患者标识 患者号 病人ID 病人id 病人编号 病人号 病历号 病案号 住院号 门诊号 就诊卡 健康卡 登记号 健康档案号 档案编号 就诊号 体检号 建档号
            """),
        Rule(.bankCard, "银行卡 银行账号 银行帐号 银行账户 储蓄卡 信用卡 收款账号 开户账号"),
        Rule(.postcode, "邮政编码 邮编 邮政代码"),
    ]

    private static let persons: [Rule] = [
        Rule(.none, "年龄段 年龄组 年龄单位 性别限制 出生地 关系", atEnd: true),
        Rule(.birthDate, "出生日期 出生年月 出生时间 生日 出生"),
        Rule(.age, "年龄 年纪 岁数"),
        Rule(.sex, "性别"),
        Rule(.ethnicity, "民族"),
        Rule(.maritalStatus, "婚姻 婚否 婚育状况"),
        Rule(.medicalHistory, "职业病史"),
        Rule(.occupation, "职业 工种 从事工作"),
        Rule(.employer, "工作单位 工作单位名称 就职单位 就业单位 任职单位 所在单位 雇主 服务单位 工作地点", atEnd: true),
        Rule(.landline, "固定电话 座机 固话 住宅电话 单位电话 办公电话 办公室电话 传真"),
    ]

    private static let others: [Rule] = [
        Rule(.biometric, "人脸图片 人脸照片 人脸图像 指纹图像 指纹图片"),
        Rule(.drugApprovalNumber, "批准文号 国药准字 注册证号 药品批准"),
        Rule(.icd10, "ICD 疾病编码 诊断编码 疾病代码 诊断代码 疾病编号 病种编码"),
        Rule(
            .none,
            """
            日期 时间 金额 价格 单价 费用 数量 单号 流水号 状态 类型 类别 次数 单位 规格 库存 比例 标志 备注 链接 图片 版本 排序 序号 处方号 医嘱号 处方编号 医嘱编号 药品编码 药品编号 药品代码 诊断编号 频次
            手术编号 检验编号 检查编号 报告编号 检验项目 检查项目 检查部位 标本 标本号 有效期 批号 条码 错误次数 强度 周期 级别 等级 天数 剂型 关键词 版本号 长度
            """, atEnd: true),
        Rule(.biometric, "指纹 人脸 面部特征 虹膜 声纹 掌纹 生物特征 基因序列"),
        Rule(.passwordHash, "密码哈希 密码摘要 密码散列 口令散列"),
        Rule(.password, "密码 口令"),
        Rule(.token, "令牌 访问密钥 密钥 秘钥 会话标识"),
        Rule(.geoLocation, "经度 纬度 经纬度 地理位置 GPS 定位坐标 地理坐标"),
        Rule(.geoLocation, "坐标 定位", .weak),
    ]

    private static let health: [Rule] = [
        Rule(.allergy, "过敏史 过敏源 过敏原 药物过敏 过敏药物 过敏"),
        Rule(.medicalHistory, "现病史 既往史 病史 家族史 个人史 婚育史 月经史 手术史 用药史 既往病史 病程记录 输血史 外伤史 传染病史"),
        Rule(.symptom, "主诉 症状 临床表现 病状"),
        Rule(.labResult, "检验结果 检查结果 化验结果 检验报告 检查报告 检查所见 检查结论 影像所见 影像表现 结果值 检测结果 检验值 报告结论 超声所见 化验单 报告内容 检验数据"),
        Rule(.surgery, "手术名称 手术操作 手术方式 术式 手术编码 手术记录 手术"),
        Rule(.drug, "药品名 药名 药品通用名 通用名 商品名药 药物名 药品 药物"),
    ]

    private static let things: [Rule] = [
        Rule(
            .none,
            """
            科室 医院名 机构名 公司名 单位名 商品名 产品名 品牌 项目名 菜单 角色名 部门 病区 门店 店铺 供应商 生产厂家 厂商 厂家 城市名 省份 街道名 分类名 套餐名 医生介绍 擅长 栏目 标题 公司地址 医院地址 机构地址
            药店地址 企业地址 注册地址 经营地址 仓库 厂址 店址 院址 产地 学校名 酒店 企业名 器械 仪器 药店 药厂 商家 快递公司 物流公司 航班 车次 楼盘 景点 课程 图书 书名 文章 作品 型号
            """),
        Rule(.name, "姓名 名字", atEnd: true),
        Rule(.mobile, "电话 手机 手机号 手机号码 联系方式", atEnd: true),
        Rule(.address, "住址 地址", atEnd: true),
        Rule(.name, "姓名 真实姓名 联系人 收货人 监护人 开户人 持卡人 户名 患者名 病人名 医生名 医师名 收件人 就诊人 参保人 被保险人 投保人 受益人 法定代表人 法人代表"),
        Rule(.mobile, "手机 移动电话 联系电话 联系方式 电话号码 联络电话 家庭电话 紧急电话 电话"),
        Rule(.address, "住址 地址 居住地 户籍地 户口所在地 现住 家庭所在地 收件地 住所"),
        Rule(.prescription, "处方 医嘱 用药 用法 服法 服药 给药"),
        Rule(.diagnosis, "诊断 疾病 病情 病种 病名 病症"),
        Rule(.none, "编号 编码 代码 ID id 名称", atEnd: true),
        Rule(.name, "医生 医师 护士 患者 病人 经办人 操作人 创建人 推荐人 介绍人 审核人 接诊人 操作员 申请人 法人 负责人 家长 父亲 母亲 配偶 名字 名", .weak, atEnd: true),
        Rule(.bankCard, "卡号 账号", .weak),
    ]
}
