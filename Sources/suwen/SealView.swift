import ArgumentParser
import Cryptography
import Foundation
import Sealing

/// Plans and reports of sealing, for people and for programs.
enum SealView {
    static func show(_ report: SealReport, json: Bool) throws {
        if json {
            let data = try JSONEncoder().encode(report)
            try printJSON(JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:])
        } else {
            print(
                """
                \(report.table): \(report.operation), \(report.cipher), columns \(report.columns.joined(separator: ", "))
                \(report.rows) rows; \(report.sealed) cells changed, \(report.alreadySealed) were sealed, \(report.skippedNull) null, \
                \(report.conflictsRetried) conflicts retried
                \(report.verified) cells opened again, \(report.failed) that don't open, \(report.plaintext) in plaintext; \
                \(String(format: "%.1f", report.seconds)) s, \(Int(report.rowsPerSecond)) rows/s
                """)
        }
        if report.failed > 0 || report.plaintext > 0 { throw ExitCode(3) }
    }

    static func text(_ plan: SealPlan, _ request: SealRequest) -> String {
        var lines = [
            "\(request.displayName): \(request.columns.map(\.name).joined(separator: ", ")), \(request.algorithm.name), \(request.mode.rawValue)"
        ]
        func section(_ title: String, _ items: [String]) {
            guard !items.isEmpty else { return }
            lines += ["", title] + items.map { "  · \($0)" }
        }
        section("What stands against it", plan.blockers.map(\.description))
        section("What is done", plan.steps.map(step))
        section("What to know before", plan.warnings.map(\.description))
        section(
            "Where plaintext stays behind, and what clears it",
            plan.remanence.map { "\($0.description)\n      \($0.mend(table: request.displayName))" })
        let estimate = plan.estimate
        let figures = [
            estimate.rows.map { "about \($0) rows" }, estimate.extraBytes.map { "\($0 >> 20) MiB more on disk" },
            estimate.writeAheadLogBytes.map { "\($0 >> 20) MiB of write-ahead log" }, estimate.seconds.map { "about \(Int($0.rounded(.up))) s" },
        ].compactMap(\.self)
        if !figures.isEmpty { lines += ["", figures.joined(separator: ", ")] }
        return lines.joined(separator: "\n")
    }

    private static func step(_ step: SealPlan.Step) -> String {
        switch step {
        case .widen(let column, let from, let to), .retype(let column, let from, let to): "\(column) becomes \(to) (now \(from))"
        case .addCompanion(let column, let source, let type): "a column \(column) (\(type)) holds the keyed digests of \(source)"
        case .sealRows(let columns, let batch): "\(columns.joined(separator: ", ")) are sealed, about \(batch) rows in a transaction"
        case .copyTable(let columns): "the table is written anew with \(columns.joined(separator: ", ")) sealed"
        case .createIndex(let column, let isUnique): "\(isUnique ? "a unique" : "an") index on \(column)"
        case .dropIndex(let name): "the index \(name) is dropped"
        case .swapTables: "the new table takes the old one's place"
        case .enforce(let column): "a constraint lets \(column) hold envelopes only"
        case .verify: "every sealed cell is opened again"
        case .analyse: "ANALYZE, so that the planner's statistics forget the plaintext"
        }
    }

    static func json(_ plan: SealPlan, _ request: SealRequest) -> [String: Any] {
        var estimate: [String: Any] = [:]
        estimate["rows"] = plan.estimate.rows
        estimate["extraBytes"] = plan.estimate.extraBytes
        estimate["writeAheadLogBytes"] = plan.estimate.writeAheadLogBytes
        estimate["seconds"] = plan.estimate.seconds
        return [
            "schema": "suwen.seal-plan/1", "table": request.displayName, "mode": request.mode.rawValue, "cipher": request.algorithm.name,
            "columns": request.columns.map(\.name), "isPossible": plan.isPossible, "blockers": plan.blockers.map(\.description),
            "steps": plan.steps.map(step), "warnings": plan.warnings.map(\.description),
            "remanence": plan.remanence.map { ["what": $0.description, "mend": $0.mend(table: request.displayName)] }, "estimate": estimate,
        ]
    }
}
