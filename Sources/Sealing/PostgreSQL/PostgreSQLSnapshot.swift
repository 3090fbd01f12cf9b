package import Datastores

/// Reads ``TableSnapshot`` from PostgreSQL's catalogue.
package struct PostgreSQLSnapshot {
    let session: PostgreSQLSession
    let schema: String
    let table: String

    /// Nil when there is no such relation, or the account may not see its schema.
    package static func read(_ session: PostgreSQLSession, schema: String, table: String, columns: [String]) throws -> TableSnapshot? {
        try PostgreSQLSnapshot(session: session, schema: schema, table: table).read(columns)
    }

    private func read(_ wanted: [String]) throws -> TableSnapshot? {
        let rows = try session.rows(
            """
            SELECT c.oid::bigint, c.relkind, c.reltuples::bigint, pg_table_size(c.oid), pg_indexes_size(c.oid), c.relispartition,
                   EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = c.oid), c.relpersistence,
                   c.relrowsecurity AND (c.relforcerowsecurity OR NOT pg_has_role(c.relowner, 'USAGE')),
                   (SELECT u.rolsuper OR u.rolbypassrls FROM pg_roles u WHERE u.rolname = current_user),
                   pg_has_role(c.relowner, 'USAGE'), has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'UPDATE'),
                   has_database_privilege(current_database(), 'CREATE'),
                   EXISTS (SELECT FROM pg_namespace s WHERE s.nspname = 'suwen' AND pg_has_role(s.nspowner, 'USAGE')),
                   pg_is_in_recovery(), current_setting('default_transaction_read_only'), current_setting('block_size'),
                   current_setting('archive_mode') <> 'off', (SELECT count(*) FROM pg_stat_replication),
                   (SELECT count(*) FROM pg_replication_slots)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
            """, [schema, table])
        guard let row = rows.first, let id = row[0] else { return nil }
        var snapshot = TableSnapshot(
            schema: schema, table: table, kind: row[1].flatMap(TableSnapshot.Kind.init) ?? .other, columns: try columns(id),
            primaryKey: try primaryKey(id), serverVersion: session.serverVersion)
        snapshot.estimatedRows = row[2].flatMap(Int.init).flatMap { $0 < 0 ? nil : $0 }
        snapshot.heapBytes = row[3].flatMap(Int.init) ?? 0
        snapshot.indexBytes = row[4].flatMap(Int.init) ?? 0
        snapshot.isPartition = row[5] == "t"
        snapshot.hasChildren = row[6] == "t"
        snapshot.isUnlogged = row[7] == "u"
        snapshot.isTemporary = row[7] == "t"
        snapshot.hasRowSecurity = row[8] == "t"
        snapshot.bypassesRowSecurity = row[9] == "t"
        snapshot.isOwner = row[10] == "t"
        snapshot.canSelect = row[11] == "t"
        snapshot.canCreateInDatabase = row[12] == "t"
        snapshot.hasStateSchema = row[13] == "t"
        snapshot.isReplica = row[14] == "t"
        snapshot.isReadOnly = row[15] == "on"
        snapshot.pageSize = row[16].flatMap(Int.init) ?? 8_192
        snapshot.archivesWAL = row[17] == "t"
        snapshot.replicas = row[18].flatMap(Int.init) ?? 0
        snapshot.replicationSlots = row[19].flatMap(Int.init) ?? 0
        try addDependents(id, to: &snapshot)
        snapshot.sealedColumns = try PostgreSQLState.columns(session, schema: schema, table: table)
        return snapshot
    }

    private func columns(_ id: String) throws -> [TableSnapshot.Column] {
        try session.rows(
            """
            SELECT a.attname, a.attnum, t.typname, format_type(a.atttypid, a.atttypmod), t.typtype, a.attnotnull, a.attgenerated <> '',
                   a.attidentity <> '', a.attinhcount > 0, a.atthasdef AND a.attgenerated = '', s.avg_width,
                   CASE WHEN a.attgenerated = '' THEN pg_get_expr(f.adbin, f.adrelid) END,
                   CASE WHEN a.attcollation <> t.typcollation
                        THEN (SELECT quote_ident(m.nspname) || '.' || quote_ident(l.collname)
                              FROM pg_collation l JOIN pg_namespace m ON m.oid = l.collnamespace WHERE l.oid = a.attcollation) END
            FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid JOIN pg_class c ON c.oid = a.attrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
            LEFT JOIN pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = a.attname AND NOT s.inherited
            WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
            """, [id]
        ).map { row in
            var column = TableSnapshot.Column(
                name: row[0] ?? "", number: row[1].flatMap(Int.init) ?? 0, type: row[2] ?? "", declaration: row[3] ?? "")
            column.typeKind = row[4] ?? "b"
            column.isNotNull = row[5] == "t"
            column.isGenerated = row[6] == "t"
            column.isIdentity = row[7] == "t"
            column.isInherited = row[8] == "t"
            column.hasDefault = row[9] == "t"
            column.averageWidth = row[10].flatMap(Int.init)
            column.defaultExpression = row[11]
            column.collation = row[12]
            return column
        }
    }

    private func primaryKey(_ id: String) throws -> [String] {
        try session.rows(
            """
            SELECT a.attname FROM pg_constraint k, unnest(k.conkey) WITH ORDINALITY u(number, place)
            JOIN pg_attribute a ON a.attnum = u.number
            WHERE k.conrelid = $1::oid AND k.contype = 'p' AND a.attrelid = k.conrelid ORDER BY u.place
            """, [id]
        ).compactMap { $0[0] }
    }

    /// The names of the columns of the table whose numbers a dependency's `refobjsubid` gives. An object that uses the whole row uses them all.
    private func dependents(_ sql: String, _ id: String, _ columns: [TableSnapshot.Column]) throws -> [String: [String]] {
        var found: [String: [String]] = [:]
        for row in try session.rows(sql, [id]) {
            guard let name = row[0], let number = row[1].flatMap(Int.init) else { continue }
            let names = columns.filter { number == 0 || $0.number == number }.map(\.name)
            found[name, default: []] += names.filter { !found[name, default: []].contains($0) }
        }
        return found
    }

    private func addDependents(_ id: String, to table: inout TableSnapshot) throws {
        table.dependents = try dependents(
            """
            SELECT DISTINCT (CASE WHEN c.oid = $1::oid THEN 'rule ' || r.rulename ELSE n.nspname || '.' || c.relname END), d.refobjsubid
            FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid JOIN pg_class c ON c.oid = r.ev_class
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = $1::oid
              AND NOT (c.oid = $1::oid AND r.rulename = '_RETURN') ORDER BY 1, 2
            """, id, table.columns)
        table.generated = try dependents(
            """
            SELECT a.attname, d.refobjsubid FROM pg_attrdef f JOIN pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = f.adnum
            JOIN pg_depend d ON d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid AND d.refclassid = 'pg_class'::regclass
            WHERE f.adrelid = $1::oid AND a.attgenerated <> '' AND d.refobjid = $1::oid AND d.refobjsubid <> a.attnum
            """, id, table.columns)
        table.policies = try dependents(
            """
            SELECT p.polname, d.refobjsubid FROM pg_policy p JOIN pg_depend d ON d.classid = 'pg_policy'::regclass AND d.objid = p.oid
            WHERE p.polrelid = $1::oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid = $1::oid AND d.refobjsubid > 0
            """, id, table.columns)
        table.extendedStatistics = try dependents(
            """
            SELECT s.stxname, d.refobjsubid FROM pg_statistic_ext s
            JOIN pg_depend d ON d.classid = 'pg_statistic_ext'::regclass AND d.objid = s.oid
            WHERE s.stxrelid = $1::oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid = $1::oid AND d.refobjsubid > 0
            """, id, table.columns)
        try addIndexes(id, to: &table)
        try addConstraints(id, to: &table)
        table.triggers = try session.rows(
            """
            SELECT t.tgname, t.tgtype & 16 > 0,
                   (SELECT string_agg(a.attname, chr(1)) FROM pg_attribute a WHERE a.attrelid = t.tgrelid AND a.attnum = ANY (t.tgattr)),
                   t.tgenabled = 'A'
            FROM pg_trigger t WHERE t.tgrelid = $1::oid AND NOT t.tgisinternal AND t.tgenabled NOT IN ('D', 'R') ORDER BY 1
            """, [id]
        ).map { TableSnapshot.Trigger(name: $0[0] ?? "", firesOnUpdate: $0[1] == "t", columns: Self.list($0[2]), isAlways: $0[3] == "t") }
        table.publications = try session.rows(
            "SELECT pubname FROM pg_publication_tables WHERE schemaname = $1 AND tablename = $2 ORDER BY 1", [schema, self.table]
        ).compactMap { $0[0] }
        table.partitionKey = try session.rows(
            """
            SELECT a.attname FROM pg_partitioned_table p JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = ANY (p.partattrs)
            WHERE p.partrelid = $1::oid
            """, [id]
        ).compactMap { $0[0] }
    }

    private func addIndexes(_ id: String, to table: inout TableSnapshot) throws {
        table.indexes = try session.rows(
            """
            SELECT c.relname, pg_get_indexdef(i.indexrelid), i.indisunique, i.indisprimary, i.indisreplident, k.conname,
                   (SELECT string_agg(a.attname, chr(1) ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = i.indrelid
                      AND (a.attnum = ANY (i.indkey) OR EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
                           AND d.objid = i.indexrelid AND d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid
                           AND d.refobjsubid = a.attnum))),
                   obj_description(i.indexrelid, 'pg_class'), pg_get_constraintdef(k.oid), obj_description(k.oid, 'pg_constraint')
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
            WHERE i.indrelid = $1::oid ORDER BY 1
            """, [id]
        ).map { row in
            TableSnapshot.Index(
                name: row[0] ?? "", definition: row[1] ?? "", columns: Self.list(row[6]), isUnique: row[2] == "t", isPrimary: row[3] == "t",
                constraint: row[5], isReplicaIdentity: row[4] == "t", comment: row[7], constraintDefinition: row[8], constraintComment: row[9])
        }
    }

    private func addConstraints(_ id: String, to table: inout TableSnapshot) throws {
        table.constraints = try session.rows(
            """
            SELECT k.conname, k.contype, (SELECT string_agg(a.attname, chr(1)) FROM pg_attribute a WHERE a.attrelid = $1::oid
                   AND a.attnum = ANY (CASE WHEN k.confrelid = $1::oid AND k.conrelid <> $1::oid THEN k.confkey
                                            WHEN k.confrelid = $1::oid THEN k.conkey || k.confkey ELSE k.conkey END)),
                   CASE WHEN k.conrelid <> $1::oid THEN k.conrelid::regclass::text END, pg_get_constraintdef(k.oid)
            FROM pg_constraint k WHERE k.conrelid = $1::oid OR k.confrelid = $1::oid ORDER BY 1
            """, [id]
        ).compactMap { row in
            guard let name = row[0], let kind = row[1].flatMap(TableSnapshot.Constraint.Kind.init) else { return nil }
            return TableSnapshot.Constraint(name: name, kind: kind, columns: Self.list(row[2]), referencing: row[3], definition: row[4] ?? "")
        }
    }

    private static func list(_ joined: String?) -> [String] {
        joined.map { $0.split(separator: "\u{1}").map(String.init) } ?? []
    }
}
