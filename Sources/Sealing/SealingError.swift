/// Why a table wasn't sealed, or not to the end. Names columns and places, never values.
package enum SealingError: Error, Sendable, CustomStringConvertible {
    case noSuchTable(String)
    /// Nothing was done.
    case blocked([SealPlan.Blocker])
    case noKey(column: String)
    /// The key of this number can't be had, or is destroyed.
    case keyMissing(column: String, id: UInt32, reason: String)
    /// The cell can't be opened, and why.
    case cell(CellPlace, String)
    case anotherRun(String)
    case notSealed(String)
    /// An earlier run gave the column other indexes than are asked for now.
    case otherIndexes(column: String)
    /// Writers bring in plaintext as fast as it is sealed.
    case neverEnds(rows: Int)
    case malformedAnswer
    /// What this kind of store, or this selection, can't do.
    case unsupported(String)

    package var description: String {
        switch self {
        case .noSuchTable(let table): "there is no table \(table), or the account may not see it"
        case .blocked(let blockers): "the table can't be sealed so: \(blockers.map(\.message.key).joined(separator: ", "))"
        case .noKey(let column): "there is no key for \(column)"
        case .keyMissing(let column, let id, let reason): "key \(id), which a cell of \(column) names, can't be had: \(reason)"
        case .cell(let place, let why): "\(place): \(why)"
        case .anotherRun(let table): "another run is at work on \(table): wait for it to end"
        case .notSealed(let table): "\(table) is not sealed: no run of Suwen has left its state in this database"
        case .otherIndexes(let column):
            "an earlier run sealed \(column) with other indexes, or in another form: ask for those (suwen seal status), or unseal the table first"
        case .neverEnds(let rows):
            "writers bring in plaintext as fast as it is sealed (\(rows) rows in the last sweep): let them seal, or add --enforce"
        case .malformedAnswer: "the server's answer, or the state that an earlier run left, isn't in the form that it should have"
        case .unsupported(let what): what
        }
    }
}

/// A cell's place, by which an operator finds it. Never a value: also no key that could be a person's number.
package struct CellPlace: Hashable, Sendable, CustomStringConvertible {
    package enum Row: Hashable, Sendable {
        /// PostgreSQL: `SELECT … WHERE ctid = '(page,item)'`.
        case heap(page: UInt32, item: UInt16)
        /// A primary key that is one integer; SQLite's rowid.
        case number(Int64, of: String)
        /// Any other primary key: the first 16 hexadecimal digits of the SHA-256 of its parts, joined by a line feed, as ``condition`` writes it.
        case digest(String, condition: String)
    }

    package var column: String
    package var row: Row

    package init(column: String, row: Row) {
        self.column = column
        self.row = row
    }

    package var description: String {
        switch row {
        case .heap(let page, let item): "\(column) of the row at ctid (\(page),\(item))"
        case .number(let number, let name): "\(column) of the row whose \(name) is \(number)"
        case .digest(let digest, let condition): "\(column) of the row WHERE \(condition) = '\(digest)'"
        }
    }
}
