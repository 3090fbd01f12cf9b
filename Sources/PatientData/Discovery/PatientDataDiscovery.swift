import Datastores
package import Estate
package import Findings
import Foundation
import Logging
package import Network
import ReferenceData

/// What was found in all stores.
package struct DiscoveryResult: Sendable {
    /// In the order in which they were given.
    package var stores: [(store: Store, result: StoreResult)]
    /// Of all stores together; nil when nobody was found.
    package var persons: PersonCount?
}

/// Reads stores: which columns hold what about patients, how sensitive that is, whether it is readable, and of how many persons.
package struct PatientDataDiscovery: Sendable {
    private let options: DiscoveryOptions
    private let opener: any StoreOpener
    /// Stores that are read at once.
    private static let concurrency = 2

    package init(_ options: DiscoveryOptions = DiscoveryOptions(), opener: any StoreOpener = DeclaredStoreOpener()) {
        self.options = options
        self.opener = opener
    }

    /// What goes wrong with a store is part of the result.
    /// - Throws: ``ScanJournalError`` when the state of the scan can't be kept.
    package func run(_ stores: [Store], scope: Scope, _ context: InspectionContext) async throws(ScanJournalError) -> DiscoveryResult {
        let depth = options.isFull ? "full" : "sample \(options.sampleRows)"
        let subject = [depth, options.rules?.digest ?? "no rules"] + stores.map { "\($0.name)=\($0.url)" }
        let journal = try ScanJournal(at: options.journal, subject: subject.joined(separator: "\n"), resumes: options.resumes)
        if journal.isResumed { context.logger.notice("going on where the last scan stopped") }
        let results = await examine(stores, scope, journal, context)
        let keys = zip(stores, results).flatMap { store, result -> [ScanJournal.TableKey] in
            guard case .examined(let examination) = result else { return [] }
            return examination.tables.map { ScanJournal.TableKey(store: store.name, table: $0.name) }
        }
        let persons = try PersonReckoning(journal: journal).count(keys)
        if !Task.isCancelled { journal.finish() }
        return DiscoveryResult(stores: Array(zip(stores, results)), persons: persons)
    }

    private func examine(_ stores: [Store], _ scope: Scope, _ journal: ScanJournal, _ context: InspectionContext) async -> [StoreResult] {
        let limiter = options.bytesPerSecond.map(RateLimiter.init)
        return await withTaskGroup(of: (Int, StoreResult).self) { group in
            var results = [StoreResult](repeating: .unexamined(Message("patient-data.stopped")), count: stores.count)
            var next = 0
            func start() {
                guard next < stores.count else { return }
                let index = next
                next += 1
                group.addTask { (index, await examine(stores[index], scope, journal, limiter, context)) }
            }
            for _ in 0..<Self.concurrency { start() }
            for await (index, result) in group {
                results[index] = result
                start()
            }
            return results
        }
    }

    private func examine(
        _ store: Store, _ scope: Scope, _ journal: ScanJournal, _ limiter: RateLimiter?, _ context: InspectionContext
    ) async -> StoreResult {
        // Ages are those in China on the day of the assessment.
        let today = CivilDate(daysSince1970: Int(((context.now.timeIntervalSince1970 + 8 * 3600) / 86_400).rounded(.down)))
        let examiner = StoreExaminer(
            opener: opener, scope: scope, options: options, journal: journal, limiter: limiter, today: today
        ) { done, total in
            context.progress(ProgressUpdate(.patientData, subject: store.name, done: done, total: total, unit: "rows"))
        }
        do {
            let examination = try await examiner.examine(store)
            context.logger.debug(
                "store examined",
                metadata: ["store": "\(store.name)", "tables": "\(examination.tables.count)", "columns": "\(examination.columnCount)"])
            return .examined(examination)
        } catch let error as DatastoreError {
            return .unexamined(error.message)
        } catch let error as SecretError {
            return .unexamined(Message("patient-data.no-password", ["why": .text(error.problem)]))
        } catch let error as ScanJournalError {
            return .unexamined(Message("patient-data.failed", ["why": .text(error.description)]))
        } catch is CancellationError {
            return .unexamined(Message("patient-data.stopped"))
        } catch {
            // Not told further: a foreign error may quote a value.
            return .unexamined(Message("patient-data.failed", ["why": .text("\(type(of: error))")]))
        }
    }
}
