package import Estate
package import Findings
import Foundation
package import Geography
import Logging
import Sigma

/// Reads the declared access logs: whether they are kept, whether they have gaps, who came from where, and what happened.
package struct AccessLogInspector: Inspector {
    package static let id = InspectorID.accessLogs
    package static let retentionCheck: CheckID = "access-logs.retention"
    package static let gapsCheck: CheckID = "access-logs.gaps"
    package static let foreignCheck: CheckID = "access-logs.foreign-access"
    package static let bulkCheck: CheckID = "access-logs.bulk-download"
    package static let credentialCheck: CheckID = "access-logs.credential-attacks"
    package static let attackCheck: CheckID = "access-logs.web-attacks"
    package static let administrationCheck: CheckID = "access-logs.outside-administration"
    package static let databaseCheck: CheckID = "access-logs.database-dump"
    package static let accountCheck: CheckID = "access-logs.unusual-accounts"
    package static let tamperingCheck: CheckID = "access-logs.tampering"
    package static let personalDataCheck: CheckID = "access-logs.personal-data"
    package static let ruleCheck: CheckID = "access-logs.rules"
    /// Those that fail by incidents.
    static let incidentChecks = [
        foreignCheck, bulkCheck, credentialCheck, attackCheck, administrationCheck, databaseCheck, accountCheck, tamperingCheck, personalDataCheck,
        ruleCheck,
    ]
    /// Of logs alone.
    package static let logChecks = [retentionCheck, gapsCheck] + incidentChecks
    /// …and of the estate that they are declared in, and of this machine's settings.
    package static let checks = logChecks + [RotationCheck.id, MissingSourceCheck.id]

    private let retentionDays: Int
    private let limits: ActorLimits
    private let personalData: (any PersonalDataDetector)?
    private let regionData: (v4: String, v6: String)

    /// - Parameters:
    ///   - retentionDays: how long logs must be kept.
    ///   - regionData: paths of the region files.
    ///   - limits: how many identities of one source are held at once.
    ///   - personalData: tells personal data; nil: logs are not looked through for it.
    package init(
        retentionDays: Int = 184, regionData: (v4: String, v6: String) = (RegionDatabase.defaultV4Path, RegionDatabase.defaultV6Path),
        limits: ActorLimits = ActorLimits(), personalData: (any PersonalDataDetector)? = nil
    ) {
        self.retentionDays = retentionDays
        self.regionData = regionData
        self.limits = limits
        self.personalData = personalData
    }

    package func inspect(_ estate: Estate, _ context: InspectionContext) async -> Inspection {
        let missing = MissingSourceCheck.result(estate, hasBastion: !estate.operations.bastions.isEmpty)
        guard !estate.logs.isEmpty else {
            let reason = Message("access-logs.none-declared")
            let unassessed = Self.checks.filter { $0 != MissingSourceCheck.id }.map { CheckResult($0, .notAssessed(reason), examined: 0) }
            return Inspection(.accessLogs, checks: unassessed + [missing], examined: [MissingSourceCheck.subject])
        }
        let (resolver, regionProblem) = RegionData.resolver(estate.regions, v4Path: regionData.v4, v6Path: regionData.v6)
        var ruleProblem: Message?
        var analysis = LogAnalysis(settings: DetectionSettings(estate.operations, now: context.now, resolver: resolver))
        analysis.retentionDays = retentionDays
        analysis.limits = limits
        analysis.personalData = personalData.map { PersonalDataProbe(detector: $0) }
        do throws(SigmaRuleSet.Unreadable) {
            if !estate.operations.rules.isEmpty { analysis.rules = RuleBook(try SigmaRuleSet.load(estate.operations.rules.map(\.path))) }
        } catch {
            ruleProblem = Message("access-logs.rules-unreadable", ["path": .text(error.path)])
        }
        var inspection = await inspect(estate.logs.map { LogRequest($0) }, analysis, regionProblem: regionProblem, context).inspection
        inspection.checks.append(missing)
        inspection.examined.append(MissingSourceCheck.subject)
        if let ruleProblem { inspection.unexamined.append(Unexamined("access-logs", ruleProblem)) }
        return inspection
    }

    /// - Parameter regionProblem: why `analysis` has no region data, if it hasn't.
    package func inspect(
        _ requests: [LogRequest], _ analysis: LogAnalysis, regionProblem: Message?, _ context: InspectionContext
    ) async -> (inspection: Inspection, report: LogReport) {
        if let regionProblem { context.logger.warning("no region data: \(regionProblem.key)") }
        let report = await analysis.runAside(requests) { progress in
            context.progress(
                ProgressUpdate(.accessLogs, subject: progress.source, done: progress.done, total: progress.total, unit: "bytes"))
        }
        var checks = SourceChecks(retentionDays: analysis.retentionDays, regionProblem: regionProblem, hasRules: analysis.rules != nil)
        for source in report.sources {
            context.logger.debug(
                "access log read", metadata: ["source": "\(source.name)", "lines": "\(source.lines)", "unparsable": "\(source.unparsed)"])
            checks.add(source)
        }
        checks.add(report.crossSourceIncidents)
        let settings = RotationSettings()
        var rotation = RotationCheck(requiredDays: analysis.retentionDays)
        for source in report.sources {
            rotation.add(
                source: source.name,
                settings.rotation(of: source.files.map(\.path), isJournal: source.formats.contains { $0.hasPrefix("journal") }),
                isMeasured: source.hasUnreadFiles ? nil : source.retention?.isMet)
        }
        let unexamined =
            (regionProblem.map { [Unexamined("access-logs", $0)] } ?? [])
            + report.sources.flatMap { source in source.unexamined.map { Unexamined(source.name, $0) } }
        let inspection = Inspection(
            .accessLogs, checks: checks.results + [rotation.result], examined: report.sources.filter { $0.retention != nil }.map(\.name),
            unexamined: unexamined,
            exhibits: LogExhibits(report, resolver: analysis.settings.resolver).exhibits)
        return (inspection, report)
    }
}
