import Datastores
package import Exposure
import PatientData

/// Joins the detectors of patient data to the scanner of interfaces: the records of a reply are judged as the columns of a table are, its texts as notes.
///
/// A reply is a small sample, so what only many values prove (that a column holds names) needs a plain name of the field, or other identifiers beside it.
package struct PatientDataDetectors: PersonDataExaminer {
    private let scanner = FreeTextScanner()
    private let classifier = ColumnClassifier()

    /// Bytes from which on a value may be a note.
    private static let shortestNote = 24
    /// Of the notes of one field, how many are read.
    private static let mostNotes = 200

    package init() {}

    package func kinds(in content: BodyContent) -> [PersonDataKind] {
        var tally = PersonDataTally()
        for table in content.tables { tally.merge(self.tally(of: table)) }
        if !content.text.isEmpty { tally.merge(self.tally(of: content.text)) }
        return tally.kinds
    }

    private func tally(of table: BodyContent.Table) -> PersonDataTally {
        let tallies = table.fields.map { field in
            var tally = ColumnTally()
            for value in field.values { value.withUnsafeBufferPointer { tally.add($0) } }
            return tally
        }
        let columns = table.fields.map { Column(name: $0.name) }
        let verdicts = classifier.verdicts(on: Table(name: table.name, columns: columns), tallies: tallies, isComplete: true)
        var tally = PersonDataTally()
        for (index, verdict) in verdicts.enumerated() {
            let field = table.fields[index]
            if verdict.isInClear, verdict.kind != .none {
                let isPlain = verdict.kind != .name || verdict.hint?.strength == .strong || tallies[index].distinct >= 3
                tally.add(
                    verdict.kind, count: max(1, Int((verdict.clearShare * Double(field.values.count)).rounded())), field: field.name, isSure: isPlain)
            }
            if verdict.kind == .none || verdict.kind.isHealth { addNotes(field, to: &tally) }
        }
        return tally.settled
    }

    /// What notes name here and there: what a check digit proves, and names beside it.
    private func addNotes(_ field: BodyContent.Field, to tally: inout PersonDataTally) {
        for note in field.values.filter({ $0.count >= Self.shortestNote }).prefix(Self.mostNotes) {
            for (kind, count) in note.withUnsafeBufferPointer({ scanner.summary(of: $0) }) where kind != .none {
                tally.add(kind, count: count, field: field.name, isSure: kind.isIdentityDocument || kind == .mobile || kind == .bankCard)
            }
        }
    }

    /// Of a page: it may name its makers and their telephones, so that only many of them, or documents, say something.
    private func tally(of text: [UInt8]) -> PersonDataTally {
        var tally = PersonDataTally()
        for (kind, count) in text.withUnsafeBufferPointer({ scanner.summary(of: $0) }) where kind != .none {
            tally.add(kind, count: count, field: "", isSure: kind.isIdentityDocument || (kind == .mobile || kind == .bankCard) && count >= 3)
        }
        return tally.settled
    }
}
