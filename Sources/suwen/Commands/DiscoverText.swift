import Findings
import Foundation
import PatientData
import Regulations

/// `suwen discover --text FILE.jsonl`: what stands in the texts of a file, line by line.
struct DiscoverText {
    /// A file of JSON Lines, or `-` for standard input.
    var path: String
    /// One JSON line per text instead of a table.
    var json: Bool
    /// The user's own words, by kind.
    var terms: [DataKind: [String]] = [:]
    var language: Language

    private static let chunk = 1 << 20

    /// Prints the results.
    /// - Returns: the exit code: 0, or 3 when some lines could not be read; each of those has its line on standard error.
    /// - Throws: ``Failure`` when the file can't be read.
    func run() throws -> Int32 {
        let input = try open()
        defer { try? input.close() }
        let name = path == "-" ? "standard input" : path
        let progress = ProgressBar()
        defer { progress.finish() }
        var lines = TextLines(scanner: FreeTextScanner(adding: terms)) { problem in
            progress.finish()
            FileHandle.standardError.write(Data("\(name):\(problem.line): \(problem.reason.rawValue); left out\n".utf8))
        }
        var bytes = 0
        while let chunk = try read(input), !chunk.isEmpty {
            bytes += chunk.count
            try emit(lines.read(chunk))
            progress.update(subject: "discover  \(name)", done: bytes >> 20, total: nil, unit: "MiB")
        }
        try emit(lines.finish())
        progress.finish()
        if !json { print(try table(lines)) }
        return lines.unreadable > 0 ? 3 : 0
    }

    private func open() throws -> FileHandle {
        if path == "-" { return FileHandle.standardInput }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw Failure.input("\(path): there is no such file") }
        guard !isFolder.boolValue, let handle = FileHandle(forReadingAtPath: path) else {
            throw Failure.input("\(path): can't be opened; name a file of JSON Lines that this account may read")
        }
        return handle
    }

    private func read(_ input: FileHandle) throws -> Data? {
        do {
            return try input.read(upToCount: DiscoverText.chunk)
        } catch {
            throw Failure.input("\(path): reading failed")
        }
    }

    private func emit(_ results: Data) throws {
        if json, !results.isEmpty { try FileHandle.standardOutput.write(contentsOf: results) }
    }

    private func table(_ lines: TextLines) throws -> String {
        let wording = try Catalogue.load().wording
        let rows = lines.counts.sorted { ($0.value, $1.key.rawValue) > ($1.value, $0.key.rawValue) }.map { kind, count in
            [wording.term("kind.\(kind.rawValue)", language), kind.rawValue, String(count)]
        }
        let isChinese = language == .zh
        let headings = isChinese ? ["内容", "类型", "处数"] : ["what", "kind", "spans"]
        let read = lines.lines - lines.unreadable
        let summary = isChinese ? "读取 \(read) 行，未能读取 \(lines.unreadable) 行" : "\(read) lines read, \(lines.unreadable) could not be read"
        return rows.isEmpty ? summary : TextTable(headings: headings, rows: rows).text() + "\n\n" + summary
    }
}
