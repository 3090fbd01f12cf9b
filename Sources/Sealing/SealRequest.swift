package import Cryptography

/// How a column can still be searched once it is sealed.
package enum SearchIndex: Hashable, Sendable, Codable {
    /// A keyed digest cut to so many bits (1…63): several values share one, so that the column's distribution is blurred. Candidates are opened
    /// to find the right rows.
    case blind(bits: Int)
    /// The whole keyed digest, in a unique index: shows nothing but equality, and values of a unique column are never equal.
    case unique
    /// A keyed digest of the last so many characters, cut to so many bits.
    case suffix(characters: Int, bits: Int)

    /// What is put behind the column's name to name the companion column.
    package var suffix: String {
        switch self {
        case .blind, .unique: "_suwen_index"
        case .suffix(let characters, _): "_suwen_last\(characters)"
        }
    }

    /// The companion column's type in PostgreSQL.
    package var type: String {
        if case .unique = self { "bytea" } else { "bigint" }
    }
}

/// A column to seal.
package struct SealColumn: Hashable, Sendable {
    package var name: String
    package var indexes: [SearchIndex]

    package init(_ name: String, indexes: [SearchIndex] = []) {
        self.name = name
        self.indexes = indexes
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
    /// Nil: `public`.
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
    /// Bytes that a replica may lag behind before sealing waits for it; nil: it never waits.
    package var replicationLag: Int?

    package init(
        schema: String = "public", table: String, columns: [SealColumn], algorithm: SealingAlgorithm = .aes256GCM, mode: SealMode = .online,
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

    /// The name that the column's envelopes are bound to: a cell moved to another table or column doesn't open.
    package func logicalName(of column: String) -> String { "\(schema).\(table).\(column)" }
}
