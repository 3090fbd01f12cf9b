package import Foundation
package import Network

/// What is assessed, as its file declares it. Paths are absolute: relative ones were resolved against the estate file's folder.
package struct Estate: Sendable {
    package var file: URL
    package var organisation: Organisation
    package var scope: Scope
    package var hosts: [Host]
    package var endpoints: [Endpoint]
    package var interfaces: [Interface]
    package var stores: [Store]
    package var logs: [LogSource]
    package var operations: Operations
    package var documents: URL?
    package var attestations: [Attestation]
    package var regions: RegionPolicy
    /// The SQLite file that keeps the history of runs; beside the estate unless it says otherwise.
    package var history: URL

    package init(
        file: URL, organisation: Organisation, scope: Scope = Scope(), hosts: [Host] = [], endpoints: [Endpoint] = [],
        interfaces: [Interface] = [], stores: [Store] = [], logs: [LogSource] = [], operations: Operations = Operations(),
        documents: URL? = nil, attestations: [Attestation] = [], regions: RegionPolicy = RegionPolicy(), history: URL
    ) {
        self.file = file
        self.organisation = organisation
        self.scope = scope
        self.hosts = hosts
        self.endpoints = endpoints
        self.interfaces = interfaces
        self.stores = stores
        self.logs = logs
        self.operations = operations
        self.documents = documents
        self.attestations = attestations
        self.regions = regions
        self.history = history
    }
}

/// The facts about the organisation that decide which controls apply.
package struct Organisation: Hashable, Sendable {
    package var name: String
    /// Current natural persons by the organisation's own count, deleted ones excluded (CAC Q&A 2026-04); the measured number counts when it is higher.
    package var persons: Int
    package var sensitivePersonalInformation: Bool
    /// Processes personal information of people under 18.
    package var minors: Bool
    package var importantData: Bool
    package var criticalInformationInfrastructure: Bool
    /// 0 (not graded) to 4.
    package var mlpsLevel: Int
    package var medicalInstitution: Bool
    package var internetDiagnosis: Bool
    package var outsources: Bool
    package var crossBorder: Bool
    /// Who answers for remediation, by control domain (`management`, `protection`, `storage`, `response`, `rights`); the report names the role otherwise.
    package var owners: [String: String]

    package init(
        name: String, persons: Int = 0, sensitivePersonalInformation: Bool = true, minors: Bool = false, importantData: Bool = false,
        criticalInformationInfrastructure: Bool = false, mlpsLevel: Int = 0, medicalInstitution: Bool = false, internetDiagnosis: Bool = false,
        outsources: Bool = false, crossBorder: Bool = false, owners: [String: String] = [:]
    ) {
        self.name = name
        self.persons = persons
        self.sensitivePersonalInformation = sensitivePersonalInformation
        self.minors = minors
        self.importantData = importantData
        self.criticalInformationInfrastructure = criticalInformationInfrastructure
        self.mlpsLevel = mlpsLevel
        self.medicalInstitution = medicalInstitution
        self.internetDiagnosis = internetDiagnosis
        self.outsources = outsources
        self.crossBorder = crossBorder
        self.owners = owners
    }
}

/// A machine whose ports are looked at.
package struct Host: Hashable, Sendable {
    package var name: String
    /// A host name or an address.
    package var address: String
    /// True when the address can be reached from the internet: data ports that answer there are a gap by themselves.
    package var internetFacing: Bool
    /// The ports to look at; nil means the default list of data, middleware and administration ports.
    package var ports: [UInt16]?

    package init(name: String, address: String, internetFacing: Bool, ports: [UInt16]? = nil) {
        self.name = name
        self.address = address
        self.internetFacing = internetFacing
        self.ports = ports
    }
}

/// An HTTP interface and what it should demand.
package struct Endpoint: Hashable, Sendable {
    package var name: String
    /// Absolute, `http` or `https`.
    package var url: URL
    /// False for an interface that is public on purpose.
    package var requiresAuthentication: Bool
    /// Two test accounts, when `url` is an object of the first one that the second one must not see; otherwise empty.
    package var accounts: [TestAccount]

    package init(name: String, url: URL, requiresAuthentication: Bool = true, accounts: [TestAccount] = []) {
        self.name = name
        self.url = url
        self.requiresAuthentication = requiresAuthentication
        self.accounts = accounts
    }
}

/// An account made for tests, as the header that a logged-in browser would send. The header's value itself never stands in the estate.
package struct TestAccount: Hashable, Sendable {
    /// `Authorization`, `Cookie`, `X-Token`.
    package var header: String
    package var valueFrom: SecretSource

    package init(header: String, valueFrom: SecretSource) {
        self.header = header
        self.valueFrom = valueFrom
    }
}

