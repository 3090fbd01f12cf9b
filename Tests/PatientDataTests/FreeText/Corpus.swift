import Foundation
import PatientData

/// The corpora beside this file: text with its spans marked by hand. The files say what is marked.
struct Corpus {
    struct Document {
        var text: String
        var spans: [Span]
        /// A medical document without a person's name; nothing else is marked in it.
        var isNameless: Bool
    }

    struct Span: Hashable {
        var start: Int
        var end: Int
        var kind: DataKind
    }

    enum Part: String, CaseIterable { case development, heldOut = "held-out" }

    struct Damaged: Error, CustomStringConvertible { var description: String }

    var documents: [Document]

    static func load(_ part: Part) throws -> Corpus {
        let name = "corpus-\(part.rawValue)"
        guard let url = Bundle.module.url(forResource: name, withExtension: "txt") else { throw Damaged(description: "\(name) is missing") }
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
        return Corpus(documents: try lines.filter { !$0.hasPrefix("#") }.map(document))
    }

    /// Takes `[kind:text]` apart.
    private static func document(_ line: Substring) throws -> Document {
        let isNameless = line.hasPrefix("!")
        var text = String.UnicodeScalarView()
        var spans: [Span] = []
        var rest = (isNameless ? line.dropFirst() : line).unicodeScalars[...]
        while let scalar = rest.first {
            guard scalar == "[", let close = rest.firstIndex(of: "]"), let colon = rest[..<close].firstIndex(of: ":"),
                rest[rest.index(after: rest.startIndex)..<colon].allSatisfy({ $0.properties.isAlphabetic })
            else {
                text.append(scalar)
                rest.removeFirst()
                continue
            }
            let kindName = String(rest[rest.index(after: rest.startIndex)..<colon])
            guard let kind = DataKind(rawValue: kindName) else { throw Damaged(description: "no kind: \(kindName)") }
            let start = text.count
            text.append(contentsOf: rest[rest.index(after: colon)..<close])
            spans.append(Span(start: start, end: text.count, kind: kind))
            rest = rest[rest.index(after: close)...]
        }
        return Document(text: String(text), spans: spans, isNameless: isNameless)
    }
}

/// What a scanner got right, per kind: a span counts when kind, start and end are all those that were marked.
struct Score {
    var right = 0
    var found = 0
    var marked = 0

    var precision: Double { found == 0 ? 1 : Double(right) / Double(found) }
    var recall: Double { marked == 0 ? 1 : Double(right) / Double(marked) }
    var f1: Double { precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall) }

    mutating func add(found: Set<Corpus.Span>, marked: Set<Corpus.Span>) {
        right += found.intersection(marked).count
        self.found += found.count
        self.marked += marked.count
    }
}
