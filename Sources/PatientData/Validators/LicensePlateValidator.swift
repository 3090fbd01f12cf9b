/// Licence plates of GA 36: the province's character, a letter, five letters or digits (six for vehicles with new energy, then with D, F or another
/// letter of A to K at one end), or four and 学, 警, 港, 澳, 挂, 领 or 使. No I and O.
enum LicensePlateValidator {
    private static let provinces = ScalarSet("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使")
    private static let endings = ScalarSet("学警港澳挂领使超试")

    static func matches(_ text: TextScalars) -> Bool {
        guard (7...10).contains(text.count), provinces.contains(text.first) else { return false }
        var count = 0
        var digits = 0
        var isClosed = false
        for (index, scalar) in text.scalars.enumerated() where index > 0 {
            // 粤A·12345, 粤A 12345, 粤A-12345.
            if index == 2, [0xB7, 0x2022, 0x20, 0x2D, 0x2E, 0x30FB].contains(scalar) { continue }
            guard !isClosed else { return false }
            count += 1
            if count == 1 {
                guard isLetter(scalar) else { return false }
            } else if TextScalars.isDigit(scalar) {
                digits += 1
            } else if endings.contains(scalar) {
                isClosed = true
            } else if !isLetter(scalar) {
                return false
            }
        }
        guard digits >= 2 else { return false }
        return count == 6 || (count == 7 && !isClosed && digits >= 4)
    }

    private static func isLetter(_ scalar: UInt32) -> Bool {
        let scalar = scalar & ~(scalar >= 0x61 ? 0x20 : 0)
        return (0x41...0x5A).contains(scalar) && scalar != 0x49 && scalar != 0x4F
    }
}
