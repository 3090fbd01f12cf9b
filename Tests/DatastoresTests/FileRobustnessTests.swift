import Datastores
import Foundation
import Glibc
import Testing

@Suite("Files that are no proper files")
struct FileRobustnessTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func problem(_ path: String, encoding: String? = nil) -> DatastoreError.Problem? {
        do {
            _ = try FileReading(path, encoding: encoding)
            return nil
        } catch {
            return (error as? DatastoreError)?.problem
        }
    }

    @Test("a file with nothing but a header has columns and no rows")
    func headerOnly() throws {
        for text in ["a,b\n", "a,b", "\n\na,b\r\n"] {
            let reading = try FileReading(try folder.write(text.utf8, "t.csv"))
            #expect(reading == FileReading(columns: ["a", "b"]))
        }
    }

    @Test("an empty file is an error, compressed or not")
    func empty() throws {
        for name in ["t.csv", "t.jsonl", "t.csv.gz", "t.csv.zst"] {
            #expect(problem(try folder.write([], name)) == .badFile("is empty", line: nil))
        }
        #expect(problem(try folder.write(try Compressing.gzip([]), "t.csv.gz")) == .badFile("is empty", line: nil))
    }

    @Test("of a compressed file that is cut off the beginning is read, and that is said", arguments: ["t.csv.gz", "t.csv.zst"])
    func cutOff(name: String) throws {
        var numbers = SeededNumbers(state: 1)
        let text = Array("n,t\n".utf8) + (0..<100_000).flatMap { Array("\($0),\(UInt64.random(in: 0...(.max), using: &numbers))\n".utf8) }
        let bytes = name.hasSuffix("gz") ? try Compressing.gzip(text) : Compressing.zstandard(text)
        let whole = try FileReading(try folder.write(bytes, name))
        #expect(whole.rows.count == 100_000 && whole.remarks.isEmpty)
        let cut = try FileReading(try folder.write(bytes.prefix(bytes.count / 2), name))
        #expect(cut.rows.count > 10_000 && cut.rows.count < 90_000)
        #expect(cut.rows == Array(whole.rows.prefix(cut.rows.count)))
        #expect(cut.remarks == [.truncated(line: cut.rows.count + 2)])
    }

    @Test("several members, or frames, are one file", arguments: ["t.csv.gz", "t.csv.zst"])
    func members(name: String) throws {
        let pieces = ["a,b\n1,", "2\n", "3,4\n"].map { Array($0.utf8) }
        let bytes = try pieces.flatMap { name.hasSuffix("gz") ? try Compressing.gzip($0) : Compressing.zstandard($0) }
        #expect(try FileReading(try folder.write(bytes, name)).rows == [["1", "2"], ["3", "4"]])
    }

    @Test("compression is told by the bytes; a name that promises it and a file without it is an error")
    func names() throws {
        #expect(try FileReading(try folder.write(try Compressing.gzip(Array("a,b\n1,2\n".utf8)), "t.csv")).rows == [["1", "2"]])
        for name in ["t.csv.gz", "t.csv.zst"] {
            guard case .badFile(let why, nil) = problem(try folder.write("a,b\n1,2\n".utf8, name)) else {
                Issue.record("no error")
                continue
            }
            #expect(why.contains("other than its name says"))
        }
    }

    @Test("a little that unpacks to very much is one error, or read through", arguments: ["t.csv.gz", "t.csv.zst"])
    func bomb(name: String) throws {
        let zeros = [UInt8](repeating: 0x30, count: 64 << 20)
        let blanks = Array("a,b\n".utf8) + [UInt8](repeating: 0x0A, count: 64 << 20)
        let compress = { (bytes: [UInt8]) in name.hasSuffix("gz") ? try Compressing.gzip(bytes) : Compressing.zstandard(bytes) }
        guard case .badFile(let why, line: 1) = problem(try folder.write(try compress(zeros), name)) else {
            Issue.record("no error")
            return
        }
        #expect(why.contains("longer than 1 MiB"))
        #expect(try FileReading(try folder.write(try compress(blanks), name)).rows.isEmpty)
    }

    @Test("one endless line, field or object is an error that names its line")
    func endless() throws {
        let field = Array("a,b\n1,2\n".utf8) + [UInt8](repeating: 0x61, count: 3 << 20)
        let quote = Array("a,b\n1,2\n3,\"".utf8) + (0..<400_000).flatMap { _ in Array("4,5,678\n".utf8) }
        let record = Array("a,b\n".utf8) + [UInt8](repeating: 0x2C, count: 20 << 20)
        let object = Array("{\"a\":1}\n{\"a\":\"".utf8) + [UInt8](repeating: 0x61, count: 20 << 20)
        for (bytes, name, line) in [(field, "f.csv", 3), (quote, "q.csv", 3), (record, "r.csv", 2), (object, "o.jsonl", 2)] {
            guard case .badFile(_, line: let at) = problem(try folder.write(bytes, name)) else {
                Issue.record("no error for \(name)")
                continue
            }
            #expect(at == line)
        }
    }

    @Test("what was read before an endless line is handed on, and its line is right in a part of the file as well")
    func beforeEndless() throws {
        let bytes = Array("a,b\n".utf8) + (0..<1_000).flatMap { Array("\($0),x\n".utf8) } + [UInt8](repeating: 0x61, count: 2 << 20)
        let path = try folder.write(bytes, "t.csv")
        let store = try FileStore(path: path)
        let table = try #require(try store.tables().first)
        for chunk in [TableChunk.whole, TableChunk(lower: 4, upper: Int64(bytes.count))] {
            var rows = 0
            let error = #expect(throws: DatastoreError.self) {
                try store.scan(table, columns: ["a"], chunk: chunk, limit: nil) { batch in
                    rows += batch.rowCount
                    return true
                }
            }
            guard case .badFile(_, line: 1_002) = error?.problem else {
                Issue.record("another error: \(String(describing: error))")
                return
            }
            #expect(rows == 1_000)
        }
    }

    @Test("NUL bytes are part of a value")
    func zeros() throws {
        #expect(try FileReading(try folder.write(Array("a,b\n1\0,2\n".utf8), "t.csv")).rows == [["1\0", "2"]])
    }

    @Test("every byte in every cell that is no UTF-8 is counted")
    func invalid() throws {
        let row: [UInt8] = [0xFF, 0x2C, 0x61, 0xE4, 0xB8, 0x2C, 0xC3, 0x0A]
        let path = try folder.write(Array("a,b,c\n".utf8) + (0..<100).flatMap { _ in row }, "t.csv")
        let reading = try FileReading(path, encoding: "utf-8")
        #expect(reading.rows == Array(repeating: ["\u{FFFD}", "a\u{FFFD}", "\u{FFFD}"], count: 100))
        #expect(reading.remarks == [.invalidBytes(300)])
    }

    @Test("up to 4,096 columns are read; more are an error that says so")
    func width() throws {
        let wide = (0..<4_096).map { "c\($0 % 10)x\($0)" }.map { $0.filter { !$0.isNumber } + "abcdefghij" }
        let header = wide.joined(separator: ",")
        let reading = try FileReading(try folder.write((header + "\n" + String(repeating: "1,", count: 4_095) + "1\n").utf8, "t.csv"))
        #expect(reading.columns.count == 4_096 && Set(reading.columns).count == 4_096)
        #expect(reading.rows == [Array(repeating: "1", count: 4_096)])
        #expect(problem(try folder.write((header + ",more\n").utf8, "t.csv")) == .badFile("has 4097 columns; at most 4096 are read", line: 1))
    }

    @Test("a FIFO, a device and a folder that is empty are no tables, and nothing waits for them")
    func special() throws {
        let fifo = folder.path + "/fifo.csv"
        #expect(mkfifo(fifo, 0o600) == 0)
        #expect(problem(fifo) == .badFile("is no regular file", line: nil))
        #expect(problem("/dev/null") == .badFile("is no regular file", line: nil))
        #expect(problem("/nowhere/t.csv") == .badFile("No such file or directory", line: nil))
        let none = try TemporaryFolder()
        #expect(try FileStore(path: none.path).tables().isEmpty)
    }

    @Test("files of other kinds are named")
    func foreign() throws {
        for (bytes, word) in [
            ([0x50, 0x4B, 3, 4, 20, 0], "Excel"), (Array("%PDF-1.7\n".utf8), "PDF"), (Array("SQLite format 3\0".utf8), "sqlite:"),
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "Excel"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0, 4], "unpack"),
        ] as [([UInt8], String)] {
            guard case .badFile(let why, nil) = problem(try folder.write(bytes, "t.csv")) else {
                Issue.record("no error")
                continue
            }
            #expect(why.contains(word))
        }
    }

    @Test("a file that shrinks while it is read is told from a complete one")
    func shrinks() throws {
        let path = try folder.write(("a,b\n" + String(repeating: "1,2\n", count: 40_000)).utf8, "t.csv")
        let store = try FileStore(path: path, tuning: FileTuning(blockLength: 4_096))
        let table = try #require(try store.tables().first)
        var rows = 0
        try store.scan(table, columns: ["a"], limit: nil) { batch in
            rows += batch.rowCount
            #expect(truncate(path, 100_000) == 0)
            return true
        }
        #expect(rows > 5_000 && rows < 40_000)
        guard case .truncated = store.remarks.first else {
            Issue.record("nothing was said")
            return
        }
    }

    @Test("an unknown encoding is an error")
    func encoding() { #expect(throws: DatastoreError.self) { try FileStore(path: "/x", encoding: "latin-9") } }

    @Test(
        "a file of every encoding is recognised, with a mark and without, in blocks of any length",
        arguments: ["utf-8", "utf-16le", "utf-16be", "gb18030"])
    func encodings(name: String) throws {
        let text = "id,name,note\n" + (0..<400).map { "\($0),patient \($0),a note in ASCII\n" }.joined() + "400,张三,\"逗号，\n换行\"\n401,㐀𠮷,x\n"
        let encoding: String.Encoding =
            switch name {
            case "utf-8": .utf8
            case "utf-16le": .utf16LittleEndian
            case "utf-16be": .utf16BigEndian
            // kCFStringEncodingGB_18030_2000
            default: String.Encoding(rawValue: 0x8000_0632)
            }
        let bytes = Array(try #require(text.data(using: encoding)))
        let mark = Array(try #require("\u{FEFF}".data(using: encoding)))
        let plain = try FileReading(try folder.write(bytes, "t.csv"))
        #expect(plain.columns == ["id", "name", "note"] && plain.rows.count == 402)
        #expect(plain.rows.suffix(2) == [["400", "张三", "逗号，\n换行"], ["401", "㐀𠮷", "x"]])
        #expect(plain.remarks == (name == "utf-8" ? [] : [.encodingAssumed(name)]))
        for block in [1, 100, 4_096] { #expect(try FileReading(try folder.write(bytes, "t.csv"), tuning: FileTuning(blockLength: block)) == plain) }
        let marked = try FileReading(try folder.write(mark + bytes, "t.csv"))
        #expect(marked.rows == plain.rows && marked.columns == plain.columns && marked.remarks.isEmpty)
    }
}

extension FileReading {
    init(columns: [String]) { (self.columns, rows, remarks) = (columns, [], []) }
}
