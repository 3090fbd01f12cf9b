import Findings

/// Passwords in URLs: `scheme://user:password@host` (RFC 3986 3.2.1), and `jdbc:…?password=…`.
enum URLCredentialsDetector {
    private static let databases: Set<String> = [
        "mysql", "mariadb", "postgres", "postgresql", "mongodb", "mongodb+srv", "redis", "rediss", "amqp", "amqps", "mssql", "sqlserver", "oracle",
        "dm",
        "clickhouse", "cassandra", "neo4j", "bolt", "ldap", "ldaps",
    ]
    private static let others: Set<String> = [
        "http", "https", "ftp", "ftps", "sftp", "ssh", "smtp", "smtps", "ws", "wss", "rtsp", "mqtt", "mqtts", "git",
    ]

    static func hits(_ text: SecretText) -> [SecretHit] { userInfo(text) + jdbc(text) }

    private static func userInfo(_ text: SecretText) -> [SecretHit] {
        text.places(of: "://", most: 20_000).compactMap { place in
            var start = place
            while start > 0, place - start < 12, let byte = text[start - 1], SecretText.isAlphanumeric(byte) || byte == UInt8(ascii: "+") {
                start -= 1
            }
            let scheme = String(decoding: text.bytes[start..<place], as: UTF8.self).lowercased()
            let isDatabase = databases.contains(scheme)
            guard isDatabase || others.contains(scheme) else { return nil }
            let authority = text.run(from: place + 3, most: 256) { $0 > 0x20 && $0 < 0x7F && !"/?#\"'`<>\\,;()".utf8.contains($0) }
            guard let at = authority.lastIndex(of: UInt8(ascii: "@")), let colon = authority[..<at].firstIndex(of: UInt8(ascii: ":")) else {
                return nil
            }
            let (password, host) = (authority[(colon + 1)..<at], authority[(at + 1)...])
            guard password.count >= 3, !Placeholder.isOne(password),
                host.first.map({ SecretText.isAlphanumeric($0) || $0 == UInt8(ascii: "[") }) == true,
                !isExample(host)
            else { return nil }
            return SecretHit(
                isDatabase ? .databaseURL : .credentialsInURL, length: password.count, severity: isDatabase ? .critical : .high, offset: colon + 1)
        }
    }

    private static func isExample(_ host: ArraySlice<UInt8>) -> Bool {
        let name = String(decoding: host.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self).lowercased()
        return ["host", "hostname", "server", "domain", "proxy"].contains(name) || name.hasPrefix("example.") || name.contains(".example.")
    }

    private static func jdbc(_ text: SecretText) -> [SecretHit] {
        text.places(of: "jdbc:").compactMap { place in
            let url = text.run(from: place, most: 1_024) { $0 > 0x20 && $0 < 0x7F && !SecretText.isQuote($0) && $0 != UInt8(ascii: "<") }
            let mark = Array("password=".utf8)
            guard let start = url.indices.first(where: { url[$0...].prefix(mark.count).map { $0 | 0x20 } == mark.map { $0 | 0x20 } }) else {
                return nil
            }
            let password = url[(start + mark.count)...].prefix { $0 != UInt8(ascii: "&") && $0 != UInt8(ascii: ";") }
            guard password.count >= 3, !Placeholder.isOne(password) else { return nil }
            return SecretHit(.databaseURL, length: password.count, severity: .critical, offset: password.startIndex)
        }
    }
}
