import Datastores

/// How far a table is, from what runs have recorded in its database.
package struct SealStatus: Sendable, Hashable {
    package struct Column: Sendable, Hashable {
        package var name: String
        /// `sealing`, `sealed` or `unsealing`.
        package var state: String
        /// The type it gets back.
        package var declaration: String
        package var indexes: [SearchIndex]
    }

    package var columns: [Column]
    /// Pages of the table that the sweep under way has still to look at; 0 when none is under way.
    package var pagesLeft: Int
    /// Rows that the sweep under way has changed.
    package var rowsDone: Int

    package static func read(_ target: SealTarget, schema: String, table: String) async throws -> SealStatus {
        try await target.connect { session in
            let columns = try PostgreSQLState.sealedColumns(session, schema: schema, table: table)
            guard !columns.isEmpty else { throw SealingError.notSealed("\(schema).\(table)") }
            let progress = try session.rows(
                """
                SELECT coalesce(sum(end_page - next_page), 0)::bigint, coalesce(sum(rows_done), 0)::bigint FROM suwen.seal_progress
                WHERE table_schema = $1 AND table_name = $2
                """, [schema, table]
            ).first
            return SealStatus(
                columns: columns.map { Column(name: $0.column.name, state: $0.state, declaration: $0.declaration, indexes: $0.column.indexes) },
                pagesLeft: progress?[0].flatMap(Int.init) ?? 0, rowsDone: progress?[1].flatMap(Int.init) ?? 0)
        }
    }
}
