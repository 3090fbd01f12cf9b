/// What a word tells about what stands beside it.
struct WordTags: OptionSet, Hashable, Sendable {
    let rawValue: UInt32

    // Persons.
    /// 姓名, 联系人, 签名: a name follows, mostly behind a colon.
    static let label = WordTags(rawValue: 1 << 0)
    /// 患者, 病人, 用户: who a name before or behind it belongs to.
    static let role = WordTags(rawValue: 1 << 1)
    /// 妻子, 其子, 婆婆.
    static let kin = WordTags(rawValue: 1 << 2)
    /// 医生, 女士, 主任: stands behind a name, or before it.
    static let title = WordTags(rawValue: 1 << 3)
    /// 请, 让, 据: a person may follow.
    static let towards = WordTags(rawValue: 1 << 4)
    /// 和, 与, 及: joins two names.
    static let joins = WordTags(rawValue: 1 << 5)
    /// 说, 诉, 称, 来电: a person does it.
    static let acts = WordTags(rawValue: 1 << 6)
    /// 我叫, 名叫.
    static let called = WordTags(rawValue: 1 << 7)
    /// 身份证, 电话, 住址: what is told of a person behind the name.
    static let detail = WordTags(rawValue: 1 << 8)
    /// A name that the lattice chose.
    static let chosenName = WordTags(rawValue: 1 << 9)

    // Illness and treatment.
    /// The name of an illness, or the end of one.
    static let disease = WordTags(rawValue: 1 << 10)
    static let symptom = WordTags(rawValue: 1 << 11)
    /// Ends a symptom when a part of the body stands before it: 痛, 麻木.
    static let complaint = WordTags(rawValue: 1 << 12)
    /// An active ingredient, or a syllable that only such names have.
    static let drug = WordTags(rawValue: 1 << 13)
    /// 片, 胶囊: ends a medicine's name.
    static let dosageForm = WordTags(rawValue: 1 << 14)
    /// 切除术, 剖宫产.
    static let surgery = WordTags(rawValue: 1 << 15)
    static let bodyPart = WordTags(rawValue: 1 << 16)
    /// 急性, 左侧, 原发性.
    static let modifier = WordTags(rawValue: 1 << 17)
    /// Ends with what illnesses end with but is none: 发病, 炎症.
    static let notDisease = WordTags(rawValue: 1 << 18)
    /// 过敏.
    static let allergic = WordTags(rawValue: 1 << 19)
    /// What people are allergic to, other than medicines.
    static let allergen = WordTags(rawValue: 1 << 20)

    // Places.
    /// A province, prefecture or county.
    static let region = WordTags(rawValue: 1 << 21)
    /// 路, 大道, 胡同.
    static let road = WordTags(rawValue: 1 << 22)
    /// 小区, 大厦, 村.
    static let place = WordTags(rawValue: 1 << 23)
    /// 号, 栋, 室.
    static let addressUnit = WordTags(rawValue: 1 << 24)
    /// 医院, 公司, 药店.
    static let organisation = WordTags(rawValue: 1 << 25)
    /// 住, 地址, 寄到: an address follows.
    static let residence = WordTags(rawValue: 1 << 26)
    /// 科, 病区, 护士站.
    static let department = WordTags(rawValue: 1 << 27)
    /// What no name of an illness, medicine or place has inside: 的, 为, 考虑.
    static let boundary = WordTags(rawValue: 1 << 28)
    /// Says little by itself: 感染, 障碍, 葡萄糖 need another part of a name beside them.
    static let weak = WordTags(rawValue: 1 << 29)
    /// 盐酸, 复方, 注射用: begins a medicine's name.
    static let drugPrefix = WordTags(rawValue: 1 << 30)
}
