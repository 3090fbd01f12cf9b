import AccessLogs
package import Estate
import Exposure
package import Findings
import Foundation
import PatientData
import Regime
package import Regulations

/// Runs the inspectors that an estate asks for.
package enum AssessmentRun {
    /// - Throws: ``EstateErrors`` for what only the catalogue can tell: an attestation of a control that there isn't.
    package static func validate(_ estate: Estate, against catalogue: Catalogue) throws(EstateErrors) {
        let known = Set(catalogue.controls.map(\.id))
        let errors = estate.attestations.enumerated().filter { !known.contains($1.control) }.map { index, attestation in
            EstateError(
                file: estate.file.path, line: attestation.line, key: "attestations[\(index)].control",
                problem: "the catalogue has no control \"\(attestation.control)\"")
        }
        guard errors.isEmpty else { throw EstateErrors(errors) }
    }

    /// Every inspector's results, in the order of ``InspectorID``; the checks of those that were not asked for are not assessed, and say so.
    package static func inspect(
        _ estate: Estate, only wanted: Set<InspectorID> = Set(InspectorID.allCases), catalogue: Catalogue, _ context: InspectionContext
    ) async -> [Inspection] {
        let inspectors: [any Inspector] = [
            ExposureInspector(personData: PatientDataDetectors()), PatientDataInspector(),
            AccessLogInspector(retentionDays: catalogue.thresholds.logRetentionDays, personalData: LogDataDetectors()), RegimeInspector(),
        ]
        return await withTaskGroup(of: Inspection.self) { group in
            for inspector in inspectors {
                group.addTask {
                    let kind = type(of: inspector)
                    guard wanted.contains(kind.id) else { return notRequested(kind) }
                    return await inspector.inspect(estate, context)
                }
            }
            var inspections: [InspectorID: Inspection] = [:]
            for await inspection in group { inspections[inspection.inspector] = inspection }
            return InspectorID.allCases.compactMap { inspections[$0] }
        }
    }

    private static func notRequested(_ inspector: any Inspector.Type) -> Inspection {
        Inspection(
            inspector.id, checks: inspector.checks.map { CheckResult($0, .notAssessed(Message("inspector-not-requested")), examined: 0) })
    }
}

extension Profile {
    /// The organisation's profile, with the number of persons that counts: the higher of declared and measured.
    package init(_ organisation: Organisation, personsMeasured: Int?) {
        self.init(
            persons: max(organisation.persons, personsMeasured ?? 0), sensitivePersonalInformation: organisation.sensitivePersonalInformation,
            minors: organisation.minors, importantData: organisation.importantData,
            criticalInformationInfrastructure: organisation.criticalInformationInfrastructure, mlpsLevel: organisation.mlpsLevel,
            medicalInstitution: organisation.medicalInstitution, internetDiagnosis: organisation.internetDiagnosis,
            outsources: organisation.outsources, crossBorder: organisation.crossBorder)
    }
}
