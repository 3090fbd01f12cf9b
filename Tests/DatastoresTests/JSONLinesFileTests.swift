import Datastores
import Testing

@Suite("Files of JSON objects")
struct JSONLinesFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func read(_ text: String, _ name: String = "t.jsonl", block: Int = 512 << 10, limit: Int? = nil) throws -> FileReading {
        try FileReading(try folder.write(text.utf8, name), tuning: FileTuning(blockLength: block), limit: limit)
    }

    @Test("members of members are columns with paths, and a type may change from line to line")
    func paths() throws {
        let reading = try read(
            """
            {"id":1,"patient":{"姓名":"张三","phone":"13800138000"},"ok":true}
            {"id":"2","patient":{"phone":null,"姓名":"李四"},"extra":-1.5e3}

            {"patient":"none","id":null}
            """)
        #expect(reading.columns == ["id", "patient", "patient.姓名", "patient.phone", "ok", "extra"])
        #expect(
            reading.rows == [
                ["1", nil, "张三", "13800138000", "true", nil], ["2", nil, "李四", nil, nil, "-1.5e3"], [nil, "none", nil, nil, nil, nil],
            ])
        #expect(reading.remarks.isEmpty)
    }

    @Test("the first element of an array stands in its object's row, each further one in a row of its own with what belongs to it")
    func arrays() throws {
        let reading = try read(
            """
            {"id":1,"tags":["a","b"],"visits":[{"dx":"感冒"},{"dx":"咳嗽","drugs":["x","y"]},{"dx":"发热"}],"last":"z"}
            {"id":2,"tags":[],"visits":[]}
            """)
        #expect(reading.columns == ["id", "tags[]", "visits[].dx", "visits[].drugs[]", "last"])
        #expect(
            reading.rows == [
                ["1", "a", "感冒", nil, "z"], [nil, "b", "咳嗽", "x", nil], [nil, nil, nil, "y", nil], [nil, nil, "发热", nil, nil],
                ["2", nil, nil, nil, nil],
            ])
    }

    @Test("escapes are resolved, in keys as well; half a surrogate pair is a replacement character")
    func escapes() throws {
        let reading = try read(#"{"\u59d3\u540d":"\u5f20\"\\\/\n\t\ud83d\ude00|\ud83d|\ude00x","b":"a\u0000b"}"# + "\n")
        #expect(reading.columns == ["姓名", "b"])
        #expect(reading.rows == [["张\"\\/\n\t😀|\u{FFFD}|\u{FFFD}x", "a\0b"]])
    }

    @Test("an array of objects, objects over several lines, and several on one line are read as well", arguments: ["t.json", "t.txt", "t"])
    func documents(name: String) throws {
        let rows: [[String?]] = [["1", "x"], ["2", "y"]]
        for text in [
            "[{\"a\":1,\"b\":\"x\"},\n{\"a\":2,\"b\":\"y\"}]", "[\n  {\n    \"a\": 1,\n    \"b\": \"x\"\n  },\n  {\"a\": 2, \"b\": \"y\"}\n]\n",
            "{\n\"a\":1,\"b\":\"x\"}\n{\"a\":2,\n\"b\":\"y\"}", "{\"a\":1,\"b\":\"x\"}{\"a\":2,\"b\":\"y\"}\n",
            "{\"a\":1,\"b\":\"x\"}\r\n{\"a\":2,\"b\":\"y\"}\r\n",
        ] {
            for block in [1, 5, 512 << 10] {
                let reading = try read(text, name, block: block)
                #expect(reading.columns == ["a", "b"] && reading.rows == rows && reading.remarks.isEmpty)
            }
        }
    }

    @Test("a line that is no object is counted and left out, and the lines around it are read")
    func unreadable() throws {
        let bad = [
            "{\"a\":", "[1,2", "nonsense", "{\"a\":1,}", "{\"a\" 1}", "{\"a\":tru}", "{\"a\":\"x", "1", "\"x\"", "{a:1}",
            String(repeating: "{\"a\":", count: 300),
        ]
        let reading = try read("{\"a\":0}\n" + bad.map { $0 + "\n{\"a\":1}\n" }.joined())
        #expect(reading.rows == [["0"]] + Array(repeating: ["1"], count: bad.count))
        #expect(reading.remarks == [.unreadableRecords(bad.count)])
    }

    @Test("a file without any object is an error")
    func none() throws {
        for text in ["1\n2\n", "[]\n", "nonsense"] { #expect(throws: DatastoreError.self) { try read(text) } }
    }

    @Test("paths that only occur behind the first 1,000 objects are counted, not read")
    func unknown() throws {
        let reading = try read(String(repeating: "{\"a\":1}\n", count: 1_000) + "{\"a\":2,\"late\":{\"x\":1,\"y\":null}}\n")
        #expect(reading.columns == ["a"] && reading.rows.count == 1_001)
        #expect(reading.remarks == [.unknownFields(1)])
    }

    @Test("an array without end takes no memory without end, and that is said; a limit is no loss")
    func longArray() throws {
        let text = "{\"id\":1,\"n\":[" + (0..<300_000).map(String.init).joined(separator: ",") + "]}\n"
        let reading = try read(text)
        #expect(reading.rows.count == 200_000)
        #expect(reading.remarks == [.elementsLeftOut(100_000)])
        let limited = try read(text, limit: 10)
        #expect(limited.rows.count == 10 && limited.remarks.isEmpty)
    }

    @Test("of a key that comes twice the first value counts, and names that are alike are told apart")
    func duplicates() throws {
        let reading = try read("{\"a\":1,\"a\":2,\"b.c\":3,\"b\":{\"c\":4}}\n")
        #expect(reading.columns == ["a", "b.c", "b.c_2"])
        #expect(reading.rows == [["1", "3", "4"]])
    }

    @Test("objects with many keys in any order are read right")
    func manyKeys() throws {
        var numbers = SeededNumbers(state: 5)
        var keys = (0..<100).map { "k\($0)" }
        var text = ""
        for row in 0..<50 {
            text += "{" + keys.map { "\"\($0)\":\"\(row)-\($0)\"" }.joined(separator: ",") + "}\n"
            keys.shuffle(using: &numbers)
        }
        let reading = try read(text)
        #expect(reading.columns == (0..<100).map { "k\($0)" })
        #expect(reading.rows == (0..<50).map { row in (0..<100).map { "\(row)-k\($0)" } })
    }

    @Test("fuzzed objects give the same rows and remarks in blocks and parts of any length", arguments: 0..<80)
    func fuzzed(seed: Int) throws {
        var numbers = SeededNumbers(state: UInt64(seed))
        let valid =
            (0..<40).map { "{\"id\":\($0),\"name\":\"张\\u4e09\\n\",\"v\":[{\"d\":\"x\"},{\"d\":null,\"e\":[1,2]}],\"o\":{\"p\":{\"q\":\"\"}}}" }
            .joined(separator: seed % 3 == 0 ? ",\n" : "\n")
        var bytes = Array((seed % 3 == 0 ? "[" + valid + "]" : valid).utf8)
        let noise = Array("{}[]\",:\\u0\n\r a1-\u{0}".utf8) + [0xFF, 0xE4]
        for _ in 0..<Int.random(in: 0...12, using: &numbers) {
            let index = Int.random(in: 1..<bytes.count, using: &numbers)
            switch Int.random(in: 0..<3, using: &numbers) {
            case 0: bytes[index] = noise.randomElement(using: &numbers) ?? 0
            case 1: bytes.remove(at: index)
            default: bytes.insert(noise.randomElement(using: &numbers) ?? 0, at: index)
            }
        }
        let path = try folder.write(bytes, "t.json")
        func outcome(_ tuning: FileTuning, inChunks: Bool = false) -> String {
            do {
                let reading = try FileReading(path, encoding: "utf-8", tuning: tuning, inChunks: inChunks)
                return "\(reading.columns) \(reading.rows) \(reading.remarks.map(String.init(describing:)).sorted())"
            } catch {
                return "\(error)"
            }
        }
        let whole = outcome(FileTuning())
        for block in [1, 17, 300] { #expect(outcome(FileTuning(blockLength: block)) == whole) }
        for chunk in [1, 90, 1_000] as [Int64] { #expect(outcome(FileTuning(blockLength: 50, chunkLength: chunk), inChunks: true) == whole) }
    }
}
