import Datastores
import Network

/// Every distinct value of some columns of a store's tables.
enum StoreValues {
    static func read(_ url: String, columns wanted: [String]) async throws -> Set<String> {
        try await withDatastore(try StoreLocation(url), scope: Scope(), password: nil, encoding: nil, access: .read) { store in
            var values: Set<String> = []
            for table in try store.tables() {
                let columns = table.columns.map(\.name).filter(wanted.contains)
                guard !columns.isEmpty else { continue }
                try store.scan(table, columns: columns, limit: nil) { batch in
                    for column in batch.columns {
                        for row in 0..<batch.rowCount where !column.isNull[row] {
                            values.insert(String(decoding: column.bytes[column.offsets[row]..<column.offsets[row + 1]], as: UTF8.self))
                        }
                    }
                    return true
                }
            }
            return values
        }
    }
}
