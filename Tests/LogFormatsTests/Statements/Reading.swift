import LogFormats

/// A reading with its names as text.
struct Reading {
    var reading = StatementReading()
    var tables: [String] = []

    init(_ statement: String, _ dialect: StatementDialect = .postgreSQL) { self.init(Array(statement.utf8), dialect) }

    init(_ bytes: [UInt8], _ dialect: StatementDialect) {
        bytes.withUnsafeBytes { bytes in
            StatementClassifier().read(bytes, dialect, into: &reading)
            tables = (0..<reading.tableCount).map { index in
                let table = reading.tables[index]
                func text(_ span: Span) -> String { String(decoding: bytes[span.range], as: UTF8.self) }
                return (table.schema.isNone ? "" : text(table.schema) + ".") + text(table.name)
            }
        }
    }
}
