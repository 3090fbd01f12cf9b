import Datastores

/// Conditions in SQL on a column's cells. They compare bytes, whatever the column's collation takes for equal.
enum MySQLCondition {
    /// Whether a cell is sealed; NULL for NULL.
    static func isSealed(_ column: String, _ form: ColumnForm) -> String {
        let name = MySQLSession.identifier(column)
        return switch form {
        case .text: "CAST(LEFT(\(name), \(EnvelopePrefix.text.utf8.count)) AS BINARY) = '\(EnvelopePrefix.text)'"
        case .binary: "LEFT(\(name), 3) = x'535701'"
        }
    }

    /// What a run of `operation` still has to do in a row, as far as SQL can tell and this column goes; nil when it can't tell any row's.
    /// - Parameter there: the columns of the table: one that a stopped run took away already has nothing to say.
    static func isPending(_ column: SealColumn, _ form: ColumnForm, _ operation: SealOperation, keyID: UInt32, there: Set<String>) -> String? {
        let name = MySQLSession.identifier(column.name)
        let companions = column.companions.filter { there.contains($0.name) }
        let mismatches = companions.map { "(\(name) IS NULL) <> (\(MySQLSession.identifier($0.name)) IS NULL)" }
        switch (operation, column.hasMark) {
        case (.seal, false): return (["NOT (\(isSealed(column.name, form)))"] + mismatches).joined(separator: " OR ")
        case (.seal, true): return mismatches.isEmpty ? nil : mismatches.joined(separator: " OR ")
        case (.rotate, false): return "(\(isSealed(column.name, form)) AND NOT (\(isUnder(keyID, column.name, form))))"
        case (.rotate, true): return nil
        case (.unseal, false): return isSealed(column.name, form)
        case (.unseal, true): return companions.first { $0.role == .mark }.map { "\(MySQLSession.identifier($0.name)) IS NOT NULL" }
        }
    }

    /// Whether a sealed cell names this key.
    static func isUnder(_ keyID: UInt32, _ column: String, _ form: ColumnForm) -> String {
        let name = MySQLSession.identifier(column)
        switch form {
        case .binary:
            let id = String(UInt64(keyID) + 0x1_0000_0000, radix: 16).dropFirst()
            return "SUBSTRING(\(name), 5, 4) = x'\(id)'"
        case .text:
            // Bytes 3…7 (the algorithm, any; the key) are characters 4…10 of base64: the algorithm's lies in the fourth and two bits of the fifth.
            let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
            let number = UInt64(keyID)
            func bytes(_ place: Int, _ count: Int) -> String { "CAST(SUBSTRING(\(name), \(EnvelopePrefix.text.count + place), \(count)) AS BINARY)" }
            func list(_ characters: [Character]) -> String { characters.map { "'\($0)'" }.joined(separator: ", ") }
            // 2 bits of the algorithm and 4 of the key; then 6, 6, 6, 6; then 4 of the key and 2 of the nonce.
            let first = (0..<4).map { alphabet[$0 << 4 | Int(number >> 28)] }
            let last = (0..<4).map { alphabet[Int(number & 15) << 2 | $0] }
            let middle = [22, 16, 10, 4].map { String(alphabet[Int(number >> UInt64($0) & 63)]) }.joined()
            return "\(bytes(2, 1)) IN (\(list(first))) AND \(bytes(3, 4)) = '\(middle)' AND \(bytes(7, 1)) IN (\(list(last)))"
        }
    }

    /// The CHECK that refuses plaintext, and a companion without a value or a value without one: what a run of sealing would have something to do with.
    /// So its last sweep comes to an end beside writers.
    static func refusal(_ column: SealColumn, _ form: ColumnForm) -> String {
        let name = MySQLSession.identifier(column.name)
        let companions = column.companions.map { " AND (\(name) IS NULL) = (\(MySQLSession.identifier($0.name)) IS NULL)" }
        return "CHECK ((\(name) IS NULL OR \(isSealed(column.name, form)))\(companions.joined()))"
    }
}
