package import Cryptography
package import Findings
import Foundation

/// What an inspector learns from a signed statement.
package struct CoverageVerification: Sendable {
    /// What makes the statement worthless, or a file another one.
    package enum Problem: Hashable, Sendable {
        case noNote(String)
        case badSignature(name: String)
        case unknownKeys([String])
        /// Signed, but no statement of a version that is known.
        case otherSchema
        case unreadable
        /// Signed, but not the one text that its content has.
        case notCanonical
        case fileMissing(String)
        case fileChanged(String)
        /// Shorter than what was stated.
        case fileCut(String, bytes: Int, stated: Int)
        case fileUnreadable(String)
    }

    /// What is as it should be, and worth knowing.
    package enum Notice: Hashable, Sendable {
        /// The stated beginning is unchanged; so many bytes came after it.
        case fileGrown(String, by: Int)
        /// Rotation gave the file another name, or compressed it; its content is unchanged.
        case fileMoved(String, to: String)
    }

    /// Nil unless a known key signed it and its text is canonical.
    package var statement: CoverageStatement?
    /// The known keys that signed.
    package var signers: [NoteVerifierKey] = []
    package var problems: [Problem] = []
    package var notices: [Notice] = []
    /// Files whose bytes were found as stated.
    package var filesVerified = 0

    package var isGood: Bool { statement != nil && problems.isEmpty }
}

extension CoverageStatement {
    /// Where an inspector has the files.
    package enum FileLookup: Hashable, Sendable {
        /// Nowhere: only the statement itself is verified.
        case none
        /// Where they were when the statement was made.
        case recorded
        /// In a folder, under their whole paths or their names alone.
        case folder(String)
    }

    /// Verifies signature, form and files. Blocks for as long as the files are large.
    /// - Parameters:
    ///   - note: the signed statement's bytes.
    ///   - publicKeys: the keys that are trusted; signatures of others are passed over.
    package static func verify(_ note: [UInt8], publicKeys: [NoteVerifierKey], filesIn lookup: FileLookup = .none) -> CoverageVerification {
        var result = CoverageVerification()
        let text: String
        do throws(SignedNoteError) {
            let note = try SignedNote(parsing: note)
            result.signers = try note.verify(publicKeys)
            text = note.text
        } catch {
            switch error {
            case .malformed(let what): result.problems = [.noNote(what)]
            case .badSignature(let name): result.problems = [.badSignature(name: name)]
            case .unknownKeys(let names): result.problems = [.unknownKeys(names)]
            }
            return result
        }
        let statement: CoverageStatement
        do throws(Unreadable) {
            statement = try CoverageStatement(reading: text)
        } catch {
            switch error {
            case .schema: result.problems = [.otherSchema]
            case .content: result.problems = [.unreadable]
            case .notCanonical: result.problems = [.notCanonical]
            }
            return result
        }
        result.statement = statement
        if lookup != .none {
            var verifier = FileVerifier(lookup)
            for file in statement.sources.flatMap(\.files) { verifier.verify(file) }
            result.problems += verifier.problems
            result.notices = verifier.notices
            result.filesVerified = verifier.verified
        }
        return result
    }
}

extension CoverageVerification.Problem {
    /// In words of the catalogue.
    package var message: Message {
        switch self {
        case .noNote: Message("access-logs.statement-no-note")
        case .badSignature(let name): Message("access-logs.statement-bad-signature", ["name": PlainName.fact(name)])
        case .unknownKeys(let names): Message("access-logs.statement-unknown-keys", ["names": .list(names.map(PlainName.fact))])
        case .otherSchema: Message("access-logs.statement-other-schema")
        case .unreadable: Message("access-logs.statement-unreadable")
        case .notCanonical: Message("access-logs.statement-not-canonical")
        case .fileMissing(let file): Message("access-logs.statement-file-missing", ["file": PlainName.fact(file)])
        case .fileChanged(let file): Message("access-logs.statement-file-changed", ["file": PlainName.fact(file)])
        case .fileCut(let file, let bytes, let stated):
            Message("access-logs.statement-file-cut", ["file": PlainName.fact(file), "bytes": .bytes(bytes), "stated": .bytes(stated)])
        case .fileUnreadable(let file): Message("access-logs.statement-file-unreadable", ["file": PlainName.fact(file)])
        }
    }
}

extension CoverageVerification.Notice {
    /// In words of the catalogue.
    package var message: Message {
        switch self {
        case .fileGrown(let file, let by): Message("access-logs.statement-file-grown", ["file": PlainName.fact(file), "bytes": .bytes(by)])
        case .fileMoved(let file, let to): Message("access-logs.statement-file-moved", ["file": PlainName.fact(file), "to": PlainName.fact(to)])
        }
    }
}
