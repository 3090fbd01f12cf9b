/// The shape of an estate file. One tree says which keys there are and what they hold; the reader checks files against it, and
/// `docs/estate.schema.json` is printed from it, so that the two can't drift apart.
package indirect enum SchemaNode: Sendable {
    case object([SchemaField])
    /// - Parameter count: how many elements, where that matters.
    case list(of: SchemaNode, count: ClosedRange<Int>? = nil)
    /// Free keys, each holding a string.
    case dictionary(keys: [String])
    case string(StringForm)
    case integer(ClosedRange<Int>)
    case boolean
}

package struct SchemaField: Sendable {
    package var key: String
    package var node: SchemaNode
    package var isRequired: Bool
    /// Shown by editors.
    package var note: String

    init(_ key: String, _ node: SchemaNode, required: Bool = false, _ note: String) {
        self.key = key
        self.node = node
        isRequired = required
        self.note = note
    }
}

/// What a string must look like.
package enum StringForm: Sendable {
    case text
    case host
    case network
    /// A name, or `*.` and a suffix.
    case hostPattern
    case httpURL
    case headerName
    /// `http://`, `https://`, or a file's path.
    case documentPlace
    case storeURL
    case secretSource
    case path
    case day
    case regionCode
    case control
    case oneOf([String])
}

extension SchemaNode {
    /// The whole file.
    package static let estate = SchemaNode.object([
        SchemaField("organisation", organisation, required: true, "Facts about the organisation that decide which controls apply."),
        SchemaField("scope", scope, "What may be touched. Without it nothing is contacted."),
        SchemaField("hosts", .list(of: host), "Machines whose ports are looked at."),
        SchemaField("endpoints", .list(of: endpoint), "HTTP interfaces, and what they should demand."),
        SchemaField("interfaces", .list(of: interface), "HTTP interfaces that an OpenAPI document describes; their GET operations are asked."),
        SchemaField("stores", .list(of: store), "Databases and files that may hold patient data."),
        SchemaField("logs", .list(of: log), "Logs and their rotated sets."),
        SchemaField("operations", operations, "How the systems are run; tells what is usual in their logs."),
        SchemaField("documents", .string(.path), "The folder of the data-security regime's documents (md, txt, docx, pdf)."),
        SchemaField("attestations", .list(of: attestation), "A person's word for what Suwen can't measure."),
        SchemaField("regions", regions, "How regions of addresses are read."),
        SchemaField("history", .string(.path), "The SQLite file that keeps the history of runs; beside the estate by default."),
    ])

    private static let organisation = SchemaNode.object([
        SchemaField("name", .string(.text), required: true, "As it stands on the report's cover."),
        SchemaField(
            "persons", .integer(0...2_000_000_000),
            "Current natural persons by your own count, deleted ones excluded; the measured number counts when it is higher."),
        SchemaField("sensitivePersonalInformation", .boolean, required: true, "Processes sensitive personal information; health data is (PIPL 28)."),
        SchemaField("minors", .boolean, required: true, "Processes personal information of people under 18."),
        SchemaField("importantData", .boolean, required: true, "Processes important data by the catalogue of its sector or region."),
        SchemaField(
            "criticalInformationInfrastructure", .boolean, required: true, "Was notified that it operates critical information infrastructure."),
        SchemaField("mlpsLevel", .integer(0...4), required: true, "The highest MLPS level of its systems; 0 when not graded."),
        SchemaField("medicalInstitution", .boolean, required: true, "Holds a medical institution's practice licence."),
        SchemaField("internetDiagnosis", .boolean, required: true, "Offers internet diagnosis or is an internet hospital."),
        SchemaField("outsources", .boolean, required: true, "Entrusts others with processing personal information."),
        SchemaField("crossBorder", .boolean, required: true, "Provides personal information abroad."),
        SchemaField(
            "owners", .dictionary(keys: ["management", "protection", "storage", "response", "rights"]),
            "Who answers for remediation, by control domain."),
    ])

    private static let scope = SchemaNode.object([
        SchemaField("networks", .list(of: .string(.network)), "CIDR blocks or addresses, IPv4 or IPv6."),
        SchemaField(
            "names", .list(of: .string(.hostPattern)),
            "Host names, exact or *.suffix. A name that resolves to a private or loopback address needs that address in networks as well."),
        SchemaField("exclude", .list(of: .string(.network)), "Never contacted, even if permitted above."),
    ])

    private static let host = SchemaNode.object([
        SchemaField("name", .string(.text), required: true, "How reports call it."),
        SchemaField("address", .string(.host), required: true, "A host name or an address."),
        SchemaField("internetFacing", .boolean, "True when the address can be reached from the internet."),
        SchemaField(
            "ports", .list(of: .integer(1...65_535)), "The ports to look at; by default the usual data, middleware and administration ports."),
    ])

