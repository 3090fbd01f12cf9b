import Cryptography
import Datastores

/// What the server says about a table that is to be sealed: everything that the plan judges, and no value of any row.
package struct MySQLTable: Sendable, Hashable {
    package struct Column: Sendable, Hashable {
        package var name: String
        /// `varchar`, `text`, `int`.
        package var type: String
        /// `varchar(18)`, `int(10) unsigned`.
        package var declaration: String
        /// All that `SHOW CREATE TABLE` has behind the column's name: a MODIFY with it gives the column back as it was.
        package var definition: String
        package var characterSet: String?
        package var collation: String?
        /// Of the longest value that it takes; nil for other types than strings.
        package var characters: Int?
        package var octets: Int?
        package var isNotNull = false
        package var hasDefault = false
        package var isAutoIncrement = false
        /// Set to the time of each UPDATE, unless the UPDATE says otherwise.
        package var followsUpdates = false
        /// Of a generated column; nil for others.
        package var expression: String?
    }

    package struct Index: Sendable, Hashable {
        package var name: String
        /// A line of `SHOW CREATE TABLE`, without its comma.
        package var definition: String
        package var columns: [String] = []
        package var isUnique = false
        package var isFullText = false
        /// Columns of which only the beginning is in it.
        package var prefixes: Set<String> = []
    }

    package struct ForeignKey: Sendable, Hashable {
        package var name: String
        /// Of this table.
        package var columns: [String]
        /// The other table, where it leads here; nil for this table's own.
        package var referencing: String?
    }

    package var schema: String
    package var table: String
    package var isMariaDB: Bool
    package var version: Int
    package var kind = "BASE TABLE"
    package var engine = "InnoDB"
    package var rowFormat = ""
    /// The last lines of `SHOW CREATE TABLE`.
    package var options = ""
    package var columns: [Column] = []
    package var primaryKey: [String] = []
    /// Whether only the beginning of one of its columns counts.
    package var primaryKeyIsPrefix = false
    /// Without the primary key, in the order of `SHOW CREATE TABLE`.
    package var indexes: [Index] = []
    package var foreignKeys: [ForeignKey] = []
    /// CHECK constraints of the table (not those that belong to one column), with their text.
    package var checks: [String: String] = [:]
    /// Triggers, and whether they fire on UPDATE.
    package var triggers: [String: Bool] = [:]
    /// Views that mention the table, with their text.
    package var views: [String: String] = [:]
    package var autoIncrement: Int?
    package var estimatedRows: Int?
    package var dataBytes = 0
    package var indexBytes = 0
    /// Rights that the account hasn't.
    package var missingRights: [String] = []
    package var canRead = true
    package var isReplica = false
    package var isReadOnly = false
    package var binaryLog: String?
    package var logsStatements = false
    package var replicas: Int?
    package var packetLimit = 1 << 20
    /// What runs have recorded.
    package var sealed: [MySQLState.SealedColumn] = []
    /// Bytes of the longest value, by column.
    package var longest: [String: Int] = [:]
    /// Columns that hold values which look like envelopes though no run of ours has sealed them.
    package var lookalikes: Set<String> = []

    package func column(_ name: String) -> Column? { columns.first { $0.name == name } }
    package var sealedColumns: Set<String> { Set(sealed.map(\.column.name)) }
    package var isPartitioned: Bool { options.uppercased().contains("PARTITION BY") }
    var qualifiedName: String { MySQLSession.identifier(schema) + "." + MySQLSession.identifier(table) }
}

extension MySQLTable.Column {
    static let textTypes: [String: Int] = ["tinytext": 255, "text": 65_535, "mediumtext": 16_777_215, "longtext": 4_294_967_295]
    static let blobTypes: [String: Int] = ["tinyblob": 255, "blob": 65_535, "mediumblob": 16_777_215, "longblob": 4_294_967_295]

    var isText: Bool { type == "varchar" || type == "char" || Self.textTypes[type] != nil }
    var isBinary: Bool { type == "varbinary" || type == "binary" || Self.blobTypes[type] != nil }

    /// Of its envelopes. Of what is neither text nor bytes, the text that the server writes is sealed.
    package var form: ColumnForm { isBinary ? .binary : .text }

    /// How long a value may get; envelopes are ASCII, of which one character is one byte in all character sets that can be sealed.
    var capacity: Int { Self.textTypes[type] ?? Self.blobTypes[type] ?? characters ?? 0 }

    private func envelope(_ length: Int) -> Int { (form == .text ? EnvelopeForm.text : .binary).envelopeLength(of: length) }

    /// Of the text of a number, a date, an enumeration's or set's member.
    private var longestText: Int { max(octets ?? 0, 70) }

