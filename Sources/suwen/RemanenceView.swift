import ArgumentParser
import Foundation
import Sealing

/// Takes the values of a table's sealed cells, and looks for them in files.
struct RemanenceSearch {
    let engine: any SealEngine
    let request: SealRequest
    let keys: SealingKeys

    func run(in path: String) async throws -> RemanenceReport {
        let sealed = try await engine.status(request).columns
        let binary = Set(sealed.filter { Self.isBinary($0.declaration) }.map(\.column.name))
        let names = Set(sealed.map(\.column.name))
        // The engine calls from one thread, and has ended before the scan begins.
        nonisolated(unsafe) let needles = RemanenceNeedles()
        let bar = ProgressBar()
        defer { bar.finish() }
        _ = try await engine.read(request, .all(limit: nil), keys: keys) { row in
            for (column, value) in zip(row.columns, row.values) where names.contains(column) {
                guard let value else { continue }
                let isBinary = binary.contains(column)
                let bytes = isBinary ? Self.bytes(hexadecimal: value) : Array(value.utf8)
                bytes.withUnsafeBytes { needles.add($0, column: column, isBinary: isBinary) }
            }
        }
        return try RemanenceScanner.scan(path, needles: needles) { progress in
            bar.update(subject: path, done: progress.bytes, total: progress.totalBytes, unit: "bytes")
        }
    }

    private static func isBinary(_ declaration: String) -> Bool {
        ["bytea", "blob", "binary"].contains { declaration.lowercased().contains($0) }
    }

    /// Of `\x…` or of digits alone.
    private static func bytes(hexadecimal text: String) -> [UInt8] {
        let digits = Array(text.utf8.drop { $0 == 0x5C }.drop { $0 == 0x78 })
        return stride(from: 0, to: digits.count - 1, by: 2).compactMap { UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16) }
    }
}

/// Shows where cleartext was found.
enum RemanenceView {
    /// Exit code 3 when something was found, or not everything could be looked through.
    static func show(_ report: RemanenceReport, of request: SealRequest, json: Bool) throws {
        if json {
            let data = try JSONEncoder().encode(report)
            try printJSON(JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:])
        } else {
            print(text(report, request))
        }
        if !report.isClean { throw ExitCode(3) }
    }

    private static func text(_ report: RemanenceReport, _ request: SealRequest) -> String {
        var lines = [
            "\(request.displayName): \(report.filesScanned) files, \(report.bytes >> 20) MiB looked through in \(String(format: "%.1f", report.seconds)) s"
        ]
        let columns = report.columns.map { ["\($0.name)", "\($0.needles)", "\($0.found)", "\($0.occurrences)", "\($0.tooShort)"] }
        lines.append(TextTable(headings: ["COLUMN", "LOOKED FOR", "FOUND", "PLACES", "TOO SHORT"], rows: columns).text())
        if !report.files.isEmpty {
            let files = report.files.map { [$0.path, $0.kind.rawValue, "\($0.occurrences)", $0.columns.keys.sorted().joined(separator: ", ")] }
            lines.append(TextTable(headings: ["FILE", "KIND", "PLACES", "COLUMNS"], rows: files).text())
        }
        lines += report.gaps.map { "not looked through: \($0.path): \($0.reason)" } + report.remarks
        if report.columns.allSatisfy({ $0.needles == 0 }) {
            lines.append("nothing could be looked for: the values are too short to tell from chance, or there are none")
        } else if report.files.isEmpty {
            lines.append("no leftovers found")
        }
        return (lines + RemanenceReport.limits.map { "· " + $0 }).joined(separator: "\n")
    }
}
