import Datastores

extension SealStatus {
    static func read(_ target: SealTarget, _ request: SealRequest) async throws -> SealStatus {
        try await target.connect { session in
            let columns = try PostgreSQLState.sealedColumns(session, schema: request.schema, table: request.table)
            guard !columns.isEmpty else { throw SealingError.notSealed(request.displayName) }
            let progress = try session.rows(
                """
                SELECT sum(end_page - next_page)::bigint, max(end_page), coalesce(sum(rows_done), 0)::bigint FROM suwen.seal_progress
                WHERE table_schema = $1 AND table_name = $2
                """, [request.schema, request.table]
            ).first.map { $0.map { $0.flatMap(Double.init) } }
            var share: Double?
            if let left = progress?[0], let pages = progress?[1], left > 0, pages > 0 { share = 1 - left / pages }
            return SealStatus(
                columns: columns.map { Column(column: $0.column, state: $0.state, declaration: $0.declaration) }, share: share,
                rowsDone: progress?[2].map { Int($0) } ?? 0)
        }
    }
}
