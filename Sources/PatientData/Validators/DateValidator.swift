import ReferenceData

/// Dates as databases and people write them: `1990-03-07`, `1990/3/7`, `1990.03.07`, `19900307`, `1990年3月7日`, each with or without a time.
enum DateValidator {
    struct Reading: Hashable, Sendable {
        var date: CivilDate
        /// A time of day other than midnight follows.
        var hasTime: Bool
    }

    @inline(__always)
    static func reading(_ value: UnsafeBufferPointer<UInt8>) -> Reading? {
        let value = value.trimmed
        guard (8...40).contains(value.count), value[0] &- 0x30 <= 9 else { return nil }
        var cursor = 0
        guard let year = number(value, &cursor, atMost: 4), year >= 1000 else { return nil }
        if cursor == 4, value[4] &- 0x30 <= 9 { return compact(value, year: year) }
        let yearEnd = separator(value, cursor, han: 0xE5B9B4)  // 年
        cursor += yearEnd
        guard yearEnd > 0, let month = number(value, &cursor, atMost: 2) else { return nil }
        let monthEnd = separator(value, cursor, han: 0xE69C88)  // 月
        cursor += monthEnd
        guard monthEnd > 0, let day = number(value, &cursor, atMost: 2) else { return nil }
        if isHan(value, cursor, 0xE697A5) { cursor += 3 }  // 日
        guard let date = CivilDate(year: year, month: month, day: day), let hasTime = time(value, cursor) else { return nil }
        return Reading(date: date, hasTime: hasTime)
    }

    private static func compact(_ value: UnsafeBufferPointer<UInt8>, year: Int) -> Reading? {
        var cursor = 4
        guard value.count == 8, let rest = number(value, &cursor, atMost: 4), cursor == 8,
            let date = CivilDate(year: year, month: rest / 100, day: rest % 100)
        else { return nil }
        return Reading(date: date, hasTime: false)
    }

    /// Whether a time other than midnight follows; nil when what follows is no time.
    private static func time(_ value: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool? {
        guard start < value.count else { return false }
        guard value[start] == 0x20 || value[start] == 0x54 else { return nil }
        var digits = 0
        var isMidnight = true
        for index in (start + 1)..<value.count {
            switch value[index] {
            case 0x30...0x39:
                digits += 1
                // Hours, minutes, seconds; what follows is a fraction or a zone.
                if digits <= 6, value[index] != 0x30 { isMidnight = false }
            case 0x3A, 0x2E, 0x2B, 0x2D, 0x5A, 0x20: break
            default: return nil
            }
        }
        return digits >= 2 ? !isMidnight : nil
    }

    @inline(__always)
    private static func number(_ value: UnsafeBufferPointer<UInt8>, _ cursor: inout Int, atMost width: Int) -> Int? {
        var number = 0
        let start = cursor
        while cursor < value.count, cursor < start + width, value[cursor] &- 0x30 <= 9 {
            number = number * 10 + Int(value[cursor] - 0x30)
            cursor += 1
        }
        return cursor > start ? number : nil
    }

    /// How many bytes the separator at `index` takes: a dash, slash, dot, or the character; 0 when there is none.
    @inline(__always)
    private static func separator(_ value: UnsafeBufferPointer<UInt8>, _ index: Int, han: Int) -> Int {
        guard index < value.count else { return 0 }
        if value[index] == 0x2D || value[index] == 0x2F || value[index] == 0x2E { return 1 }
        return isHan(value, index, han) ? 3 : 0
    }

    @inline(__always)
    private static func isHan(_ value: UnsafeBufferPointer<UInt8>, _ index: Int, _ han: Int) -> Bool {
        index + 2 < value.count && Int(value[index]) << 16 | Int(value[index + 1]) << 8 | Int(value[index + 2]) == han
    }
}
