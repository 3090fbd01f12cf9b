package import Estate
package import Findings

/// Reads the declared stores: which columns hold what about patients, how sensitive that is, whether it is readable, and of how many
/// persons.
package struct PatientDataInspector: Inspector {
    package static let id = InspectorID.patientData
    package static let identityCheck: CheckID = "patient-data.identity-number-in-clear"
    package static let healthCheck: CheckID = "patient-data.health-data-in-clear"
    package static let contactCheck: CheckID = "patient-data.contact-in-clear"
    package static let deidentificationCheck: CheckID = "patient-data.not-deidentified"
    package static let secretCheck: CheckID = "patient-data.secret-in-clear"
    package static let weakHashCheck: CheckID = "patient-data.password-hash-weak"
    package static let publicCheck: CheckID = "patient-data.access-public"
    package static let excessiveCheck: CheckID = "patient-data.access-excessive"
    package static let sharedCheck: CheckID = "patient-data.access-shared"
    package static let dormantCheck: CheckID = "patient-data.access-dormant"
    /// Of columns, in every kind of store.
    package static let columnChecks = [identityCheck, healthCheck, contactCheck, deidentificationCheck, secretCheck, weakHashCheck]
    /// Of accounts, in stores whose servers keep some.
    package static let accessChecks = [publicCheck, excessiveCheck, sharedCheck, dormantCheck]
    package static let checks = columnChecks + accessChecks

    private let discovery: PatientDataDiscovery

    /// - Parameter sampleRows: of each table, for the verdicts on its columns; identifying columns are read in full to count persons.
    package init(opener: any StoreOpener = DeclaredStoreOpener(), sampleRows: Int = DiscoveryOptions.defaultSample) {
        var options = DiscoveryOptions()
        options.depth = .sample(rows: sampleRows)
        discovery = PatientDataDiscovery(options, opener: opener)
    }

    package func inspect(_ estate: Estate, _ context: InspectionContext) async -> Inspection {
        guard !estate.stores.isEmpty else { return Self.notAssessed(Message("patient-data.none-declared")) }
        do {
            return try await discovery.run(estate.stores, scope: estate.scope, context).inspection
        } catch {
            return Self.notAssessed(Message("patient-data.failed", ["why": .text(error.description)]))
        }
    }

    private static func notAssessed(_ reason: Message) -> Inspection {
        Inspection(.patientData, checks: checks.map { CheckResult($0, .notAssessed(reason), examined: 0) })
    }
}
