package import Findings
package import Foundation
package import Regulations

/// JSON Lines: one object a line, each complete in itself with its `type` and `schema`, written as soon as it is known.
///
/// A reader that is cut off, or a run that is stopped, leaves whole lines. What a run found is whole when its `coverage` line is there.
package struct JSONLinesWriter {
    private let schema: String
    private let language: Language
    private var bases: CheckBases
    private let sink: (Data) throws -> Void
    private let encoder = Self.makeEncoder()

    /// - Parameters:
    ///   - date: of the run: clauses are cited as they were in force then.
    ///   - sink: takes one line at a time, its line feed included.
    package init(
        schema: String = "suwen.scan/1", catalogue: Catalogue, language: Language, profile: Profile = Profile(), at date: Date,
        to sink: @escaping (Data) throws -> Void
    ) {
        self.schema = schema
        self.language = language
        bases = CheckBases(catalogue, profile: profile, on: date)
        self.sink = sink
    }

    package func write(_ service: ServiceRecord) throws { try line("service", service) }

    package mutating func write(_ finding: Finding) throws { try line("finding", FindingRecord(finding, &bases, language)) }

    package func write(_ result: CheckResult) throws { try line("check", CheckRecord(result, bases.catalogue.wording, language)) }

    package func write(_ unexamined: Unexamined) throws {
        try line("unexamined", UnexaminedRecord(unexamined, bases.catalogue.wording, language))
    }

    package func write(_ coverage: ScanCoverageRecord) throws { try line("coverage", coverage) }

    /// An inspection's findings, then its checks, then what it could not examine.
    package mutating func write(_ inspection: Inspection) throws {
        for finding in inspection.checks.flatMap(\.findings) { try write(finding) }
        for result in inspection.checks { try write(result) }
        for unexamined in inspection.unexamined { try write(unexamined) }
    }

    private func line(_ type: String, _ record: some Encodable) throws {
        try sink(encoder.encode(Line(type: type, schema: schema, record: record)) + Data("\n".utf8))
    }

    private struct Line<Record: Encodable>: Encodable {
        var type: String
        var schema: String
        var record: Record

        private enum Key: String, CodingKey { case type, schema }

        func encode(to encoder: any Encoder) throws {
            try record.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(type, forKey: .type)
            try container.encode(schema, forKey: .schema)
        }
    }

    private static func makeEncoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
