package import ExternalTools
package import Foundation

/// Why one format was not written; the others don't suffer from it.
package struct ReportError: Error, Sendable, CustomStringConvertible {
    package enum Problem: Sendable {
        /// weasyprint or pandoc: not there, too slow, or at a loss.
        case tool(ExternalToolError)
        /// The user's reference document is not a Word document.
        case referenceDocument(URL)
        /// A file could not be written.
        case file(URL, reason: String)
        /// A template or style sheet that Suwen ships can't be used.
        case resource(String)
        /// The report holds a value that JSON can't express.
        case encoding
        case cancelled
    }

    package let format: ReportFormat
    package let problem: Problem

    package var description: String {
        switch problem {
        case .tool(let error): "\(format.fileName) was not written: \(error)"
        case .referenceDocument(let file):
            "\(format.fileName) was not written: \(file.path) is no Word document (.docx); save it as one, or leave --reference-doc out"
        case .file(let file, let reason): "\(file.path) was not written: \(reason)"
        case .resource(let name): "\(format.fileName) was not written: Suwen's own \(name) is missing or damaged; install Suwen again"
        case .encoding: "\(format.fileName) was not written: a value has no form in JSON"
        case .cancelled: "\(format.fileName) was not written: the run was stopped"
        }
    }
}

/// What became of the formats that were asked for.
package struct WrittenReport: Sendable {
    /// In the order of the formats.
    package var files: [URL] = []
    package var failures: [ReportError] = []
}
