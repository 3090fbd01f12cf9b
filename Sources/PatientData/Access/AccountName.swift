/// What the name of an account says. Names are accounts', not persons' — but some accounts are called after persons.
struct AccountName: Hashable, Sendable {
    enum Purpose: Hashable, Sendable {
        /// An application logs in with it.
        case application
        /// Administration, backup, replication, monitoring or audit: may need to see everything.
        case administration
        /// Nobody's in particular: a test, a guest.
        case shared
        case unknown
    }

    private let name: String

    init(_ name: String) { self.name = name }

    var purpose: Purpose {
        let words = Self.words(user)
        if !words.isDisjoint(with: Self.shared) { return .shared }
        if !words.isDisjoint(with: Self.administration) { return .administration }
        return words.isDisjoint(with: Self.application) ? .unknown : .application
    }

    /// Known to whoever attacks, and used by many wherever it is used: `admin`, `root`, `app` alone.
    var isGeneric: Bool { Self.generic.contains(user.lowercased()) }

    /// For people: a person's name, number or address in it is masked.
    var safe: String {
        let host = name.dropFirst(user.count)
        let probe = ValueProbe(user)
        let personal: [DataKind] = [.idCard, .mobile, .email, .passport, .bankCard, .name]
        if let kind = personal.first(where: probe.kinds.contains) { return kind.mask(user) + host }
        // Names are anything that a server took: what would move a cursor or hide text goes.
        let shown = (Self.withoutNumbers(user) + host).unicodeScalars.filter { !Self.unshowable.contains($0.properties.generalCategory) }
        return String(String(String.UnicodeScalarView(shown)).prefix(128))
    }

    private static let unshowable: Set<Unicode.GeneralCategory> = [.control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse]

    /// Without the host of MySQL's accounts.
    private var user: String { name.lastIndex(of: "@").map { String(name[..<$0]) } ?? name }

    /// `dr13812345678` holds a telephone number.
    private static func withoutNumbers(_ text: String) -> String { SafeNames.withoutLongNumbers(text) }

    /// `his_app01` → his, app.
    private static func words(_ user: String) -> Set<String> {
        Set(user.lowercased().split { !$0.isLetter }.map(String.init))
    }

    private static let generic: Set<String> = ["admin", "administrator", "root", "app", "user", "sa", "web", "api"]

    private static let shared: Set<String> = [
        "test", "tester", "testing", "guest", "demo", "temp", "tmp", "public", "share", "shared", "common", "user", "users", "default", "anonymous",
        "dev", "develop", "developer", "ceshi", "linshi", "gongyong", "yanshi",
    ]

    private static let administration: Set<String> = [
        "root", "admin", "administrator", "dba", "postgres", "sa", "sysdba", "superuser", "backup", "bak", "dump", "repl", "replica", "replication",
        "replicator", "standby", "monitor", "monitoring", "exporter", "prometheus", "zabbix", "patroni", "rdsadmin", "rds", "maint", "maintenance",
        "mysql", "mariadb", "ops", "yunwei", "beifen", "audit", "auditor", "scanner", "suwen",
    ]

    private static let application: Set<String> = [
        "app", "web", "www", "api", "svc", "service", "services", "server", "portal", "gateway", "backend", "frontend", "mobile", "miniapp", "his",
        "emr", "lis", "pacs", "ris", "hrp", "cdr", "crm", "erp", "shop", "mall", "order", "pay", "payment", "job", "worker", "tomcat", "java", "php",
        "node", "django", "spring", "etl", "bi", "report", "reporting", "nacos", "druid", "biz", "business", "yewu", "client",
    ]
}
