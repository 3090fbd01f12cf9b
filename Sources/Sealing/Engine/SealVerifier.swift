import Cryptography
import Datastores

/// Opens every sealed cell of a table, and computes every companion anew.
package struct SealVerifier: Sendable {
    package struct Result: Sendable, Hashable {
        package var rows = 0
        package var opened = 0
        package var nulls = 0
        package var plaintext = 0
        package var failed = 0
        /// Companions that don't belong to their cell.
        package var wrongCompanions = 0
        /// The first of the cells that aren't right, with why; never a value.
        package var failures: [Failure] = []

        package var isSound: Bool { plaintext == 0 && failed == 0 && wrongCompanions == 0 }
    }

    package struct Failure: Sendable, Hashable, CustomStringConvertible {
        package var place: CellPlace
        package var reason: String
        package var description: String { "\(place): \(reason)" }
    }

    private static let kept = 20

    /// Reads the table once, in one snapshot; writers go on meanwhile.
    package static func verify(_ target: SealTarget, _ request: SealRequest, keys: SealingKeys) async throws -> Result {
        try await target.connect { session in
            let recorded = try PostgreSQLState.sealedColumns(session, schema: request.schema, table: request.table)
            guard !recorded.isEmpty else { throw SealingError.notSealed(request.displayName) }
            guard let table = try PostgreSQLSnapshot.read(session, schema: request.schema, table: request.table, columns: []) else {
                throw SealingError.noSuchTable(request.displayName)
            }
            var request = request
            request.columns = recorded.map(\.column)
            let forms = Dictionary(recorded.map { ($0.column.name, $0.form) }, uniquingKeysWith: { first, _ in first })
            var reader = try Reader(ciphers: request.ciphers(forms, keys), keyParts: table.primaryKey.count)
            try session.copyOut(sql(request, table, forms)) { try reader.take($0) }
            return reader.result
        }
    }

    private static func sql(_ request: SealRequest, _ table: TableSnapshot, _ forms: [String: ColumnForm]) -> String {
        let keys = table.primaryKey.map { PostgreSQLSession.identifier($0) + "::text" }
        let values = request.columns.map { PostgreSQLSession.identifier($0.name) + (forms[$0.name] == .binary ? "" : "::text") }
        let companions = request.columns.flatMap { column in
            column.indexes.map { PostgreSQLSession.identifier(Companion.name(of: column.name, $0)) }
        }
        return
            "COPY (SELECT \((["ctid"] + keys + values + companions).joined(separator: ", ")) FROM ONLY \(request.qualifiedName)) TO STDOUT (FORMAT binary)"
    }

    private struct Reader {
        let ciphers: [ColumnCipher]
        let keyParts: Int
        var copy = CopyBinary()
        var fields: [Range<Int>?]
        var primaryKey = PrimaryKeyBytes()
        var result = Result()

        init(ciphers: [ColumnCipher], keyParts: Int) {
            self.ciphers = ciphers
            self.keyParts = keyParts
            let companions = ciphers.reduce(0) { $0 + $1.column.indexes.count }
            fields = [Range<Int>?](repeating: nil, count: 1 + keyParts + ciphers.count + companions)
        }

        mutating func take(_ row: UnsafeRawBufferPointer) throws {
            guard try copy.row(row, into: &fields) else { return }
            result.rows += 1
            primaryKey.removeAll()
            for index in 1..<1 + keyParts {
                guard let range = fields[index] else { throw SealingError.malformedAnswer }
                primaryKey.append(UnsafeRawBufferPointer(rebasing: row[range]))
            }
            var companion = 1 + keyParts + ciphers.count
            for (index, cipher) in ciphers.enumerated() {
                let count = cipher.column.indexes.count
                let companions = fields[companion..<companion + count].map { range in range.map { UnsafeRawBufferPointer(rebasing: row[$0]) } }
                companion += count
                let value = fields[1 + keyParts + index].map { UnsafeRawBufferPointer(rebasing: row[$0]) }
                do { try take(value, companions, cipher, row) } catch let error as SealingFailure {
                    fail(row, cipher, error.description)
                } catch let error as SealingError {
                    fail(row, cipher, error.description)
                }
            }
        }

        private mutating func take(
            _ value: UnsafeRawBufferPointer?, _ companions: [UnsafeRawBufferPointer?], _ cipher: ColumnCipher, _ row: UnsafeRawBufferPointer
        ) throws {
            guard let value else {
                result.nulls += 1
                if companions.contains(where: { $0 != nil }) { wrongCompanion(row, cipher) }
                return
            }
            guard ColumnCipher.isSealed(value, cipher.form) else {
                result.plaintext += 1
                return note(row, cipher, "is not sealed")
            }
            let isCurrent = CellSealer.keyID(of: value) == cipher.keyID
            let matches = try primaryKey.withBytes { key in
                try cipher.withOpened(value, primaryKey: key) { clear in
                    // Under an older generation's key the companion is another: rotation hasn't come there yet.
                    guard isCurrent, !companions.isEmpty else { return true }
                    return zip(try cipher.companions(of: clear), companions).allSatisfy { Self.matches($0, $1) }
                }
            }
            result.opened += 1
            if !matches { wrongCompanion(row, cipher) }
        }

        private static func matches(_ wanted: IndexDigest.Value, _ found: UnsafeRawBufferPointer?) -> Bool {
            guard let found else { return false }
            switch wanted {
            case .number(let number): return found.count == 8 && Int64(bigEndian: found.loadUnaligned(as: Int64.self)) == number
            case .bytes(let bytes): return found.elementsEqual(bytes)
            }
        }

        private mutating func wrongCompanion(_ row: UnsafeRawBufferPointer, _ cipher: ColumnCipher) {
            result.wrongCompanions += 1
            note(row, cipher, "has an index value that isn't its own")
        }

        private mutating func fail(_ row: UnsafeRawBufferPointer, _ cipher: ColumnCipher, _ reason: String) {
            result.failed += 1
            note(row, cipher, reason)
        }

        private mutating func note(_ row: UnsafeRawBufferPointer, _ cipher: ColumnCipher, _ reason: String) {
            guard result.failures.count < SealVerifier.kept else { return }
            result.failures.append(Failure(place: RowTransformer.place(row, fields, cipher.column.name), reason: reason))
        }
    }
}
