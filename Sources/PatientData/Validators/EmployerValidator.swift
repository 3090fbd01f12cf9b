/// Employers: organisations by how their names end. Shops and suppliers are named alike: only a column's name makes it an employer.
enum EmployerValidator {
    private static let endings = WordSet(
        """
        公司 集团 厂 医院 卫生院 诊所 学校 中学 小学 大学 学院 幼儿园 研究院 研究所 银行 支行 局 委员会 办事处 政府 中心 商行 店 超市 酒店 事务所 协会 部队 法院 检察院 派出所 合作社 村委会 居委会
        社 站 所 院 部 处 队 馆 园 场 矿 网络 传媒 科技 工作室 个体 务农 退休 无业
        """)

    static func matches(_ text: TextScalars) -> Bool { (2...64).contains(text.count) && text.hanCount >= 2 && text.ends(endings) }
}
