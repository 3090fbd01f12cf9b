/// Settings of PostgreSQL and MySQL that decide what is logged (PostgreSQL manual, section 20.8, pgaudit's README; MySQL manual, section 7.4; MariaDB's
/// documentation of the audit plugin).
package enum LogSettings {
    package static func isLogSetting(_ name: UnsafeRawBufferPointer) -> Bool {
        guard name.count >= 8, name.count <= 64 else { return false }
        for start in prefixes where name.count >= start.utf8CodeUnitCount {
            guard name.part(0..<start.utf8CodeUnitCount).isEqualIgnoringCase(to: start) else { continue }
            return !others.contains { name.isEqualIgnoringCase(to: $0) }
        }
        return names.contains { name.isEqualIgnoringCase(to: $0) }
    }

    /// Whether less is logged with this value than a trail needs.
    package static func reduces(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Bool {
        let isFile =
            name.isEqualIgnoringCase(to: "general_log_file") || name.isEqualIgnoringCase(to: "slow_query_log_file")
            || name.isEqualIgnoringCase(to: "log_directory") || name.isEqualIgnoringCase(to: "log_filename")
        if isFile { return true }
        // `sql_log_off = 1` turns the session's part of the general log off.
        if name.isEqualIgnoringCase(to: "sql_log_off") { return value.isEqual(to: "1") || value.isEqualIgnoringCase(to: "on") }
        // Of a duration from which on statements are logged, 0 is everything and -1 nothing.
        if name.isEqualIgnoringCase(to: "long_query_time") || isDuration(name) { return value.first == 0x2D }
        return value.first == 0x2D || value.isEmpty || offs.contains { value.isEqualIgnoringCase(to: $0) }
    }

    private static func isDuration(_ name: UnsafeRawBufferPointer) -> Bool {
        let start = name.starts(with: "auto_explain.", at: 0) ? 13 : 0
        return name.count >= start + 16 && name.part(start..<(start + 16)).isEqualIgnoringCase(to: "log_min_duration")
    }

    private static let prefixes: [StaticString] = ["log_", "logging_", "pgaudit.", "auto_explain.", "server_audit_", "audit_log"]
    private static let names: [StaticString] = [
        "general_log", "general_log_file", "slow_query_log", "slow_query_log_file", "sql_log_bin", "sql_log_off", "long_query_time",
    ]
    /// Of the same beginning, but of no such meaning.
    private static let others: [StaticString] = [
        "log_bin_trust_function_creators", "log_bin_basename", "log_bin_index", "log_bin_use_v1_row_events", "log_slave_updates",
        "log_replica_updates",
        "log_throttle_queries_not_using_indexes", "log_parser_stats", "log_planner_stats", "log_executor_stats", "log_statement_stats",
        "log_file_mode", "log_timezone", "log_tc_size", "log_tc",
    ]
    private static let offs: [StaticString] = ["off", "0", "none", "false", "no", "panic", "fatal", "disable", "disabled"]
}

/// Tables of the server's own.
enum SystemTables {
    static func isCatalog(_ bytes: UnsafeRawBufferPointer, _ table: StatementReading.Table) -> Bool {
        let schema = bytes.part(table.schema.range)
        for known in schemas where schema.isEqualIgnoringCase(to: known) { return true }
        let name = bytes.part(table.name.range)
        return name.count > 3 && name.part(0..<3).isEqualIgnoringCase(to: "pg_")
    }

    static func isLog(_ bytes: UnsafeRawBufferPointer, _ table: StatementReading.Table) -> Bool {
        let name = bytes.part(table.name.range)
        return logs.contains { name.isEqualIgnoringCase(to: $0) }
    }

    private static let schemas: [StaticString] = ["information_schema", "pg_catalog", "performance_schema", "mysql", "sys", "pg_toast"]
    private static let logs: [StaticString] = ["general_log", "slow_log", "audit_log", "audit_logs", "pgaudit"]
}

/// Paths that a web server runs files of.
enum ScriptPath {
    static func isScript(_ path: UnsafeRawBufferPointer) -> Bool {
        let marks: [StaticString] = [".php", ".jsp", ".asp", ".sh", ".cgi", "/www", "htdocs", "webroot", "wwwroot", "public_html", "/cron", ".ssh"]
        return path.count < 1_024 && marks.contains { path.find($0) != nil }
    }
}

/// What would be an injection if a literal's quotes weren't escaped.
enum InjectionText {
    static func isAttempt(_ literal: UnsafeRawBufferPointer) -> Bool {
        guard (6...2_048).contains(literal.count) else { return false }
        return withUnsafeTemporaryAllocation(byteCount: literal.count, alignment: 1) { copy in
            for index in 0..<literal.count {
                let byte = literal[index]
                copy[index] = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte == 0x2B || byte == 0x09 ? 0x20 : byte
            }
            let text = UnsafeRawBufferPointer(copy)
            for word in words where text.find(word) != nil { return true }
            return text.find("union") != nil && text.find("select") != nil
        }
    }

    private static let words: [StaticString] = [
        "' or 1=1", "' or '1'='1", "'' or ''1''=''1", "' or 'a'='a", "\" or 1=1", "\" or \"\"", "'' or ''", "' or ''", " or 1=1", "sleep(",
        "benchmark(",
        "extractvalue(", "updatexml(", "xp_cmdshell", "information_schema", "waitfor delay", "into outfile", "load_file(", "'; drop ", "';drop ",
        "'; --",
    ]
}
