package import Estate
package import Findings
package import LogFormats

/// What one source came to.
package struct SourceReport: Sendable {
    package struct File: Sendable {
        package var path: String
        package var format: String
        package var bytes: Int
        package var count: FileCount
    }

    package var name: String
    package var kind: LogSource.Kind?
    package var family: LogFormat.Family
    /// Ids of the formats of its files.
    package var formats: [String]
    package var files: [File]
    /// Nil when there is no event.
    package var retention: Retention?
    package var regions: RegionTally?
    package var incidents: [Incident] = []
    /// What was declared and could not be read, wholly or in part.
    package var unexamined: [Message] = []
    /// Whether anything of the source was not even looked into: then what is missing may lie there.
    package var hasUnreadFiles = false
    /// Requests by hour since 1970, in the order of time.
    package var hours: [ActivityTimeline.Hour] = []

    package var lines: Int { files.reduce(0) { $0 + $1.count.lines } }
    package var unparsed: Int { files.reduce(0) { $0 + $1.count.unparsed } }
    package var bytes: Int { files.reduce(0) { $0 + $1.bytes } }
    package var formatNames: String { formats.joined(separator: ", ") }
}
