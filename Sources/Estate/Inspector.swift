package import Findings
package import Foundation
package import Logging

/// Examines one side of an estate. Reads only. Never throws: what can't be examined is part of the result.
package protocol Inspector: Sendable {
    static var id: InspectorID { get }
    /// The checks that this inspector answers, every time: a check that could not run is in the result as not assessed.
    static var checks: [CheckID] { get }
    func inspect(_ estate: Estate, _ context: InspectionContext) async -> Inspection
}

/// What an inspector gets beside the estate.
package struct InspectionContext: Sendable {
    /// The moment of the assessment.
    package var now: Date
    package var logger: Logger
    /// Called with what is being looked at; cheap, from any thread.
    package var progress: @Sendable (ProgressUpdate) -> Void

    package init(now: Date, logger: Logger, progress: @escaping @Sendable (ProgressUpdate) -> Void = { _ in }) {
        self.now = now
        self.logger = logger
        self.progress = progress
    }
}

/// How far an inspector is.
package struct ProgressUpdate: Hashable, Sendable {
    package var inspector: InspectorID
    package var subject: String
    package var done: Int
    /// Nil when the end isn't known.
    package var total: Int?
    /// `ports`, `rows`, `bytes`, `documents`.
    package var unit: String

    package init(_ inspector: InspectorID, subject: String, done: Int, total: Int?, unit: String) {
        self.inspector = inspector
        self.subject = subject
        self.done = done
        self.total = total
        self.unit = unit
    }
}
