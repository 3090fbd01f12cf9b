/// What the rows of one column came to. Sums and sketches only, so that parts of a table can be counted apart and put together in any order.
package struct ColumnCounts: Sendable, Hashable, Codable {
    package var rows = 0
    package var nulls = 0
    /// Nothing but white space, or a word for "nothing here".
    var blanks = 0
    /// Readable values of the kind that the column was taken for.
    package var confirmed = 0
    /// Other readable values.
    var otherwise = 0
    package var masked = 0
    package var hashed = 0
    package var encrypted = 0
    package var sealed = 0
    /// Values that name illnesses of level 5 of GB/T 39725-2020.
    var special = 0
    /// How often each of ``KindSet/members`` was seen among values that weren't confirmed.
    var kinds: [Int] = []
    var distinct = DistinctSketch()

    /// Neither null nor blank.
    package var values: Int { rows - nulls - blanks }
    package var readable: Int { confirmed + otherwise }

    func count(of kind: DataKind) -> Int {
        KindSet.members.firstIndex { $0.kind == kind }.map { kinds.indices.contains($0) ? kinds[$0] : 0 } ?? 0
    }

    mutating func merge(_ other: ColumnCounts) {
        rows += other.rows
        nulls += other.nulls
        blanks += other.blanks
        confirmed += other.confirmed
        otherwise += other.otherwise
        masked += other.masked
        hashed += other.hashed
        encrypted += other.encrypted
        sealed += other.sealed
        special += other.special
        if kinds.isEmpty {
            kinds = other.kinds
        } else {
            for (index, count) in other.kinds.enumerated() where index < kinds.count { kinds[index] += count }
        }
        distinct.merge(other.distinct)
    }
}
