import CZlib
import Glibc

/// Writes a CSV, TSV or compressed file beside its place, mode 0600, and moves it there when it is complete.
final class DelimitedWriter: TableWriter {
    private enum Output {
        case plain(Int32)
        case compressed(gzFile)
    }

    private let opening: Opening
    private let path: String
    private let temporary: String
    private let output: Output
    private let delimiter: UInt8
    private var buffer: [UInt8] = []
    private var isOpen = true
    private static let flushLength = 1 << 20

    init(_ opening: Opening, path: String, _ table: Table) throws(DatastoreError) {
        self.opening = opening
        self.path = path
        guard access(path, F_OK) != 0 else { throw opening.error(.alreadyExists("the file")) }
        let lower = path.lowercased()
        delimiter = lower.hasSuffix(".tsv") || lower.hasSuffix(".tsv.gz") ? 0x09 : 0x2C
        var template = Array("\(path).suwen-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw opening.error(.badFile(String(cString: strerror(errno)), line: nil)) }
        temporary = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if lower.hasSuffix(".gz") {
            guard let file = gzdopen(descriptor, "w6") else {
                close(descriptor)
                unlink(temporary)
                throw opening.error(.failed("no memory"))
            }
            output = .compressed(file)
        } else {
            output = .plain(descriptor)
        }
        buffer.reserveCapacity(2 * Self.flushLength)
        for (index, column) in table.columns.enumerated() {
            if index > 0 { buffer.append(delimiter) }
            Array(column.name.utf8).withUnsafeBytes { append($0) }
        }
        buffer.append(0x0A)
    }

    deinit {
        guard isOpen else { return }
        closeOutput()
        unlink(temporary)
    }

    func append(_ batch: Batch) throws(DatastoreError) {
        for row in 0..<batch.rowCount {
            for index in batch.columns.indices {
                if index > 0 { buffer.append(delimiter) }
                // Null is nothing, an empty text is quoted: so they stay apart.
                if !batch.columns[index].isNull[row] { batch.columns[index].withValue(row) { append($0) } }
            }
            buffer.append(0x0A)
            if buffer.count >= Self.flushLength { try flush() }
        }
    }

    private func append(_ value: UnsafeRawBufferPointer) {
        let needsQuotes = value.isEmpty || value.contains { $0 == delimiter || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
        guard needsQuotes else {
            buffer.append(contentsOf: value)
            return
        }
        buffer.append(0x22)
        for byte in value {
            if byte == 0x22 { buffer.append(0x22) }
            buffer.append(byte)
        }
        buffer.append(0x22)
    }

    private func flush() throws(DatastoreError) {
        let ok = buffer.withUnsafeBytes { bytes in
            switch output {
            case .compressed(let file): return gzwrite(file, bytes.baseAddress, UInt32(bytes.count)) == Int32(bytes.count)
            case .plain(let descriptor):
                var done = 0
                while done < bytes.count {
                    let count = write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
                    if count < 0, errno == EINTR { continue }
                    guard count > 0 else { return false }
                    done += count
                }
                return true
            }
        }
        guard ok else { throw opening.error(.badFile("can't be written: \(String(cString: strerror(errno)))", line: nil)) }
        buffer.removeAll(keepingCapacity: true)
    }

    func finish() throws(DatastoreError) {
        try flush()
        isOpen = false
        guard closeOutput() else {
            let why = String(cString: strerror(errno))
            unlink(temporary)
            throw opening.error(.badFile("can't be written: \(why)", line: nil))
        }
        // link, not rename: a file that has come into being meanwhile is kept.
        let linked = link(temporary, path)
        let code = errno
        unlink(temporary)
        guard linked == 0 else {
            throw opening.error(code == EEXIST ? .alreadyExists("the file") : .badFile(String(cString: strerror(code)), line: nil))
        }
    }

    @discardableResult
    private func closeOutput() -> Bool {
        switch output {
        case .compressed(let file): return gzclose_w(file) == Z_OK
        case .plain(let descriptor):
            let synced = fsync(descriptor) == 0
            return close(descriptor) == 0 && synced
        }
    }
}
