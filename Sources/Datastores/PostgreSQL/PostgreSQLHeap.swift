/// Pages of one heap: of a table, or of one partition. A chunk holds the heap's object id in the upper 32 bits of its positions and the page in
/// the lower.
struct PostgreSQLHeap: Hashable {
    let id: UInt32
    let firstPage: UInt32
    /// Behind the last page; nil: to the end, wherever that is by then.
    let endPage: UInt32?

    init(id: UInt32, firstPage: UInt32, endPage: UInt32?) {
        self.id = id
        self.firstPage = firstPage
        self.endPage = endPage
    }

    /// Nil for ``TableChunk/whole``.
    init?(_ chunk: TableChunk) {
        guard chunk != .whole, chunk.lower >= 0, chunk.upper >= chunk.lower else { return nil }
        id = UInt32(truncatingIfNeeded: chunk.lower >> 32)
        firstPage = UInt32(truncatingIfNeeded: chunk.lower)
        let end = UInt32(truncatingIfNeeded: chunk.upper)
        endPage = end == .max ? nil : end
    }

    var chunk: TableChunk {
        TableChunk(lower: Int64(id) << 32 | Int64(firstPage), upper: Int64(id) << 32 | Int64(endPage ?? .max))
    }

    /// The condition on `ctid`, which PostgreSQL 14 and newer answer by reading these pages only ("TID Range Scan").
    var condition: String {
        let lower = "ctid >= '(\(firstPage),0)'::pg_catalog.tid"
        return endPage.map { "\(lower) AND ctid < '(\($0),0)'::pg_catalog.tid" } ?? lower
    }

    /// 32 MiB of 8 KiB pages: a fraction of a second of reading, so that a stop loses little and no statement lasts long.
    static let pagesPerChunk = 4_096

    /// The chunks of a heap; the last one is open, for the table may grow.
    static func chunks(of id: UInt32, pages: Int) -> [TableChunk] {
        stride(from: 0, to: max(1, pages), by: pagesPerChunk).map { page in
            let end = page + pagesPerChunk
            return PostgreSQLHeap(id: id, firstPage: UInt32(clamping: page), endPage: end >= pages ? nil : UInt32(clamping: end)).chunk
        }
    }
}

extension PostgreSQLStore {
    /// Ranges of pages of the table's heap, or of its partitions' heaps.
    ///
    /// The whole instead, where pages can't be asked for (before PostgreSQL 14, foreign tables), or where asking a partition by itself would be
    /// another question than asking the table (row-level security, rights on the table alone).
    func chunks(of table: Table) throws(DatastoreError) -> [TableChunk] {
        guard serverVersion >= 140_000 else { return [.whole] }
        let heaps = try connection.rows(
            """
            SELECT c.oid::bigint, pg_catalog.pg_relation_size(c.oid) / pg_catalog.current_setting('block_size')::bigint,
                   c.relkind IN ('r', 'm') AND NOT c.relrowsecurity AND NOT r.relrowsecurity
                   AND (c.oid = r.oid OR pg_catalog.has_table_privilege(c.oid, 'SELECT'))
            FROM pg_catalog.pg_class r, pg_catalog.pg_class c
            WHERE r.oid = pg_catalog.to_regclass($1)
              AND c.oid IN (SELECT r.oid WHERE r.relkind <> 'p' UNION ALL
                            SELECT t.relid FROM pg_catalog.pg_partition_tree(r.oid) t WHERE r.relkind = 'p' AND t.isleaf)
            ORDER BY c.oid
            """, [Self.name(table)])
        guard !heaps.isEmpty, heaps.allSatisfy({ $0[2] == "t" }) else { return [.whole] }
        return heaps.flatMap { row -> [TableChunk] in
            guard let id = row[0].flatMap(UInt32.init), let pages = row[1].flatMap(Int.init) else { return [] }
            return PostgreSQLHeap.chunks(of: id, pages: pages)
        }
    }

    /// What comes behind FROM to read the pages. ONLY: tables that inherit from this one are listed and read by themselves.
    func source(_ heap: PostgreSQLHeap) throws(DatastoreError) -> String {
        let names = try connection.rows(
            "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = $1::bigint::oid",
            [String(heap.id)])
        guard let row = names.first, let schema = row[0], let name = row[1] else {
            throw opening.error(.failed("the table was dropped while it was read"))
        }
        let table = PostgreSQLConnection.identifier(schema) + "." + PostgreSQLConnection.identifier(name)
        return "ONLY \(table) WHERE \(heap.condition)"
    }
}
