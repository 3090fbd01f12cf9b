import Foundation
import PatientData
import Testing

@Suite struct TextLinesTests {
    private struct Result: Codable, Equatable {
        struct Span: Codable, Equatable {
            var start: Int
            var end: Int
            var kind: String
            var confidence: Double
        }
        var id: String?
        var spans: [Span]
    }

    private final class Problems {
        var all: [TextLines.Unreadable] = []
    }

    private func run(_ input: Data, pieces: Int, longestLine: Int = TextLines.longestLine) throws -> (
        results: [Result], problems: [TextLines.Unreadable]
    ) {
        let problems = Problems()
        var lines = TextLines(scanner: FreeTextScanner(), longestLine: longestLine) { problems.all.append($0) }
        var output = Data()
        var start = 0
        while start < input.count {
            let end = min(input.count, start + pieces)
            output += lines.read(input.subdata(in: start..<end))
            start = end
        }
        output += lines.finish()
        let results = try output.split(separator: 0x0A).map { try JSONDecoder().decode(Result.self, from: $0) }
        #expect(lines.unreadable == problems.all.count)
        return (results, problems.all)
    }

    private let input = Data(
        """
        {"id":"a","text":"患者王秀兰，电话13805716623。"}
        {"id":"b","text":17}

        not json
        {"text":"无"}
        {"id":"c","text":"\\u60a3\\u8005姓名：陈建国"}
        """.utf8)

    @Test(arguments: [1, 2, 7, 1 << 20]) func linesAreReadHoweverTheBytesArrive(pieces: Int) throws {
        let (results, problems) = try run(input, pieces: pieces)
        #expect(results.map(\.id) == ["a", nil, "c"])
        #expect(results.first?.spans.map(\.kind) == ["name", "mobile"])
        #expect(results.first?.spans.map(\.start) == [2, 8])
        #expect(results.last?.spans.map(\.start) == [5])
        #expect(problems == [.init(2, .noText), .init(4, .notJSON)])
    }

    @Test func aLineThatIsTooLongIsPassedOverAndTheNextOneRead() throws {
        let long = Data("{\"id\":\"x\",\"text\":\"\(String(repeating: "长", count: 500))\"}\n".utf8)
        let (results, problems) = try run(long + input, pieces: 64, longestLine: 200)
        #expect(problems.first == .init(1, .tooLong))
        #expect(results.first?.id == "a")
        // Nothing follows it.
        #expect(try run(long.dropLast(), pieces: 64, longestLine: 200).problems == [.init(1, .tooLong)])
    }

    @Test func theTextIsNotInTheResults() throws {
        var lines = TextLines(scanner: FreeTextScanner()) { _ in }
        let output = lines.read(input + Data("\n".utf8))
        #expect(!String(decoding: output, as: UTF8.self).contains("王秀兰"))
        #expect(!output.isEmpty)
    }

    @Test func bytesThatAreNoTextEndInOneLineOfReport() throws {
        let garbage = Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 167 >> 3) }.filter { $0 != 0x0A })
        let (results, problems) = try run(garbage, pieces: 100)
        #expect(results.isEmpty)
        #expect(problems == [.init(1, .notJSON)])
    }
}

extension TextLines.Unreadable {
    fileprivate init(_ line: Int, _ reason: Reason) { self.init(line: line, reason: reason) }
}
