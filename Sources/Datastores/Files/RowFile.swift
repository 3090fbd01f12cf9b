/// Writes rows, one after the other, into a new file of mode 0600, which has its name when it is complete: delimited text or JSON Lines, compressed
/// or not, as its name says (``FileWriter``).
package final class RowFile {
    private let writer: FileWriter
    private var builder: BatchBuilder

    /// - Throws: ``DatastoreError`` when there is such a file already, or it can't be made.
    package init(path: String, columns: [String]) throws(DatastoreError) {
        let context = FileContext(store: "file:\(path)", encoding: nil, tuning: FileTuning(), followsLinks: false, watch: Watch())
        writer = try FileWriter(context, path: path, Table(name: path, columns: columns.map { Column(name: $0) }))
        builder = BatchBuilder(columnCount: columns.count, limit: nil)
    }

    /// - Parameter values: as many as there are columns; nil for null.
    package func append(_ values: [String?]) throws {
        for (index, value) in values.enumerated() {
            if let value { builder.batch.columns[index].append(value.utf8) } else { builder.batch.columns[index].appendNull() }
        }
        if builder.endRow(bytes: values.reduce(0) { $0 + ($1?.utf8.count ?? 0) }) { try flush() }
    }

    private func flush() throws {
        _ = try builder.flush { batch in
            try writer.append(batch)
            return true
        }
    }

    package func finish() throws {
        try flush()
        try writer.finish()
    }
}
