import LogFormats

/// What a path serves, by its words and its ending. Product defaults, not law.
struct PathKind {
    /// The path with every identifier replaced: `/api/patients/{id}`.
    private(set) var shape = ""
    private(set) var isData = false
    private(set) var isStatic = false

    /// Segments that say that records are served.
    private static let dataWords: Set<String> = [
        "api", "apis", "openapi", "rest", "restful", "rpc", "graphql", "service", "services", "fhir", "hl7", "dicom", "wado", "query", "search",
        "export",
        "exports", "download", "downloads", "dump", "backup", "backups", "data", "dataset", "record", "records", "list", "patient", "patients",
        "prescription", "prescriptions", "order", "orders", "user", "users", "member", "members", "customer", "customers", "case", "cases", "report",
        "reports", "visit", "visits", "emr", "his", "lis", "pacs", "actuator", "heapdump",
    ]
    private static let dataEndings: Set<String> = [
        "json", "xml", "csv", "tsv", "xls", "xlsx", "sql", "db", "bak", "dmp", "zip", "gz", "tgz", "tar", "rar", "dcm", "do", "action", "ashx",
        "asmx",
    ]
    private static let staticEndings: Set<String> = [
        "css", "js", "mjs", "map", "png", "jpg", "jpeg", "gif", "svg", "ico", "webp", "bmp", "woff", "woff2", "ttf", "eot", "otf", "mp3", "mp4",
        "webm",
        "html", "htm", "shtml", "txt",
    ]

    init(_ line: UnsafeRawBufferPointer, _ path: Range<Int>) {
        var segments = PathSegments(line, path)
        var ending = ""
        while let segment = segments.next() {
            let text = segment.isWord ? String(decoding: line.part(segment.range), as: UTF8.self) : "{id}"
            ending = segment.ending.map { String(decoding: line.part($0), as: UTF8.self).lowercased() } ?? ""
            // Deep paths are cut: their hash still tells them apart.
            if shape.utf8.count < 120 { shape += "/" + (segment.isWord || ending.isEmpty ? text : "{id}.\(ending)") }
            let word = text.lowercased().prefix { $0 != "." }
            if segment.isWord, Self.dataWords.contains(String(word)) || Self.isVersion(word) || word.hasSuffix("api") { isData = true }
        }
        if shape.isEmpty { shape = "/" }
        if Self.dataEndings.contains(ending) { isData = true }
        if Self.staticEndings.contains(ending) {
            isStatic = true
            isData = false
        }
    }

    /// `v1`, `v12`.
    private static func isVersion(_ word: Substring) -> Bool { word.count >= 2 && word.first == "v" && word.dropFirst().allSatisfy(\.isNumber) }
}
