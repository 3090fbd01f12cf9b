/// Formats of this folder, the special before the general.
package enum SystemFormats {
    package static let all: [LogFormat] = [
        LogFormat(
            "auditd", .audit, sigma: .init(products: ["linux"], services: ["auditd"]), makeParser: { _ in AuditParser() }),
        LogFormat(
            "journald-json", .system, isLineWise: true, sigma: .init(products: ["linux"], services: SystemServices.all),
            makeParser: { _ in JournalParser() }),
        LogFormat(
            "syslog-5424", .system, isLineWise: true, sigma: .init(products: ["linux"], services: SystemServices.all),
            makeParser: { SyslogProtocolParser($0) }),
        LogFormat(
            "syslog-iso", .system, isLineWise: true, sigma: .init(products: ["linux"], services: SystemServices.all),
            makeParser: { SyslogParser(.iso, $0) }),
        // Not line by line: the year and `last message repeated` come from the lines before.
        LogFormat(
            "syslog", .system, isYearless: true, sigma: .init(products: ["linux"], services: SystemServices.all),
            makeParser: { SyslogParser(.yearless, $0) }),
        LogFormat("jsonl", .application, isLineWise: true, makeParser: { JSONLinesParser($0) }),
    ]
}
