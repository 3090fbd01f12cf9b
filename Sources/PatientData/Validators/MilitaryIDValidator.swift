/// Identity cards of officers and soldiers: a character or two for the service or region, 字第, digits, 号.
enum MilitaryIDValidator {
    private static let marks = WordSet("字第 字弟")
    private static let issuers = ScalarSet("军海空南北沈兰成济广参政后装士文武警陆火战支东西中部联")

    static func matches(_ text: TextScalars) -> Bool {
        guard (6...20).contains(text.count), let mark = (1...4).first(where: { $0 < text.count && text.begins(marks, at: $0) }),
            (0..<mark).contains(where: { issuers.contains(text.scalars[$0]) })
        else { return false }
        var digits = 0
        for scalar in text.scalars[(mark + 2)...] {
            if TextScalars.isDigit(scalar) {
                digits += 1
            } else if scalar != 0x53F7, scalar != 0x20 {  // 号
                return false
            }
        }
        return (4...10).contains(digits)
    }
}