/// HTTP interfaces that an OpenAPI document describes.
package struct Interface: Hashable, Sendable {
    package enum Document: Hashable, Sendable {
        case url(URL)
        case file(URL)
    }

    package var name: String
    /// An OpenAPI 3.0, 3.1 or Swagger 2.0 document, JSON or YAML.
    package var document: Document
    /// Where its paths begin; nil: where the document says, as far as the scope permits it.
    package var base: URL?

    package init(name: String, document: Document, base: URL? = nil) {
        self.name = name
        self.document = document
        self.base = base
    }
}

/// A database or file that may hold patient data.
package struct Store: Hashable, Sendable {
    package enum Environment: String, Hashable, Sendable, CaseIterable {
        case production, test, analytics, research, backup
    }

    package var name: String
    /// As written: `postgresql://user@host:port/db`, `mysql://…`, `sqlite:PATH`, `file:PATH`; paths in it are absolute. Holds no password.
    package var url: String
    package var passwordFrom: SecretSource?
    package var environment: Environment
    /// `utf-8` or `gb18030` for files; nil: recognised, and said in coverage when it isn't UTF-8.
    package var encoding: String?

    package init(name: String, url: String, passwordFrom: SecretSource? = nil, environment: Environment = .production, encoding: String? = nil) {
        self.name = name
        self.url = url
        self.passwordFrom = passwordFrom
        self.environment = environment
        self.encoding = encoding
    }
}

/// Where a password comes from; the estate itself never holds one.
package enum SecretSource: Hashable, Sendable {
    /// `env:NAME`
    case environment(String)
    /// `file:PATH`: its first line.
    case file(URL)
}

/// A log and its rotated set.
package struct LogSource: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case boundary, host, database, application, bastion
    }

    package var name: String
    /// Absolute paths, which may hold `*` and `?` in their last part: `/var/log/nginx/access.log*`.
    package var paths: [String]
    package var kind: Kind
    /// When the system began to work, for systems younger than the retention period.
    package var systemSince: Date?
    /// Peers whose `X-Forwarded-For` counts.
    package var trustedProxies: [CIDR]

    /// What the user says that its format is; nil: told by the content.
    package var format: String?
    /// Of JSON Lines: the log's own names for fields, by ours.
    package var fields: [String: String]

    package init(
        name: String, paths: [String], kind: Kind = .application, systemSince: Date? = nil, trustedProxies: [CIDR] = [], format: String? = nil,
        fields: [String: String] = [:]
    ) {
        self.name = name
        self.paths = paths
        self.kind = kind
        self.systemSince = systemSince
        self.trustedProxies = trustedProxies
        self.format = format
        self.fields = fields
    }
}

/// How the systems are run: what is usual in their logs, and no log says.
package struct Operations: Hashable, Sendable {
    /// Where administrators' sessions come from.
    package var bastions: [CIDR] = []
    /// Servers of the organisation that speak to databases for others.
    package var applicationServers: [CIDR] = []
    /// Accounts whose dumps are backups.
    package var backupAccounts: [String] = []
    /// Hours of the day in which people of the organisation work, 0…24.
    package var workingHours = 7..<21
    /// Sigma rules that logs are matched against: folders or files.
    package var rules: [URL] = []

    package init() {}
}

/// A person's word for what Suwen can't measure.
package struct Attestation: Hashable, Sendable {
    /// A control's id.
    package var control: String
    package var by: String
    package var on: Date
    package var until: Date
    package var statement: String
    /// Where it stands in the estate file.
    package var line: Int?

    package init(control: String, by: String, on: Date, until: Date, statement: String, line: Int? = nil) {
        self.control = control
        self.by = by
        self.on = on
        self.until = until
        self.statement = statement
        self.line = line
    }
}

/// How regions of addresses are read.
package struct RegionPolicy: Hashable, Sendable {
    /// What Hong Kong, Macao and Taiwan count as.
    package enum HongKongMacaoTaiwan: String, Hashable, Sendable, CaseIterable {
        case ownClass = "own-class"
        case domestic
        case overseas
    }

    package var hongKongMacaoTaiwan: HongKongMacaoTaiwan
    /// Asked before any database: block → region code (ISO 3166-1 alpha-2).
    package var overrides: [(network: CIDR, code: String)]
    /// A database of the organisation's own (MMDB), asked before the system's.
    package var database: URL?
    /// Lists of networks: of providers of servers, of Tor's exits. They make a region less sure.
    package var dataCentres: URL?
    package var torExits: URL?

    package init(hongKongMacaoTaiwan: HongKongMacaoTaiwan = .ownClass, overrides: [(network: CIDR, code: String)] = []) {
        self.hongKongMacaoTaiwan = hongKongMacaoTaiwan
        self.overrides = overrides
    }

    package static func == (left: RegionPolicy, right: RegionPolicy) -> Bool {
        left.hongKongMacaoTaiwan == right.hongKongMacaoTaiwan
            && left.overrides.elementsEqual(right.overrides) { $0.network == $1.network && $0.code == $1.code }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(hongKongMacaoTaiwan)
        for entry in overrides { hasher.combine(entry.network); hasher.combine(entry.code) }
    }
}
