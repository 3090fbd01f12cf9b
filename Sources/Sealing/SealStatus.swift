/// How far a table is, from what runs have recorded in its database.
package struct SealStatus: Sendable, Hashable {
    package struct Column: Sendable, Hashable {
        package var column: SealColumn
        /// `sealing`, `sealed` or `unsealing`.
        package var state: String
        /// The type it gets back.
        package var declaration: String

        package init(column: SealColumn, state: String, declaration: String) {
            self.column = column
            self.state = state
            self.declaration = declaration
        }
    }

    package var columns: [Column]
    /// How much of the sweep under way is done, 0…1; nil when none is under way, or it can't be told.
    package var share: Double?
    /// Rows that the sweep under way has changed.
    package var rowsDone: Int

    package init(columns: [Column], share: Double? = nil, rowsDone: Int = 0) {
        self.columns = columns
        self.share = share
        self.rowsDone = rowsDone
    }
}
