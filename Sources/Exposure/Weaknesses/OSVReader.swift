import Findings

/// Reads records of the OSV schema 1.x (https://ossf.github.io/osv-schema/): one, a list of them, one a line, or `{"vulns": […]}`.
struct OSVReader {
    private var pull: JSONPull

    init(_ bytes: [UInt8]) { pull = JSONPull(bytes) }

    static func read(_ bytes: [UInt8], file: String, into index: inout WeaknessIndex) throws(WeaknessListError) {
        var reader = OSVReader(bytes)
        do {
            try reader.read(into: &index)
        } catch {
            throw WeaknessListError(file, line: error.line, error.problem)
        }
    }

    private mutating func read(into index: inout WeaknessIndex) throws(JSONPull.Problem) {
        if pull.isAtEnd() { throw pull.fail("is empty") }
        while !pull.isAtEnd() {
            if pull.peek() == UInt8(ascii: "[") {
                try pull.array { (pull: inout JSONPull) throws(JSONPull.Problem) in try Self.record(&pull, into: &index) }
            } else {
                try Self.record(&pull, into: &index)
            }
        }
    }

    /// What is read of one record before it is known which products it is about.
    private struct Record {
        var id: String?
        var alias: String?
        var summary = ""
        var isWithdrawn = false
        var severity: Severity?
        var databaseSeverity: Severity?
        /// Where `affected` stands: it is read when the rest is known.
        var affected: JSONPull?
        /// Of an answer of OSV's service.
        var isEnvelope = false
    }

    private static func record(_ pull: inout JSONPull, into index: inout WeaknessIndex) throws(JSONPull.Problem) {
        let start = pull
        var record = Record()
        try pull.object { (pull: inout JSONPull, key: String) throws(JSONPull.Problem) in
            switch key {
            case "id": record.id = try pull.string()
            case "aliases": try strings(&pull) { if record.alias == nil, $0.hasPrefix("CVE-") { record.alias = $0 } }
            case "summary": record.summary = try text(&pull) ?? ""
            case "withdrawn": record.isWithdrawn = try text(&pull) != nil
            case "severity": record.severity = try severity(&pull)
            case "database_specific": record.databaseSeverity = try databaseSeverity(&pull)
            case "affected":
                record.affected = pull
                try pull.skip()
            case "vulns":
                record.isEnvelope = true
                try pull.array { (pull: inout JSONPull) throws(JSONPull.Problem) in try Self.record(&pull, into: &index) }
            default: try pull.skip()
            }
        }
        guard !record.isEnvelope else { return }
        guard let id = record.id, !id.isEmpty else { throw start.fail("a record lacks its 'id'; OSV records and CSV tables can be read") }
        index.tally.records += 1
        guard index.tally.records <= WeaknessLimits.records else {
            throw start.fail("holds more than \(WeaknessLimits.records) records; split the list")
        }
        guard !record.isWithdrawn else { return index.tally.withdrawn += 1 }
        guard var affected = record.affected else { return }
        try affected.array { (pull: inout JSONPull) throws(JSONPull.Problem) in try Self.affected(&pull, record, into: &index) }
    }

    private static func affected(_ pull: inout JSONPull, _ record: Record, into index: inout WeaknessIndex) throws(JSONPull.Problem) {
        var package: (ecosystem: String, name: String)?
        var ranges: JSONPull?
        var versions: JSONPull?
        var own: Severity?
        try pull.object { (pull: inout JSONPull, key: String) throws(JSONPull.Problem) in
            switch key {
            case "package": package = try Self.package(&pull)
            case "severity": own = try severity(&pull)
            case "ranges":
                ranges = pull
                try pull.skip()
            case "versions":
                versions = pull
                try pull.skip()
            default: try pull.skip()
            }
        }
        guard let package else { return index.tally.otherPackages += 1 }
        guard let product = ProductNames.product(ecosystem: package.ecosystem, package: package.name) else {
            if ProductNames.isDistribution(ecosystem: package.ecosystem) {
                index.tally.distributionPackages += 1
            } else {
                index.tally.otherPackages += 1
            }
            return
        }
        var weakness = Weakness(
            id: record.alias ?? record.id ?? "", severity: own ?? record.severity ?? record.databaseSeverity, summary: record.summary, spans: [],
            versions: [], isPartlyUnclear: false)
        if var versions { try Self.versions(&versions, into: &weakness) }
        if var ranges { try Self.ranges(&ranges, into: &weakness, &index.tally) }
        index.add(weakness, product: product)
    }

    private static func package(_ pull: inout JSONPull) throws(JSONPull.Problem) -> (String, String) {
        var ecosystem: String?
        var name: String?
        let start = pull
        try pull.object { (pull: inout JSONPull, key: String) throws(JSONPull.Problem) in
            switch key {
            case "ecosystem": ecosystem = try pull.string()
            case "name": name = try pull.string()
            default: try pull.skip()
            }
        }
        guard let ecosystem, let name else { throw start.fail("a package lacks its 'ecosystem' or 'name'") }
        return (ecosystem, name)
    }

    private static func versions(_ pull: inout JSONPull, into weakness: inout Weakness) throws(JSONPull.Problem) {
        var unclear = false
        var versions: Set<SoftwareVersion> = []
        try strings(&pull) { text in
            if let version = SoftwareVersion(text) { versions.insert(version) } else { unclear = true }
        }
        weakness.versions = versions
        weakness.isPartlyUnclear = unclear
    }

