import Datastores
import Foundation
import Glibc
import Testing

@Suite("Folders of files")
struct FileFolderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("every file that is read is a table, called by its path, in the order of the names")
    func tables() throws {
        try folder.write("a,b\n1,2\n".utf8, "x/clinic.csv")
        try folder.write("{\"c\":3}\n".utf8, "b.jsonl")
        try folder.write(try Compressing.gzip(Array("d\te\n4\t5\n".utf8)), "x/y/z.tsv.gz")
        try folder.write(Compressing.zstandard(Array("病人主诉头痛三天\n".utf8)), "note.txt.zst")
        let store = try FileStore(path: folder.path)
        #expect(store.product == "files")
        let tables = try store.tables()
        #expect(tables.map(\.name) == ["b.jsonl", "note.txt.zst", "x/clinic.csv", "x/y/z.tsv.gz"])
        #expect(tables.map { $0.columns.map(\.name) } == [["c"], ["病人主诉头痛三天"], ["a", "b"], ["d", "e"]])
        // Another store, which listed nothing, reads them as well.
        let other = try FileStore(path: folder.path)
        var rows: [[String?]] = []
        try other.scan(tables[3], columns: ["e", "d"], limit: nil) { batch in
            rows += batch.rows
            return true
        }
        #expect(rows == [["5", "4"]])
        #expect(try other.chunks(of: tables[2]) == [.whole])
    }

    @Test("a bad file is remarked and doesn't stop the others; hidden ones are nobody's business")
    func badFiles() throws {
        try folder.write("a,b\n1,2\n".utf8, "good.csv")
        try folder.write([], "empty.csv")
        try folder.write([0x50, 0x4B, 3, 4, 0, 0], "really-excel.csv")
        try folder.write("x".utf8, "report.pdf")
        try folder.write("a\n".utf8, ".hidden.csv")
        try folder.write("a\n".utf8, ".git/x.csv")
        #expect(mkfifo(folder.path + "/pipe.csv", 0o600) == 0)
        let store = try FileStore(path: folder.path)
        #expect(try store.tables().map(\.name) == ["good.csv"])
        #expect(
            store.remarks == [
                .unreadableFile("empty.csv", why: "is empty"),
                .unreadableFile("really-excel.csv", why: "is a ZIP archive or an Excel workbook; unpack it, or save its sheets as CSV"),
                .unsupportedFile("pipe.csv"), .unsupportedFile("report.pdf"),
            ])
    }

    @Test("symbolic links out of the folder aren't followed")
    func links() throws {
        let outside = try TemporaryFolder()
        let secret = try outside.write("secret,b\n1,2\n".utf8, "s.csv")
        try folder.write("a,b\n1,2\n".utf8, "good.csv")
        #expect(symlink(secret, folder.path + "/link.csv") == 0)
        #expect(symlink(outside.path, folder.path + "/linked") == 0)
        #expect(symlink("good.csv", folder.path + "/again.csv") == 0)
        let store = try FileStore(path: folder.path)
        #expect(try store.tables().map(\.name) == ["good.csv"])
        #expect(
            store.remarks == ["link.csv", "linked"].map { .unreadableFile($0, why: "is a symbolic link that leads out of the folder") })
        for name in ["link.csv", "linked/s.csv", "../\(outside.url.lastPathComponent)/s.csv", "/etc/passwd", "", ".hidden.csv", "none.csv"] {
            #expect(throws: DatastoreError.self) {
                try store.scan(Table(name: name, columns: []), columns: ["secret"], limit: nil) { _ in true }
            }
        }
    }

    @Test("remarks tell which file they are about, and many bad files are counted")
    func remarks() throws {
        try folder.write("a,b\n1,2,3\n".utf8, "uneven.csv")
        for index in 10..<40 { try folder.write([], "empty\(index).csv") }
        for index in 10..<35 { try folder.write([1], "x\(index).bin") }
        let store = try FileStore(path: folder.path)
        let table = try #require(try store.tables().first)
        try store.scan(table, columns: ["a"], limit: nil) { _ in true }
        #expect(store.remarks.count == 42)
        #expect(store.remarks.suffix(2) == [.furtherFiles(unreadable: 10, unsupported: 5), .inTable("uneven.csv", .unevenRecords(1))])
    }

    @Test("a file that gets bad behind its beginning is an error of its table alone")
    func failure() throws {
        try folder.write(Array("a,b\n".utf8) + [UInt8](repeating: 0x0A, count: 100_000) + [UInt8](repeating: 0x61, count: 2 << 20), "a.csv")
        try folder.write("a,b\n1,2\n".utf8, "b.csv")
        let store = try FileStore(path: folder.path)
        let tables = try store.tables()
        #expect(tables.count == 2)
        let error = #expect(throws: DatastoreError.self) { try store.scan(tables[0], columns: ["a"], limit: nil) { _ in true } }
        #expect(error?.store == "file:\(folder.path)/a.csv")
        var rows = 0
        try store.scan(tables[1], columns: ["a"], limit: nil) { batch in
            rows += batch.rowCount
            return true
        }
        #expect(rows == 1)
    }
}
