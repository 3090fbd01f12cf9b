/// Approval numbers of medicines: 国药准字 and a letter (H chemical, Z Chinese, S biological, J imported, T in vitro diagnostics, B formerly health products,
/// F excipients; C since 2020 in registration numbers of some) with eight digits; and 进口药品注册证号 of H, Z, S or B.
enum DrugApprovalNumberValidator {
    private static let prefix = WordSet("国药准字 国药证字 进口药品注册证号 注册证号")
    private static let letters = ScalarSet("HZSJTBFChzsjtbfc")

    static func matches(_ text: TextScalars) -> Bool {
        guard (13...24).contains(text.count) else { return false }
        var cursor = prefix.matchLength(in: text.scalars, at: 0)
        guard cursor > 0 else { return false }
        while cursor < text.count, text.scalars[cursor] == 0x20 || text.scalars[cursor] == 0x3A || text.scalars[cursor] == 0xFF1A { cursor += 1 }
        guard cursor < text.count, letters.contains(text.scalars[cursor]) else { return false }
        let digits = text.scalars[(cursor + 1)...]
        return digits.count == 8 && digits.allSatisfy(TextScalars.isDigit)
    }
}
