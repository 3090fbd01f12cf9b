import Datastores
import Foundation
import Testing

@Suite("Parts of files")
struct FileChunkTests {
    /// Quoted line breaks, CRLF, blank lines, a header.
    private static let text =
        "\u{FEFF}id,姓名,note\r\n"
        + (0..<300).map { row in
            switch row % 5 {
            case 0: "\(row),张\(row),\"two\nlines, \"\"quoted\"\"\"\n"
            case 1: "\(row),李,\r\n"
            case 2: "\n\(row),\"王\",plain\n"
            case 3: "\(row),5\" wide,x\r"
            default: "\(row),赵,\"\r\n\r\n\"\r\n"
            }
        }.joined()

    @Test("together they are the table, however long they are", arguments: [1, 10, 64, 333, 1_000, 5_000] as [Int64], [1, 50, 4_096])
    func sum(chunk: Int64, block: Int) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.text.utf8, "t.csv")
        let whole = try FileReading(path)
        #expect(whole.rows.count == 300)
        let tuning = FileTuning(blockLength: block, chunkLength: chunk)
        let parts = try FileReading(path, tuning: tuning, inChunks: true)
        #expect(parts == whole)
        let store = try FileStore(path: path, tuning: tuning)
        let chunks = try store.chunks(of: try #require(try store.tables().first))
        #expect(chunks.count > 1 || chunk > 2_000)
        #expect(zip(chunks, chunks.dropFirst()).allSatisfy { $0.upper == $1.lower })
    }

    @Test("a file without quotation marks, and one of JSON Lines, is cut at its lines", arguments: ["t.csv", "t.jsonl"])
    func lines(name: String) throws {
        let isJSON = name.hasSuffix("jsonl")
        let rows = (0..<2_000).map { isJSON ? "{\"n\":\($0),\"名\":\"张\"}" : "\($0),张" }
        let text = (isJSON ? "" : "n,名\n") + rows.joined(separator: "\n")
        let folder = try TemporaryFolder()
        let path = try folder.write([0xEF, 0xBB, 0xBF] + Array(text.utf8), name)
        let whole = try FileReading(path)
        #expect(whole.rows.count == 2_000 && whole.rows.last == ["1999", "张"])
        for chunk in [1, 100, 3_000, 10_000] as [Int64] {
            #expect(try FileReading(path, tuning: FileTuning(blockLength: 1_000, chunkLength: chunk), inChunks: true) == whole)
        }
    }

    @Test("what has no parts that can be found is whole: compressed, in another encoding, small, or JSON over several lines")
    func whole() throws {
        let folder = try TemporaryFolder()
        let text = "a,b\n" + String(repeating: "1,张三\n", count: 1_000)
        let utf16 = try #require(text.data(using: .utf16))
        // kCFStringEncodingGB_18030_2000
        let chinese = try #require(text.data(using: String.Encoding(rawValue: 0x8000_0632)))
        let document = "[" + (0..<500).map { "{\n\"a\": \($0)}" }.joined(separator: ",") + "]"
        let paths = [
            try folder.write(try Compressing.gzip(Array(text.utf8)), "1.csv.gz"),
            try folder.write(Compressing.zstandard(Array(text.utf8)), "2.csv.zst"),
            try folder.write(utf16, "3.csv"), try folder.write(chinese, "4.csv"), try folder.write(document.utf8, "5.json"),
        ]
        for path in paths {
            let store = try FileStore(path: path, tuning: FileTuning(chunkLength: 100))
            #expect(try store.chunks(of: try #require(try store.tables().first)) == [.whole])
        }
        let small = try FileStore(path: try folder.write(text.utf8, "6.csv"))
        #expect(try small.chunks(of: try #require(try small.tables().first)) == [.whole])
        // A part of what has none is refused.
        let store = try FileStore(path: paths[0])
        let table = try #require(try store.tables().first)
        #expect(throws: DatastoreError.self) {
            try store.scan(table, columns: ["a"], chunk: TableChunk(lower: 4, upper: 40), limit: nil) { _ in true }
        }
    }

    @Test("several stores read parts of one file at once")
    func concurrent() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(("n,t\n" + (0..<20_000).map { "\($0),\"a\nb\"\n" }.joined()).utf8, "t.csv")
        let tuning = FileTuning(blockLength: 4_096, chunkLength: 10_000)
        let store = try FileStore(path: path, tuning: tuning)
        let table = try #require(try store.tables().first)
        let chunks = try store.chunks(of: table)
        let numbers = try await withThrowingTaskGroup(of: [Int].self) { group in
            for worker in 0..<4 {
                group.addTask {
                    let store = try FileStore(path: path, tuning: tuning)
                    var numbers: [Int] = []
                    for index in stride(from: worker, to: chunks.count, by: 4) {
                        try store.scan(table, columns: ["n"], chunk: chunks[index], limit: nil) { batch in
                            numbers += batch.rows.compactMap { $0[0].flatMap { Int($0) } }
                            return true
                        }
                    }
                    return numbers
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(numbers.sorted() == Array(0..<20_000))
    }

    @Test("figures of parts add up, and a sample before them isn't counted again")
    func figures() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(("a,b\n" + String(repeating: "1,2,3\n", count: 90)).utf8, "t.csv")
        let tuning = FileTuning(chunkLength: 100)
        let store = try FileStore(path: path, tuning: tuning)
        let table = try #require(try store.tables().first)
        try store.scan(table, columns: ["a"], limit: 10) { _ in true }
        for chunk in try store.chunks(of: table) { try store.scan(table, columns: ["a"], chunk: chunk, limit: nil) { _ in true } }
        #expect(store.remarks == [.unevenRecords(90)])
        #expect(
            DatastoreRemark.merged([[.unevenRecords(2), .headerMissing], [.headerMissing, .unevenRecords(3)]]) == [.unevenRecords(5), .headerMissing])
    }
}
