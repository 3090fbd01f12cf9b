import Datastores

/// What the cells of a sealed SQLite table look like. A column may hold values of several types, and each gets back the one that it had:
///
/// | value | sealed |
/// |---|---|
/// | TEXT | TEXT: the envelope's text form |
/// | BLOB | BLOB: its binary form |
/// | INTEGER, REAL | BLOB: ``number`` and the binary form of the number's text |
enum SQLiteForm {
    /// Before the binary form of a number. What is bound to the row is bound to ``numberPart`` as well, so that a number's envelope opens as nothing else.
    static let number: UInt8 = 0x4E
    static let numberPart = Array("number".utf8)
    static let numberPrefix = [number] + EnvelopePrefix.binary
}

/// Conditions in SQL on a column's cells.
enum SQLiteCondition {
    /// Whether a cell is sealed; 0 for NULL.
    static func isSealed(_ column: String, in row: String? = nil) -> String {
        let name = (row.map { $0 + "." } ?? "") + SQLiteSession.identifier(column)
        return """
            CASE typeof(\(name)) WHEN 'text' THEN \(name) GLOB '\(EnvelopePrefix.text)*'
            WHEN 'blob' THEN substr(\(name), 1, 3) = \(hex(EnvelopePrefix.binary)) OR substr(\(name), 1, 4) = \(hex(SQLiteForm.numberPrefix)) ELSE 0 END
            """
    }

    /// What a run of `operation` still has to do in a row, as far as SQL can tell and this column goes; nil when it can't tell any row's.
    static func isPending(_ column: SealColumn, _ operation: SealOperation, keyID: UInt32) -> String? {
        let name = SQLiteSession.identifier(column.name)
        let mismatches = column.companions.map { "(\(name) IS NULL) <> (\(SQLiteSession.identifier($0.name)) IS NULL)" }
        switch (operation, column.hasMark) {
        case (.seal, false): return (["\(name) IS NOT NULL AND NOT (\(isSealed(column.name)))"] + mismatches).joined(separator: " OR ")
        case (.seal, true): return mismatches.joined(separator: " OR ")
        case (.rotate, false): return "(\(isSealed(column.name))) AND NOT (\(isUnder(keyID, column.name)))"
        case (.rotate, true): return nil
        case (.unseal, false): return isSealed(column.name)
        case (.unseal, true): return column.companions.first.map { "\(SQLiteSession.identifier($0.name)) IS NOT NULL" }
        }
    }

    /// Which further rows have to be read, since only the mark's key tells whether they are pending; nil for none.
    static func mayBePending(_ column: SealColumn, _ operation: SealOperation) -> String? {
        column.hasMark && operation != .unseal ? "\(SQLiteSession.identifier(column.name)) IS NOT NULL" : nil
    }

    /// Whether a sealed cell names this key.
    static func isUnder(_ keyID: UInt32, _ column: String) -> String {
        let name = SQLiteSession.identifier(column)
        let id = hex((0..<4).map { UInt8(truncatingIfNeeded: keyID >> (24 - $0 * 8)) })
        // Bytes 3…7 (the algorithm, any; the key) are characters 4…10 of base64: see SealedCondition.isUnder.
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        let number = UInt64(keyID)
        let fifth = set((0..<4).map { alphabet[$0 << 4 | Int(number >> 28)] })
        let middle = [22, 16, 10, 4].map { String(alphabet[Int(number >> $0 & 63)]) }.joined()
        let last = set((0..<4).map { alphabet[Int(number & 15) << 2 | $0] })
        return """
            CASE typeof(\(name)) WHEN 'text' THEN \(name) GLOB '\(EnvelopePrefix.text)?[\(fifth)]\(middle)[\(last)]*'
            WHEN 'blob' THEN substr(\(name), CASE substr(\(name), 1, 1) WHEN \(hex([SQLiteForm.number])) THEN 6 ELSE 5 END, 4) = \(id) ELSE 0 END
            """
    }

    /// Characters for GLOB's brackets, where a minus means itself only at the end.
    private static func set(_ characters: [Character]) -> String {
        String(characters.filter { $0 != "-" }) + (characters.contains("-") ? "-" : "")
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        "x'" + bytes.map { String(UInt16($0) + 0x100, radix: 16).dropFirst() }.joined() + "'"
    }
}

/// Triggers that refuse plaintext: SQLite adds no CHECK constraint to a table that is there.
enum SQLiteEnforcement {
    static func names(_ table: String, _ column: String) -> [String] {
        ["INSERT", "UPDATE"].map { "\(table)_\(Enforcement.name(of: column))_\($0.lowercased())" }
    }

    /// They refuse what a run of sealing would have something to do with, a companion beside NULL included: so its last sweep ends beside writers.
    static func statements(_ table: String, _ column: SealColumn) -> [String] {
        let quoted = SQLiteSession.identifier
        let name = quoted(column.name)
        let companions = column.companions.map { quoted($0.name) }
        let mismatches = companions.map { " OR (NEW.\(name) IS NULL) <> (NEW.\($0) IS NULL)" }.joined()
        let events = ["INSERT", "UPDATE OF \(([name] + companions).joined(separator: ", "))"]
        return zip(names(table, column.name), events).map { trigger, event in
            """
            CREATE TRIGGER IF NOT EXISTS \(quoted(trigger)) BEFORE \(event) ON \(quoted(table))
            WHEN NEW.\(name) IS NOT NULL AND NOT (\(SQLiteCondition.isSealed(column.name, in: "NEW")))\(mismatches)
            BEGIN SELECT RAISE(ABORT, \(SQLiteSession.literal("\(table).\(column.name) takes sealed values only, and companions of their own"))); END
            """
        }
    }
}