    private static func ranges(_ pull: inout JSONPull, into weakness: inout Weakness, _ tally: inout WeaknessTally) throws(JSONPull.Problem) {
        var spans: [VersionSpan] = []
        var unclear = false
        var gitRanges = 0
        try pull.array { (pull: inout JSONPull) throws(JSONPull.Problem) in
            var range = OSVRange()
            try range.read(&pull)
            switch range.kind {
            case .git: gitRanges += 1
            case .versions:
                if let found = range.spans { spans += found } else { unclear = true }
            }
        }
        tally.gitRanges += gitRanges
        weakness.spans = spans
        if unclear {
            tally.unclearRanges += 1
            // A list of single versions, wholly understood, says the same as the range.
            if weakness.versions.isEmpty || weakness.isPartlyUnclear { weakness.isPartlyUnclear = true }
        }
    }

    private static func strings(_ pull: inout JSONPull, _ take: (String) -> Void) throws(JSONPull.Problem) {
        guard pull.peek() != UInt8(ascii: "n") else { return try pull.skip() }
        try pull.array { (pull: inout JSONPull) throws(JSONPull.Problem) in take(try pull.string()) }
    }

    /// Nil for `null`.
    private static func text(_ pull: inout JSONPull) throws(JSONPull.Problem) -> String? {
        guard pull.peek() != UInt8(ascii: "n") else {
            try pull.skip()
            return nil
        }
        return try pull.string()
    }

    /// The newest version of CVSS that can be worked out.
    private static func severity(_ pull: inout JSONPull) throws(JSONPull.Problem) -> Severity? {
        var scores: [String: String] = [:]
        guard pull.peek() != UInt8(ascii: "n") else {
            try pull.skip()
            return nil
        }
        try pull.array { (pull: inout JSONPull) throws(JSONPull.Problem) in
            var type = ""
            var score = ""
            try pull.object { (pull: inout JSONPull, key: String) throws(JSONPull.Problem) in
                switch key {
                case "type": type = try pull.string()
                case "score": score = try pull.string()
                default: try pull.skip()
                }
            }
            scores[type] = score
        }
        let score = ["CVSS_V3", "CVSS_V2"].lazy.compactMap { scores[$0].flatMap(BaseScore.of) }.first
        return score.flatMap(BaseScore.severity)
    }

    /// GitHub's and others' own word: `MODERATE`.
    private static func databaseSeverity(_ pull: inout JSONPull) throws(JSONPull.Problem) -> Severity? {
        var severity: Severity?
        guard pull.peek() == UInt8(ascii: "{") else {
            try pull.skip()
            return nil
        }
        try pull.object { (pull: inout JSONPull, key: String) throws(JSONPull.Problem) in
            guard key == "severity", pull.peek() == UInt8(ascii: "\"") else { return try pull.skip() }
            severity = Severity(word: try pull.string())
        }
        return severity
    }
}

/// One element of `ranges`.
struct OSVRange {
    enum Kind { case versions, git }

    private(set) var kind = Kind.versions
    /// Nil when a bound was not understood.
    private(set) var spans: [VersionSpan]?

    mutating func read(_ pull: inout JSONPull) throws(JSONPull.Problem) {
        let start = pull
        var type: String?
        var events: [VersionSpan.Event] = []
        var limits: [VersionSpan.Bound] = []
        var unclear = false
        try pull.object { (pull: inout JSONPull, key: String) throws(JSONPull.Problem) in
            switch key {
            case "type": type = try pull.string()
            case "events":
                try pull.array { (pull: inout JSONPull) throws(JSONPull.Problem) in
                    try pull.object { (pull: inout JSONPull, key: String) throws(JSONPull.Problem) in
                        guard ["introduced", "fixed", "last_affected", "limit"].contains(key) else { return try pull.skip() }
                        let text = try pull.string()
                        switch (key, VersionSpan.Bound(text)) {
                        case ("introduced", _) where text == "0": events.append(.introduced(nil))
                        case ("limit", _) where text == "*": break
                        case ("introduced", let bound?): events.append(.introduced(bound))
                        case ("fixed", let bound?): events.append(.fixed(bound))
                        case ("last_affected", let bound?): events.append(.last(bound))
                        case (_, let bound?): limits.append(bound)
                        case (_, nil): unclear = true
                        }
                    }
                }
            default: try pull.skip()
            }
        }
        switch type {
        case "GIT": kind = .git
        case "SEMVER", "ECOSYSTEM": spans = unclear ? nil : VersionSpan.spans(events, limits: limits)
        case let type?: throw start.fail("the range type '\(type.prefix(20))' isn't known; there are SEMVER, ECOSYSTEM, GIT")
        case nil: throw start.fail("a range lacks its 'type'")
        }
    }
}

extension Severity {
    /// As databases and tables write it, in English or Chinese.
    init?(word: String) {
        switch word.lowercased() {
        case "critical", "严重", "超危": self = .critical
        case "high", "important", "高", "高危": self = .high
        case "medium", "moderate", "中", "中危": self = .medium
        case "low", "minor", "none", "低", "低危": self = .low
        default: return nil
        }
    }
}
