package import Estate
package import Findings

/// What was learnt of the interfaces that one OpenAPI document describes.
package struct InterfaceReading: Sendable {
    package var interface: Interface
    /// Somebody declared it, and the scan did not only come upon it: then what can't be decided of it is missed.
    package var isDeclared = true
    /// Why the document could not be read, or none of its servers be asked.
    package var problem: Message?
    /// GET operations that the document describes, those that weren't asked included.
    package var described = 0
    package var skipped: [OpenAPIDocument.Skip: Int] = [:]
    package var operations: [OperationReading] = []
    /// Left out because their server is not in scope.
    package var outOfScope = 0
    /// Left out because nothing answered any more, or because the run was stopped.
    package var abandoned = 0

    package init(_ interface: Interface, problem: Message? = nil) {
        self.interface = interface
        self.problem = problem
    }

    /// Operations that were asked and of which it is known whether they give person data to anybody.
    package var decided: Int { operations.filter { $0.persons != .undecided }.count }
    package var undecided: Int { operations.count - decided }
}

/// One GET operation, asked once without credentials.
package struct OperationReading: Hashable, Sendable {
    /// `GET /patients/{id}`; harmless.
    package var name: String
    package var outcome: Outcome
    package var persons: PersonDataReading

    package enum Outcome: String, CaseIterable, Hashable, Sendable {
        /// Asks for a login.
        case refused
        /// Gave data.
        case data
        /// Gave nothing that could be judged: an error, an empty list, no record under the sample's number.
        case other
        case unanswered
    }

    package init(name: String, outcome: Outcome, persons: PersonDataReading) {
        self.name = name
        self.outcome = outcome
        self.persons = persons
    }
}
