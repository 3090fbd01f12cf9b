/// The number of a resident identity card (公民身份号码, GB 11643-1999), or of a residence permit, which is built the same way:
/// six digits of region, the date of birth, three digits of sequence (odd for men), a check character.
/// The form of before 1999 has 15 digits: the year without its century, and no check character.
package struct ResidentID: Hashable, Sendable {
    package enum Form: Hashable, Sendable {
        /// 18 characters.
        case current
        /// 15 digits.
        case former
    }

    package enum Sex: Hashable, Sendable { case female, male }

    package let form: Form
    /// The code of GB/T 2260.
    package let region: UInt32
    package let birth: CivilDate
    package let sex: Sex

    /// Reads a number strictly: nothing before or behind it, `X` or `x` as a check character, the date on the calendar, the region known to
    /// ``AdministrativeDivision``, the check character right. Nil for anything else.
    /// - Parameter bytes: ASCII.
    @specialized(where Bytes == [UInt8])
    @specialized(where Bytes == ArraySlice<UInt8>)
    @specialized(where Bytes == UnsafeBufferPointer<UInt8>)
    package init?<Bytes: Collection<UInt8>>(_ bytes: Bytes) {
        // The length and each digit are checked on the way, so that most of what isn't a number is left after a few bytes.
        var digits: (region: UInt32, date: Int, sequence: Int, weighted: Int) = (0, 0, 0, 0)
        let count = bytes.count
        guard count == 18 || count == 15 else { return nil }
        let regionEnd = 6
        let dateEnd = count == 18 ? 14 : 12
        let end = count == 18 ? 17 : 15
        var position = 0
        var last: UInt8 = 0
        for byte in bytes {
            if position < end {
                let digit = Int(byte) - 0x30
                guard digit >= 0, digit <= 9 else { return nil }
                if position < regionEnd {
                    digits.region = digits.region * 10 + UInt32(truncatingIfNeeded: digit)
                } else if position < dateEnd {
                    digits.date = digits.date * 10 + digit
                } else {
                    digits.sequence = digits.sequence * 10 + digit
                }
                digits.weighted = (digits.weighted + digit) * 2
            } else {
                last = byte
            }
            position += 1
        }
        if count == 18 {
            guard ResidentID.checkCharacter(weighted: digits.weighted) == last & ~(last == 0x78 ? 0x20 : 0) else { return nil }
        } else {
            digits.date += 19_000_000
        }
        self.init(form: count == 18 ? .current : .former, region: digits.region, date: digits.date, sequence: digits.sequence)
    }

    private init?(form: Form, region: UInt32, date: Int, sequence: Int) {
        guard let birth = CivilDate(year: date / 10_000, month: date / 100 % 100, day: date % 100), birth.year >= 1850, birth.year < 2100,
            AdministrativeDivision.isCode(region)
        else { return nil }
        self.form = form
        self.region = region
        self.birth = birth
        sex = sequence.isMultiple(of: 2) ? .female : .male
    }

    /// The check character (ISO/IEC 7064, MOD 11-2) for 17 digits, `X` for ten; nil when they aren't 17 digits.
    @specialized(where Bytes == [UInt8])
    @specialized(where Bytes == ArraySlice<UInt8>)
    @specialized(where Bytes == UnsafeBufferPointer<UInt8>)
    package static func checkCharacter<Bytes: Collection<UInt8>>(of bytes: Bytes) -> UInt8? {
        var weighted = 0
        var count = 0
        for byte in bytes {
            guard count < 17, byte >= 0x30, byte <= 0x39 else { return nil }
            weighted = (weighted + Int(byte) - 0x30) * 2
            count += 1
        }
        return count == 17 ? checkCharacter(weighted: weighted) : nil
    }

    /// The 18 characters of a valid number of 15 digits, which always meant the 20th century; nil when it isn't valid.
    package static func converted(_ former: some Collection<UInt8>) -> [UInt8]? {
        guard former.count == 15, ResidentID(former) != nil else { return nil }
        let digits = Array(former)
        let number = Array(digits[0..<6]) + [0x31, 0x39] + Array(digits[6...])
        return checkCharacter(of: number).map { number + [$0] }
    }

    /// - Parameter weighted: the digits, each added and then doubled, in order: the recursive method of ISO/IEC 7064.
    package static func checkCharacter(weighted: Int) -> UInt8 {
        let value = (12 - weighted % 11) % 11
        return value == 10 ? 0x58 : 0x30 + UInt8(truncatingIfNeeded: value)
    }
}
