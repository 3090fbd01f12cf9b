/// A template that matched.
package struct TemplateMatch: Sendable, Equatable {
    package var templateID: String
    package var info: TemplateInfo
    /// The target as it was given.
    package var target: TemplateTarget
    /// Method and URL, or protocol and address, that matched. Where the URL holds a value that a response gave, the template's own text instead.
    package var matched: String
    /// The matcher's name, where it has one.
    package var matcherName: String?
    /// How many values the extractors found. The values are not kept: they may be persons' data.
    package var extractedCount: Int
    /// Values of extractors whose name says that they read a version, when they look like one.
    package var versions: [String]

    /// Suwen's own metadata keys.
    package var service: String? { info.metadata["suwen-service"] }
    package var authentication: String? { info.metadata["suwen-authentication"] }
    package var chineseName: String? { info.metadata["name-zh"] }
}

/// What a run did beside its matches.
package struct TemplateStatistics: Sendable, Equatable {
    package var templates = 0
    /// Requests handed to the transport.
    package var requests = 0
    /// Requests answered from an identical one.
    package var shared = 0
    /// Refused by the transport: outside of the scope.
    package var refused = 0
    /// Without an answer.
    package var failed = 0
    /// Not sent because a value that an earlier answer should have given was not there.
    package var unresolved = 0
    /// Expressions or patterns whose evaluation ended with an error other than a missing variable. Zero when all is well.
    package var evaluationErrors = 0
    /// Identical requests sent again because the answers no longer fitted the memory limit.
    package var resent = 0

    package init() {}

    package static func += (left: inout TemplateStatistics, right: TemplateStatistics) {
        left.templates += right.templates
        left.requests += right.requests
        left.shared += right.shared
        left.refused += right.refused
        left.failed += right.failed
        left.unresolved += right.unresolved
        left.evaluationErrors += right.evaluationErrors
        left.resent += right.resent
    }
}

package struct TemplateRunResult: Sendable {
    package var matches: [TemplateMatch] = []
    package var statistics = TemplateStatistics()
}

/// Which extracted texts may be kept: versions, and nothing that could be a person's.
enum VersionText {
    /// Names that say what the value is.
    static func isVersionName(_ name: String) -> Bool {
        let lower = name.lowercased()
        return ["version", "release", "build"].contains { lower.contains($0) }
    }

    /// Up to 40 characters of a version's alphabet that hold a digit, and no run of digits as long as a telephone number or an identity number.
    static func safe(_ bytes: [UInt8]) -> String? {
        guard (1...40).contains(bytes.count), bytes.contains(where: { (0x30...0x39).contains($0) }) else { return nil }
        var run = 0
        for byte in bytes {
            guard RegexAlphabet.isWord(byte) || byte == 0x2E || byte == 0x2D || byte == 0x2B else { return nil }
            run = (0x30...0x39).contains(byte) ? run + 1 : 0
            if run > 6 { return nil }
        }
        return Bytes.string(bytes)
    }
}
