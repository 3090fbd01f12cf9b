import ArgumentParser
import Assessment
import Cryptography
import Datastores
import Estate
import Exposure
import Findings
import Foundation
import PatientData
import Regulations
import Reporting
import Samples
import Sealing

/// What a person is told when a command can't do its work.
struct Failure: Error {
    var text: String
    var exitCode: Int32

    /// Bad usage or input: what, where, how to mend it.
    static func input(_ text: String) -> Failure { Failure(text: text, exitCode: 2) }

    /// Whoever read standard output went away: no reason for a word, and the exit code that a shell gives for it.
    static let closedPipe = Failure(text: "", exitCode: 141)

    private init(text: String, exitCode: Int32) {
        self.text = text
        self.exitCode = exitCode
    }

    /// Nil for errors of the argument parser, which tells them itself.
    init?(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as EstateErrors: self = .input(error.description)
        case let error as HistoryError: self = .input(error.description)
        case let error as DatastoreError: self = .input(error.description)
        case let error as PostgreSQLFailure: self = .input(error.description)
        case let error as ScanJournalError: self = .input(error.description)
        case let error as RulesErrors: self = .input(error.description)
        case let error as DataInventory.WriteError: self = .input(error.description)
        case let error as SampleError: self = .input(error.description)
        case let error as RemanenceFailure: self = .input("\(error)")
        case let error as OpeningJournal.Failure: self = .input(error.description)
        case let error as KnownAnswers.Failure: self = Failure(text: error.description, exitCode: 4)
        case SealingError.blocked(let blockers):
            // In English, like all errors.
            let wording = try? Catalogue.load().wording
            self = .input(blockers.map { wording?.text($0.message, .en) ?? $0.message.key }.joined(separator: "; "))
        case let error as WeaknessListError: self = .input(error.description)
        case let error as SealingError: self = .input(error.description)
        case let error as KeyringError: self = .input(error.description)
        case let error as SecretError: self = .input(error.description)
        case let error as CatalogueError: self = Failure(text: "the catalogue is damaged; install Suwen anew\n\(error)", exitCode: 4)
        case is CancellationError: self = Failure(text: "stopped", exitCode: 130)
        case let error as CocoaError: self = .input(error.localizedDescription)
        case is CleanExit, is ValidationError: return nil
        case let error where String(reflecting: type(of: error)).hasPrefix("ArgumentParser."): return nil
        // The error's text is not shown: it could quote data.
        default: self = Failure(text: "a defect of Suwen (\(String(reflecting: type(of: error)))); please report it", exitCode: 4)
        }
    }
}
