import ArgumentParser
import Cryptography
import Findings
import Foundation
import Regulations
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

    static func text(_ plan: SealPlan, _ request: SealRequest, _ language: Language) throws -> String {
        let wording = try Catalogue.load().wording
        var lines = [
            "\(request.displayName): \(request.columns.map(\.name).joined(separator: ", ")), \(request.algorithm.name), \(request.mode.rawValue)"
        ]
        func section(_ key: String, _ items: [String]) {
            guard !items.isEmpty else { return }
            lines += ["", wording.term("sealing.plan.\(key)", language)] + items.map { "  · \($0)" }
        }
        func words(_ message: Message) -> String { wording.text(message, language) }
        section("blockers", plan.blockers.map { words($0.message) })
        section("steps", plan.steps.map { words($0.message) })
        section("warnings", plan.warnings.map { words($0.message) })
        section("remanence", plan.remanence.map { "\(words($0.message))\n      \(words($0.mend(table: request.displayName)))" })
        let estimate = plan.estimate
        let figures = [
            estimate.rows.map { Message("sealing.estimate.rows", ["rows": .count($0)]) },
            estimate.extraBytes.map { Message("sealing.estimate.disk", ["bytes": .bytes($0)]) },
            estimate.writeAheadLogBytes.map { Message("sealing.estimate.log", ["bytes": .bytes($0)]) },
            estimate.seconds.map { Message("sealing.estimate.seconds", ["seconds": .count(Int($0.rounded(.up)))]) },
        ].compactMap(\.self)
        section("estimate", figures.map(words))
        return lines.joined(separator: "\n")
    }

    static func json(_ plan: SealPlan, _ request: SealRequest, _ language: Language) throws -> [String: Any] {
        let wording = try Catalogue.load().wording
        func said(_ messages: [Message]) -> [[String: String]] { messages.map { ["key": $0.key, "text": wording.text($0, language)] } }
        var estimate: [String: Any] = [:]
        estimate["rows"] = plan.estimate.rows
        estimate["extraBytes"] = plan.estimate.extraBytes
        estimate["writeAheadLogBytes"] = plan.estimate.writeAheadLogBytes
        estimate["seconds"] = plan.estimate.seconds
        return [
            "schema": "suwen.seal-plan/1", "table": request.displayName, "mode": request.mode.rawValue, "cipher": request.algorithm.name,
            "columns": request.columns.map(\.name), "isPossible": plan.isPossible, "blockers": said(plan.blockers.map(\.message)),
            "steps": said(plan.steps.map(\.message)), "warnings": said(plan.warnings.map(\.message)),
            "remanence": plan.remanence.map { place in
                [
                    "key": place.message.key, "text": wording.text(place.message, language),
                    "mend": wording.text(place.mend(table: request.displayName), language),
                ]
            }, "estimate": estimate,
        ]
    }
}
