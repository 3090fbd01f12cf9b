import Cryptography
import Datastores

/// Opens every sealed cell of a table, and computes every companion anew. Reads the table once, in one snapshot; in WAL mode writers go on meanwhile.
enum SQLiteVerifier {
    static func verify(_ session: SQLiteSession, _ request: SealRequest, _ keys: SealingKeys, _ progress: SealProgress) throws -> SealVerification {
        let table = try SQLiteTable.read(session, request)
        let columns = table.recorded.map(\.column)
        guard !columns.isEmpty else { throw SealingError.notSealed(request.displayName) }
        try keys.require(columns)
        let ciphers = try columns.map {
            try SQLiteColumnCipher($0, logicalName: request.logicalName(of: $0.name), keys: keys, isUTF16: table.isUTF16)
        }
        var reader = SQLiteRowReader(table)
        let names = (columns.map(\.name) + columns.flatMap(\.companions).map(\.name)).map(SQLiteSession.identifier)
        let name = SQLiteSession.identifier(request.table)
        let statement = try session.prepare(
            "SELECT \((reader.selected + names).joined(separator: ", ")) FROM \(name) ORDER BY \(reader.locator.joined(separator: ", "))")
        defer { statement.reset() }
        progress.begin(total: nil)
        var result = SealVerification()
        while try statement.step() {
            result.rows += 1
            if result.rows % 1_024 == 0 { progress.add(1_024) }
            try reader.readKey(statement)
            var place = reader.width + ciphers.count
            for (index, cipher) in ciphers.enumerated() {
                let found = cipher.column.companions.indices.map { companion(statement.cell(place + $0)) }
                place += found.count
                let finding = try cipher.check(statement.cell(reader.width + index), companions: found, key: reader.key)
                result.add(finding, at: reader.place(statement, cipher.column.name))
            }
        }
        return result
    }

    /// One of a type that isn't the companion's own is none of ours: it is equal to nothing.
    private static func companion(_ cell: SQLiteCell) -> CompanionValue {
        switch cell {
        case .null: .null
        case .integer(let number): .integer(number)
        case .real(let number): .text(Array("\(number)".utf8))
        case .text(let bytes): .text(Array(bytes))
        case .blob(let bytes): .bytes(Array(bytes))
        }
    }
}
