import Exposure
import Testing

@Suite("Lists that can't be read")
struct WeaknessListErrorTests {
    private static let header = "product,introduced,fixed,id,severity\n"

    @Test(
        "a table's fault is named with its line",
        arguments: [
            ("", "l.csv: is empty"), ("product,introduced,fixed,id\n", "l.csv:1: the column 'severity' is missing"),
            ("product,introduced,fixed,id,severty\n", "l.csv:1: 'severty' is no column"),
            ("id,id,product,introduced,fixed,severity", "l.csv:1: a column stands twice"),
            (header + "redis,,7,CVE-1", "l.csv:2: has 4 fields instead of 5"),
            (header + "\n\nredis,,7,CVE-1,grave", "l.csv:4: severity: 'grave' isn't known"),
            (header + "redis,,7,CVE-1,11", "l.csv:2: severity: '11' isn't known"), (header + ",,7,CVE-1,low", "l.csv:2: product: is empty"),
            (header + "redis,,7,,low", "l.csv:2: id: is empty"), (header + "redis,,1:7.0-2,CVE-1,low", "l.csv:2: fixed: '1:7.0-2' can't be compared"),
            (header + "redis,7,6,CVE-1,low", "l.csv:2: fixed: '6' doesn't come after '7'"),
            (header + "redis,\"7\"x,8,CVE-1,low", "l.csv:2: text stands behind"),
            (header + "redis,,7,CVE-1,\"low", "l.csv:2: a quotation mark isn't closed"),
        ])
    func tables(_ text: String, _ says: String) { expect(text, "l.csv", says) }

    @Test(
        "a record's fault is named with its line",
        arguments: [
            ("", "l.json:1: is empty"), ("{\n\"id\": \"A\",\n\"affected\": [", "l.json:3: ends in the middle"),
            ("{}", "l.json:1: a record lacks its 'id'"),
            ("{\"id\": 5}", "l.json:1: text in quotes was expected"), ("{\"id\": \"A\"}\nx", "l.json:2: an object was expected"),
            ("{\"id\": \"A\", \"affected\": {}}", "l.json:1: a list was expected"), ("{\"id\" \"A\"}", "l.json:1: a ':' is missing"),
            ("{\"id\": \"A\", \"x\": nope}", "l.json:1: a value was expected"), ("{\"id\": \"A\", \"x\": 1 2}", "l.json:1: a ',' or '}' is missing"),
            ("{\"id\": \"A\u{1}\"}", "l.json:1: a control character"), ("{\"id\": \"\\q\"}", "l.json:1: an escape isn't known"),
            ("{\"id\": \"A\", \"affected\": [{\"package\": {\"name\": \"redis\"}}]}", "l.json:1: a package lacks"),
            (
                "{\"id\": \"A\",\n\"affected\": [{\"package\": {\"ecosystem\": \"Bitnami\", \"name\": \"redis\"},\n \"ranges\": [{\"type\": \"RPM\"}]}]}",
                "l.json:3: the range type 'RPM' isn't known"
            ), (String(repeating: "[", count: 100_000), "l.json:1: an object was expected"),
            ("{\"id\": \"A\", \"x\": " + String(repeating: "[", count: 100_000), "l.json:1: is nested too deeply"),
        ])
    func records(_ text: String, _ says: String) { expect(text, "l.json", says) }

    @Test("another kind of file is refused, and a path that isn't there is named")
    func kinds() {
        expect("x", "all.zip", "all.zip: is neither .json, .jsonl nor .csv")
        #expect(throws: WeaknessListError("/nowhere/list.csv", "doesn't exist")) { try KnownWeaknesses.load("/nowhere/list.csv") }
    }

    @Test("text that is neither UTF-8 nor GB18030 is refused")
    func encoding() {
        let error = #expect(throws: WeaknessListError.self) { try KnownWeaknesses.load(Array(Self.header.utf8) + [0xFF, 0xFF], name: "l.csv") }
        #expect(error?.problem.contains("neither UTF-8 nor GB18030") == true)
    }

    @Test("damaged bytes never crash the readers", arguments: [("l.csv", WeaknessListTests.table), ("l.json", WeaknessListTests.osv)])
    func damaged(_ name: String, _ text: String) {
        let bytes = Array(text.utf8)
        for end in bytes.indices { _ = try? KnownWeaknesses.load(Array(bytes[..<end]), name: name) }
        var state: UInt64 = 42
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for _ in 0..<5_000 {
            var damaged = bytes
            for _ in 0...random(4) { damaged[random(damaged.count)] = UInt8(random(256)) }
            _ = try? KnownWeaknesses.load(damaged, name: name)
        }
    }

    private func expect(_ text: String, _ name: String, _ says: String) {
        let error = #expect(throws: WeaknessListError.self) { try KnownWeaknesses.load(Array(text.utf8), name: name) }
        #expect(error?.description.hasPrefix(says) == true, "\(error?.description ?? "nothing")")
        #expect(error?.description.contains("\n") == false)
    }
}
