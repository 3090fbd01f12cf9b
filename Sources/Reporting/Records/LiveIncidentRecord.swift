package import Foundation

/// `suwen.logs.incident/1`: an incident that was seen while logs were followed. The fields of ``LogIncidentRecord``, and why it is told now.
package struct LiveIncidentRecord: Encodable, Sendable {
    package static let schema = "suwen.logs.incident/1"
    /// `new`, `grown` (ten times what was told before), `succeeded`.
    package var news: String
    /// ISO 8601: when it was told.
    package var toldAt: String
    package var incident: LogIncidentRecord

    package init(_ incident: LogIncidentRecord, news: String, at date: Date) {
        self.incident = incident
        self.news = news
        toldAt = date.ISO8601Format()
    }

    private enum Keys: String, CodingKey {
        case schema, news, toldAt
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(Self.schema, forKey: .schema)
        try container.encode(news, forKey: .news)
        try container.encode(toldAt, forKey: .toldAt)
        try incident.encode(to: encoder)
    }

    /// One line, with its line feed.
    package func line() throws -> Data { try JSONLine.of(self) }
}

/// `suwen.logs.followed/1`: what following came to; the last line.
package struct FollowedRecord: Encodable, Sendable {
    package let schema = "suwen.logs.followed/1"
    /// ISO 8601.
    package var from: String
    package var to: String
    package var lines: Int
    package var parsed: Int
    /// Incidents that were told, and how often some were told again.
    package var incidents: Int
    package var toldAgain: Int
    /// Incidents that were there before following began.
    package var before: Int
    package var unexamined: [String]

    package init(from: Date, to: Date, lines: Int, parsed: Int, incidents: Int, toldAgain: Int, before: Int, unexamined: [String]) {
        self.from = from.ISO8601Format()
        self.to = to.ISO8601Format()
        self.lines = lines
        self.parsed = parsed
        self.incidents = incidents
        self.toldAgain = toldAgain
        self.before = before
        self.unexamined = unexamined
    }

    /// One line, with its line feed.
    package func line() throws -> Data { try JSONLine.of(self) }
}

private enum JSONLine {
    static func of(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value) + Data("\n".utf8)
    }
}
