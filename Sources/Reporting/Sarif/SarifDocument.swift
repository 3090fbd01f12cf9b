package import Findings
package import Foundation
package import Regulations

/// Inspections as one SARIF 2.1.0 log with one run.
///
/// It holds no command line, no environment and no account. Results are written one at a time, so that only the one at hand is held beside the
/// inspections.
package struct SarifDocument: Sendable {
    package var inspections: [Inspection]
    package var catalogue: Catalogue
    package var language: Language
    package var profile: Profile
    /// Suwen's own, by SemVer 2.0.
    package var toolVersion: String
    package var startedAt: Date
    package var endedAt: Date
    /// False when the run was stopped before its end.
    package var isComplete: Bool

    package init(
        _ inspections: [Inspection], catalogue: Catalogue, language: Language, profile: Profile = Profile(), toolVersion: String, startedAt: Date,
        endedAt: Date, isComplete: Bool = true
    ) {
        self.inspections = inspections
        self.catalogue = catalogue
        self.language = language
        self.profile = profile
        self.toolVersion = toolVersion
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.isComplete = isComplete
    }

    package func data() throws -> Data {
        var data = Data()
        try write { data += $0 }
        return data
    }

    /// - Parameter sink: takes the log piece by piece, in order.
    package func write(_ sink: (Data) throws -> Void) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let rules = SarifRules(inspections, CheckBases(catalogue, profile: profile, on: startedAt), language)
        func put(_ key: String, _ value: some Encodable) throws { try sink(Data(",\n\"\(key)\":".utf8) + encoder.encode(value)) }

        try sink(Data("{\"$schema\":\"\(Sarif.schema)\",\n\"version\":\"\(Sarif.version)\",\n\"runs\":[{\"results\":[".utf8))
        var bases = rules.bases
        var separator = "\n"
        for finding in inspections.lazy.flatMap(\.checks).flatMap(\.findings) {
            try sink(Data(separator.utf8) + encoder.encode(result(FindingRecord(finding, &bases, language), rules)))
            separator = ",\n"
        }
        try sink(Data("]".utf8))
        // A consumer that keeps several tools' results apart does so by this.
        try put("automationDetails", Sarif.AutomationDetails(id: "suwen/" + inspections.map(\.inspector.rawValue).joined(separator: "+") + "/"))
        try put("columnKind", "utf16CodeUnits")
        try put("language", language.tag)
        try put("invocations", [invocation(rules)])
        try put("tool", Sarif.Tool(driver: driver(rules)))
        try sink(Data("}]}\n".utf8))
    }

    private func driver(_ rules: SarifRules) -> Sarif.Component {
        let unexamined = Sarif.Descriptor(
            id: Self.unexaminedID, shortDescription: Sarif.Text(text: catalogue.wording.term("sarif.unexamined", language)))
        let notAssessed = Sarif.Descriptor(
            id: Self.notAssessedID, shortDescription: Sarif.Text(text: catalogue.wording.term("sarif.not-assessed", language)))
        return Sarif.Component(
            name: "Suwen", semanticVersion: toolVersion, language: language.tag, rules: rules.descriptors, notifications: [unexamined, notAssessed])
    }

    private func result(_ record: FindingRecord, _ rules: SarifRules) -> Sarif.Result {
        let lines = [record.title] + record.evidence.map { "· " + $0 } + ["→ " + record.remediation]
        let location = Sarif.Location(
            physicalLocation: Sarif.PhysicalLocation(
                // Consumers that show results beside lines of a file demand a line.
                artifactLocation: Sarif.ArtifactLocation(uri: SarifText.path(record.check, record.asset)), region: Sarif.Region(startLine: 1)),
            logicalLocations: [Sarif.LogicalLocation(name: record.asset, fullyQualifiedName: record.asset, kind: "resource")])
        return Sarif.Result(
            ruleId: record.check, ruleIndex: rules.index(of: CheckID(rawValue: record.check)), level: SarifText.level(record.severity),
            message: SarifText.message(lines.joined(separator: "\n")), locations: [location],
            partialFingerprints: [
                "suwenFingerprint/v1": record.fingerprint,
                // GitHub compares this one, and would make up its own where it is missing.
                "primaryLocationLineHash": record.fingerprint + ":1",
            ],
            properties: Sarif.ResultProperties(
                severity: record.severity.rawValue, subject: record.subject, evidence: record.evidence, remediation: record.remediation,
                occurredAt: record.occurredAt))
    }

    /// What could not be examined makes a run incomplete, not unsuccessful: it is said in the notifications.
    private func invocation(_ rules: SarifRules) -> Sarif.Invocation {
        let wording = catalogue.wording
        var notifications = inspections.flatMap(\.unexamined).map { unexamined in
            let record = UnexaminedRecord(unexamined, wording, language)
            return Sarif.Notification(
                descriptor: Sarif.Reference(id: Self.unexaminedID, index: 0), level: .warning,
                message: SarifText.message("\(record.subject): \(record.reason)"))
        }
        for result in inspections.flatMap(\.checks) {
            guard case .notAssessed(let reason) = result.outcome else { continue }
            notifications.append(
                Sarif.Notification(
                    descriptor: Sarif.Reference(id: Self.notAssessedID, index: 1),
                    associatedRule: Sarif.Reference(id: result.check.rawValue, index: rules.index(of: result.check)), level: .note,
                    message: SarifText.message("\(result.check.rawValue): \(wording.text(reason, language))")))
        }
        return Sarif.Invocation(
            executionSuccessful: isComplete, startTimeUtc: startedAt.ISO8601Format(), endTimeUtc: endedAt.ISO8601Format(),
            toolExecutionNotifications: notifications)
    }

    private static let unexaminedID = "unexamined"
    private static let notAssessedID = "not-assessed"
}

extension Language {
    fileprivate var tag: String {
        switch self {
        case .zh: "zh-CN"
        case .en: "en-US"
        }
    }
}
