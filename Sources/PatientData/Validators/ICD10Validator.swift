/// Codes of the shape of ICD-10: letter, two digits, optionally `.` and more, with the `x` and `+` of the Chinese editions: `I10`, `E11.900`, `M80.x00x001`.
enum ICD10Validator {
    struct Code: Hashable, Sendable {
        var hasDot: Bool
        /// B20–B24 (HIV), A50–A64 (sexually transmitted): illnesses of level 5 of GB/T 39725-2020.
        var isSpecial: Bool
    }

    @inline(__always)
    static func code(_ value: UnsafeBufferPointer<UInt8>) -> Code? {
        guard (3...12).contains(value.count), value[0] &- 0x41 <= 25, value[1] &- 0x30 <= 9, value[2] &- 0x30 <= 9 else { return nil }
        let number = Int(value[1] - 0x30) * 10 + Int(value[2] - 0x30)
        let isSpecial = (value[0] == 0x42 && (20...24).contains(number)) || (value[0] == 0x41 && (50...64).contains(number))
        if value.count == 3 { return Code(hasDot: false, isSpecial: isSpecial) }
        guard value[3] == 0x2E, value.count > 4 else { return nil }
        for index in 4..<value.count {
            let byte = value[index]
            // A star marks the code of a manifestation; more of them are a mask.
            guard byte &- 0x30 <= 9 || byte == 0x78 || byte == 0x58 || byte == 0x2B || (byte == 0x2A && index > 4 && index == value.count - 1) else {
                return nil
            }
        }
        return Code(hasDot: true, isSpecial: isSpecial)
    }
}
