/// The words that PostgreSQL puts before a message, and before the lines that belong to one (src/backend/utils/error/elog.c), in English and, as
/// `lc_messages` of many servers in China has it, in Chinese.
enum PostgreSQLSeverity: UInt8 {
    case debug, info, notice, warning, log, error, fatal, panic
    // Lines that belong to the message before them.
    case detail, hint, query, context, statement, location, backtrace

    /// Such a line begins no record.
    var isSecondary: Bool { rawValue >= Self.detail.rawValue }
    var isError: Bool { self == .error || self == .fatal || self == .panic }

    /// The word that stands at `at`, followed by a colon and two spaces, and where the message begins.
    static func read(_ line: UnsafeRawBufferPointer, at: Int) -> (severity: PostgreSQLSeverity, end: Int)? {
        guard at >= 0, at < line.count, isFirst(line[at]) else { return nil }
        for (severity, word) in line[at] < 0x80 ? english : chinese where line.starts(with: word, at: at) {
            var end = at + word.utf8CodeUnitCount
            if severity == .debug, end < line.count, line[end] &- 0x31 < 5 { end += 1 }
            guard line.starts(with: ":  ", at: end) else { continue }
            return (severity, end + 3)
        }
        return nil
    }

    /// As csvlog and jsonlog give it: the word alone.
    static func named(_ word: UnsafeRawBufferPointer) -> PostgreSQLSeverity? {
        guard let first = word.first else { return nil }
        for (severity, name) in first < 0x80 ? english : chinese where word.starts(with: name, at: 0) {
            if word.count == name.utf8CodeUnitCount || severity == .debug { return severity }
        }
        return nil
    }

    /// Bytes that one of the words begins with.
    @inline(__always)
    static func isFirst(_ byte: UInt8) -> Bool { byte >= 0x80 || (0x42...0x57).contains(byte) }

    private static let english: [(PostgreSQLSeverity, StaticString)] = [
        (.log, "LOG"), (.statement, "STATEMENT"), (.error, "ERROR"), (.detail, "DETAIL"), (.fatal, "FATAL"), (.context, "CONTEXT"), (.hint, "HINT"),
        (.warning, "WARNING"), (.notice, "NOTICE"), (.info, "INFO"), (.debug, "DEBUG"), (.panic, "PANIC"), (.query, "QUERY"),
        (.location, "LOCATION"), (.backtrace, "BACKTRACE"),
    ]

    private static let chinese: [(PostgreSQLSeverity, StaticString)] = [
        (.log, "日志"), (.statement, "语句"), (.error, "错误"), (.detail, "详细信息"), (.fatal, "致命错误"), (.context, "上下文"), (.hint, "提示"),
        (.warning, "警告"), (.notice, "注意"), (.info, "信息"), (.debug, "调试"), (.panic, "比致命错误还过分的错误"), (.query, "查询"), (.location, "位置"),
    ]
}
