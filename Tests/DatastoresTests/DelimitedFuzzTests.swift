import Datastores
import Testing

@Suite("Delimited files, fuzzed")
struct DelimitedFuzzTests {
    /// Pieces that matter to a reader of delimited text, and to one of UTF-8.
    private static let pieces: [[UInt8]] =
        [
            "a", "张三", "13800138000", ",", ",", ",", "\n", "\n", "\r\n", "\r", "\"", "\"", "\"\"", "\",", ",\"", "\"\n", "é", "𠮷", " ", "\0", "=1",
            "long text, with a comma",
        ]
        .map { Array($0.utf8) } + [[0xE4, 0xB8], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x80], [0xF0, 0x90]]

    private static func text(_ seed: UInt64, damaged: Bool) -> [UInt8] {
        var numbers = SeededNumbers(state: seed)
        let usable = damaged ? pieces : Array(pieces.dropLast(6))
        var bytes = Array("id,姓名,note\n1,李四,x\n".utf8)
        for _ in 0..<Int.random(in: 0...400, using: &numbers) {
            bytes += usable.randomElement(using: &numbers) ?? []
            // Runs without anything to split at, longer than a wide step.
            if Int.random(in: 0..<30, using: &numbers) == 0 { bytes += [UInt8](repeating: 0x62, count: Int.random(in: 1...150, using: &numbers)) }
        }
        return bytes
    }

    @Test("random text is read as a byte-by-byte reader reads it, in blocks and parts of any length", arguments: 0..<120)
    func likePlainReader(seed: Int) throws {
        let bytes = Self.text(UInt64(seed), damaged: false)
        let folder = try TemporaryFolder()
        let path = try folder.write(bytes, "t.csv")
        let records = PlainDelimitedReader.records(bytes, delimiter: 0x2C)
        let expected = PlainDelimitedReader.rows(Array(records.dropFirst()), count: 3)
        for block in [1, 7, 64, 1_000, 512 << 10] {
            let whole = try FileReading(path, tuning: FileTuning(blockLength: block))
            #expect(whole.columns == ["id", "姓名", "note"])
            #expect(whole.rows == expected.rows)
            #expect(whole.remarks == (expected.uneven > 0 ? [.unevenRecords(expected.uneven)] : []))
        }
        for chunk in [1, 13, 100, 700] as [Int64] {
            let parts = try FileReading(path, tuning: FileTuning(blockLength: 97, chunkLength: chunk), inChunks: true)
            #expect(parts.rows == expected.rows)
            #expect(parts.remarks == (expected.uneven > 0 ? [.unevenRecords(expected.uneven)] : []))
        }
    }

    @Test("damaged text gives the same rows and remarks in blocks and parts of any length", arguments: 0..<60)
    func damaged(seed: Int) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.text(UInt64(seed) &+ 1_000, damaged: true), "t.csv")
        let whole = try FileReading(path, encoding: "utf-8")
        for block in [1, 3, 64, 257] {
            #expect(try FileReading(path, encoding: "utf-8", tuning: FileTuning(blockLength: block)) == whole)
        }
        for chunk in [1, 50, 300] as [Int64] {
            #expect(
                try FileReading(path, encoding: "utf-8", tuning: FileTuning(blockLength: 64, chunkLength: chunk), inChunks: true).rows == whole.rows)
        }
    }

    @Test("what isn't UTF-8 is replaced as Swift's own strings replace it", arguments: 0..<60)
    func replacement(seed: Int) throws {
        var numbers = SeededNumbers(state: UInt64(seed))
        // No byte that is a line break, a delimiter or a quotation mark.
        var bytes: [UInt8] = (0..<Int.random(in: 1...300, using: &numbers)).map { _ in
            let byte = UInt8.random(in: .min ... .max, using: &numbers)
            return byte < 0x80 && seed % 2 == 0 || [0x0A, 0x0D, 0x2C, 0x22].contains(byte) ? 0x61 : byte
        }
        if seed % 3 == 0 { bytes = Array("张三李四王五赵六".utf8).flatMap { [$0] } + bytes + Array("张三李四王五赵六张三李四王五赵六张三李四".utf8) }
        let folder = try TemporaryFolder()
        let path = try folder.write(Array("a,b\n".utf8) + bytes + Array(",x\n".utf8), "t.csv")
        for block in [1, 64, 512 << 10] {
            let reading = try FileReading(path, encoding: "utf-8", tuning: FileTuning(blockLength: block))
            #expect(reading.rows == [[String(decoding: bytes, as: UTF8.self), "x"]])
        }
    }

    @Test("random bytes under any name and in any encoding give rows or an error, and the same ones in blocks of any length", arguments: 0..<150)
    func randomBytes(seed: Int) throws {
        var numbers = SeededNumbers(state: UInt64(seed) &* 77)
        let alphabet: ClosedRange<UInt8> = seed % 2 == 0 ? 0...255 : 0x20...0x7E
        var bytes: [UInt8] = (0..<Int.random(in: 0...3_000, using: &numbers)).map { _ in
            Int.random(in: 0..<12, using: &numbers) == 0 ? 0x0A : UInt8.random(in: alphabet, using: &numbers)
        }
        if seed % 5 == 0 { bytes = [0xFF, 0xFE] + bytes }
        let name = ["t.csv", "t.tsv", "t.jsonl", "t.json", "t.txt", "t", "t.csv.gz", "t.csv.zst"][seed % 8]
        let folder = try TemporaryFolder()
        let path = try folder.write(bytes, name)
        let encoding = [nil, "gb18030", "utf-16le", "utf-16be", "utf-8"][seed % 5 == 0 ? 0 : seed % 5]
        #expect(outcome(path, encoding, 1) == outcome(path, encoding, 512 << 10))
        #expect(outcome(path, encoding, 100) == outcome(path, encoding, 512 << 10))
    }

    @Test("damaged compressed files give rows or an error", arguments: 0..<60)
    func damagedCompression(seed: Int) throws {
        var numbers = SeededNumbers(state: UInt64(seed) &* 31)
        let text = Array("a,b\n".utf8) + (0..<500).flatMap { Array("\($0),value \($0 % 7)\n".utf8) }
        var bytes = seed % 2 == 0 ? try Compressing.gzip(text) : Compressing.zstandard(text)
        for _ in 0..<Int.random(in: 1...4, using: &numbers) {
            bytes[Int.random(in: 4..<bytes.count, using: &numbers)] = UInt8.random(in: .min ... .max, using: &numbers)
        }
        let folder = try TemporaryFolder()
        let path = try folder.write(bytes, seed % 2 == 0 ? "t.csv.gz" : "t.csv.zst")
        if let reading = try? FileReading(path) { #expect(reading.rows.count <= 2_000_000) }
        #expect(outcome(path, nil, 512 << 10) == outcome(path, nil, 512 << 10))
    }

    /// Rows and remarks, or the error.
    private func outcome(_ path: String, _ encoding: String?, _ block: Int) -> String {
        do {
            let reading = try FileReading(path, encoding: encoding, tuning: FileTuning(blockLength: block))
            return "\(reading.columns) \(reading.rows) \(reading.remarks.map(String.init(describing:)).sorted())"
        } catch {
            return "\(error)"
        }
    }
}
