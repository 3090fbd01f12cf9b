import Datastores
import Foundation
import Network
import TestServers
import Testing

@Suite("Delimited files")
struct DelimitedFileTests {
    /// The rows of a file as text, null as nil, with the columns' names and what had to be assumed.
    private func read(_ bytes: [UInt8], name: String = "t.csv", encoding: String? = nil, limit: Int? = nil) async throws
        -> (columns: [String], rows: [[String?]], remarks: [DatastoreRemark])
    {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("suwen-csv-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent(name)
        try Data(bytes).write(to: file)
        return try await withDatastore(try StoreLocation("file:" + file.path), scope: Scope(), encoding: encoding) { store in
            let table = try #require(try store.tables().first)
            let columns = table.columns.map(\.name)
            return (columns, try Rows.read(store, table, columns, limit: limit), store.remarks)
        }
    }

    @Test("quotes, doubled quotes, delimiters and line breaks within quotes, and nulls are read as RFC 4180 has them")
    func quoting() async throws {
        let result = try await read(Array("name,note\r\n\"a,b\",\"say \"\"hi\"\"\"\r\n\"line\nbreak\",\r\n,\"\"\r\n".utf8))
        #expect(result.columns == ["name", "note"])
        #expect(result.rows == [["a,b", "say \"hi\""], ["line\nbreak", nil], [nil, ""]])
        #expect(result.remarks.isEmpty)
    }

    @Test("the delimiter is recognised", arguments: [",", "\t", ";", "|", "\u{1}"])
    func delimiters(delimiter: String) async throws {
        let result = try await read(Array("a\(delimiter)b\n1\(delimiter)2\n".utf8))
        #expect(result.columns == ["a", "b"])
        #expect(result.rows == [["1", "2"]])
    }

    @Test("GBK is read as GB 18030, and said unless it was declared", arguments: [nil, "gb18030"] as [String?])
    func gbk(encoding: String?) async throws {
        // 姓名,电话 / 张三,1
        let bytes: [UInt8] = [0xD0, 0xD5, 0xC3, 0xFB, 0x2C, 0xB5, 0xE7, 0xBB, 0xB0, 0x0A, 0xD5, 0xC5, 0xC8, 0xFD, 0x2C, 0x31, 0x0A]
        let result = try await read(bytes, encoding: encoding)
        #expect(result.columns == ["姓名", "电话"])
        #expect(result.rows == [["张三", "1"]])
        #expect(result.remarks == (encoding == nil ? [.encodingAssumed("gb18030")] : []))
    }

    @Test("a byte order mark is no part of the first name, and a file without a header gets names")
    func headers() async throws {
        #expect(try await read([0xEF, 0xBB, 0xBF] + Array("姓名,b\nx,y\n".utf8)).columns == ["姓名", "b"])
        let bare = try await read(Array("张三,13800138000\n李四,13800138001\n".utf8))
        #expect(bare.columns == ["column_1", "column_2"])
        #expect(bare.rows.count == 2)
        #expect(bare.remarks == [.headerMissing])
    }

    @Test("uneven records are filled up and counted; blank lines are none; the limit holds")
    func uneven() async throws {
        let result = try await read(Array("a,b\n1\n\n1,2,3\n4,5".utf8))
        #expect(result.rows == [["1", nil], ["1", "2"], ["4", "5"]])
        #expect(result.remarks == [.unevenRecords(2)])
        #expect(try await read(Array("a,b\n1,2\n3,4\n5,6\n".utf8), limit: 2).rows.count == 2)
    }

    @Test(
        "an empty, missing or endless file is an error that names it", arguments: [[], Array("\n\n".utf8), [UInt8](repeating: 0x61, count: 3 << 20)])
    func bad(bytes: [UInt8]) async {
        await #expect(throws: DatastoreError.self) { try await read(bytes) }
    }

    @Test("a missing file is an error")
    func missing() async throws {
        for path in ["/nowhere/x.csv", "/dev/null"] {
            await #expect(throws: DatastoreError.self) {
                try await withDatastore(try StoreLocation("file:" + path), scope: Scope()) { try $0.tables().count }
            }
        }
    }

    @Test(
        "what is written is read back, plain and compressed, with mode 0600",
        arguments: ["t.csv", "t.tsv", "t.csv.gz", "t.tsv.zst", "t.jsonl", "t.jsonl.zst"])
    func writing(name: String) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("suwen-csv-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent(name)
        let location = try StoreLocation("file:" + file.path)
        let read = try await withDatastore(location, scope: Scope(), access: .write) { store in
            try Rows.write(Rows.awkward, into: store)
            return try Rows.read(store, try #require(try store.tables().first), Rows.columns, limit: nil)
        }
        #expect(read == Rows.awkward)
        #expect(try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [name])
        await #expect(throws: DatastoreError.self) {
            try await withDatastore(location, scope: Scope(), access: .write) { try Rows.write(Rows.awkward, into: $0) }
        }
    }
}
