/// What the catalogue says about a table that is to be sealed: everything that the planner judges, and no value of any row.
package struct TableSnapshot: Sendable, Hashable {
    /// The kind of relation (`pg_class.relkind`).
    package enum Kind: String, Sendable, Hashable {
        case table = "r"
        case partitioned = "p"
        case view = "v"
        case materialisedView = "m"
        case foreign = "f"
        case other
    }

    package struct Column: Sendable, Hashable {
        package var name: String
        package var number: Int
        /// `pg_type.typname` of the column's type: `varchar`, `bpchar`, `text`, `bytea`, `int4`.
        package var type: String
        /// As it is written in a declaration: `character varying(18)`.
        package var declaration: String
        /// `pg_type.typtype`: b base, d domain, e enum, c composite, r range.
        package var typeKind: String = "b"
        package var isNotNull = false
        package var isGenerated = false
        package var isIdentity = false
        package var isInherited = false
        package var hasDefault = false
        /// The default as an expression; of a generated column, nil.
        package var defaultExpression: String?
        /// Qualified and quoted, where it is not the type's own.
        package var collation: String?
        /// Bytes on average; nil when the table was never analysed.
        package var averageWidth: Int?

        package init(name: String, number: Int, type: String, declaration: String) {
            self.name = name
            self.number = number
            self.type = type
            self.declaration = declaration
        }
    }

    package struct Index: Sendable, Hashable {
        package var name: String
        package var definition: String
        /// Columns it uses, also in expressions and its condition.
        package var columns: [String]
        package var isUnique = false
        package var isPrimary = false
        /// Of the constraint that it belongs to; nil for an index of its own.
        package var constraint: String?
        package var isReplicaIdentity = false
        package var comment: String?
        /// Of the constraint that it belongs to.
        package var constraintDefinition: String?
        package var constraintComment: String?
    }

    package struct Constraint: Sendable, Hashable {
        package enum Kind: String, Sendable, Hashable {
            case check = "c"
            case foreignKey = "f"
            case unique = "u"
            case primaryKey = "p"
            case exclusion = "x"
            case trigger = "t"
        }

        package var name: String
        package var kind: Kind
        /// Of this table.
        package var columns: [String]
        /// The other table of a foreign key that leads here; nil for this table's own constraints.
        package var referencing: String?
        package var definition: String
    }

    package struct Trigger: Sendable, Hashable {
        package var name: String
        /// Whether it fires on UPDATE of any of the columns (a trigger without a column list fires on all).
        package var firesOnUpdate: Bool
        /// The columns after UPDATE OF; empty: all.
        package var columns: [String]
        /// Whether it fires in a replica's session, too.
        package var isAlways = false
    }

    package var schema: String
    package var table: String
    package var kind: Kind
    package var columns: [Column]
    /// In the key's order.
    package var primaryKey: [String]
    package var indexes: [Index] = []
    package var constraints: [Constraint] = []
    package var triggers: [Trigger] = []
    /// Views, materialised views and rules, with the columns of this table that they use.
    package var dependents: [String: [String]] = [:]
    /// Generated columns of the table, with the columns that they are made of.
    package var generated: [String: [String]] = [:]
    package var partitionKey: [String] = []
    package var isPartition = false
    package var hasChildren = false
    package var isTemporary = false
    package var isUnlogged = false
    package var hasRowSecurity = false
    package var policies: [String: [String]] = [:]
    package var extendedStatistics: [String: [String]] = [:]
    package var publications: [String] = []

    package var serverVersion: Int
    package var isReplica = false
    package var isReadOnly = false
    package var isOwner = true
    package var bypassesRowSecurity = true
    package var canSelect = true
    package var canCreateInDatabase = true
    /// Whether the schema `suwen` is there and ours.
    package var hasStateSchema = false
    package var pageSize = 8_192
    /// Nil: never analysed.
    package var estimatedRows: Int?
    package var heapBytes = 0
    package var indexBytes = 0
    package var replicas = 0
    package var archivesWAL = false
    package var replicationSlots = 0
    /// Columns that an earlier run has begun to seal or has sealed.
    package var sealedColumns: Set<String> = []
    /// Columns that hold values which look like envelopes though no run of ours has sealed them.
    package var lookalikes: Set<String> = []

    package init(schema: String, table: String, kind: Kind, columns: [Column], primaryKey: [String], serverVersion: Int) {
        self.schema = schema
        self.table = table
        self.kind = kind
        self.columns = columns
        self.primaryKey = primaryKey
        self.serverVersion = serverVersion
    }

    package func column(_ name: String) -> Column? { columns.first { $0.name == name } }
}
