package import Datastores

/// Rows as text, for tests of every kind of store.
package enum Rows {
    package static let columns = ["id", "text", "other"]

    /// Values that a careless writer or reader damages.
    package static let awkward: [[String?]] = [
        ["1", "plain", nil], ["2", "", "空"], ["3", "tab\there", "line\nbreak"], ["4", "quote\"' `", "back\\slash \\N \\."],
        ["5", "逗号，,;|", "𠮷😀"], ["6", "\r\n", "NULL"],
    ]

    package static let table = Table(
        name: "中文 \"t\"", comment: "表's",
        columns: [
            Column(name: "id", type: "varchar(8)", isPrimaryKey: true), Column(name: "text", type: "varchar(64)", comment: "说明'"),
            Column(name: "other", type: "varchar(64)"),
        ])

    package static func write(_ rows: [[String?]], into store: any Datastore) throws {
        let writer = try store.create(table)
        var batch = Batch(rowCount: rows.count, columns: columns.map { _ in ColumnBatch() })
        for row in rows {
            for (index, value) in row.enumerated() {
                if let value { batch.columns[index].append(value.utf8) } else { batch.columns[index].appendNull() }
            }
        }
        try writer.append(batch)
        try writer.finish()
    }

    package static func read(_ store: any Datastore, _ table: Table, _ columns: [String], limit: Int? = nil) throws -> [[String?]] {
        var rows: [[String?]] = []
        try store.scan(table, columns: columns, limit: limit) { batch in
            for row in 0..<batch.rowCount {
                rows.append(
                    batch.columns.map { column in
                        column.isNull[row] ? nil : String(decoding: column.bytes[column.offsets[row]..<column.offsets[row + 1]], as: UTF8.self)
                    })
            }
            return true
        }
        return rows
    }
}
