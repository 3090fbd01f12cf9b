import Datastores

/// Conditions in SQL on a column's cells.
enum SealedCondition {
    /// Whether a cell is sealed; NULL for NULL.
    static func isSealed(_ column: String, _ form: ColumnForm) -> String {
        let name = PostgreSQLSession.identifier(column)
        return switch form {
        case .text: "\(name) LIKE '\(EnvelopePrefix.text)%'"
        case .binary: "substring(\(name) from 1 for 3) = '\\x535701'::bytea"
        }
    }

    /// What a table that enforces demands of a row: that a run of sealing would have nothing to do in it. So its last sweep comes to an end beside
    /// writers.
    static func isEnforced(_ column: SealColumn, _ form: ColumnForm) -> String {
        let name = PostgreSQLSession.identifier(column.name)
        let companions = column.companions.map { " AND (\(name) IS NULL) = (\(PostgreSQLSession.identifier($0.name)) IS NULL)" }
        return "(\(name) IS NULL OR \(isSealed(column.name, form)))" + companions.joined()
    }

    /// What a run of `operation` still has to do in a row, as far as SQL can tell and this column goes; nil when it can't tell any row's.
    static func isPending(_ column: SealColumn, _ form: ColumnForm, _ operation: SealOperation, keyID: UInt32) -> String? {
        let name = PostgreSQLSession.identifier(column.name)
        let mismatches = column.companions.map { "(\(name) IS NULL) <> (\(PostgreSQLSession.identifier($0.name)) IS NULL)" }
        switch (operation, column.hasMark) {
        case (.seal, false): return (["NOT (\(isSealed(column.name, form)))"] + mismatches).joined(separator: " OR ")
        case (.seal, true): return mismatches.joined(separator: " OR ")
        case (.rotate, false): return "(\(isSealed(column.name, form)) AND NOT (\(isUnder(keyID, column.name, form))))"
        case (.rotate, true): return nil
        case (.unseal, false): return isSealed(column.name, form)
        case (.unseal, true): return column.companions.first.map { "\(PostgreSQLSession.identifier($0.name)) IS NOT NULL" }
        }
    }

    /// Which further rows have to be read, since only the mark's key tells whether they are pending; nil for none.
    static func mayBePending(_ column: SealColumn, _ operation: SealOperation) -> String? {
        column.hasMark && operation != .unseal ? "\(PostgreSQLSession.identifier(column.name)) IS NOT NULL" : nil
    }

    /// Whether a sealed cell names this key.
    static func isUnder(_ keyID: UInt32, _ column: String, _ form: ColumnForm) -> String {
        let name = PostgreSQLSession.identifier(column)
        let id = (0..<4).map { UInt8(truncatingIfNeeded: keyID >> (24 - $0 * 8)) }
        switch form {
        case .binary:
            let hex = id.map { (UInt16($0) + 0x100) }.map { String($0, radix: 16).dropFirst() }.joined()
            return "substring(\(name) from 5 for 4) = '\\x\(hex)'::bytea"
        case .text:
            // Bytes 3…7 (the algorithm, any; the key) are characters 4…10 of base64: the algorithm's lies in the fourth and two bits of the fifth.
            let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
            let number = UInt64(keyID)
            func digit(_ shift: UInt64) -> Character { alphabet[Int(number >> shift & 63)] }
            // 2 bits of the algorithm and 4 of the key; then 6, 6, 6, 6; then 4 of the key and 2 of the nonce.
            let fifth = (0..<4).map { alphabet[$0 << 4 | Int(number >> 28)] }
            let last = (0..<4).map { alphabet[Int(number & 15) << 2 | $0] }
            let middle = [22, 16, 10, 4].map { String(digit($0)) }.joined()
            return "\(name) ~ '^\(EnvelopePrefix.text).[\(set(fifth))]\(middle)[\(set(last))]'"
        }
    }

    /// Characters for a bracket expression, where a minus means itself only at the end.
    private static func set(_ characters: [Character]) -> String {
        String(characters.filter { $0 != "-" }) + (characters.contains("-") ? "-" : "")
    }
}
