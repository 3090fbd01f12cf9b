/// A place that holds tables: a PostgreSQL, MySQL/MariaDB or SQLite database, or a delimited file (one table).
///
/// Methods block: a store is opened, used and closed within ``withDatastore(_:scope:password:encoding:access:_:)``, which lends a thread for it.
package protocol Datastore: AnyObject {
    /// `PostgreSQL 15.18`, `SQLite 3.40.1`, `CSV`.
    var product: String { get }

    /// What had to be assumed or left out in reading so far; coverage must say it. Grows while tables are listed and scanned.
    var remarks: [DatastoreRemark] { get }

    /// The tables that the account can read, without the system's own, ordered by name. A partitioned table is one.
    func tables() throws(DatastoreError) -> [Table]

    /// Names of views that the account can read, for people. They show what tables hold, and running them may cost anything: they aren't read.
    func views() throws(DatastoreError) -> [String]

    /// What the store takes on disk; nil when it doesn't tell.
    func size() throws(DatastoreError) -> Int?

    /// Hands the rows of `table` to `body`, batch by batch, in the order that the store gives them; only `columns`, in that order.
    /// Everything comes as text, in UTF-8 (bytea and blob as `\x` and lower-case hexadecimal); nothing else is read from the store.
    /// - Parameters:
    ///   - chunk: one of ``chunks(of:)``, or ``TableChunk/whole``.
    ///   - limit: at most so many rows; nil: all.
    ///   - body: false ends the scan early. The batch's memory is used again: nothing of it may be kept.
    func scan(_ table: Table, columns: [String], chunk: TableChunk, limit: Int?, _ body: (Batch) throws -> Bool) throws

    /// Parts of the table that can be read one by one, on several connections at once, and again after a stop: together they are the table,
    /// each row in one of them. A store that can't tell its rows apart cheaply gives ``TableChunk/whole`` alone.
    func chunks(of table: Table) throws(DatastoreError) -> [TableChunk]

    /// Changes with the table's data; nil where the store can't tell (rows come and go in a database while it is read).
    func version(of table: Table) throws(DatastoreError) -> String?

    /// Creates `table` (and fails when it is there) and gives a writer for it. Only with ``DatastoreAccess/write``.
    func create(_ table: Table) throws(DatastoreError) -> any TableWriter
}

extension Datastore {
    package func scan(_ table: Table, columns: [String], limit: Int?, _ body: (Batch) throws -> Bool) throws {
        try scan(table, columns: columns, chunk: .whole, limit: limit, body)
    }

    package func chunks(of table: Table) throws(DatastoreError) -> [TableChunk] { [.whole] }
    package func version(of table: Table) throws(DatastoreError) -> String? { nil }
    package func views() throws(DatastoreError) -> [String] { [] }
    package func size() throws(DatastoreError) -> Int? { nil }
}

/// A half-open range of positions in a table, in the store's own measure: pages of a heap, values of an integer key, bytes of a file.
package struct TableChunk: Hashable, Sendable, Codable {
    package var lower: Int64
    package var upper: Int64

    package init(lower: Int64, upper: Int64) {
        self.lower = lower
        self.upper = upper
    }

    /// Everything.
    package static let whole = TableChunk(lower: .min, upper: .max)

    /// Cuts the keys `lower...upper` into about `count` ranges of the same width; the first and the last are open, for keys may come in.
    static func cut(keys lower: Int64, _ upper: Int64, into count: Int) -> [TableChunk] {
        let (span, overflows) = upper.subtractingReportingOverflow(lower)
        guard count > 1, !overflows, span > 0 else { return [.whole] }
        let step = max(1, span / Int64(count))
        var bounds = Array(stride(from: lower, through: upper, by: Int(step)).prefix(count))
        bounds[0] = .min
        return zip(bounds, bounds.dropFirst() + [.max]).map { TableChunk(lower: $0, upper: $1) }
    }

    /// The condition on an integer key, an identifier that was quoted; nil for the whole.
    func condition(on key: String) -> String? {
        let bounds = [lower == .min ? nil : "\(key) >= \(lower)", upper == .max ? nil : "\(key) < \(upper)"].compactMap(\.self)
        return bounds.isEmpty ? nil : bounds.joined(separator: " AND ")
    }
}

