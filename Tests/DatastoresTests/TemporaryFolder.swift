import CZlib
import CZstd
import Datastores
import Foundation
import TestServers
import Testing

/// A folder for one test, which goes with it.
final class TemporaryFolder {
    let url: URL
    var path: String { url.path }

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("suwen-files-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The file's path. Folders in its name are made.
    @discardableResult
    func write(_ bytes: some Sequence<UInt8>, _ name: String) throws -> String {
        let file = url.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return file.path
    }
}

/// What came of reading a file's only table.
struct FileReading: Equatable {
    var columns: [String]
    var rows: [[String?]]
    var remarks: Set<DatastoreRemark>

    /// - Parameter inChunks: reads the parts in turn, each with a store of its own.
    init(_ path: String, encoding: String? = nil, tuning: FileTuning = FileTuning(), limit: Int? = nil, inChunks: Bool = false) throws {
        let store = try FileStore(path: path, encoding: encoding, tuning: tuning)
        let table = try #require(try store.tables().first)
        columns = table.columns.map(\.name)
        rows = []
        remarks = []
        guard inChunks else {
            rows = try Rows.read(store, table, columns, limit: limit)
            remarks = Set(store.remarks)
            return
        }
        var workers: [[DatastoreRemark]] = []
        for chunk in try store.chunks(of: table) {
            let worker = try FileStore(path: path, encoding: encoding, tuning: tuning)
            try worker.scan(table, columns: columns, chunk: chunk, limit: limit) { batch in
                rows += batch.rows
                return true
            }
            workers.append(worker.remarks)
        }
        remarks = Set(DatastoreRemark.merged(workers))
    }
}

extension Batch {
    var rows: [[String?]] {
        (0..<rowCount).map { row in
            columns.map { column in
                column.isNull[row] ? nil : String(decoding: column.bytes[column.offsets[row]..<column.offsets[row + 1]], as: UTF8.self)
            }
        }
    }
}

enum Compressing {
    static func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let path = folder.path + "/x.gz"
        let file = try #require(gzopen(path, "wb"))
        #expect(bytes.isEmpty || gzwrite(file, bytes, UInt32(bytes.count)) == Int32(bytes.count))
        #expect(gzclose(file) == Z_OK)
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    static func zstandard(_ bytes: [UInt8]) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
        let count = ZSTD_compress(&result, result.count, bytes, bytes.count, 3)
        return Array(result.prefix(count))
    }
}

/// SplitMix64: the same numbers from the same seed.
struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
