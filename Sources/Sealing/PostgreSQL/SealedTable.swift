import Cryptography
import Datastores

extension SealRequest {
    /// A cipher for each column. They belong to one thread.
    func ciphers(_ forms: [String: ColumnForm], _ keys: SealingKeys) throws -> [ColumnCipher] {
        try columns.map { column in
            try ColumnCipher(column, form: forms[column.name] ?? .text, logicalName: logicalName(of: column.name), keys: keys)
        }
    }

    func statements(_ operation: SealOperation, _ table: TableSnapshot, _ forms: [String: ColumnForm], _ keys: SealingKeys) -> HeapStatements {
        HeapStatements(
            table: qualifiedName, primaryKey: table.primaryKey, columns: columns.map { ($0, forms[$0.name] ?? .text) }, operation: operation,
            keyIDs: keys.current.mapValues(\.id))
    }
}