    private static let endpoint = SchemaNode.object([
        SchemaField("name", .string(.text), required: true, "How reports call it."),
        SchemaField("url", .string(.httpURL), required: true, "http:// or https://, without user and password."),
        SchemaField("requiresAuthentication", .boolean, "False for an interface that is public on purpose; true by default."),
        SchemaField(
            "accounts", .list(of: account, count: 2...2),
            "Two test accounts, when the URL is an object of the first that the second must not see: both are tried, GET only."),
    ])

    private static let account = SchemaNode.object([
        SchemaField("header", .string(.headerName), required: true, "The request header that carries the login: Authorization, Cookie, X-Token."),
        SchemaField("valueFrom", .string(.secretSource), required: true, "Where its value comes from: env:NAME or file:PATH."),
    ])

    private static let interface = SchemaNode.object([
        SchemaField("name", .string(.text), required: true, "How reports call it."),
        SchemaField(
            "openapi", .string(.documentPlace), required: true,
            "An OpenAPI 3.0 or 3.1 or Swagger 2.0 document, JSON or YAML: http://, https:// or a file's path."),
        SchemaField("base", .string(.httpURL), "Where its paths begin; by default what the document says, as far as the scope permits it."),
    ])

    private static let store = SchemaNode.object([
        SchemaField("name", .string(.text), required: true, "How reports call it."),
        SchemaField(
            "url", .string(.storeURL), required: true,
            "postgresql://user@host:port/db, mysql://user@host:port/db, sqlite:PATH or file:PATH; never a password."),
        SchemaField("passwordFrom", .string(.secretSource), "env:NAME or file:PATH."),
        SchemaField("environment", .string(.oneOf(Store.Environment.allCases.map(\.rawValue))), "What the store serves; production by default."),
        SchemaField("encoding", .string(.oneOf(["utf-8", "gb18030"])), "Of a file; recognised when absent."),
    ])

    private static let log = SchemaNode.object([
        SchemaField("name", .string(.text), required: true, "How reports call it."),
        SchemaField("paths", .list(of: .string(.path)), required: true, "Files; * and ? in the last part: logs/access.log*."),
        SchemaField("kind", .string(.oneOf(LogSource.Kind.allCases.map(\.rawValue))), "What writes it; application by default."),
        SchemaField("systemSince", .string(.day), "When the system began to work, if that is less than six months ago."),
        SchemaField("trustedProxies", .list(of: .string(.network)), "Peers whose X-Forwarded-For counts."),
        SchemaField("format", .string(.text), "Its format, where the content doesn't tell: combined, postgresql-csv, nginx:$remote_addr …"),
        SchemaField("fields", .dictionary(keys: []), "Of JSON Lines: the log's own name for each of Suwen's fields."),
    ])

    private static let operations = SchemaNode.object([
        SchemaField("bastions", .list(of: .string(.network)), "Where administrators' sessions come from."),
        SchemaField("applicationServers", .list(of: .string(.network)), "Servers of yours that speak to databases for others."),
        SchemaField("backupAccounts", .list(of: .string(.text)), "Accounts whose dumps are backups."),
        SchemaField("workFrom", .integer(0...23), "The hour of the day in which work begins; 7 by default."),
        SchemaField("workUntil", .integer(1...24), "The hour of the day in which work ends; 21 by default."),
        SchemaField("rules", .list(of: .string(.path)), "Folders or files of Sigma rules that logs are matched against."),
    ])

    private static let attestation = SchemaNode.object([
        SchemaField("control", .string(.control), required: true, "A control's id, such as PRO-14."),
        SchemaField("by", .string(.text), required: true, "Who says so."),
        SchemaField("on", .string(.day), required: true, "When it was said."),
        SchemaField("until", .string(.day), required: true, "Until when it counts."),
        SchemaField("statement", .string(.text), required: true, "What is said."),
    ])

    private static let regions = SchemaNode.object([
        SchemaField(
            "hongKongMacaoTaiwan", .string(.oneOf(RegionPolicy.HongKongMacaoTaiwan.allCases.map(\.rawValue))),
            "What Hong Kong, Macao and Taiwan count as; a class of their own by default."),
        SchemaField("overrides", .list(of: override), "Asked before the database."),
        SchemaField("database", .string(.path), "A database of your own in MaxMind's format (.mmdb), asked before the system's."),
        SchemaField("dataCentres", .string(.path), "A list of the networks of providers of servers, one a line."),
        SchemaField("torExits", .string(.path), "A list of Tor's exits."),
    ])

    private static let override = SchemaNode.object([
        SchemaField("network", .string(.network), required: true, "A CIDR block."),
        SchemaField("region", .string(.regionCode), required: true, "Two capital letters, ISO 3166-1 alpha-2."),
    ])
}
