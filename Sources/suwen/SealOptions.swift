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
        guard case .postgreSQL(let server) = location.place else {
            throw Failure.input("\(url): only PostgreSQL can be sealed so far; write postgresql://user@host:port/db")
        }
        // Whoever names a server on the command line permits that server.
        let scope = CIDR(server.host).map { Scope(networks: [$0]) } ?? Scope(names: [server.host])
        return SealTarget(location: location, scope: scope, password: try passwordFrom?.load())
    }

    func request(columns: [SealColumn]) throws -> SealRequest {
        let parts = table.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.allSatisfy({ !$0.isEmpty }), let name = parts.last else { throw Failure.input("--table \(table): write SCHEMA.TABLE") }
        return SealRequest(schema: parts.count == 2 ? parts[0] : "public", table: name, columns: columns)
    }
}

/// What is to be sealed, and how.
struct SealOptions: ParsableArguments {
    @Option(
        name: .customLong("column"),
        help: ArgumentHelp(
            "A column, and how it stays searchable: NAME, NAME:index, NAME:index=BITS, NAME:index=unique, NAME:suffix=CHARACTERS; repeat it for more.",
            valueName: "column"))
    var columns: [String]
    @Option(help: ArgumentHelp("aes-256-gcm or sm4-gcm.", valueName: "cipher")) var cipher = SealingAlgorithm.aes256GCM
    @Option(help: ArgumentHelp("online, beside writers, or rewrite, in a window: the table is written anew and locked meanwhile.", valueName: "mode"))
    var mode = SealMode.online
    @Option(help: ArgumentHelp("Rows of one transaction, about.", valueName: "rows")) var batch = 5_000
    @Option(help: ArgumentHelp("Rows a second at most.", valueName: "rows")) var rate: Int?
    @Flag(help: "Let the table refuse plaintext afterwards.") var enforce = false
    @Flag(help: "Let triggers on UPDATE fire for each row.") var fireTriggers = false

    func validate() throws {
        guard (1...100_000).contains(batch) else { throw ValidationError("--batch must be 1 to 100000") }
        if let rate, rate < 1 { throw ValidationError("--rate must be at least 1") }
    }

    /// The judgement, and the request with the bits that the table's size allows.
    func plan(_ place: SealedTableOptions) async throws -> (SealPlan, SealRequest) {
        var request = try request(place, rows: nil)
        let target = try place.target()
        var plan = try await OnlineMigration(target: target, request: request, keys: SealingKeys([:])).plan()
        if let rows = plan.estimate.rows {
            request = try self.request(place, rows: rows)
            plan = try await OnlineMigration(target: target, request: request, keys: SealingKeys([:])).plan()
        }
        return (plan, request)
    }

    private func request(_ place: SealedTableOptions, rows: Int?) throws -> SealRequest {
        var request = try place.request(columns: try columns.map { try Self.column($0, rows: rows) })
        request.algorithm = cipher
        request.mode = mode
        request.batch = batch
        request.rate = rate
        request.enforce = enforce
        request.firesTriggers = fireTriggers
        return request
    }

    private static func column(_ text: String, rows: Int?) throws -> SealColumn {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let mend = "--column \(text): write NAME, NAME:index, NAME:index=BITS, NAME:index=unique or NAME:suffix=CHARACTERS"
        guard let name = parts.first, !name.isEmpty else { throw Failure.input(mend) }
        let bits = BlindIndexPlan(rows: max(16, rows ?? 16), unique: false).safeBits.upperBound
        let indexes = try parts.dropFirst().map { part -> SearchIndex in
            let words = part.split(separator: "=", maxSplits: 1).map(String.init)
            let number = words.count == 2 ? Int(words[1]) : nil
            switch (words.first, number) {
            case ("index", nil) where words.count == 1: return .blind(bits: bits)
            case ("index", nil) where words[1] == "unique": return .unique
            case ("index", let wanted?) where (1...63).contains(wanted): return .blind(bits: wanted)
            case ("suffix", let characters?) where (1...16).contains(characters): return .suffix(characters: characters, bits: bits)
            default: throw Failure.input(mend + "; 1 to 63 bits, 1 to 16 characters")
            }
        }
        return SealColumn(name, indexes: indexes)
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

    /// The keys of a table whose sealed columns its own state names.
    static func keys(_ keyring: Keyring, of request: SealRequest) -> SealingKeys {
        let prefix = request.logicalName(of: "")
        let names = Set(keyring.info.keys.map(\.column).filter { $0.hasPrefix(prefix) })
        let current = names.compactMap { name in
            (try? keyring.dataKey(column: name)).map { (String(name.dropFirst(prefix.count)), $0) }
        }
        return keys(keyring, Dictionary(current) { first, _ in first })
    }

    static func keys(_ keyring: Keyring, _ current: [String: DataKey]) -> SealingKeys {
        SealingKeys(current: current) { try? keyring.dataKey(id: $0) }
    }
}
