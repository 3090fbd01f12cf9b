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

    /// Shows a bar while `body` works.
    static func withProgress<R: Sendable>(_ subject: String, _ body: (SealProgress) async throws -> R) async throws -> R {
        let bar = ProgressBar()
        defer { bar.finish() }
        return try await body(SealProgress { done, total in bar.update(subject: subject, done: done, total: total, unit: "rows") })
    }

    static func show(_ status: SealStatus, of request: SealRequest, json: Bool) throws {
        if json {
            let columns = status.columns.map { column in
                [
                    "column": column.column.name, "state": column.state, "originalType": column.declaration,
                    "protection": protection(column.column), "indexes": column.column.indexes.map(\.text),
                ] as [String: Any]
            }
            var document: [String: Any] = [
                "schema": "suwen.seal-status/1", "table": request.displayName, "columns": columns, "rowsDone": status.rowsDone,
            ]
            document["share"] = status.share
            try printJSON(document)
        } else {
            let rows = status.columns.map {
                [$0.column.name, $0.state, protection($0.column), $0.column.indexes.map(\.text).joined(separator: "; "), $0.declaration]
            }
            print(TextTable(headings: ["COLUMN", "STATE", "PROTECTION", "INDEXES", "ORIGINAL TYPE"], rows: rows).text())
            if let share = status.share {
                print("\(Int(share * 100)) % of a sweep done, \(status.rowsDone) rows: run the command again, and it goes on")
            }
        }
    }

    private static func protection(_ column: SealColumn) -> String {
        if case .formatPreserving(let format) = column.protection { "fpe=\(format.name)" } else { "envelope" }
    }

    /// Exit code 3 when a cell isn't right.
    static func show(_ result: SealVerification, of request: SealRequest, json: Bool) throws {
        if json {
            try printJSON([
                "schema": "suwen.seal-verify/1", "table": request.displayName, "rows": result.rows, "verified": result.opened,
                "nulls": result.nulls, "plaintext": result.plaintext, "failed": result.failed, "wrongIndexes": result.wrongCompanions,
                "failures": result.failures.map(\.description),
            ])
        } else {
            print(
                "\(request.displayName): \(result.rows) rows, \(result.opened) cells opened, \(result.nulls) null, \(result.plaintext) in plaintext, "
                    + "\(result.failed) don't open, \(result.wrongCompanions) wrong indexes")
            for failure in result.failures { print("  \(failure)") }
        }
        if !result.isSound { throw ExitCode(3) }
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
