/// The resident IDs that a column may hold: every region, day of birth and sequence number there is, in one numbering. Encryption permutes the numbers.
///
/// The regions and the days must stay the same for as long as something is sealed with them: with others the same number means another ID.
/// ``fingerprint`` tells whether they are.
package struct ResidentIDDomain: Hashable, Sendable {
    package static let sequences = 1_000

    /// Six digits each, ascending.
    private let regions: [UInt32]
    private let firstDay: Int
    private let days: Int
    /// How many IDs there are.
    package let count: UInt64

    /// - Parameters:
    ///   - regions: codes of GB/T 2260, in any order.
    ///   - days: days of birth, counted from 1970-01-01, within the years 1600 to 2599.
    /// - Returns: nil when a code hasn't six digits, a day is out of range, or there are fewer than 1,000,000 IDs.
    package init?(regions: [UInt32], days: ClosedRange<Int>) {
        let sorted = Set(regions).sorted()
        guard let first = sorted.first, let last = sorted.last, first >= 100_000, last <= 999_999 else { return nil }
        guard days.lowerBound >= -135_140, days.upperBound <= 230_108 else { return nil }
        self.regions = sorted
        firstDay = days.lowerBound
        self.days = days.count
        count = UInt64(sorted.count) * UInt64(days.count) * UInt64(ResidentIDDomain.sequences)
        guard count >= UInt64(FF1.minimumDomain) else { return nil }
    }

    /// SHA-256 over ``text``, in hexadecimal.
    package var fingerprint: String { SHA256.hex(text) }

    /// The regions and days, to be kept beside what is sealed with them.
    package var text: String { "\(regions.map(String.init).joined(separator: ","));\(firstDay);\(days)" }

    /// What ``text`` has written; nil for anything else.
    package init?(text: String) {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        guard parts.count == 3, let first = Int(parts[1]), let days = Int(parts[2]), (1...400_000).contains(days), abs(first) < 400_000 else {
            return nil
        }
        let regions = parts[0].split(separator: ",").compactMap { UInt32($0) }
        self.init(regions: regions, days: first...first + days - 1)
        guard self.text == text else { return nil }
    }

    /// The number of an ID of 18 characters, whose check character is right and in upper case; nil for anything else.
    func rank(of text: UnsafeRawBufferPointer) -> UInt64? {
        guard text.count == 18 else { return nil }
        var digits = [Int](repeating: 0, count: 17)
        for index in 0..<17 {
            guard text[index] >= 0x30, text[index] <= 0x39 else { return nil }
            digits[index] = Int(text[index] - 0x30)
        }
        guard text[17] == ResidentIDDomain.checkCharacter(digits) else { return nil }
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
        guard let region = index(of: UInt32(number(0..<6))), let day = ProlepticDay.number(number(6..<10), number(10..<12), number(12..<14)),
            day >= firstDay, day < firstDay + days
        else { return nil }
        return (UInt64(region) * UInt64(days) + UInt64(day - firstDay)) * UInt64(ResidentIDDomain.sequences) + UInt64(number(14..<17))
    }

    /// Appends the ID of a number below ``count``.
    func append(rank: UInt64, to output: inout [UInt8]) {
        let sequence = Int(rank % UInt64(ResidentIDDomain.sequences))
        let rest = Int(rank / UInt64(ResidentIDDomain.sequences))
        let (year, month, day) = ProlepticDay.date(firstDay + rest % days)
        let numbers = [(Int(regions[rest / days]), 6), (year, 4), (month, 2), (day, 2), (sequence, 3)]
        var digits: [Int] = []
        for (number, width) in numbers {
            var divisor = (1..<width).reduce(1) { product, _ in product * 10 }
            while divisor > 0 {
                digits.append(number / divisor % 10)
                divisor /= 10
            }
        }
        output.append(contentsOf: digits.map { 0x30 + UInt8($0) })
        output.append(ResidentIDDomain.checkCharacter(digits))
    }

    private func index(of region: UInt32) -> Int? {
        var (low, high) = (0, regions.count)
        while low < high {
            let middle = (low + high) / 2
            if regions[middle] < region { low = middle + 1 } else { high = middle }
        }
        return low < regions.count && regions[low] == region ? low : nil
    }

    /// ISO/IEC 7064, MOD 11-2.
    private static func checkCharacter(_ digits: [Int]) -> UInt8 {
        let value = (12 - digits.reduce(0) { ($0 + $1) * 2 } % 11) % 11
        return value == 10 ? 0x58 : 0x30 + UInt8(value)
    }
}

/// Days of the Gregorian calendar counted from 1970-01-01, for the years 1 to 9999.
private enum ProlepticDay {
    /// Nil when there is no such day.
    static func number(_ year: Int, _ month: Int, _ day: Int) -> Int? {
        guard year >= 1, (1...12).contains(month), (1...31).contains(day) else { return nil }
        // March begins the year, so that the leap day ends it.
        let shifted = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let number = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
        return date(number) == (year, month, day) ? number : nil
    }

    static func date(_ number: Int) -> (Int, Int, Int) {
        let shifted = number + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        return (era * 400 + yearOfEra + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9, day)
    }
}
