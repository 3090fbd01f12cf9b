/// Why a table wasn't sealed, or not to the end. Names columns and places, never values.
package enum SealingError: Error, Sendable, CustomStringConvertible {
    case noSuchTable(String)
    /// Nothing was done.
    case blocked([SealPlan.Blocker])
    case noKey(column: String)
    /// The key of this number can't be had, or is destroyed.
    case keyMissing(column: String, id: UInt32)
    /// The cell can't be opened, and why.
    case cell(CellPlace, String)
    case anotherRun(String)
    case notSealed(String)
    /// An earlier run gave the column other indexes than are asked for now.
    case otherIndexes(column: String)
    /// Writers bring in plaintext as fast as it is sealed.
    case neverEnds(rows: Int)
    case malformedAnswer

    package var description: String {
        switch self {
        case .noSuchTable(let table): "there is no table \(table), or the account may not see it"
        case .blocked(let blockers): blockers.map(\.description).joined(separator: "; ")
        case .noKey(let column): "there is no key for \(column)"
        case .keyMissing(let column, let id): "key \(id), which a cell of \(column) names, can't be had"
        case .cell(let place, let why): "\(place): \(why)"
        case .anotherRun(let table): "another run is at work on \(table): wait for it to end"
        case .notSealed(let table): "\(table) is not sealed: no run of Suwen has left its state in the schema suwen"
        case .otherIndexes(let column):
            "an earlier run gave \(column) other indexes: name those, or unseal the table and seal it anew (suwen seal status tells the columns)"
        case .neverEnds(let rows):
            "writers bring in plaintext as fast as it is sealed (\(rows) rows in the last sweep): let them seal, or add --enforce"
        case .malformedAnswer: "the server's answer isn't in the form that PostgreSQL documents"
        }
    }
}

/// A cell's place, by which an operator finds it: `SELECT … WHERE ctid = '(page,item)'`.
package struct CellPlace: Hashable, Sendable, CustomStringConvertible {
    package var column: String
    package var page: UInt32
    package var item: UInt16

    package var description: String { "\(column) of the row at ctid (\(page),\(item))" }
}
