import Datastores

/// Conditions in SQL on a column's cells.
enum SealedCondition {
    /// The text form's prefix, and base64url of magic and version.
    static let textPrefix = "suwen:1:U1cB"

    /// Whether a cell is sealed; NULL for NULL.
    static func isSealed(_ column: String, _ form: ColumnForm) -> String {
        let name = PostgreSQLSession.identifier(column)
        return switch form {
        case .text: "\(name) LIKE '\(textPrefix)%'"
        case .binary: "substring(\(name) from 1 for 3) = '\\x535701'::bytea"
        }
    }

    /// What a table that enforces demands of a row: that a run of sealing would have nothing to do in it. So its last sweep comes to an end beside
    /// writers.
    static func isEnforced(_ column: SealColumn, _ form: ColumnForm) -> String {
        let name = PostgreSQLSession.identifier(column.name)
        let companions = column.indexes.map {
            " AND (\(name) IS NULL) = (\(PostgreSQLSession.identifier(Companion.name(of: column.name, $0))) IS NULL)"
        }
        return "(\(name) IS NULL OR \(isSealed(column.name, form)))" + companions.joined()
    }

    /// What a run of `operation` still has to do in a row, as far as this column goes.
    static func isPending(_ column: SealColumn, _ form: ColumnForm, _ operation: SealOperation, keyID: UInt32) -> String {
        let name = PostgreSQLSession.identifier(column.name)
        switch operation {
        case .seal:
            let companions = column.indexes.map {
                " OR (\(name) IS NULL) <> (\(PostgreSQLSession.identifier(Companion.name(of: column.name, $0))) IS NULL)"
            }
            return "NOT (\(isSealed(column.name, form)))" + companions.joined()
        case .unseal: return isSealed(column.name, form)
        case .rotate:
            return "(\(isSealed(column.name, form)) AND NOT (\(isUnder(keyID, column.name, form))))"
        }
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
            return "\(name) ~ '^\(textPrefix).[\(set(fifth))]\(middle)[\(set(last))]'"
        }
    }

    /// Characters for a bracket expression, where a minus means itself only at the end.
    private static func set(_ characters: [Character]) -> String {
        String(characters.filter { $0 != "-" }) + (characters.contains("-") ? "-" : "")
    }
}
