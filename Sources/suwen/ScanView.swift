import Exposure
import Findings
import Foundation
import Network
import Probes
import Regulations
import Reporting

/// A scan for people and for programs.
struct ScanView {
    let scan: ExposureScan
    let catalogue: Catalogue
    let language: Language
    let profile: Profile
    let library: ScanLibrary
    let from: Viewpoint?
    let startedAt: Date

    func show(as form: ScanOutputOptions.Form) throws {
        switch form {
        case .table: try StandardOutput.write(line: text())
        case .json: try StandardOutput.write(try document().json())
        case .jsonLines:
            var writer = JSONLinesWriter(catalogue: catalogue, language: language, profile: profile, at: startedAt) { try StandardOutput.write($0) }
            for service in services { try writer.write(service) }
            try writer.write(scan.inspection)
            try writer.write(coverage)
        case .sarif:
            try SarifDocument(
                [scan.inspection], catalogue: catalogue, language: language, profile: profile, toolVersion: SuwenVersion.current,
                startedAt: startedAt,
                endedAt: Date(), isComplete: true
            ).write { try StandardOutput.write($0) }
        }
    }

    private func document() -> ScanDocument {
        ScanDocument(
            scan.inspection, services: services, templates: .init(loaded: library.templates.count, refused: library.refused), coverage: coverage,
            catalogue: catalogue, language: language, profile: profile, at: startedAt, from: from?.rawValue)
    }

    private var services: [ServiceRecord] {
        scan.hosts.flatMap(\.open).map { port in
            let reading = port.isConfirmed ? port.reading : nil
            return ServiceRecord(
                host: port.target.host, port: port.target.port, tls: port.usesTLS, service: port.service?.id ?? "unknown", product: reading?.product,
                version: reading?.version, authentication: (reading?.authentication ?? .unknown).rawValue,
                proof: proof(port, reading))
        }
    }

    private func proof(_ port: PortReading, _ reading: ServiceReading?) -> String? {
        let messages =
            reading?.evidence
            ?? port.service.map { [Message("exposure.port-expected", ["service": .text($0.name), "place": .text(port.place)])] }
            ?? [Message("exposure.unrecognised", ["place": .text(port.place)])]
        return messages.isEmpty ? nil : messages.map { catalogue.wording.text($0, language) }.joined(separator: language == .zh ? "；" : "; ")
    }

    private var coverage: ScanCoverageRecord {
        let coverage = scan.coverage
        return ScanCoverageRecord(
            probed: coverage.probed, open: coverage.open, closed: coverage.closed, filtered: coverage.filtered, unexamined: coverage.unexamined,
            seconds: scan.duration / .seconds(1))
    }

    private func text() -> String {
        let view = InspectionView(inspection: scan.inspection, catalogue: catalogue, language: language, profile: profile)
        let coverage = scan.coverage
        let facts: [String: Fact] = [
            "probed": .count(coverage.probed), "open": .count(coverage.open), "closed": .count(coverage.closed),
            "filtered": .count(coverage.filtered),
            "unexamined": .count(coverage.unexamined), "seconds": .text(String(format: "%.1f", scan.duration / .seconds(1))),
        ]
        return view.text() + "\n\n" + catalogue.wording.text(Message("exposure.scan-summary", facts), language)
    }
}
