package import Estate
package import Findings
import Foundation
import Geography
package import Regulations
package import Reporting

extension ReportAssembly {
    /// What an estate's run brings to its report.
    package init(_ estate: Estate, _ inspections: [Inspection], _ run: RecordedRun, _ catalogue: Catalogue, version: String) {
        self.init(
            organisation: estate.organisation.name,
            profile: Profile(estate.organisation, personsMeasured: inspections.compactMap(\.persons).max()),
            personsDeclared: estate.organisation.persons, owners: estate.organisation.owners, inspections: inspections, run: run,
            attestations: estate.attestations.map {
                ControlAttestation(control: $0.control, by: $0.by, on: $0.on, until: $0.until, statement: $0.statement)
            },
            versions: [("Suwen", version), ("catalogue", catalogue.version)] + Self.regionSource(estate))
    }

    /// Names the regions' source where they were used, as its licence asks.
    private static func regionSource(_ estate: Estate) -> [(name: String, version: String)] {
        guard !estate.logs.isEmpty, let source = try? RegionDatabase().attribution else { return [] }
        let generated = source.generated.map { $0.formatted(.iso8601.year().month().day()) }
        return [(source.source, [source.licence, generated].compactMap(\.self).joined(separator: ", "))]
    }
}
