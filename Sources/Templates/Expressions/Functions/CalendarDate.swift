import Glibc

/// A moment in UTC, for `date_time`.
struct CalendarDate {
    private var time: tm

    /// Nil beyond the years 1 to 9999.
    init?(unixTime: Double) {
        guard unixTime > -62_000_000_000, unixTime < 253_402_300_800 else { return nil }
        var seconds = time_t(unixTime.rounded(.down))
        var parts = tm()
        guard gmtime_r(&seconds, &parts) != nil else { return nil }
        time = parts
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

    private func padded(_ number: Int32, _ width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    /// The layouts of the public language: `%Y-%M-%D %H:%m:%S`, or Go's reference date `2006-01-02 15:04:05`.
    func format(_ layout: String) -> String {
        let year = padded(time.tm_year + 1900, 4)
        let month = padded(time.tm_mon + 1)
        let day = padded(time.tm_mday)
        let monthName = CalendarDate.months[Int(time.tm_mon) % 12]
        let weekday = CalendarDate.weekdays[Int(time.tm_wday) % 7]
        if layout.contains("%") {
            let fields: [(String, String)] = [
                ("%Y", year), ("%M", month), ("%D", day), ("%H", padded(time.tm_hour)), ("%m", padded(time.tm_min)), ("%S", padded(time.tm_sec)),
            ]
            return CalendarDate.substitute(layout, fields)
        }
        let fields: [(String, String)] = [
            ("2006", year), ("Jan", monthName), ("Mon", weekday), ("MST", "UTC"), ("01", month), ("02", day), ("15", padded(time.tm_hour)),
            ("04", padded(time.tm_min)), ("05", padded(time.tm_sec)), ("06", String(year.suffix(2))),
        ]
        return CalendarDate.substitute(layout, fields)
    }

    private static func substitute(_ layout: String, _ fields: [(String, String)]) -> String {
        var rest = Substring(layout)
        var result = ""
        while let first = rest.first {
            if let field = fields.first(where: { rest.hasPrefix($0.0) }) {
                result += field.1
                rest = rest.dropFirst(field.0.count)
            } else {
                result.append(first)
                rest = rest.dropFirst()
            }
        }
        return result
    }

    /// The seconds of `2024-01-31`, `2024-01-31 12:00:00` or `2024-01-31T12:00:00Z`, read as UTC, or of a number.
    static func unixTime(_ text: String) -> Double? {
        if let number = Double(text) { return number.isFinite ? number : nil }
        let digits = text.split { !$0.isASCII || !$0.isNumber }.map { Int32($0) }
        guard digits.count == 3 || digits.count >= 5, let year = digits[0], let month = digits[1], let day = digits[2], (1...9999).contains(year),
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        var parts = tm()
        parts.tm_year = year - 1900
        parts.tm_mon = month - 1
        parts.tm_mday = day
        for (index, path) in [\tm.tm_hour, \tm.tm_min, \tm.tm_sec].enumerated() where digits.count > 3 + index {
            guard let value = digits[3 + index], (0...60).contains(value) else { return nil }
            parts[keyPath: path] = value
        }
        return Double(timegm(&parts))
    }
}
