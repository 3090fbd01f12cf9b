import Cryptography
import Datastores

/// Opens every sealed cell of a table, and computes every companion anew. Reads the table once, in one snapshot; writers go on meanwhile.
package enum PostgreSQLVerifier {
    package static func verify(
        _ target: SealTarget, _ request: SealRequest, keys: SealingKeys, progress: SealProgress = SealProgress()
    ) async throws -> SealVerification {
        try await target.connect { session in
            let recorded = try PostgreSQLState.sealedColumns(session, schema: request.schema, table: request.table)
            guard !recorded.isEmpty else { throw SealingError.notSealed(request.displayName) }
            guard let table = try PostgreSQLSnapshot.read(session, schema: request.schema, table: request.table, columns: []) else {
                throw SealingError.noSuchTable(request.displayName)
            }
            var request = request
            request.columns = recorded.map(\.column)
            try keys.require(request.columns)
            let forms = Dictionary(recorded.map { ($0.column.name, $0.form) }, uniquingKeysWith: { first, _ in first })
            var reader = try Reader(ciphers: request.ciphers(forms, keys), keyParts: table.primaryKey.count)
            progress.begin(total: table.estimatedRows)
            try session.copyOut(sql(request, table, forms)) { message in
                try reader.take(message)
                if reader.result.rows % 1_024 == 0 { progress.add(1_024) }
            }
            return reader.result
        }
    }

    private static func sql(_ request: SealRequest, _ table: TableSnapshot, _ forms: [String: ColumnForm]) -> String {
        let keys = table.primaryKey.map { PostgreSQLSession.identifier($0) + "::text" }
        let values = request.columns.map { PostgreSQLSession.identifier($0.name) + (forms[$0.name] == .binary ? "" : "::text") }
        let companions = request.columns.flatMap(\.companions).map { PostgreSQLSession.identifier($0.name) }
        return
            "COPY (SELECT \((["ctid"] + keys + values + companions).joined(separator: ", ")) FROM ONLY \(request.qualifiedName)) TO STDOUT (FORMAT binary)"
    }

    private struct Reader {
        let ciphers: [ColumnCipher]
        let companions: [[CompanionColumn]]
        let keyParts: Int
        var copy = CopyBinary()
        var fields: [Range<Int>?]
        var primaryKey = PrimaryKeyBytes()
        var result = SealVerification()

        init(ciphers: [ColumnCipher], keyParts: Int) {
            self.ciphers = ciphers
            self.keyParts = keyParts
            companions = ciphers.map(\.column.companions)
            fields = [Range<Int>?](repeating: nil, count: 1 + keyParts + ciphers.count + companions.reduce(0) { $0 + $1.count })
        }

        mutating func take(_ row: UnsafeRawBufferPointer) throws {
            guard try copy.row(row, into: &fields) else { return }
            result.rows += 1
            primaryKey.removeAll()
            for index in 1..<1 + keyParts {
                guard let range = fields[index] else { throw SealingError.malformedAnswer }
                primaryKey.append(UnsafeRawBufferPointer(rebasing: row[range]))
            }
            var place = 1 + keyParts + ciphers.count
            for (index, cipher) in ciphers.enumerated() {
                let found = try companions[index].enumerated().map { try Self.value(row, fields[place + $0], $1.type) }
                place += found.count
                let cell = fields[1 + keyParts + index].map { UnsafeRawBufferPointer(rebasing: row[$0]) }
                let finding = try primaryKey.withBytes { try cipher.check(cell, companions: found, primaryKey: $0) }
                result.add(finding, at: RowTransformer.place(row, fields, cipher.column.name))
            }
        }

        private static func value(_ row: UnsafeRawBufferPointer, _ range: Range<Int>?, _ type: CompanionColumn.ValueType) throws -> CompanionValue {
            guard let range else { return .null }
            let bytes = UnsafeRawBufferPointer(rebasing: row[range])
            switch type {
            case .integer:
                guard bytes.count == 8 else { throw SealingError.malformedAnswer }
                return .integer(Int64(bigEndian: bytes.loadUnaligned(as: Int64.self)))
            case .text: return .text(Array(bytes))
            case .bytes: return .bytes(Array(bytes))
            }
        }
    }
}
