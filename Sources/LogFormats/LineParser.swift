package import Foundation

/// What a line came to.
package enum LineOutcome: UInt8, Sendable {
    /// The event is filled. With records of many lines it may be the record before this line.
    case event
    /// The line belongs to a record that is not complete yet.
    case partial
    /// A header, a comment, an empty line: nothing happened.
    case nothing
    /// The line is not of this format; the event is not to be used.
    case unparsed
}

/// Turns the lines of one file, in their order, into events. A value for each file (or part of one, when ``LogFormat/isLineWise``).
///
/// Any bytes may come: NUL, invalid UTF-8, lines that were cut. A parser never traps, never grows without bound, and allocates nothing per line
/// once it is warm. A line comes without its newline; a carriage return at its end is the parser's to drop.
package protocol LineParser {
    mutating func parse(_ line: UnsafeRawBufferPointer, into event: inout LogEvent) -> LineOutcome
    /// At the end of the file: the record that was still open, if any.
    mutating func finish(into event: inout LogEvent) -> LineOutcome
}

extension LineParser {
    package mutating func finish(into event: inout LogEvent) -> LineOutcome { .nothing }
}

/// What a file tells of itself beside its lines, and what its reader was told.
package struct LogContext: Sendable {
    /// For stamps that name no zone.
    package var zone: TimeZone
    /// When the file was last written: stamps without a year lie before it. Nil when nobody knows.
    package var modified: Date?
    package var path: String
    /// How many times the stamps of the file go from December to January, counted beforehand for formats without years; nil when not counted.
    package var newYears: Int?
    /// Names of the user's fields by ours, for JSON Lines.
    package var fieldMap: [String: String]
    /// The lines are a sample whose format is to be told: a parser refuses what belongs to a more general format than its own, though it reads it.
    package var isProbe = false

    package init(
        zone: TimeZone = TimeZone(identifier: "Asia/Shanghai") ?? .gmt, modified: Date? = nil, path: String = "", newYears: Int? = nil,
        fieldMap: [String: String] = [:]
    ) {
        self.zone = zone
        self.modified = modified
        self.path = path
        self.newYears = newYears
        self.fieldMap = fieldMap
    }
}
