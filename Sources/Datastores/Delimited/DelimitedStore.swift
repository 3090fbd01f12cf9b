import Glibc

/// A delimited file (CSV, TSV; also `.gz`): one table, called as the file is.
final class DelimitedStore: Datastore {
    private let opening: Opening
    private let path: String
    private let encoding: TextEncoding?
    private(set) var remarks: [DatastoreRemark] = []

    init(_ opening: Opening, path: String) throws(DatastoreError) {
        self.opening = opening
        self.path = path
        if let name = opening.encoding {
            guard let declared = TextEncoding(name: name) else { throw opening.error(.badFile("the encoding \(name) isn't known", line: nil)) }
            encoding = declared
        } else {
            encoding = nil
        }
    }

    var product: String { "CSV" }

    func tables() throws(DatastoreError) -> [Table] {
        let layout = try layout()
        if !layout.hasHeader { note(.headerMissing) }
        return [Table(name: tableName, columns: layout.names.map { Column(name: $0) })]
    }

    private var tableName: String {
        var name = path.split(separator: "/").last.map(String.init) ?? path
        for suffix in [".gz", ".csv", ".tsv", ".txt"] where name.lowercased().hasSuffix(suffix) { name.removeLast(suffix.count) }
        return name
    }

    func scan(_ table: Table, columns: [String], chunk: TableChunk, limit: Int?, _ body: (Batch) throws -> Bool) throws {
        let layout = try layout()
        let wanted = try columns.map { name in
            guard let index = layout.names.firstIndex(of: name) else { throw opening.error(.failed("has no such column")) }
            return index
        }
        try withoutActuallyEscaping(body) { body in
            var sink = BatchSink(wanted: wanted, fieldCount: layout.names.count, limit: limit, skipsFirst: layout.hasHeader, body)
            try read(layout.delimiter, &sink)
            _ = try sink.builder.flush(body)
            if sink.unevenCount > 0 { note(.unevenRecords(sink.unevenCount)) }
        }
    }

    func create(_ table: Table) throws(DatastoreError) -> any TableWriter {
        guard opening.access == .write else { throw opening.error(.refused("opened for reading only")) }
        return try DelimitedWriter(opening, path: path, table)
    }

    /// Feeds the whole file to a sink, and remembers what was assumed about it.
    private func read(_ delimiter: UInt8, _ sink: inout some DelimitedSink) throws {
        var parser = DelimitedParser(delimiter: delimiter)
        do {
            let reader = try TextReader(path: path, encoding: encoding)
            var goesOn = true
            while goesOn, try reader.next({ goesOn = try parser.parse($0, into: &sink) }) {
                if opening.watch.isCancelled { throw CancellationError() }
            }
            if goesOn, !reader.isTruncated { try parser.finish(into: &sink) }
            if reader.isEncodingAssumed, let name = reader.encoding?.rawValue { note(.encodingAssumed(name)) }
            if reader.replacedCount > 0 { note(.invalidBytes(reader.replacedCount)) }
            if reader.isTruncated { note(.truncated(line: parser.line)) }
        } catch let failure as DelimitedParser.Failure {
            throw opening.error(problem(failure))
        } catch let failure as FileSource.Failure {
            throw opening.error(problem(failure))
        }
    }

    /// The newest of its kind counts: a later scan has read more.
    private func note(_ remark: DatastoreRemark) {
        remarks.removeAll { $0.isSameKind(as: remark) }
        remarks.append(remark)
    }

    // MARK: The file's layout

    private struct Layout {
        var delimiter: UInt8
        var names: [String]
        var hasHeader: Bool
    }

    private var known: Layout?

    private func layout() throws(DatastoreError) -> Layout {
        if let known { return known }
        do {
            let delimiter = try delimiter()
            var sink = FirstRecordSink()
            try read(delimiter, &sink)
            guard !sink.fields.isEmpty, sink.fields.contains(where: { !$0.isEmpty }) else { throw opening.error(.badFile("is empty", line: nil)) }
            let layout =
                HeaderRow.names(of: sink.fields).map { Layout(delimiter: delimiter, names: $0, hasHeader: true) }
                ?? Layout(delimiter: delimiter, names: sink.fields.indices.map { "column_\($0 + 1)" }, hasHeader: false)
            known = layout
            return layout
        } catch let error as DatastoreError {
            throw error
        } catch let failure as FileSource.Failure {
            throw opening.error(problem(failure))
        } catch {
            throw opening.error(.failed("can't be read"))
        }
    }

    /// The one that the first line holds most often, outside quotation marks.
    private func delimiter() throws -> UInt8 {
        let reader = try TextReader(path: path, encoding: encoding)
        var counts: [UInt8: Int] = [:]
        _ = try reader.next { bytes in
            var isQuoted = false
            for byte in bytes {
                if byte == 0x22 { isQuoted.toggle() }
                if isQuoted { continue }
                if byte == 0x0A || byte == 0x0D { break }
                if Self.delimiters.contains(byte) { counts[byte, default: 0] += 1 }
            }
        }
        return Self.delimiters.max { counts[$0, default: 0] < counts[$1, default: 0] && $0 != $1 } ?? Self.delimiters[0]
    }

    private static let delimiters: [UInt8] = [0x2C, 0x09, 0x3B, 0x7C]

    private func problem(_ failure: FileSource.Failure) -> DatastoreError.Problem {
        switch failure {
        case .system(let code): .badFile(String(cString: strerror(code)), line: nil)
        case .notRegular: .badFile("is no regular file", line: nil)
        case .truncated: .badFile("is cut off or damaged", line: nil)
        }
    }

    private func problem(_ failure: DelimitedParser.Failure) -> DatastoreError.Problem {
        switch failure {
        case .fieldTooLong(let line): .badFile("a field is longer than 1 MiB; is a quotation mark left open?", line: line)
        case .recordTooLong(let line): .badFile("a record is longer than 16 MiB; this is no table", line: line)
        }
    }
}

extension DatastoreRemark {
    fileprivate func isSameKind(as other: DatastoreRemark) -> Bool {
        switch (self, other) {
        case (.encodingAssumed, .encodingAssumed), (.invalidBytes, .invalidBytes), (.truncated, .truncated), (.unevenRecords, .unevenRecords),
            (.headerMissing, .headerMissing):
            true
        default: false
        }
    }
}
