/// Occupations, by how such words end and by common ones. Only a column's name makes it one.
enum OccupationValidator {
    private static let endings = WordSet("员 师 工 家 长 人 者 生 民 商 官 兵 手 匠 干部 经理 主管 总监 助理 顾问 老板 秘书 教授 司机 保安 保姆 会计 出纳 警察 教练 编辑 记者 翻译 模特 演员 户 士 理 术 管 务 员工")
    private static let words = WordSet(
        "学生 农民 工人 教师 医生 护士 公务员 个体 个体户 自由职业 自由职业者 退休 离退休 离休 无业 待业 下岗 家庭妇女 军人 企业家 职员 务农 务工 学龄前儿童 婴幼儿 幼托儿童 散居儿童 其他 经商 职工 民工")

    static func matches(_ text: TextScalars) -> Bool {
        guard (2...24).contains(text.count), text.hanCount >= 2 else { return false }
        return text.isOne(of: words) || text.ends(endings)
    }
}
