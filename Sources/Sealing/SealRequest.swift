package import Cryptography

/// How the cells of a column are protected.
package enum Protection: Hashable, Sendable {
    /// An envelope takes the value's place: authenticated, bound to column and row.
    case envelope
    /// A value of the same form takes its place (FF1), which old validators and column types accept. A companion, the mark, authenticates it and
    /// binds it to column and row, and tells sealed cells from others.
    case formatPreserving(FormatPreservingCipher.Format)
}

extension BlindIndexDefinition {
    /// A keyed digest of the whole value, cut to so many bits (1…63): several values share one, so that the column's distribution is blurred.
    /// Candidates are opened to find the right rows.
    package static func blind(bits: Int) -> Self { Self(width: .bits(bits)) }
    /// The full digest, in a unique index: shows nothing but equality, and values of a unique column are never equal.
    package static let unique = Self(width: .full)
    /// Of the last so many characters.
    package static func suffix(characters: Int, bits: Int) -> Self { Self(part: .suffix(characters), width: .bits(bits)) }
    /// Of the first so many characters.
    package static func prefix(characters: Int, bits: Int) -> Self { Self(part: .prefix(characters), width: .bits(bits)) }

    /// Whether equal values are kept out by the database's index on it.
    package var isUnique: Bool { width == .full }

    /// What is put behind the column's name to name the companion.
    package var suffix: String {
        switch part {
        case .whole: "_suwen_index"
        case .prefix(let characters): "_suwen_first\(characters)"
        case .suffix(let characters): "_suwen_last\(characters)"
        }
    }
}

/// A column to seal.
package struct SealColumn: Hashable, Sendable {
    package var name: String
    package var protection: Protection
    package var indexes: [BlindIndexDefinition]

    package init(_ name: String, protection: Protection = .envelope, indexes: [BlindIndexDefinition] = []) {
        self.name = name
        self.protection = protection
        self.indexes = indexes
    }

    /// The columns that are added beside it, in the order in which ``ColumnCipher`` computes them.
    package var companions: [CompanionColumn] {
        let mark: [CompanionColumn] = if case .formatPreserving = protection { [CompanionColumn(column: name, role: .mark)] } else { [] }
        return mark + indexes.map { CompanionColumn(column: name, role: .index($0)) }
    }

    /// Whether it asks for the same protection and the same indexes, whatever bits they were planned to have, and whatever domain a form has.
    func isLike(_ other: SealColumn) -> Bool {
        func kinds(_ column: SealColumn) -> Set<String> {
            let form = if case .formatPreserving(let format) = column.protection { "fpe \(format.name)" } else { "envelope" }
            return Set([form] + column.companions.map { "\($0.name) \($0.type)" } + column.indexes.map { "\($0.suffix) \($0.normaliser.rawValue)" })
        }
        return kinds(self) == kinds(other)
    }

    /// The companions that a row's UPDATE writes: unsealing takes marks away, and lets indexes be, which are dropped at its end.
    func written(_ operation: SealOperation) -> [CompanionColumn] { operation == .unseal ? companions.filter { $0.role == .mark } : companions }

    package var hasMark: Bool { protection != .envelope }
}

/// A column that sealing adds to a table.
package struct CompanionColumn: Hashable, Sendable {
    package enum Role: Hashable, Sendable {
        /// ``CellMark``, 20 bytes.
        case mark
        case index(BlindIndexDefinition)
    }

    package enum ValueType: Hashable, Sendable {
        case bytes
        /// 64 bits.
        case integer
        /// 32 hexadecimal digits.
        case text
    }

    /// The column that it stands beside.
    package var column: String
    package var role: Role

    package var name: String {
        switch role {
        case .mark: column + "_suwen_mark"
        case .index(let index): column + index.suffix
        }
    }

    package var type: ValueType {
        switch role {
        case .mark: .bytes
        case .index(let index): if case .full = index.width { .text } else { .integer }
        }
    }

    /// Whether the database gets an index on it, and which.
    package var isIndexed: Bool { role != .mark }
    package var isUnique: Bool { if case .index(let index) = role { index.isUnique } else { false } }

    /// The database index on it.
    /// - Parameter limit: of a name, in bytes: longer ones lose their beginning, since a server would cut them by itself, and couldn't find them again.
    package func indexName(table: String, limit: Int = 63) -> String {
        var name = "\(table)_\(name)"
        while name.utf8.count > limit - 4 { name.removeFirst() }
        return name + "_idx"
    }
}

package enum SealMode: String, Sendable, Codable, CaseIterable {
    /// Beside writers, in short transactions.
    case online
    /// In a window: the table is written anew, and nobody else gets at it meanwhile.
    case rewrite
}

package enum SealOperation: String, Sendable, Codable {
    case seal
    case unseal
    /// Seals anew what is sealed under an older generation of a column's key.
    case rotate
}

/// What is to be sealed, and how.
package struct SealRequest: Sendable {
    /// Of a store without schemas, the database: `main` in SQLite.
    package var schema: String
    package var table: String
    package var columns: [SealColumn]
    package var algorithm: SealingAlgorithm
    package var mode: SealMode
    /// Rows in one transaction, about.
    package var batch: Int
    /// Rows a second at most; nil: as fast as it goes.
    package var rate: Int?
    /// Whether the table shall refuse plaintext afterwards.
    package var enforce: Bool
    /// Whether triggers on UPDATE of the rows may fire for each row that is sealed. Only online: a rewrite fires none.
    package var firesTriggers: Bool
    /// Connections that work at once.
    package var workers: Int
    /// How far a replica may lag behind before sealing waits for it, in bytes of the write-ahead log; nil: it never waits.
    package var replicationLag: Int?

    package init(
        schema: String = "public", table: String, columns: [SealColumn] = [], algorithm: SealingAlgorithm = .aes256GCM, mode: SealMode = .online,
        batch: Int = 5_000, rate: Int? = nil, enforce: Bool = false, firesTriggers: Bool = false, workers: Int = 3,
        replicationLag: Int? = 64 << 20
    ) {
        self.schema = schema
        self.table = table
        self.columns = columns
        self.algorithm = algorithm
        self.mode = mode
        self.batch = max(1, batch)
        self.rate = rate.map { max(1, $0) }
        self.enforce = enforce
        self.firesTriggers = firesTriggers
        self.workers = max(1, workers)
        self.replicationLag = replicationLag
    }

    package var displayName: String { "\(schema).\(table)" }

    /// The same with the definitions that earlier runs have recorded: a column's companions all have as many bits, however the table grows.
    /// - Throws: ``SealingError/otherIndexes(column:)`` when it asks for others.
    func settled(by recorded: [SealColumn]) throws(SealingError) -> SealRequest {
        var request = self
        for (place, column) in columns.enumerated() {
            guard let known = recorded.first(where: { $0.name == column.name }) else { continue }
            guard known.isLike(column) else { throw .otherIndexes(column: column.name) }
            request.columns[place] = known
        }
        return request
    }

    /// The algorithms of the keys at work, which the request of a rotation or an unsealing doesn't name.
    func cipherName(_ keys: SealingKeys) -> String {
        let names = Set(columns.compactMap { keys.current[$0.name]?.algorithm.name })
        return names.isEmpty ? algorithm.name : names.sorted().joined(separator: ", ")
    }

    /// The name that the column's envelopes are bound to: a cell moved to another table or column doesn't open.
    package func logicalName(of column: String) -> String { "\(schema).\(table).\(column)" }
}
