import LogFormats
import TestSupport
import Testing

@Suite("Reading a line of JSON")
struct JSONLineReaderTests {
    private func with<T>(_ bytes: [UInt8], _ body: (inout JSONLineReader, JSONLineReader.Outcome) throws -> T) rethrows -> T {
        try bytes.withUnsafeBytes { line in
            var reader = JSONLineReader()
            let outcome = reader.read(line)
            return try body(&reader, outcome)
        }
    }

    private func leaves(_ text: String) -> [String]? {
        with(Array(text.utf8)) { reader, outcome in
            guard outcome == .object else { return nil }
            var event = LogEvent()
            reader.addFields(to: &event)
            return event.fields.map { "\(event.string($0.name) ?? "?")=\(event.string($0.value) ?? "?")" }
        }
    }

    @Test(
        "Members are told with the path that leads to them",
        arguments: [
            (#"{}"#, []), (#" { } "# + "\r", []), (#"{"a":1}"#, ["a=1"]),
            (#"{"a":"x","b":-1.5e3,"c":true,"d":null,"e":""}"#, ["a=x", "b=-1.5e3", "c=true", "e="]),
            (#"{"a":{"b":{"c":"x"},"d":[1,{"e":2},[3]]},"f":4}"#, ["a.b.c=x", "a.d=1", "a.d.e=2", "a.d=3", "f=4"]),
            (#"{"a\"b":"\\\"\/\n\t\u00e9\u4e2d\ud83d\ude00","c":"plain"}"#, ["a\"b=\\\"/\n\té中😀", "c=plain"]),
            (#"{"a":"\ud83d","b":"\ude00x","c":"\ud83d\u0041"}"#, ["a=\u{FFFD}", "b=\u{FFFD}x", "c=\u{FFFD}A"]),
            // What servers print through a format string.
            (#"{"agent":"a\x22b","time":-,"empty":,"odd":"\q\u12"}"#, ["agent=a\"b", "time=-", #"odd=\q\u12"#]),
            (#"{"a":"},{\"b\":1"}"#, [#"a=},{"b":1"#]),
        ] as [(String, [String])])
    func leaves(_ text: String, _ expected: [String]) { #expect(leaves(text) == expected) }

    @Test(
        "What is no object is refused",
        arguments: [
            "", " ", "[]", "1", "null", #""a""#, "{]", "{}x", "{} {}", #"{"a" 1}"#, #"{"a":1 "b":2}"#, #"{a:1}"#, #"{"a":[1}"#, #"{"a":{"b":1]}"#,
            #"{"a":1]"#,
            #"{"a":b"c"}"#, "GET / HTTP/1.1", #"{"a":1}}"#, #"{1:2}"#,
        ])
    func refused(_ text: String) { with(Array(text.utf8)) { #expect($1 == .none, "\($0.entries.count)") } }

    @Test("Every cut of an object is told as cut, with the members before the cut")
    func cuts() {
        let text = Array(#"{"a":"x\u00e9y","b":{"c":[1,true,"z"]},"d":null,"e":12}"#.utf8)
        for end in 1..<text.count {
            with(Array(text.prefix(end))) { reader, outcome in
                #expect(outcome == .truncated, "\(end)")
                if end > 16 {
                    #expect(reader.member("a").map { String(decoding: reader.bytes(of: reader.entries[$0].value), as: UTF8.self) } == "xéy")
                }
            }
        }
    }

    @Test("Objects and arrays stand whole in the table, and members are found by name and by path")
    func lookup() throws {
        try with(Array(#"{"t":{"$date":"2026"},"attr":{"command":{"find":"p\u0061tients","filter":{"id":[1,2]}},"id":7},"id":8,"id":9}"#.utf8)) {
            reader, _ in
            func value(_ index: Int) -> String { String(decoding: reader.bytes(of: reader.entries[index].value), as: UTF8.self) }
            let attributes = try #require(reader.member("attr"))
            let command = try #require(reader.member("command", of: attributes))
            #expect(value(command) == #"{"find":"p\u0061tients","filter":{"id":[1,2]}}"#)
            #expect(value(try #require(reader.member("id", of: attributes))) == "7")
            #expect(value(try #require(reader.member("id"))) == "8", "the first of two")
            #expect(reader.member("find", of: attributes) == nil)
            #expect(reader.member("none") == nil)
            let find = try #require(reader.member("find", of: command))
            #expect(value(find) == "patients")
            #expect(reader.isReached(find, by: "attr.command.find"))
            for wrong in ["command.find", "attr.command.fin", "xattr.command.find", "attr.command", "attr.command.find.", ".attr.command.find", ""]
                as [StaticString]
            {
                #expect(!reader.isReached(find, by: wrong), "\(wrong)")
            }
            #expect(reader.entries[find].depth == 3)
            let path = reader.path(of: find)
            #expect(String(decoding: reader.bytes(of: path), as: UTF8.self) == "attr.command.find")
        }
    }

    @Test("Depth, members, paths and length are bounded")
    func bounds() {
        let deep = { (depth: Int) in Array((String(repeating: #"{"a":"#, count: depth) + "1" + String(repeating: "}", count: depth)).utf8) }
        with(deep(JSONLineReader.depthLimit)) { #expect($1 == .object && $0.entries.count == JSONLineReader.depthLimit) }
        with(deep(JSONLineReader.depthLimit + 1)) { #expect($1 == .none, "\($0.entries.count)") }
        with(Array(repeating: 0x7B, count: 1 << 20)) { #expect($1 == .none, "\($0.entries.count)") }

        let many = "{" + (0..<2_000).map { #""k\#($0)":{"v":[\#($0)]}"# }.joined(separator: ",") + "}"
        with(Array(many.utf8)) { reader, outcome in
            #expect(outcome == .object && reader.isCapped && reader.entries.count == JSONLineReader.entryLimit)
            var event = LogEvent()
            reader.addFields(to: &event)
            #expect(event.fields.count == LogEvent.fieldLimit)
        }

        let long = String(repeating: "k", count: 10_000)
        with(Array(#"{"\#(long)":{"\#(long)":1,"x":"\u0041"}}"#.utf8)) { reader, _ in
            #expect(reader.path(of: 2).count == 10_002)
            var paths = 0
            while !reader.path(of: 1).isNone { paths += 1 }
            #expect(paths < 5, "the room is used up")
            #expect(String(decoding: reader.bytes(of: reader.entries[2].value), as: UTF8.self) == "A")
        }

        with(Array((#"{"a":""# + String(repeating: "x", count: JSONLineReader.lineLimit) + #""}"#).utf8)) {
            #expect($1 == .none, "\($0.entries.count)")
        }
    }

    @Test("A reader that is used again keeps nothing of the line before")
    func again() {
        var reader = JSONLineReader()
        for (text, expected) in [(#"{"a":"\u0041"}"#, "A"), (#"{"a":"bb"}"#, "bb"), ("junk", nil), (#"{"a":"\n"}"#, "\n"), (#"{"b":1}"#, nil)] {
            Array(text.utf8).withUnsafeBytes { line in
                _ = reader.read(line)
                #expect(reader.member("a").map { String(decoding: reader.bytes(of: reader.entries[$0].value), as: UTF8.self) } == expected)
            }
        }
    }

    @Test("Mutated bytes never crash, and spans stay within the text")
    func mutated() {
        var generator = SeededGenerator(seed: 2_026)
        let seed = Array(
            #"{"t":{"$date":"2026-01-02T03:04:05.678+08:00"},"s":"I","id":51803,"attr":{"type":"command","a":[1,"\u4e2d\ud83d\ude00\x22"]}}"#.utf8)
        let structure = Array(#"{}[]",:\u"#.utf8)
        var reader = JSONLineReader()
        for _ in 0..<30_000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] =
                    Bool.random() ? .random(in: 0...255, using: &generator) : structure.randomElement(using: &generator) ?? 0
            }
            bytes.withUnsafeBytes { line in
                _ = reader.read(line)
                var event = LogEvent()
                reader.addFields(to: &event)
                for field in event.fields {
                    #expect(field.name.range.upperBound <= event.text.count && field.value.range.upperBound <= event.text.count)
                }
                for entry in reader.entries { #expect(entry.value.range.upperBound <= reader.text.count) }
            }
        }
    }
}