    /// The type that a run gives it; nil when it has room enough, or can't be had without writing the table anew.
    /// - Parameter online: only what the server does in its catalogue.
    func target(online: Bool, isMariaDB: Bool, longest: Int?) -> String? {
        if online {
            guard type == "varchar" || type == "varbinary", let octets, let characters, characters > 0 else { return nil }
            let wanted = envelope(octets)
            let perCharacter = max(1, octets / characters)
            return wanted <= 16_000 && Self.widens(octets, to: wanted * perCharacter, isMariaDB) ? "\(type)(\(wanted))" : nil
        }
        if let limit = Self.textTypes[type] ?? Self.blobTypes[type] {
            return envelope(longest ?? 0) <= limit ? nil : (form == .text ? "longtext" : "longblob")
        }
        let wanted = envelope(isText || isBinary ? octets ?? 0 : longestText)
        if wanted > 1_000 { return form == .text ? "mediumtext" : "mediumblob" }
        return (form == .text ? "varchar" : "varbinary") + "(\(wanted))"
    }

    /// Whether the column's type has room for envelopes of what is there, or gets it online.
    func isWritable(isMariaDB: Bool, longest: Int?) -> Bool {
        if Self.textTypes[type] != nil || Self.blobTypes[type] != nil { return envelope(longest ?? 0) <= capacity }
        return target(online: true, isMariaDB: isMariaDB, longest: longest) != nil
    }

    /// Whether the server widens a string column without touching a row, by the most bytes of its values.
    ///
    /// InnoDB writes the length of a value in one byte up to 127; above, in one for columns of at most 255 bytes and in two for others. MariaDB
    /// widens instantly where that stays so for what is there (MariaDB's documentation, "InnoDB Online DDL Operations with the INSTANT Alter
    /// Algorithm", changing the data type of a column; tried on 10.11). MySQL in place when it counts lengths in as many bytes as before (MySQL 8.0
    /// reference manual, 15.12.1, "Extending VARCHAR column size").
    private static func widens(_ octets: Int, to wanted: Int, _ isMariaDB: Bool) -> Bool {
        if octets > 255 || wanted <= 255 { return true }
        return isMariaDB && octets <= 127
    }

    /// The definition with another type.
    func definition(as target: String) -> String {
        guard isText || isBinary, definition.hasPrefix(declaration) else {
            let comment = Self.comment(of: definition).map { " " + $0 } ?? ""
            return "\(target) CHARACTER SET ascii COLLATE ascii_bin" + (isNotNull ? " NOT NULL" : " DEFAULT NULL") + comment
        }
        return target + definitionWithoutCheck.dropFirst(declaration.count)
    }

    /// `CHECK (…)` at the end of a column's definition, in MariaDB.
    var check: String? { Self.checkRange(in: definition).map { String(definition[$0]) } }

    var definitionWithoutCheck: String {
        Self.checkRange(in: definition).map { String(definition[..<$0.lowerBound]).trimmedAtEnd } ?? definition
    }

    private static func checkRange(in text: String) -> Range<String.Index>? {
        var quote: Character?
        var index = text.startIndex
        while index < text.endIndex {
            let character = text[index]
            if let open = quote {
                if character == "\\", open == "'" { index = text.index(after: index) } else if character == open { quote = nil }
            } else if character == "'" || character == "`" {
                quote = character
            } else if text[index...].hasPrefix(" CHECK (") {
                return index..<text.endIndex
            }
            guard index < text.endIndex else { return nil }
            index = text.index(after: index)
        }
        return nil
    }

    /// `COMMENT '…'`, which comes last but for a CHECK.
    private static func comment(of definition: String) -> String? {
        let end = checkRange(in: definition)?.lowerBound ?? definition.endIndex
        let text = definition[..<end]
        guard text.hasSuffix("'"), let start = text.range(of: " COMMENT '")?.lowerBound else { return nil }
        return String(text[text.index(after: start)...])
    }
}

extension String {
    var trimmedAtEnd: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    fileprivate func range(of needle: String) -> Range<String.Index>? { self[...].range(of: needle) }
}

extension Substring {
    func range(of needle: String) -> Range<String.Index>? {
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(needle) { return index..<self.index(index, offsetBy: needle.count) }
            index = self.index(after: index)
        }
        return nil
    }

    func contains(text needle: String) -> Bool { range(of: needle) != nil }
}

extension CompanionColumn {
    /// Invisible where the server knows that: `SELECT *` and an INSERT without a list of columns go on as before.
    func mySQLDefinition(isMariaDB: Bool, version: Int) -> String {
        let type =
            switch self.type {
            case .bytes: "varbinary(20)"
            case .integer: "bigint"
            case .text: "char(32) CHARACTER SET ascii COLLATE ascii_bin"
            }
        return type + " DEFAULT NULL" + (isMariaDB || version >= 80_023 ? " INVISIBLE" : "")
    }

    func mySQLIndexName(table: String) -> String { indexName(table: table, limit: 64) }
}
