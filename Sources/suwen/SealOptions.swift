import ArgumentParser
import Cryptography
import Datastores
import Estate
import Foundation
import Network
import Sealing

/// Which table.
struct SealedTableOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("postgresql://user@host:port/db, as the table's owner.", valueName: "url")) var url: String
    @Option(help: ArgumentHelp("The table, with its schema.", valueName: "schema.table")) var table: String
    @Option(help: ArgumentHelp("The account's password: env:NAME or file:PATH.", valueName: "source")) var passwordFrom: SecretSource?

    func target() throws -> SealTarget {
        let location = try StoreLocation(url)
        // Whoever names a server on the command line permits that server.
        let host = location.server?.host
        let scope = host.flatMap { CIDR($0) }.map { Scope(networks: [$0]) } ?? Scope(names: host.map { [$0] } ?? [])
        return SealTarget(location: location, scope: scope, password: try passwordFrom?.load())
    }

    func engine() throws -> any SealEngine { try target().engine() }

    /// The table, without columns.
    func request() throws -> SealRequest {
        let parts = table.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.allSatisfy({ !$0.isEmpty }), let name = parts.last else { throw Failure.input("--table \(table): write SCHEMA.TABLE") }
        return SealRequest(schema: parts.count == 2 ? parts[0] : try defaultSchema(), table: name)
    }

    private func defaultSchema() throws -> String {
        switch try StoreLocation(url).place {
        case .mySQL(let server):
            guard let database = server.database else { throw Failure.input("\(url): name the database: mysql://user@host:port/db") }
            return database
        case .sqlite: return "main"
        default: return "public"
        }
    }
}

/// What is to be sealed, and how.
struct SealOptions: ParsableArguments {
    @Option(
        name: .customLong("column"),
        help: ArgumentHelp(
            """
            A column, and how it stays searchable: NAME, NAME:index[=BITS], NAME:index=unique, NAME:suffix=CHARACTERS, NAME:prefix=CHARACTERS, \
            NAME:fpe[=mobile|bank-card|resident-id] to keep its form; :as=digits, alphanumeric or name lets spellings be found alike. Repeat it for more.
            """,
            valueName: "column"))
    var columns: [String]
    @Option(help: ArgumentHelp("aes-256-gcm or sm4-gcm.", valueName: "cipher")) var cipher = SealingAlgorithm.aes256GCM
    @Option(help: ArgumentHelp("online, beside writers, or rewrite, in a window: the table is written anew and locked meanwhile.", valueName: "mode"))
    var mode = SealMode.online
    @Flag(help: "Let the table refuse plaintext afterwards.") var enforce = false
    @Flag(help: "Let triggers on UPDATE fire for each row.") var fireTriggers = false
    @OptionGroup var load: SealLoadOptions

    /// The judgement, and the request with the bits that the table's size allows.
    func plan(_ place: SealedTableOptions) async throws -> (SealPlan, SealRequest) {
        let engine = try place.engine()
        let specs = try columns.map { try ColumnSpec($0) }
        var request = try place.request()
        request.algorithm = cipher
        request.mode = mode
        request.enforce = enforce
        request.firesTriggers = fireTriggers
        load.apply(to: &request)
        var formats: [String: FormatPreservingCipher.Format] = [:]
        for spec in specs where spec.keepsForm {
            if let format = spec.format {
                formats[spec.name] = format
            } else {
                formats[spec.name] = try await FormatFinder(place: place, request: request).format(of: spec.name)
            }
        }
        request.columns = try specs.map { try $0.column(rows: nil, format: formats[$0.name]) }
        var plan = try await engine.plan(request)
        if let rows = plan.estimate.rows {
            request.columns = try specs.map { try $0.column(rows: rows, format: formats[$0.name]) }
            plan = try await engine.plan(request)
        }
        return (plan, request)
    }
}

/// What bounds the load.
struct SealLoadOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Rows of one transaction, about.", valueName: "rows")) var batch = 5_000
    @Option(help: ArgumentHelp("Rows a second at most.", valueName: "rows")) var rate: Int?

    func validate() throws {
        guard (1...100_000).contains(batch) else { throw ValidationError("--batch must be 1 to 100000") }
        if let rate, rate < 1 { throw ValidationError("--rate must be at least 1") }
    }

    func apply(to request: inout SealRequest) {
        request.batch = batch
        request.rate = rate
    }
}

/// The keys.
struct SealKeyOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The keyring; `suwen keys create` makes one.", valueName: "path"), completion: .file()) var keyring: String
    @OptionGroup var unlock: KeyringUnlockOptions

    /// - Throws: also when this machine computes known answers of the ciphers wrongly: nothing is sealed then.
    func open() throws -> Keyring {
        try KnownAnswers.require()
        return try unlock.open(keyring)
    }

    /// The newest generation of each column's key; a column without one gets its first. Seals are counted before they are made.
    static func current(_ keyring: Keyring, _ request: SealRequest, rows: Int) throws -> [String: DataKey] {
        var current: [String: DataKey] = [:]
        for column in request.columns {
            let name = request.logicalName(of: column.name)
            let isKnown = keyring.info.keys.contains { $0.column == name }
            let key = isKnown ? try keyring.dataKey(column: name) : try keyring.newGeneration(column: name, algorithm: request.algorithm)
            guard key.algorithm == request.algorithm || rows == 0 else {
                throw Failure.input("\(name): its key is for \(key.algorithm.name); say --cipher \(key.algorithm.name), or make a new generation")
            }
            try keyring.noteSeals(id: key.id, count: rows)
            current[column.name] = key
        }
        try keyring.save()
        return current
    }

    /// The keys of the columns that a table's own state names.
    static func keys(_ keyring: Keyring, of request: SealRequest, on engine: any SealEngine) async throws -> SealingKeys {
        var current: [String: DataKey] = [:]
        var all: [String: [DataKey]] = [:]
        for column in try await engine.status(request).columns.map(\.column.name) {
            let generations = keyring.info.keys.filter { $0.column == request.logicalName(of: column) }
            guard let newest = generations.last(where: { $0.state == .enabled }) ?? generations.last else { throw SealingError.noKey(column: column) }
            // Of one that is disabled or destroyed this says when, by whom and why.
            current[column] = try keyring.dataKey(id: newest.id)
            all[column] = try generations.filter { $0.state == .enabled }.map { try keyring.dataKey(id: $0.id) }
        }
        var keys = keys(keyring, current)
        keys.all = all
        return keys
    }

    static func keys(_ keyring: Keyring, _ current: [String: DataKey]) -> SealingKeys {
        SealingKeys(current: current) { try keyring.dataKey(id: $0) }
    }
}
