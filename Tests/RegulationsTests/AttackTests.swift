import Findings
import Foundation
import Regulations
import Testing

@Suite("Techniques, controls and clauses of a check")
struct AttackTests {
    @Test("every exposure check names the techniques that use its gap, all of them known")
    func named() throws {
        let catalogue = try ShippedCatalogue.result.get()
        #expect(!catalogue.attack.version.isEmpty)
        for check in catalogue.wording.checks.values {
            if check.id.rawValue.hasPrefix("exposure.") { #expect(!check.attack.isEmpty, "\(check.id.rawValue)") }
            for number in check.attack { #expect(catalogue.attack.techniques[number] != nil, "\(number)") }
        }
    }

    private static let matrix = #"""
        version: "19.2"
        techniques:
          T1190: {zh: "利用应用", en: "Exploit Public-Facing Application"}
          T1078.001: {zh: "默认账户", en: "Default Accounts"}
        """#

    private func problems(attack list: String, matrix: String? = Self.matrix) -> [CatalogueError.Problem] {
        var files = SmallCatalogue.files
        files["attack.yaml"] = matrix
        files["wording.yaml"] = files["wording.yaml"]?.replacing("  exposure.port:\n", with: "  exposure.port:\n    attack: \(list)\n")
        do {
            _ = try Catalogue.load(files.map { CatalogueFile(name: $0.key, text: $0.value) })
            return []
        } catch {
            return error.problems
        }
    }

    @Test(
        "a fault in the techniques is reported with its file",
        arguments: [
            ("[T1191]", "'T1191' is no technique of attack.yaml"), ("[T119]", "is no technique's number"), ("[T1190.1]", "is no technique's number"),
            ("[t1190]", "is no technique's number"), ("[T1190, T1190]", "stands twice"), ("[]", "names no technique"), ("T1190", "must be a list"),
        ])
    func faults(_ list: String, _ says: String) {
        #expect(problems(attack: list).contains { $0.file == "wording.yaml" && $0.problem.contains(says) }, "\(problems(attack: list))")
    }

    @Test("known techniques load; without the file none is known; its own faults are reported")
    func matrix() {
        #expect(problems(attack: "[T1190, T1078.001]") == [])
        #expect(problems(attack: "[T1190]", matrix: nil).map(\.problem) == ["'T1190' is no technique of attack.yaml"])
        let odd = Self.matrix.replacing("T1078.001", with: "T1078.01")
        #expect(problems(attack: "[T1190]", matrix: odd).contains { $0.file == "attack.yaml" && $0.problem.contains("is no technique's number") })
        #expect(problems(attack: "[T1190]", matrix: Self.matrix + "\nauthor: x").contains { $0.problem.contains("isn't known here") })
    }

    @Test("a basis lists each clause once, by the law of the day, and only controls that apply")
    func basis() throws {
        let catalogue = try ShippedCatalogue.result.get()
        let after = catalogue.basis(of: "exposure.data-port-reachable", on: noon("2026-06-01"))
        #expect(after.controls.map(\.id) == ["PRO-05"])
        #expect(Set(after.clauses.map(\.id)).count == after.clauses.count)
        let law = { (basis: CheckBasis) in basis.clauses.first { $0.law == "CSL" }?.citation.zh }
        let before = catalogue.basis(of: "exposure.data-port-reachable", on: noon("2025-06-01"))
        #expect(law(after)?.contains("第23条") == true)
        #expect(law(before)?.contains("第21条") == true)
        #expect(catalogue.basis(of: "exposure.no-such-check", on: noon("2026-06-01")).controls.isEmpty)
    }

    @Test("bases that are kept are those that are worked out")
    func kept() throws {
        let catalogue = try ShippedCatalogue.result.get()
        var bases = CheckBases(catalogue, on: noon("2026-06-01"))
        let old = Finding(check: "exposure.data-port-reachable", subject: "s", asset: "a", occurredAt: noon("2025-06-01"))
        for _ in 0..<2 {
            #expect(bases.basis(of: old) == catalogue.basis(of: old.check, on: noon("2025-06-01")))
            #expect(bases.basis(of: old.check) == catalogue.basis(of: old.check, on: noon("2026-06-01")))
        }
    }

    @Test("a check's remediation reads without a finding")
    func remediation() throws {
        let wording = try ShippedCatalogue.result.get().wording
        for check in wording.checks.keys {
            for language in Language.allCases {
                let text = wording.remediation(of: check, language)
                #expect(!text.isEmpty && !text.contains("{") && !text.contains("—"), "\(check.rawValue): \(text)")
            }
        }
    }
}
