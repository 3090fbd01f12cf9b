package import Foundation

/// How stores are read.
package struct DiscoveryOptions: Sendable {
    package enum Depth: Hashable, Sendable {
        /// So many rows of every table for the verdicts on its columns; the identifying columns in full, to count persons.
        case sample(rows: Int)
        /// Every column of every row.
        case full
    }

    package var depth = Depth.sample(rows: defaultSample)
    /// Connections that read one store at once.
    package var connections = 2
    /// Of all connections together; nil: as fast as it goes.
    package var bytesPerSecond: Int?
    /// Where the state of the scan is kept, so that it can go on after a stop; nil: in an unnamed temporary file.
    package var journal: URL?
    /// Go on with what the journal holds.
    package var resumes = false

    /// The user's own terms, kinds and suppressions.
    package var rules: DiscoveryRules?

    /// By which standard identity numbers are called sensitive.
    package var reading = Grading.Reading.gbt45574

    /// Shares are known to less than ±1 % then.
    package static let defaultSample = 20_000

    package init() {}

    var sampleRows: Int {
        switch depth {
        case .sample(let rows): max(1, rows)
        case .full: Self.defaultSample
        }
    }

    var isFull: Bool { depth == .full }
}
