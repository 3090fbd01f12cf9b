import ReferenceData

/// Writes lines in nginx's `combined` format (ngx_http_log_module). Times are those of Asia/Shanghai, UTC+8 without summer time.
struct LogLine {
    private var day = Int.min
    /// ` - - [24/Nov/2026:` of `day`.
    private var dayText: [UInt8] = []

    static let shanghai = 8 * 3_600
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Appends everything up to the request's opening quote.
    mutating func appendHead(_ client: [UInt8], second: Int, to bytes: inout [UInt8]) {
        let local = second + LogLine.shanghai
        let newDay = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        if newDay != day { start(newDay) }
        let rest = local - newDay * 86_400
        bytes.append(contentsOf: client)
        bytes.append(contentsOf: dayText)
        LogLine.appendTwo(rest / 3_600, to: &bytes)
        bytes.append(0x3A)
        LogLine.appendTwo(rest / 60 % 60, to: &bytes)
        bytes.append(0x3A)
        LogLine.appendTwo(rest % 60, to: &bytes)
        bytes.append(contentsOf: LogLine.zone)
    }

    /// Appends everything behind the request's path.
    func appendTail(status: Int, size: Int, referrer: Int, agent: Int, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: LogLine.version)
        bytes.appendDecimal(status)
        bytes.append(0x20)
        bytes.appendDecimal(size)
        bytes.append(0x20)
        bytes.append(0x22)
        LogTexts.referrers.append(referrer, to: &bytes)
        bytes.append(contentsOf: LogLine.quoteQuote)
        LogTexts.agents.append(agent, to: &bytes)
        bytes.append(0x22)
        bytes.append(0x0A)
    }

    private mutating func start(_ newDay: Int) {
        day = newDay
        let date = CivilDate(daysSince1970: newDay)
        dayText = Array(" - - [".utf8)
        LogLine.appendTwo(date.day, to: &dayText)
        dayText.append(contentsOf: "/\(LogLine.months[date.month - 1])/".utf8)
        dayText.appendDecimal(date.year, width: 4)
        dayText.append(0x3A)
    }

    private static let zone = Array(" +0800] \"".utf8)
    private static let version = Array(" HTTP/1.1\" ".utf8)
    private static let quoteQuote = Array("\" \"".utf8)

    @inline(__always)
    private static func appendTwo(_ value: Int, to bytes: inout [UInt8]) {
        bytes.append(0x30 + UInt8(truncatingIfNeeded: value / 10))
        bytes.append(0x30 + UInt8(truncatingIfNeeded: value % 10))
    }
}
