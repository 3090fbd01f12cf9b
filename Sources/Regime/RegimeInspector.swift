package import Estate
package import Findings
import Foundation
import Logging

/// Reads the documents of the regime and says for each that is demanded whether it exists, is approved, dated within its period, names who
/// answers, and holds its elements.
package struct RegimeInspector: Inspector {
    package static let id = InspectorID.regime

    package static let checks: [CheckID] = [
        "regime.data-security-policy", "regime.operating-procedures", "regime.security-officer", "regime.privacy-officer", "regime.security-body",
        "regime.data-inventory", "regime.classification-policy", "regime.access-policy", "regime.access-review", "regime.incident-plan",
        "regime.privacy-incident-plan", "regime.incident-drill", "regime.incident-reporting", "regime.incident-summary", "regime.log-policy",
        "regime.security-training", "regime.mlps-filing", "regime.mlps-assessment", "regime.mlps-remediation", "regime.deidentification-procedure",
        "regime.crypto-scheme", "regime.impact-assessment", "regime.compliance-audit", "regime.backup-restore", "regime.retention-schedule",
        "regime.network-zones", "regime.privacy-notice",
    ]

    package init() {}

    package func inspect(_ estate: Estate, _ context: InspectionContext) async -> Inspection {
        guard let folder = estate.documents else { return nothing(Message("regime.no-folder-declared"), unexamined: []) }
        let name = folder.lastPathComponent
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue else {
            let reason = Message("regime.no-such-folder", ["folder": .text(name)])
            return nothing(reason, unexamined: [Unexamined(name, reason)])
        }
        let catalogue: DocumentCatalogue
        do throws(DocumentCatalogueError) {
            catalogue = try DocumentCatalogue.bundled()
        } catch {
            context.logger.error("the catalogue of documents is damaged", metadata: ["problem": "\(error)"])
            let reason = Message("regime.catalogue-damaged", ["problem": .text(error.description)])
            return nothing(reason, unexamined: [Unexamined(name, reason)])
        }
        let reading = await RegimeReading.read(folder, names: NameFinder(general: catalogue.general), context)
        guard !reading.documents.isEmpty else {
            let reason = Message(reading.unexamined.isEmpty ? "regime.empty-folder" : "regime.nothing-readable", ["folder": .text(name)])
            return nothing(reason, unexamined: [Unexamined(name, reason)] + reading.unexamined)
        }
        return judged(reading, catalogue, estate.organisation, context.now)
    }

    private func judged(_ reading: RegimeReading, _ catalogue: DocumentCatalogue, _ organisation: Organisation, _ now: Date) -> Inspection {
        let judge = DocumentJudge(general: catalogue.general, organisation: organisation, now: now)
        let report = RegimeReport(documentsRead: reading.documents.count)
        let titles = TitleMatcher(general: catalogue.general)
        let rows = catalogue.documents.map { demand in
            let verdict = judge.judge(demand, among: reading.documents)
            let check = CheckID(rawValue: demand.check)
            // The document may well be the file that can't be read: then nothing is known about it.
            if verdict == nil, let lost = reading.unread.first(where: { titles.identifies(TitleMatcher.title(ofFile: $0.path), demand) }) {
                let reason = Message("regime.unread-document", ["file": .text(lost.shown), "reason": .message(lost.reason)])
                return (demand: demand, verdict: verdict, result: CheckResult(check, .notAssessed(reason), examined: 0))
            }
            let findings = report.findings(demand, verdict)
            return (
                demand: demand, verdict: verdict,
                result: CheckResult.judged(check, examined: 1, findings: findings, unexamined: nil)
            )
        }
        let results = Dictionary(rows.map { ($0.result.check, $0.result) }) { first, _ in first }
        return Inspection(
            .regime, checks: Self.checks.map { results[$0] ?? CheckResult($0, .notAssessed(Message("nothing-to-examine")), examined: 0) },
            examined: rows.filter { $0.result.examined > 0 }.map(\.demand.id) + reading.documents.map(\.shown),
            unexamined: reading.unexamined, exhibits: [report.exhibit(rows)])
    }

    private func nothing(_ reason: Message, unexamined: [Unexamined]) -> Inspection {
        Inspection(.regime, checks: Self.checks.map { CheckResult($0, .notAssessed(reason), examined: 0) }, unexamined: unexamined)
    }
}
