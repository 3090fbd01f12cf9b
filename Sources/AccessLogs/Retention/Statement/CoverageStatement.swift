import Cryptography
package import Estate
package import Foundation
import LogFormats

/// What an organisation's logs cover, source by source and file by file, to be signed and handed to an inspector, who verifies it offline against the
/// public key and, where he may see them, the files. Holds names of files and sources, times and counts; nothing that a log says.
package struct CoverageStatement: Hashable, Sendable, Decodable {
    package static let schema = "suwen.log-coverage/1"

    package var organisation: String
    package var madeAt: Moment
    /// `suwen 0.6.0`
    package var tool: String
    /// The retention period in days.
    package var requiredDays: Int
    /// The zone that days are counted in.
    package var zone: String
    package var sources: [Source]
    private var schema = Self.schema

    package init(organisation: String, madeAt: Date, tool: String, requiredDays: Int, zone: TimeZone = Retention.defaultZone, sources: [Source]) {
        self.organisation = organisation
        self.madeAt = Moment(Int64(madeAt.timeIntervalSince1970))
        self.tool = tool
        self.requiredDays = requiredDays
        self.zone = zone.identifier
        self.sources = sources
    }

    /// A second in UTC, written as ISO 8601.
    package struct Moment: Hashable, Sendable, Decodable {
        package var seconds: Int64

        package init(_ seconds: Int64) { self.seconds = seconds }

        package init(from decoder: any Decoder) throws {
            let text = try decoder.singleValueContainer().decode(String.self)
            let read = Array(text.utf8).withUnsafeBytes { bytes -> Int64? in
                guard bytes.count == 20, let year = CivilTime.digits(bytes, 0, 4), let month = CivilTime.digits(bytes, 5, 2),
                    (1...12).contains(month),
                    let day = CivilTime.digits(bytes, 8, 2), let hour = CivilTime.digits(bytes, 11, 2), let minute = CivilTime.digits(bytes, 14, 2),
                    let second = CivilTime.digits(bytes, 17, 2)
                else { return nil }
                return CivilTime.days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second
            }
            guard let read, Moment(read).text == text else {
                throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no time"))
            }
            seconds = read
        }

        package var text: String { UTCTime.text(seconds) }
    }

    package struct Source: Hashable, Sendable, Decodable {
        package var name: String
        /// As ``LogSource/Kind``.
        package var kind: String
        /// The format's id, such as `nginx-combined`.
        package var format: String
        /// Nil when there is no event.
        package var first: Moment?
        package var last: Moment?
        package var days: Int
        /// Less than the statement's when the system is younger.
        package var requiredDays: Int
        package var meets: Bool
        package var gaps: [Gap]
        package var lines: Int
        package var unparsed: Int
        package var rotation: [Rotation]
        package var files: [File]

        /// - Parameter retention: nil when the source has no event.
        package init(
            name: String, kind: LogSource.Kind, format: String, retention: Retention?, requiredDays: Int, rotation: SourceRotation,
            files: [FileCoverage]
        ) {
            self.name = name
            self.kind = kind.rawValue
            self.format = format
            first = retention.map { Moment(Int64($0.first.timeIntervalSince1970)) }
            last = retention.map { Moment(Int64($0.last.timeIntervalSince1970)) }
            days = retention?.days ?? 0
            self.requiredDays = retention?.requiredDays ?? requiredDays
            meets = retention?.isMet ?? false
            gaps = (retention?.gaps ?? []).map(Gap.init)
            lines = files.reduce(0) { $0 + $1.lines }
            unparsed = files.reduce(0) { $0 + $1.unparsed }
            self.rotation = rotation.settings.map { Rotation($0, requiredDays) }
            self.files = files.map(File.init).sorted { $0.name < $1.name }
        }
    }

    package struct Gap: Hashable, Sendable, Decodable {
        /// `silence`, `until-now`, `collapse`.
        package var kind: String
        package var from: Moment
        package var to: Moment
        /// Of a collapse.
        package var events: Int?
        package var usual: Int?
        package var missingFiles: [String]

        init(_ gap: LogGap) {
            from = Moment(gap.from)
            to = Moment(gap.to)
            missingFiles = gap.missingFiles
            switch gap.kind {
            case .silence: kind = "silence"
            case .untilNow: kind = "until-now"
            case .collapse(let events, let usual):
                kind = "collapse"
                self.events = events
                self.usual = usual
            }
        }
    }

    package struct Rotation: Hashable, Sendable, Decodable {
        package var mechanism: String
        package var file: String
        package var line: Int?
        package var atLeastDays: Int?
        package var atMostDays: Int?
        /// Whether the setting keeps everything as long as required; nil when it doesn't say.
        package var allows: Bool?

        init(_ setting: RotationSetting, _ requiredDays: Int) {
            mechanism = setting.mechanism.rawValue
            file = setting.file
            line = setting.line
            (atLeastDays, atMostDays) = setting.kept.bounds
            allows = setting.kept.allows(requiredDays)
        }
    }

    package struct File: Hashable, Sendable, Decodable {
        /// The whole path.
        package var name: String
        /// From the beginning; the rest came later.
        package var bytes: Int
        package var sha256: String
        package var lines: Int
        package var unparsed: Int
        package var first: Moment?
        package var last: Moment?

        init(_ file: FileCoverage) {
            name = file.path
            bytes = file.bytes
            sha256 = file.sha256
            lines = file.lines
            unparsed = file.unparsed
            first = file.first.map(Moment.init)
            last = file.last.map(Moment.init)
        }
    }
}
