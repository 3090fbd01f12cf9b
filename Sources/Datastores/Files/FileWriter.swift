/// Writes a table into a file: delimited text, with tabs for `.tsv`, or JSON Lines for `.jsonl`, `.ndjson` and `.json`; `.gz` and `.zst` too.
final class FileWriter: TableWriter {
    private enum Encoder {
        case delimited(DelimitedEncoder)
        case json(JSONLinesEncoder)
    }

    private let output: FileOutput
    private let encoder: Encoder
    private var buffer: [UInt8] = []
    private static let flushLength = 1 << 20

    init(_ context: FileContext, path: String, _ table: Table) throws(DatastoreError) {
        output = try FileOutput(context, path: path)
        let names = table.columns.map(\.name)
        let lower = path.lowercased()
        if FileKind(name: path) == .json {
            encoder = .json(JSONLinesEncoder(names))
        } else {
            let isTabbed = [".tsv", ".tsv.gz", ".tsv.zst"].contains { lower.hasSuffix($0) }
            let delimited = DelimitedEncoder(delimiter: isTabbed ? 0x09 : 0x2C)
            buffer = delimited.header(names)
            encoder = .delimited(delimited)
        }
    }

    func append(_ batch: Batch) throws(DatastoreError) {
        switch encoder {
        case .delimited(let delimited): delimited.append(batch, to: &buffer)
        case .json(let json): json.append(batch, to: &buffer)
        }
        if buffer.count >= Self.flushLength { try flush() }
    }

    private func flush() throws(DatastoreError) {
        var failure: DatastoreError?
        buffer.withUnsafeBytes { bytes in
            do throws(DatastoreError) { try output.write(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
        buffer.removeAll(keepingCapacity: true)
    }

    func finish() throws(DatastoreError) {
        try flush()
        try output.finish()
    }
}
