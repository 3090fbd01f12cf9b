import Cryptography
import Datastores

/// Opens every sealed cell of a table, and computes every companion anew. Reads the table once, in one snapshot; writers go on meanwhile.
enum MySQLVerifier {
    static func verify(_ target: SealTarget, _ request: SealRequest, keys: SealingKeys, progress: SealProgress) async throws -> SealVerification {
        try await target.connectMySQL { session in
            guard let table = try MySQLSnapshot.read(session, request) else { throw SealingError.noSuchTable(request.displayName) }
            guard !table.sealed.isEmpty else { throw SealingError.notSealed(request.displayName) }
            guard let key = MySQLKey(table) else { throw SealingError.blocked([.noPrimaryKey]) }
            try keys.require(table.sealed.map(\.column))
            let columns = try MySQLMigration.columns(table.sealed.map(\.column), table)
            let ciphers = try columns.map {
                try ColumnCipher($0.column, form: $0.form, logicalName: request.logicalName(of: $0.column.name), keys: keys)
            }
            let companions = columns.map(\.column.companions)
            let there = Set(table.columns.map(\.name))
            let list =
                key.names + columns.map(\.expression)
                + companions.joined().map { there.contains($0.name) ? MySQLSession.identifier($0.name) : "NULL" }
            var result = SealVerification()
            var primaryKey = PrimaryKeyBytes()
            let parts = key.parts.count
            progress.begin(total: table.estimatedRows)
            try session.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            try session.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT")
            try session.stream("SELECT \(list.joined(separator: ", ")) FROM \(table.qualifiedName)") { row in
                result.rows += 1
                primaryKey.removeAll()
                for index in 0..<parts {
                    guard let part = row[index] else { throw SealingError.malformedAnswer }
                    primaryKey.append(part)
                }
                var place = parts + columns.count
                for (index, cipher) in ciphers.enumerated() {
                    let found = try companions[index].enumerated().map { try $1.value(row[place + $0]) }
                    place += found.count
                    let finding = try primaryKey.withBytes { try cipher.check(row[parts + index], companions: found, primaryKey: $0) }
                    switch finding {
                    case .null, .opened: result.add(finding, at: CellPlace(column: "", row: .number(0, of: "")))
                    default:
                        let value = try MySQLKey.value(row, count: parts)
                        result.add(finding, at: key.place(cipher.column.name, value))
                    }
                }
                if result.rows % 1_024 == 0 { progress.add(1_024) }
            }
            try session.execute("COMMIT")
            return result
        }
    }
}