/// Writes rows into one new table; one transaction, so that a failure leaves nothing behind.
package protocol TableWriter: AnyObject {
    func append(_ batch: Batch) throws(DatastoreError)
    /// Makes the rows durable. A writer that is dropped without it leaves no table.
    func finish() throws(DatastoreError)
}

package enum DatastoreAccess: Sendable {
    /// The session is read-only where the store knows such a thing; no statement but SELECT and COPY … TO is sent.
    case read
    case write
}

package struct Table: Hashable, Sendable {
    /// Nil where the store has no schemas.
    package var schema: String?
    package var name: String
    package var comment: String?
    package var columns: [Column]
    /// The store's own estimate; nil when it has none.
    package var estimatedRows: Int?

    package init(schema: String? = nil, name: String, comment: String? = nil, columns: [Column], estimatedRows: Int? = nil) {
        self.schema = schema
        self.name = name
        self.comment = comment
        self.columns = columns
        self.estimatedRows = estimatedRows
    }

    /// `schema.name`, for people.
    package var displayName: String { schema.map { "\($0).\(name)" } ?? name }
}

package struct Column: Hashable, Sendable {
    package var name: String
    /// As the store writes it: `character varying(18)`, `VARCHAR(18)`, `TEXT`; empty for files.
    package var type: String
    package var comment: String?
    package var isPrimaryKey: Bool

    package init(name: String, type: String = "", comment: String? = nil, isPrimaryKey: Bool = false) {
        self.name = name
        self.type = type
        self.comment = comment
        self.isPrimaryKey = isPrimaryKey
    }
}

/// Rows in columns.
package struct Batch: Sendable {
    package var rowCount: Int
    package var columns: [ColumnBatch]

    package init(rowCount: Int, columns: [ColumnBatch]) {
        self.rowCount = rowCount
        self.columns = columns
    }
}

/// The values of one column, one after the other.
package struct ColumnBatch: Sendable {
    /// All values' bytes without separators.
    package var bytes: [UInt8]
    /// `rowCount + 1` entries: value `i` is `bytes[offsets[i]..<offsets[i + 1]]`.
    package var offsets: [Int]
    /// `rowCount` entries; a null has no bytes.
    package var isNull: [Bool]

    package init() {
        bytes = []
        offsets = [0]
        isNull = []
    }

    package var count: Int { isNull.count }

    package mutating func append(_ value: some Sequence<UInt8>) {
        bytes.append(contentsOf: value)
        offsets.append(bytes.count)
        isNull.append(false)
    }

    package mutating func appendNull() {
        offsets.append(bytes.count)
        isNull.append(true)
    }

    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        offsets.append(0)
        isNull.removeAll(keepingCapacity: true)
    }
}

/// What went wrong with a store. Holds neither secrets nor values: servers quote both in their messages, so those are not passed on as they are.
package struct DatastoreError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Problem: Hashable, Sendable {
        /// The URL can't be read; why.
        case badURL(String)
        case outOfScope(host: String, address: String?)
        case unresolvable(host: String)
        /// Nothing answers, or not in time.
        case unreachable(String)
        /// Wrong password, unknown user or database, no right to connect.
        case refused(String)
        /// TLS can't be set up or the certificate isn't trusted; names the URL parameter that mends it.
        case insecure(String)
        /// The file is missing, unreadable, empty, truncated or not what it should be; `line` where known.
        case badFile(String, line: Int?)
        /// SQLSTATE or error number, and a masked text.
        case failed(String)
        case alreadyExists(String)
    }

    /// The store's URL without password.
    package var store: String
    package var problem: Problem

    package init(store: String, problem: Problem) {
        self.store = store
        self.problem = problem
    }

    package var description: String {
        switch problem {
        case .badURL(let why): "\(store): \(why)"
        case .outOfScope(let host, let address): "\(store): \(host)\(address.map { " (\($0))" } ?? "") is outside the scope"
        case .unresolvable(let host): "\(store): no address for \(host)"
        case .unreachable(let why): "\(store): not reachable: \(why)"
        case .refused(let why): "\(store): refused: \(why)"
        case .insecure(let why): "\(store): \(why)"
        case .badFile(let why, let line): line.map { "\(store): line \($0): \(why)" } ?? "\(store): \(why)"
        case .failed(let why): "\(store): \(why)"
        case .alreadyExists(let what): "\(store): \(what) exists already"
        }
    }
}
