import Foundation
import Templates
import Testing

@Suite("Damaged templates")
struct MutationTests {
    /// Changes bytes, cuts, doubles and swaps lines.
    private func mutate(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var result = bytes
        for _ in 0..<Int.random(in: 1...6, using: &random) where !result.isEmpty {
            let place = Int.random(in: 0..<result.count, using: &random)
            switch Int.random(in: 0...5, using: &random) {
            case 0: result[place] = UInt8.random(in: 0...255, using: &random)
            case 1: result.remove(at: place)
            case 2: result.insert(UInt8.random(in: 32...126, using: &random), at: place)
            case 3: result.removeLast(result.count - place)
            case 4: result += result[place...]
            default: result.insert(contentsOf: Array("{{(\"'[&*\n  - ".utf8.shuffled(using: &random).prefix(4)), at: place)
            }
        }
        return result
    }

    @Test func `They load or are refused, and what loads runs to its end`() async throws {
        var random = SeededGenerator(state: 11)
        let texts = try CorpusTests.names.map { Array(try Resources.text("corpus/\($0).yaml").utf8) }
        let target = TemplateTarget(scheme: "http", host: "clinic.example", port: nil)
        let everything = try JSONDecoder().decode(
            Fixture.Exchange.self, from: Data(#"{"status":200,"body":"hit v=1.2.3 {\"a\":[1]}","headers":{"Set-Cookie":"a=b","Location":"/x"}}"#.utf8)
        )
        let transport = FixtureTransport(["GET *": everything, "HEAD *": everything])
        var loaded = 0
        for _ in 0..<3_000 {
            let bytes = mutate(texts.randomElement(using: &random) ?? [], &random)
            guard let template = try? TemplateLoader().load(String(decoding: bytes, as: UTF8.self)) else { continue }
            loaded += 1
            let result = await TemplateRunner.fixed([template]).run(target, transport)
            #expect(result.statistics.requests <= template.requestCount + 20)
        }
        #expect(loaded > 100)
    }

    @Test func `Damaged JSON and queries are read or refused`() async throws {
        var random = SeededGenerator(state: 12)
        let template = try TemplateLoader().load(try Resources.text("corpus/extract-json-select.yaml"))
        let target = TemplateTarget(scheme: "http", host: "clinic.example", port: nil)
        let seed = Array(#"{"a":[{"k":"x","v":1.5e3},{"k":"y\u00e9\ud83d\ude00","v":[null,true,"z"]}]}"#.utf8)
        for _ in 0..<2_000 {
            var exchange = Fixture.Exchange()
            exchange.hex = String(decoding: Bytes.hexadecimal(mutate(seed, &random)), as: UTF8.self)
            _ = await TemplateRunner.fixed([template]).run(target, FixtureTransport(["GET *": exchange]))
        }
        var deep = Fixture.Exchange()
        deep.body = String(repeating: "[", count: 100_000)
        _ = await TemplateRunner.fixed([template]).run(target, FixtureTransport(["GET *": deep]))
    }
}
