/// All in which worlds differ: what they run, how they name it, how they are attacked. `{id}` is a record, `{n}` a small number, `{q}` words that
/// somebody searched for.
struct Profile {
    struct Login {
        var path: String
        var failure: Int
        var success: Int
    }

    struct SystemRule {
        var file: String
        var text: String
        var id: String
    }

    var name: String
    var start: Moment
    var days: Int
    /// First and last day of a holiday, counted from the start.
    var holiday: ClosedRange<Int>
    var domain: String
    var businessHours: ClosedRange<Int>
    var files: [Source: String]

    // The public site.
    var publicPages: [String]
    /// Public, numbered, and read in order by search engines.
    var numberedPages: [String]
    var oldLinks: [String]
    var search: String
    var portalLogin: Login
    var portalRecords: [String]
    var assets: [String]
    var health: String
    // The mobile interface and its partners.
    var apiPages: [String]
    var apiRecords: [String]
    var apiLogin: Login
    var apiAgents: [String]
    var partnerPoll: String
    var partnerRecord: String
    var partners: [String]
    // The staff's application.
    var applicationPages: [String]
    var applicationList: String
    var applicationRecords: [String]
    var applicationExport: String
    var applicationLogin: Login
    var applicationFields: ApplicationFields
    var records: ClosedRange<Int>
    var accountName: @Sendable (Int) -> String

    // Networks and hosts.
    var proxies: [String]
    var trustedProxies: String
    var applicationServers: [String]
    var bastion: String
    var backupHost: String
    var monitorHost: String
    var internalNetworks: [String]
    /// The staff's application sees the inner addresses of some, not the office's one.
    var seesDesks: Bool
    var reportHost: String
    var office: String
    var applicationHostName: String
    var databaseHostName: String
    var bastionName: String
    var authenticationIsRFC5424: Bool

    // Databases.
    var postgresqlZone: String
    var database: String
    var applicationRoles: [String]
    var backupRole: String
    var reportRole: String
    var administrators: [String]
    var sensitiveTables: [String]
    var plainTables: [String]
    var statements: [String]
    var reports: [String]
    var mariadbDatabase: String
    var mariadbRole: String
    /// The first holds persons.
    var mariadbTables: [String]
    /// How pages of persons are read: `{from}`.
    var mariadbPage: String
    var mariadbLookup: String
    /// What administrators do by day.
    var maintenance: [String]
    var hostCommands: [String]
    var mariadbStatements: [String]
    var cacheKeys: [String]
    var cacheSweep: String

    // Attackers.
    var injectable: [String]
    var injections: [String]
    var traversals: [String]
    var shells: [String]
    var uploads: String
    var shellCommands: [String]
    var scanned: [String]
    var toolAgents: [String]
    var administrationPages: [String]
    var leaks: [String]
    var tampering: [String]
    var postgresqlTampering: [String]
    var mariadbTampering: [String]
    /// All of a table, `{table}`.
    var selectAll: [String]
    var copies: [String]
    var cacheOpeners: [String]
    var cacheEach: [String]
    var databaseTools: [String]
    var lookups: [String]
    var readers: ClosedRange<Double>
    var bulk: ClosedRange<Double>
    var walk: ClosedRange<Double>
    var guesses: ClosedRange<Double>
    var stuffed: ClosedRange<Double>
    var sprayed: ClosedRange<Int>
    var sprayPace: ClosedRange<Double>
    var nightly: ClosedRange<Double>
    var probes: ClosedRange<Double>
    var scans: ClosedRange<Double>
    /// Seconds between two requests, fast and slow.
    var pace: ClosedRange<Double>
    var rules: [SystemRule]
    var sigmaRequest: String

    struct ApplicationFields {
        var time: String
        var address: String
        var account: String
        var method: String
        var path: String
        var status: String
        var bytes: String
        var rows: String
        var duration: String
        var agent: String
    }
}
