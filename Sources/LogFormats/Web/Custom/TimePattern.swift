/// A stamp as strftime (POSIX.1) writes it, in the C locale.
struct TimePattern: Sendable {
    private enum Item: Sendable, Equatable {
        case year, shortYear, month, monthName, day, hour, halfDay, hour12, minute, second, offset, epoch, dayOfYear, word, fraction
        case byte(UInt8)
    }

    private var items: [Item]

    private init(items: [Item]) { self.items = items }

    /// A fraction of a second, in a field of its own.
    static let fraction = TimePattern(items: [.fraction])

    /// One stamp that two fields write, and the text between them.
    init(_ first: TimePattern, _ between: [UInt8], _ second: TimePattern) { items = first.items + between.map { .byte($0) } + second.items }

    init(strftime format: String) throws(LogFormatError) {
        items = []
        var bytes = Array(format.utf8)[...]
        while let byte = bytes.popFirst() {
            guard byte == 0x25 else {
                items.append(.byte(byte))
                continue
            }
            guard var letter = bytes.popFirst() else { throw LogFormatError("'\(format.prefix(40))' ends with a single %") }
            // Modifiers of the locale and of glibc's padding change nothing that matters here.
            while [0x45, 0x4F, 0x2D, 0x5F, 0x30].contains(letter), let next = bytes.popFirst() { letter = next }
            guard let conversion = Self.conversion(letter) else {
                throw LogFormatError("%\(String(UnicodeScalar(letter))) in '\(format.prefix(40))' is no part of a time that can be read")
            }
            items += conversion
        }
        guard items.contains(.epoch) || !Set<String>(items.map { "\($0)" }).isDisjoint(with: ["hour", "hour12", "offset", "fraction"]) else {
            throw LogFormatError("'\(format.prefix(40))' tells no hour")
        }
    }

    private static func conversion(_ letter: UInt8) -> [Item]? {
        switch UnicodeScalar(letter) {
        case "Y": [.year]
        case "y": [.shortYear]
        case "m": [.month]
        case "b", "h", "B": [.monthName]
        case "d", "e": [.day]
        case "H", "k": [.hour]
        case "I", "l": [.hour12]
        case "p", "P": [.halfDay]
        case "M": [.minute]
        case "S": [.second]
        case "z": [.offset]
        case "s": [.epoch]
        case "j": [.dayOfYear]
        case "a", "A", "Z": [.word]
        case "T": [.hour, .byte(0x3A), .minute, .byte(0x3A), .second]
        case "R": [.hour, .byte(0x3A), .minute]
        case "D": [.month, .byte(0x2F), .day, .byte(0x2F), .shortYear]
        case "F": [.year, .byte(0x2D), .month, .byte(0x2D), .day]
        case "c":
            [.word, .byte(0x20), .monthName, .byte(0x20), .day, .byte(0x20), .hour, .byte(0x3A), .minute, .byte(0x3A), .second, .byte(0x20), .year]
        case "n": [.byte(0x0A)]
        case "t": [.byte(0x09)]
        case "%": [.byte(0x25)]
        default: nil
        }
    }

    struct Reading {
        /// Civil time as seconds since 1970, or UTC when ``offset`` is known.
        var local: Int64
        /// Seconds east of UTC.
        var offset: Int64?
        var end: Int
    }

    func parse(_ line: UnsafeRawBufferPointer, at: Int) -> Reading? {
        var (year, month, day, dayOfYear): (Int64, Int64, Int64, Int64?) = (0, 0, 0, nil)
        var (hour, minute, second): (Int64, Int64, Int64) = (0, 0, 0)
        var (isAfternoon, is12): (Bool, Bool) = (false, false)
        var (offset, epoch): (Int64?, Int64?) = (nil, nil)
        var position = at
        func number(_ digits: Int) -> Int64? {
            // %e and %k pad with a blank.
            if digits == 2, position + 1 < line.count, line[position] == 0x20 { position += 1 }
            var count = 0
            while count < digits, position + count < line.count, line[position + count] &- 0x30 < 10 { count += 1 }
            guard count > 0, let value = CivilTime.digits(line, position, count) else { return nil }
            position += count
            return value
        }
        for item in items {
            guard position < line.count else { return nil }
            switch item {
            case .byte(let byte):
                guard line[position] == byte else { return nil }
                position += 1
            case .year: guard let value = number(4) else { return nil }; year = value
            case .shortYear: guard let value = number(2) else { return nil }; year = value < 69 ? 2_000 + value : 1_900 + value
            case .month: guard let value = number(2) else { return nil }; month = value
            case .day: guard let value = number(2) else { return nil }; day = value
            case .hour: guard let value = number(2) else { return nil }; hour = value
            case .hour12: guard let value = number(2), (1...12).contains(value) else { return nil }; (hour, is12) = (value % 12, true)
            case .minute: guard let value = number(2) else { return nil }; minute = value
            case .second: guard let value = number(2) else { return nil }; second = value
            case .dayOfYear: guard let value = number(3) else { return nil }; dayOfYear = value
            case .fraction: guard number(9) != nil else { return nil }
            case .epoch: guard let value = number(12) else { return nil }; epoch = value
            case .monthName:
                guard line.count - position >= 3, let value = CivilTime.month(line[position], line[position + 1], line[position + 2]) else {
                    return nil
                }
                month = value
                position = Self.wordEnd(line, position)
            case .halfDay:
                isAfternoon = line[position] | 0x20 == 0x70
                position = Self.wordEnd(line, position)
            case .word:
                let end = Self.wordEnd(line, position)
                guard end > position else { return nil }
                position = end
            case .offset:
                if line[position] == 0x5A {
                    (offset, position) = (0, position + 1)
                } else {
                    guard line[position] == 0x2B || line[position] == 0x2D,
                        let (value, end) = ISOStamp.numericOffset(line, position, needsMinutes: true)
                    else { return nil }
                    (offset, position) = (value, end)
                }
            }
        }
        if let epoch { return Reading(local: epoch, offset: 0, end: position) }
        if let dayOfYear { (month, day) = (1, dayOfYear) }
        guard year >= 1970, (1...12).contains(month), day >= 1, hour <= 23, minute <= 59, second <= 60,
            day <= (dayOfYear == nil ? CivilTime.daysIn(month, year) : 366)
        else { return nil }
        if is12, isAfternoon { hour += 12 }
        let local = CivilTime.days(year, month, 1) * 86_400 + (day - 1) * 86_400 + hour * 3_600 + minute * 60 + second
        return Reading(local: local, offset: offset, end: position)
    }

    private static func wordEnd(_ line: UnsafeRawBufferPointer, _ start: Int) -> Int {
        var end = start
        while end < line.count, (line[end] | 0x20) &- 0x61 < 26 { end += 1 }
        return end
    }
}
