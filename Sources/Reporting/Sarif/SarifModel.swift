/// The objects of SARIF 2.1.0 (OASIS Standard, errata 01) that are written here; names and nesting are the standard's.
enum Sarif {
    static let version = "2.1.0"
    static let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

    enum Level: String, Encodable { case error, warning, note }

    struct Tool: Encodable {
        var driver: Component
    }

    struct Component: Encodable {
        var name: String
        var semanticVersion: String
        var language: String
        var rules: [Descriptor]
        var notifications: [Descriptor]
    }

    /// `reportingDescriptor`
    struct Descriptor: Encodable {
        var id: String
        var name: String?
        var shortDescription: Text?
        var fullDescription: Text?
        var help: Text?
        var defaultConfiguration: Configuration?
        var properties: RuleProperties?
    }

    struct Configuration: Encodable {
        var level: Level
    }

    /// `multiformatMessageString`, `message`
    struct Text: Encodable {
        var text: String
        var markdown: String?
    }

    struct RuleProperties: Encodable {
        /// 0.0 to 10.0, as text: GitHub's own key.
        var securitySeverity: String
        var tags: [String]
        var severity: String
        var attack: [String]
        var controls: [String]
        var clauses: [ClauseRecord]

        enum CodingKeys: String, CodingKey {
            case securitySeverity = "security-severity"
            case tags, severity, attack, controls, clauses
        }
    }

    struct Result: Encodable {
        var ruleId: String
        var ruleIndex: Int
        var level: Level
        var message: Text
        var locations: [Location]
        var partialFingerprints: [String: String]
        var properties: ResultProperties
    }

    struct ResultProperties: Encodable {
        var severity: String
        var subject: String
        var evidence: [String]
        var remediation: String
        var occurredAt: String?
    }

    struct Location: Encodable {
        var physicalLocation: PhysicalLocation
        var logicalLocations: [LogicalLocation]
    }

    struct PhysicalLocation: Encodable {
        var artifactLocation: ArtifactLocation
        var region: Region
    }

    struct ArtifactLocation: Encodable {
        var uri: String
    }

    struct Region: Encodable {
        var startLine: Int
    }

    struct LogicalLocation: Encodable {
        var name: String
        var fullyQualifiedName: String
        var kind: String
    }

    struct Invocation: Encodable {
        var executionSuccessful: Bool
        var startTimeUtc: String
        var endTimeUtc: String
        var toolExecutionNotifications: [Notification]
    }

    struct Notification: Encodable {
        var descriptor: Reference
        var associatedRule: Reference?
        var level: Level
        var message: Text
    }

    struct Reference: Encodable {
        var id: String
        var index: Int
    }

    struct AutomationDetails: Encodable {
        var id: String
    }
}
