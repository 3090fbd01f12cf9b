import LogFormats

/// What a path serves, by its words and its ending. Product defaults, not law.
struct PathKind {
    /// The path with every identifier replaced: `/api/patients/{id}`.
    private(set) var shape = ""
    /// ``EventFlags/bringsData`` here means that data is served there, rather than pages and their parts.
    private(set) var flags: EventFlags = []

    /// Segments that say that records are served.
    private static let dataWords: Set<String> = [
        "api", "apis", "openapi", "rest", "restful", "rpc", "graphql", "service", "services", "fhir", "hl7", "dicom", "wado", "query", "search",
        "export", "exports", "download", "downloads", "dump", "backup", "backups", "data", "dataset", "record", "records", "list", "patient",
        "patients", "prescription", "prescriptions", "order", "orders", "user", "users", "member", "members", "customer", "customers", "case",
        "cases", "report", "reports", "visit", "visits", "emr", "his", "lis", "pacs", "actuator", "heapdump",
    ]
    /// Segments that say whose data it is: people's.
    private static let sensitiveWords: Set<String> = [
        "patient", "patients", "prescription", "prescriptions", "emr", "his", "lis", "pacs", "fhir", "hl7", "dicom", "wado", "record", "records",
        "case", "cases", "visit", "visits", "report", "reports", "member", "members", "user", "users", "customer", "customers", "heapdump",
    ]
    private static let exportWords: Set<String> = ["export", "exports", "download", "downloads", "dump", "backup", "backups", "heapdump"]
    private static let loginWords: Set<String> = [
        "login", "signin", "logon", "auth", "authenticate", "authentication", "token", "session", "sessions", "dologin", "j_spring_security_check",
        "j_security_check", "passwordlogin", "userlogin",
    ]
    private static let administrationWords: Set<String> = [
        "admin", "administrator", "manager", "manage", "management", "console", "actuator", "druid", "nacos", "phpmyadmin", "pma", "jenkins",
        "backend", "backstage", "sysadmin", "host-manager", "jmx-console", "swagger-ui", "xxl-job-admin", "minio", "kibana", "grafana",
    ]
    private static let dataEndings: Set<String> = [
        "json", "xml", "csv", "tsv", "xls", "xlsx", "sql", "db", "bak", "dmp", "zip", "gz", "tgz", "tar", "rar", "dcm", "do", "action", "ashx",
        "asmx",
    ]
    private static let exportEndings: Set<String> = ["csv", "tsv", "xls", "xlsx", "sql", "db", "bak", "dmp", "zip", "gz", "tgz", "tar", "rar"]
    private static let staticEndings: Set<String> = [
        "css", "js", "mjs", "map", "png", "jpg", "jpeg", "gif", "svg", "ico", "webp", "bmp", "woff", "woff2", "ttf", "eot", "otf", "mp3", "mp4",
        "webm", "html", "htm", "shtml", "txt",
    ]

    private static let depth = 64

    init(_ text: UnsafeRawBufferPointer, _ path: Range<Int>) {
        var segments = PathSegments(text, path)
        var ending = ""
        var count = 0
        // No route is as deep as this; whoever sends 30,000 slashes pays for the reading of their own line only.
        while count < Self.depth, let segment = segments.next() {
            count += 1
            let word = segment.isWord ? String(decoding: text.part(segment.range), as: UTF8.self) : "{id}"
            ending = segment.ending.map { String(decoding: text.part($0), as: UTF8.self).lowercased() } ?? ""
            // Deep paths are cut: their hash still tells them apart.
            if shape.utf8.count < 120 { shape += "/" + (segment.isWord || ending.isEmpty ? word : "{id}.\(ending)") }
            if segment.isWord { note(String(word.lowercased().prefix { $0 != "." })) }
        }
        if shape.isEmpty { shape = "/" }
        if Self.dataEndings.contains(ending) { flags.insert(.bringsData) }
        if Self.exportEndings.contains(ending) { flags.insert(.isExport) }
        if Self.staticEndings.contains(ending) {
            flags.insert(.isStatic)
            flags.subtract([.bringsData, .isExport, .isSensitive])
        }
    }

    private mutating func note(_ word: String) {
        if Self.dataWords.contains(word) || Self.isVersion(word) || word.hasSuffix("api") { flags.insert(.bringsData) }
        if Self.sensitiveWords.contains(word) { flags.insert(.isSensitive) }
        if Self.exportWords.contains(word) { flags.insert(.isExport) }
        if Self.loginWords.contains(word) { flags.insert(.isLoginRequest) }
        if Self.administrationWords.contains(word) { flags.insert(.isAdministration) }
    }

    /// `v1`, `v12`.
    private static func isVersion(_ word: String) -> Bool { word.count >= 2 && word.first == "v" && word.dropFirst().allSatisfy(\.isNumber) }
}
