package import Cryptography
import Foundation

extension CoverageStatement {
    /// The text that is signed.
    var text: String {
        let root: [String: CanonicalJSON] = [
            "schema": .string(Self.schema), "organisation": .string(organisation), "madeAt": .string(madeAt.text), "tool": .string(tool),
            "requiredDays": .number(requiredDays), "zone": .string(zone), "sources": .array(sources.map(\.json)),
        ]
        return CanonicalJSON.object(root).text + "\n"
    }

    /// The signed statement, as it is handed over: a signed note (C2SP) whose text is JSON.
    package func sign(_ signers: [NoteSigner]) throws -> String {
        var note = try SignedNote(text: text)
        for signer in signers { try note.sign(signer) }
        return note.encoded
    }

    /// Why a text is no statement.
    enum Unreadable: Error { case schema, content, notCanonical }

    /// Reads exactly what ``text`` wrote.
    init(reading text: String) throws(Unreadable) {
        struct Head: Decodable { var schema: String }
        let data = Data(text.utf8)
        guard let head = try? JSONDecoder().decode(Head.self, from: data), head.schema == Self.schema else { throw .schema }
        guard let statement = try? JSONDecoder().decode(CoverageStatement.self, from: data) else { throw .content }
        // Bytes, not characters: two texts that look alike are two texts.
        guard Array(statement.text.utf8) == Array(text.utf8) else { throw .notCanonical }
        self = statement
    }
}

extension CanonicalJSON {
    fileprivate static func moment(_ moment: CoverageStatement.Moment?) -> CanonicalJSON { moment.map { .string($0.text) } ?? .null }
    fileprivate static func number(orNull number: Int?) -> CanonicalJSON { number.map { .number($0) } ?? .null }
}

extension CoverageStatement.Source {
    fileprivate var json: CanonicalJSON {
        .object([
            "name": .string(name), "kind": .string(kind), "format": .string(format), "first": .moment(first), "last": .moment(last),
            "days": .number(days), "requiredDays": .number(requiredDays), "meets": .bool(meets), "gaps": .array(gaps.map(\.json)),
            "lines": .number(lines), "unparsed": .number(unparsed), "rotation": .array(rotation.map(\.json)), "files": .array(files.map(\.json)),
        ])
    }
}

extension CoverageStatement.Gap {
    fileprivate var json: CanonicalJSON {
        .object([
            "kind": .string(kind), "from": .moment(from), "to": .moment(to), "events": .number(orNull: events), "usual": .number(orNull: usual),
            "missingFiles": .array(missingFiles.map { .string($0) }),
        ])
    }
}

extension CoverageStatement.Rotation {
    fileprivate var json: CanonicalJSON {
        .object([
            "mechanism": .string(mechanism), "file": .string(file), "line": .number(orNull: line), "atLeastDays": .number(orNull: atLeastDays),
            "atMostDays": .number(orNull: atMostDays), "allows": allows.map { .bool($0) } ?? .null,
        ])
    }
}

extension CoverageStatement.File {
    fileprivate var json: CanonicalJSON {
        .object([
            "name": .string(name), "bytes": .number(bytes), "sha256": .string(sha256), "lines": .number(lines), "unparsed": .number(unparsed),
            "first": .moment(first), "last": .moment(last),
        ])
    }
}
