package import Findings
package import Foundation

/// What stands readable in a service's first page and its scripts.
package struct PageReading: Sendable {
    /// Scheme, host and port.
    package var origin: URL
    /// What coverage and findings call it.
    package var subject: String
    /// It belongs to a declared interface, and was not only found.
    package var isDeclared = true
    /// Why there was nothing to look at though the service answered before.
    package var problem: Message?
    /// Pages and scripts that were looked at.
    package var examined = 0
    /// Scripts that could not be had, or were cut off, or were too many.
    package var left = 0
    /// By where they stand; the path is harmless to show.
    package var hits: [(path: String, hit: SecretHit)] = []
    package var hsts = StrictTransportSecurity.unknown

    package init(origin: URL, subject: String, problem: Message? = nil) {
        self.origin = origin
        self.subject = subject
        self.problem = problem
    }
}
