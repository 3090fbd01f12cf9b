package import Findings
package import Foundation
package import Regulations

/// What a report is made of.
package struct ReportAssembly: Sendable {
    package var organisation: String
    package var profile: Profile
    package var personsDeclared: Int
    /// By control domain; the control's own role otherwise.
    package var owners: [String: String]
    package var inspections: [Inspection]
    package var run: RecordedRun
    package var attestations: [ControlAttestation]
    package var versions: [(name: String, version: String)]

    package init(
        organisation: String, profile: Profile, personsDeclared: Int, owners: [String: String], inspections: [Inspection], run: RecordedRun,
        attestations: [ControlAttestation], versions: [(name: String, version: String)]
    ) {
        self.organisation = organisation
        self.profile = profile
        self.personsDeclared = personsDeclared
        self.owners = owners
        self.inspections = inspections
        self.run = run
        self.attestations = attestations
        self.versions = versions
    }

    /// Judges the inspections by the catalogue and words everything in one language.
    package func report(_ catalogue: Catalogue, _ language: Language, at date: Date) -> Report {
        let judgement = catalogue.judge(profile: profile, inspections: inspections, attestations: attestations, on: date)
        // A gap in what the law doesn't ask of this organisation is none.
        let binding = Set(judgement.controls.filter { $0.verdict != .notApplicable }.map(\.control.id))
        let findings = reported(catalogue, language, binding).sorted { ($0.severity, $0.check, $1.asset) > ($1.severity, $1.check, $0.asset) }
        return Report(
            language: language,
            organisation: Report.Organisation(
                name: organisation, mlpsLevel: profile.mlpsLevel, medicalInstitution: profile.medicalInstitution,
                internetDiagnosis: profile.internetDiagnosis, importantData: profile.importantData, minors: profile.minors),
            assessedAt: date,
            summary: Report.Summary(
                persons: profile.persons, personsMeasured: inspections.compactMap(\.persons).max(), personsDeclared: personsDeclared,
                controls: counts(judgement.controls), findings: counts(findings)),
            duties: judgement.duties.map { duty($0, findings, language) },
            domains: Control.Domain.allCases.map { domain($0, judgement.controls, catalogue, language) },
            consequences: judgement.consequences.map {
                Report.Consequence(text: $0.text[language], clauses: $0.clauses.map { clause($0, language) })
            },
            controls: judgement.controls.map { control($0, catalogue, language, date) },
            findings: findings,
            coverage: inspections.map { coverage($0, catalogue, language) },
            exhibits: inspections.flatMap(\.exhibits),
            progress: progress(findings),
            versions: versions.map { Report.Version(name: $0.name, version: $0.version) })
    }

    // MARK: Findings

    /// - Parameter binding: the controls that apply.
    private func reported(_ catalogue: Catalogue, _ language: Language, _ binding: Set<String>) -> [Report.Finding] {
        let wording = catalogue.wording
        return run.findings.compactMap { tracked in
            let finding = tracked.finding
            let controls = catalogue.controls(restingOn: finding.check).map(\.id).filter(binding.contains)
            guard !controls.isEmpty else { return nil }
            let acceptance = tracked.acceptance.map {
                wording.text(Message("report.acceptance", ["by": .text($0.by), "until": .day($0.until), "why": .text($0.why)]), language)
            }
            var evidence = finding.evidence.map { wording.text($0, language) }
            if !tracked.wasExamined { evidence.append(wording.text(Message("report.not-examined-again"), language)) }
            return Report.Finding(
                fingerprint: finding.fingerprint, check: finding.check.rawValue, controls: controls,
                severity: catalogue.severity(of: finding), status: Report.Finding.Status(tracked.status),
                title: wording.findingTitle(finding, language), asset: finding.asset, evidence: evidence,
                remediation: wording.remediation(finding, language), firstSeen: tracked.firstSeen, occurredAt: finding.occurredAt,
                acceptance: acceptance)
        }
    }

    private func counts(_ findings: [Report.Finding]) -> Report.FindingCounts {
        var counts = Report.FindingCounts()
        for finding in findings where finding.status == .new || finding.status == .open {
            switch finding.severity {
            case .critical: counts.critical += 1
            case .high: counts.high += 1
            case .medium: counts.medium += 1
            case .low: counts.low += 1
            }
        }
        return counts
    }

    private func progress(_ findings: [Report.Finding]) -> Report.Progress {
        func number(_ status: Report.Finding.Status) -> Int { findings.count { $0.status == status } }
        return Report.Progress(
            previousRun: run.previousRun, new: number(.new), open: number(.open), fixed: number(.fixed), accepted: number(.accepted))
    }

    // MARK: Verdicts

    private func duty(_ judged: JudgedDuty, _ findings: [Report.Finding], _ language: Language) -> Report.Duty {
        let controls = Set(judged.controls)
        let cited = findings.filter { $0.status != .fixed && !controls.isDisjoint(with: $0.controls) }
        return Report.Duty(
            id: judged.duty.id, title: judged.duty.title[language], verdict: judged.verdict, controls: judged.controls,
            citedFindings: cited.prefix(5).map(\.title))
    }

    private func domain(_ domain: Control.Domain, _ controls: [JudgedControl], _ catalogue: Catalogue, _ language: Language) -> Report.Domain {
        let counts = counts(controls.filter { $0.control.domain == domain })
        let assessed = counts.compliant + counts.partial + counts.nonCompliant
        let score = assessed == 0 ? nil : (Double(counts.compliant) + Double(counts.partial) / 2) / Double(assessed) * 100
        return Report.Domain(id: domain.rawValue, title: catalogue.wording.term("domain.\(domain.rawValue)", language), counts: counts, score: score)
    }

    private func counts(_ controls: [JudgedControl]) -> Report.ControlCounts {
        var counts = Report.ControlCounts()
        for control in controls {
            switch control.verdict {
            case .compliant: counts.compliant += 1
            case .partial: counts.partial += 1
            case .nonCompliant: counts.nonCompliant += 1
            case .notApplicable: counts.notApplicable += 1
            case .notAssessed: counts.notAssessed += 1
            }
        }
        return counts
    }

    private func control(_ judged: JudgedControl, _ catalogue: Catalogue, _ language: Language, _ date: Date) -> Report.Control {
        let control = judged.control
        let isGap = judged.verdict == .partial || judged.verdict == .nonCompliant
        let attestation = judged.attestation.map {
            catalogue.wording.text(
                Message("report.attestation", ["by": .text($0.by), "on": .day($0.on), "until": .day($0.until), "statement": .text($0.statement)]),
                language)
        }
        return Report.Control(
            id: control.id, title: control.title[language], domain: control.domain.rawValue, verdict: judged.verdict, severity: control.severity,
            duties: control.duties, clauses: judged.clauses.map { clause($0, language) },
            checks: judged.checks.map { check in
                Report.Check(
                    id: check.id, title: check.title[language], status: check.status.rawValue,
                    reason: check.reason.map { catalogue.wording.text($0, language) }, examined: check.examined)
            },
            findings: judged.findings.map(\.fingerprint), remediation: control.remediation[language],
            owner: owners[control.domain.rawValue] ?? control.owner[language],
            deadline: isGap ? catalogue.deadline(for: control.severity, from: since(judged, date)) : nil, attestation: attestation)
    }

    /// A deadline runs from the day on which the gap was first found, not from each new run.
    private func since(_ judged: JudgedControl, _ date: Date) -> Date {
        let fingerprints = Set(judged.findings.map(\.fingerprint))
        return run.findings.filter { fingerprints.contains($0.finding.fingerprint) }.map(\.firstSeen).min() ?? date
    }

    private func clause(_ cited: CitedClause, _ language: Language) -> Report.Clause {
        Report.Clause(
            law: cited.law, article: cited.article, oldArticle: cited.oldArticle, status: cited.status.rawValue, citation: cited.citation[language],
            paraphrase: cited.paraphrase[language])
    }

    private func coverage(_ inspection: Inspection, _ catalogue: Catalogue, _ language: Language) -> Report.Coverage {
        let wording = catalogue.wording
        return Report.Coverage(
            inspector: inspection.inspector.rawValue, title: wording.term("inspector.\(inspection.inspector.rawValue)", language),
            examined: inspection.examined.count,
            unexamined: inspection.unexamined.map { Report.Coverage.Left(subject: $0.subject, reason: wording.text($0.reason, language)) })
    }
}

extension Report.Finding.Status {
    fileprivate init(_ status: TrackedFinding.Status) {
        switch status {
        case .new: self = .new
        case .open: self = .open
        case .fixed: self = .fixed
        case .accepted: self = .accepted
        }
    }
}
