/// Formats of this folder, the special before the general.
///
/// What their events hold beside the common fields: an application's name stands in ``LogEvent/userAgent``; PostgreSQL's SQLSTATE and DETAIL, the
/// setting that was changed and its value, and pgaudit's class and object stand in ``LogEvent/fields`` (`sqlstate`, `detail`, `setting`, `value`,
/// `class`, `object`); what server_audit says of tables by its own word (`READ`: `patient`); its return code in ``LogEvent/status``.
///
/// A statement that failed is an event of ``LogEvent/Action/query`` with ``LogEvent/Outcome/failure``; where the server also logs every statement
/// before it runs, the same statement comes before as one of unknown outcome.
package enum DatabaseFormats {
    package static let all: [LogFormat] = [
        LogFormat("postgresql-json", .database, isLineWise: true, sigma: postgreSQL) { PostgreSQLJSONParser($0) },
        LogFormat("mongodb", .database, sigma: source("mongodb")) { MongoDBParser($0) },
        LogFormat("postgresql-csv", .database, sigma: postgreSQL) { PostgreSQLCSVParser($0) },
        LogFormat("mariadb-audit", .database, isLineWise: true, sigma: mySQL) { ServerAuditParser($0) },
        LogFormat("mysql-audit-json", .database, sigma: mySQL) { MySQLAuditJSONParser($0) },
        LogFormat("mysql-slow", .database, sigma: mySQL) { MySQLSlowParser($0) },
        LogFormat("mysql-general", .database, sigma: mySQL) { MySQLGeneralParser($0) },
        LogFormat("redis-monitor", .cache, isLineWise: true, sigma: source("redis")) { _ in RedisMonitorParser() },
        LogFormat("redis", .cache, isLineWise: true, sigma: source("redis")) { RedisLogParser($0) },
        LogFormat("postgresql-stderr", .database, sigma: postgreSQL) { PostgreSQLStderrParser($0) },
        LogFormat("mysql-error", .database, sigma: mySQL) { MySQLErrorParser($0) },
    ]

    /// A format that the user describes: `postgresql:` and a `log_line_prefix`. Nil for anything else.
    package static func custom(_ description: String) -> LogFormat? {
        guard let colon = description.firstIndex(of: ":"), description[..<colon] == "postgresql" else { return nil }
        let prefix = PostgreSQLPrefix(String(description[description.index(after: colon)...]))
        return LogFormat("postgresql-stderr", .database, sigma: postgreSQL) { PostgreSQLStderrParser($0, prefix: prefix) }
    }

    /// Which dialect an event's statements are in, by its format's id.
    package static func dialect(of format: String) -> StatementDialect? {
        if format.hasPrefix("postgresql") { return .postgreSQL }
        if format.hasPrefix("mysql") || format.hasPrefix("mariadb") { return .mySQL }
        if format.hasPrefix("redis") { return .redis }
        return format == "mongodb" ? .mongoDB : nil
    }

    private static let postgreSQL = source("postgresql")
    private static let mySQL = source("mysql")

    private static func source(_ product: String) -> LogFormat.SigmaSource {
        LogFormat.SigmaSource(categories: ["database"], products: [product], services: [product])
    }
}
