import Datastores
import Foundation

/// Looks into JSON documents and arrays that columns hold: each path of theirs is judged like a column of its own, on the sample.
enum NestedValues {
    /// Paths of one column at most; a document whose keys are data has endless ones.
    private static let mostPaths = 64
    private static let deepest = 8

    static func columns(
        of table: Table, _ sample: TableSampler.Sample, names: [String], rules: DiscoveryRules?
    ) -> [ColumnExamination] {
        table.columns.indices.flatMap { index -> [ColumnExamination] in
            let tallies = tallies(table.columns[index], sample.texts[index], rules)
            return tallies.sorted { $0.key < $1.key }.map { path, tally in
                let key = path.split(separator: ".").last.map { String($0).replacing("[]", with: "") } ?? ""
                var column = table.columns[index]
                column.name = key.isEmpty ? column.name : key
                column.type = ""
                column.isPrimaryKey = false
                var found = ColumnExamination(
                    column: table.columns[index], path: path, displayName: names[index] + path,
                    verdict: ColumnClassifier(rules: rules).verdict(on: column, tally))
                found.distinct = tally.distinct
                return found
            }
        }
    }

    private static func tallies(_ column: Column, _ texts: LongTexts, _ rules: DiscoveryRules?) -> [String: ColumnTally] {
        let empty = ColumnTally(rules: rules)
        let isArray = column.type.hasSuffix("[]")
        var tallies: [String: ColumnTally] = [:]
        var understood = 0
        for text in texts.values {
            if isArray {
                for element in PostgreSQLArray.elements(text) { tallies["[]", default: empty].add(element) }
                understood += 1
            } else if text.first == 0x7B || text.first == 0x5B, let value = try? JSONSerialization.jsonObject(with: Data(text)) {
                walk(value, "", 0, empty, &tallies)
                understood += 1
            }
        }
        // Now and then a note begins with a bracket.
        return understood * 2 >= texts.values.count ? tallies : [:]
    }

    private static func walk(_ value: Any, _ path: String, _ depth: Int, _ empty: ColumnTally, _ tallies: inout [String: ColumnTally]) {
        guard depth <= deepest else { return }
        switch value {
        case let object as [String: Any]:
            for (key, value) in object { walk(value, "\(path).\(key.prefix(64))", depth + 1, empty, &tallies) }
        case let array as [Any]:
            for value in array.prefix(100) { walk(value, path + "[]", depth + 1, empty, &tallies) }
        case let text as String: add(Array(text.utf8), path, empty, &tallies)
        // Booleans are numbers too, and say nothing of a person.
        case let number as NSNumber where number.stringValue.utf8.count > 1: add(Array(number.stringValue.utf8), path, empty, &tallies)
        default: break
        }
    }

    private static func add(_ value: [UInt8], _ path: String, _ empty: ColumnTally, _ tallies: inout [String: ColumnTally]) {
        guard tallies[path] != nil || tallies.count < mostPaths else { return }
        tallies[path, default: empty].add(value)
    }
}

/// PostgreSQL's text form of arrays (its documentation, 8.15.6): `{a,"b c",NULL,{d}}`.
enum PostgreSQLArray {
    /// The elements of all dimensions, without nulls.
    static func elements(_ text: [UInt8]) -> [[UInt8]] {
        var elements: [[UInt8]] = []
        var current: [UInt8] = []
        var isQuoted = false
        var wasQuoted = false
        var index = 0
        func close() {
            if wasQuoted || !(current.isEmpty || current == Array("NULL".utf8)) { elements.append(current) }
            (current, wasQuoted) = ([], false)
        }
        while index < text.count {
            let byte = text[index]
            switch byte {
            case 0x5C where index + 1 < text.count:
                index += 1
                current.append(text[index])
            case 0x22:
                isQuoted.toggle()
                wasQuoted = true
            case 0x2C where !isQuoted, 0x7D where !isQuoted: close()
            case 0x7B where !isQuoted: break
            default: current.append(byte)
            }
            index += 1
        }
        return elements
    }
}

extension ColumnTally {
    fileprivate mutating func add(_ value: [UInt8]) { value.withUnsafeBufferPointer { add($0) } }
}
