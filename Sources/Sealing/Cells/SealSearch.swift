import Cryptography

/// How the rows of a value are found without opening all: what to look up in which column, and which of the candidates are right.
struct SealSearch {
    enum Lookup {
        /// Any of these in the companion.
        case companion(CompanionColumn, [CompanionValue])
        /// Any of these in the column itself.
        case cell([String])
    }

    let column: SealColumn
    let lookup: Lookup
    private let normaliser: BlindIndexNormaliser
    private let part: SealSelection.Part
    private let wanted: [UInt8]

    /// - Parameter columns: all sealed columns of the table.
    /// - Throws: ``SealingError/unsupported(_:)``, which tells what can be searched.
    init(_ name: String, _ text: String, _ part: SealSelection.Part, in columns: [SealColumn], request: SealRequest, keys: SealingKeys) throws {
        guard let column = columns.first(where: { $0.name == name }) else { throw Self.unsupported("\(name) isn't sealed with an index", columns) }
        self.column = column
        self.part = part
        let generations = keys.generations(of: name)
        guard !generations.isEmpty else { throw SealingError.noKey(column: name) }
        let logicalName = request.logicalName(of: name)
        if let index = Self.index(column, text, part) {
            normaliser = index.normaliser
            let values = try generations.map { key -> CompanionValue in
                let blind = try BlindIndex(key: key, column: logicalName, definition: index)
                return try Array(text.utf8).withUnsafeBytes {
                    switch try blind.value(of: $0) {
                    case .integer(let number): .integer(number)
                    case .hexadecimal(let digits): .text(Array(digits.utf8))
                    }
                }
            }
            lookup = .companion(CompanionColumn(column: name, role: .index(index)), values)
        } else if case .formatPreserving(let format) = column.protection, part == .whole {
            normaliser = .exact
            do {
                lookup = .cell(
                    try generations.map { key in
                        var output: [UInt8] = []
                        let cipher = try FormatPreservingCipher(key: key, column: logicalName, format: format)
                        try Array(text.utf8).withUnsafeBytes { try cipher.encrypt($0, into: &output) }
                        return String(decoding: output, as: UTF8.self)
                    })
            } catch FormatPreservingCipher.Failure.notOfTheFormat {
                throw SealingError.unsupported("\(name) holds values of the form \(format.name) only, which this one doesn't have")
            }
        } else {
            throw Self.unsupported("\(name) can't be searched so", columns)
        }
        wanted = Self.normal(Array(text.utf8), normaliser)
    }

    /// Whether an opened value is one of those that are looked for.
    func matches(_ value: [UInt8]) -> Bool {
        let value = Self.normal(value, normaliser)
        return switch part {
        case .whole: value == wanted
        case .suffix: value.suffix(wanted.count).elementsEqual(wanted)
        case .prefix: value.starts(with: wanted)
        }
    }

    private static func normal(_ value: [UInt8], _ normaliser: BlindIndexNormaliser) -> [UInt8] {
        var normal: [UInt8] = []
        value.withUnsafeBytes { normaliser.append($0, to: &normal) }
        return normal
    }

    /// The index that narrows most: of the whole value, or of the longest part of it that the text has. Ends find whole values as well.
    private static func index(_ column: SealColumn, _ text: String, _ part: SealSelection.Part) -> BlindIndexDefinition? {
        func length(_ index: BlindIndexDefinition) -> Int {
            String(decoding: normal(Array(text.utf8), index.normaliser), as: UTF8.self).unicodeScalars.count
        }
        func characters(_ index: BlindIndexDefinition) -> Int? {
            switch (index.part, part) {
            case (.suffix(let count), .suffix), (.prefix(let count), .prefix): count <= length(index) ? count : nil
            case (.suffix(let count), .whole), (.prefix(let count), .whole): count
            case (.whole, .whole): .max
            default: nil
            }
        }
        return column.indexes.compactMap { index in characters(index).map { (index, $0) } }.max { $0.1 < $1.1 }?.0
    }

    private static func unsupported(_ what: String, _ columns: [SealColumn]) -> SealingError {
        let ways = columns.compactMap { column -> String? in
            var ways = column.indexes.map { index in
                switch index.part {
                case .whole: "by its value"
                case .suffix(let count): "by its last \(count) characters or more"
                case .prefix(let count): "by its first \(count) characters or more"
                }
            }
            if column.hasMark, !ways.contains("by its value") { ways.append("by its value") }
            return ways.isEmpty ? nil : "\(column.name) \(ways.joined(separator: ", "))"
        }
        return .unsupported("\(what): \(ways.isEmpty ? "no column of this table can be searched" : "what can be is " + ways.joined(separator: "; "))")
    }
}
