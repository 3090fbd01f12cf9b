/// A time for which a source has nothing, or next to nothing. Seconds since 1970.
package struct LogGap: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// No event between two.
        case silence
        /// No event from the last one until now.
        case untilNow
        /// Days with less than a tenth of what is usual on such a day.
        case collapse(events: Int, usual: Int)
    }

    package var kind: Kind
    package var from: Int64
    package var to: Int64
    /// Files of the rotated set that would hold this time and aren't there.
    package var missingFiles: [String]

    package init(kind: Kind, from: Int64, to: Int64, missingFiles: [String] = []) {
        self.kind = kind
        self.from = from
        self.to = to
        self.missingFiles = missingFiles
    }
}
