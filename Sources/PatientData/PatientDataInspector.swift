import Datastores
package import Estate
package import Findings
import Foundation
import Logging
import ReferenceData

/// Reads the declared stores: which columns hold what about patients, how sensitive that is, whether it is readable, and of how many
/// persons.
package struct PatientDataInspector: Inspector {
    package static let id = InspectorID.patientData
    package static let identityCheck: CheckID = "patient-data.identity-number-in-clear"
    package static let healthCheck: CheckID = "patient-data.health-data-in-clear"
    package static let contactCheck: CheckID = "patient-data.contact-in-clear"
    package static let deidentificationCheck: CheckID = "patient-data.not-deidentified"
    package static let checks = [identityCheck, healthCheck, contactCheck, deidentificationCheck]

    private let opener: any StoreOpener
    private let sampleRows: Int
    /// Stores that are read at once.
    private static let concurrency = 2

    /// - Parameter sampleRows: of each table, for the verdicts on its columns; identifying columns are read in full to count persons.
    package init(opener: any StoreOpener = DeclaredStoreOpener(), sampleRows: Int = 20_000) {
        self.opener = opener
        self.sampleRows = max(1, sampleRows)
    }

    package func inspect(_ estate: Estate, _ context: InspectionContext) async -> Inspection {
        guard !estate.stores.isEmpty else {
            let reason = Message("patient-data.none-declared")
            return Inspection(.patientData, checks: Self.checks.map { CheckResult($0, .notAssessed(reason), examined: 0) })
        }
        let results = await examine(estate, context)
        var report = PatientDataReport()
        for (store, result) in zip(estate.stores, results) { report.add(store, result) }
        return report.inspection
    }

    /// One result per store, in the order of the estate.
    private func examine(_ estate: Estate, _ context: InspectionContext) async -> [StoreResult] {
        let hash = KeyedHash()
        return await withTaskGroup(of: (Int, StoreResult).self) { group in
            var results = [StoreResult](repeating: .unexamined(Message("patient-data.stopped")), count: estate.stores.count)
            var next = 0
            func start() {
                guard next < estate.stores.count else { return }
                let index = next
                next += 1
                group.addTask { (index, await examine(estate.stores[index], scope: estate, hash: hash, context)) }
            }
            for _ in 0..<Self.concurrency { start() }
            for await (index, result) in group {
                results[index] = result
                start()
            }
            return results
        }
    }

    private func examine(_ store: Store, scope estate: Estate, hash: KeyedHash, _ context: InspectionContext) async -> StoreResult {
        // Ages are those in China on the day of the assessment.
        let today = CivilDate(daysSince1970: Int(((context.now.timeIntervalSince1970 + 8 * 3600) / 86_400).rounded(.down)))
        let examiner = StoreExaminer(sampleRows: sampleRows, hash: hash, today: today) { done, total in
            context.progress(ProgressUpdate(.patientData, subject: store.name, done: done, total: total, unit: "rows"))
        }
        do {
            let examination = try await opener.with(store, scope: estate.scope) { try examiner.examine($0) }
            context.logger.debug(
                "store examined",
                metadata: ["store": "\(store.name)", "tables": "\(examination.tables.count)", "columns": "\(examination.columnCount)"])
            return .examined(examination)
        } catch let error as DatastoreError {
            return .unexamined(error.message)
        } catch let error as SecretError {
            return .unexamined(Message("patient-data.no-password", ["why": .text(error.problem)]))
        } catch is CancellationError {
            return .unexamined(Message("patient-data.stopped"))
        } catch {
            // Not told further: a foreign error may quote a value.
            return .unexamined(Message("patient-data.failed", ["why": .text("\(type(of: error))")]))
        }
    }
}

/// What became of one store.
enum StoreResult: Sendable {
    case examined(StoreExamination)
    case unexamined(Message)
}
