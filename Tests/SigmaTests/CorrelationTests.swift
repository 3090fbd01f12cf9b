import Sigma
import TestSupport
import Testing

@Suite struct CorrelationTests {
    static func rule(_ name: String, _ keyword: String, number: Int) -> String {
        """
        title: Rule \(name)
        name: \(name)
        id: 00000000-0000-4000-8000-0000000000\(10 + number)
        logsource: {category: webserver}
        detection:
            k: ['\(keyword)']
            condition: k
        """
    }

    static func correlation(_ body: String, head: String = "") -> String {
        """
        title: Many
        id: 11111111-0000-4000-8000-000000000000
        author: Somebody Else
        level: high
        \(head)
        correlation:
        \(body.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))
        """
    }

    static let failedLogins =
        rule("failed", "login failed", number: 1) + "\n---\n"
        + correlation("type: event_count\nrules: [failed]\ngroup-by: [user]\ntimespan: 1m\ncondition: {gte: 3}")

    struct Line {
        var time: Int64
        var text: String
        var fields: [String: PretendEvent.Value] = [:]
        init(_ time: Int64, _ text: String, _ fields: [String: PretendEvent.Value] = [:]) {
            (self.time, self.text, self.fields) = (time, text, fields)
        }
    }

    /// "rule title user first-last events/peak" of every match.
    private func run(_ text: String, _ lines: [Line], limits: SigmaCorrelator.Limits = .init()) throws -> (
        matches: [String], loss: SigmaCorrelationLoss, alone: [Int]
    ) {
        let set = SigmaRuleSet([("c.yml", text)])
        #expect(set.rejected.isEmpty, "\(set.rejected)")
        let matcher = try SigmaMatcher(set, for: Rules.everywhere)
        let scanner = try SigmaScanner(for: matcher)
        let plan = SigmaCorrelationPlan(set)
        var correlator = SigmaCorrelator(set, limits: limits)
        var alone: [Int] = []
        for line in lines {
            let event = PretendEvent(line.fields, line: Array(line.text.utf8))
            guard scanner.considerAll() else { continue }
            matcher.match(event, scanner) { rule in
                if set.rules[rule].reportsMatches { alone.append(rule) }
                if let occurrence = plan.occurrence(of: rule, in: event, at: line.time) { correlator.observe(occurrence) }
            }
        }
        let matches = correlator.finish().map { match in
            let group = match.group.values.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "+")
            return "\(set.correlations[match.correlation].info.title) \(group) \(match.first)-\(match.last) \(match.events)/\(match.peak)"
        }
        return (matches, correlator.loss, alone)
    }

    private func failures(_ times: [Int64], _ user: String) -> [Line] { times.map { Line($0, "login failed", ["user": .text(user)]) } }

    @Test func `event_count counts by group in a window that slides`() throws {
        let found = try run(
            CorrelationTests.failedLogins, failures([100, 159, 160], "a") + failures([100, 130, 161, 190], "b") + failures([110, 150], "c"))
        #expect(found.matches == ["Many a 100-160 3/3", "Many b 130-190 3/3"])
        #expect(found.alone.isEmpty)
    }

    @Test func `matches that follow each other are one, until a timespan passes without`() throws {
        let found = try run(CorrelationTests.failedLogins, failures([0, 1, 2, 3, 50, 1_000, 1_001, 1_002], "a"))
        #expect(found.matches == ["Many a 0-50 5/5", "Many a 1000-1002 3/3"])
    }

    @Test func `the order of arrival doesn't matter within the tolerance`() throws {
        var lines = failures([100, 110, 120], "a") + failures([100, 300, 500], "b") + failures([400, 410, 430], "c")
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<20 {
            lines.shuffle(using: &generator)
            let found = try run(CorrelationTests.failedLogins, lines)
            #expect(found.matches == ["Many a 100-120 3/3", "Many c 400-430 3/3"])
            #expect(found.loss == SigmaCorrelationLoss())
        }
    }

    @Test func `what comes too late is counted as lost, unless everything is put in order first`() throws {
        let lines = failures([10_000], "z") + failures([100, 110, 120], "a")
        let found = try run(CorrelationTests.failedLogins, lines)
        #expect(found.matches.isEmpty)
        #expect(found.loss.late == 3)
        var limits = SigmaCorrelator.Limits()
        limits.tolerance = nil
        #expect(try run(CorrelationTests.failedLogins, lines, limits: limits).matches == ["Many a 100-120 3/3"])
    }

    @Test func `memory is bounded, and what that costs is said`() throws {
        var limits = SigmaCorrelator.Limits()
        limits.groups = 100
        var lines: [Line] = []
        for index in 0..<1_000 { lines += failures([Int64(index / 100)], "user\(index)") }
        let found = try run(CorrelationTests.failedLogins, lines, limits: limits)
        #expect(found.loss.forgotten >= 900)
        limits = .init()
        limits.waiting = 10
        let hurried = try run(CorrelationTests.failedLogins, failures((0..<100).map { Int64($0) }, "a"), limits: limits)
        #expect(hurried.loss.hurried == 90)
        #expect(hurried.matches == ["Many a 0-99 100/61"])
        limits = .init()
        limits.entries = 1_000
        let values =
            CorrelationTests.rule("download", "GET", number: 1) + "\n---\n"
            + CorrelationTests.correlation(
                "type: value_count\nrules: [download]\ngroup-by: [user]\ntimespan: 1d\ncondition: {field: record, gte: 100000}")
        let many = (0..<5_000).map { Line(Int64($0), "GET", ["user": .text("a"), "record": .integer(Int64($0))]) }
        #expect(try run(values, many, limits: limits).loss.forgotten > 0)
    }

    @Test func `value_count counts different values`() throws {
        let text =
            CorrelationTests.rule("download", "GET", number: 1) + "\n---\n"
            + CorrelationTests.correlation("type: value_count\nrules: [download]\ngroup-by: [user]\ntimespan: 10s\ncondition: {field: record, gt: 2}")
        func gets(_ user: String, _ records: [(Int64, String)]) -> [Line] {
            records.map { Line($0.0, "GET", ["user": .text(user), "record": .text($0.1)]) }
        }
        let found = try run(
            text,
            gets("a", [(0, "1"), (1, "1"), (2, "1"), (3, "2")]) + gets("b", [(0, "1"), (5, "2"), (9, "3")])
                + gets("c", [(0, "1"), (5, "2"), (11, "3")])
                + gets("d", [(0, "1"), (8, "2"), (9, "1"), (15, "3")]) + [Line(3, "GET", ["user": .text("e")])])
        #expect(found.matches == ["Many b 0-9 3/3", "Many d 8-15 3/3"])
    }

    @Test func `value_sum adds numbers up`() throws {
        let text =
            CorrelationTests.rule("download", "GET", number: 1) + "\n---\n"
            + CorrelationTests.correlation(
                "type: value_sum\nrules: [download]\ngroup-by: [c-ip]\ntimespan: 1h\ncondition: {field: sc-bytes, gt: 1000}")
        func gets(_ address: String, _ amounts: [(Int64, PretendEvent.Value)]) -> [Line] {
            amounts.map { Line($0.0, "GET", ["c-ip": .text(address), "sc-bytes": $0.1]) }
        }
        let found = try run(
            text,
            gets("10.0.0.1", [(0, .integer(500)), (10, .integer(501))]) + gets("10.0.0.2", [(0, .text("500")), (10, .text("500"))])
                + gets("10.0.0.3", [(0, .text("900")), (3_601, .text("900"))])
                + gets("10.0.0.4", [(4_000, .text("-")), (4_001, .integer(.max)), (4_002, .integer(.max))]))
        #expect(found.matches == ["Many 10.0.0.1 0-10 2/1001", "Many 10.0.0.4 4001-4002 2/9223372036854775807"])
    }

    static let three =
        [rule("one", "first", number: 1), rule("two", "second", number: 2), rule("three", "third", number: 3)].joined(separator: "\n---\n")
        + "\n---\n"

    private func steps(_ host: String, _ steps: [(Int64, String)]) -> [Line] { steps.map { Line($0.0, $0.1, ["host": .text(host)]) } }

    @Test func `temporal wants all rules in any order`() throws {
        let text = CorrelationTests.three + CorrelationTests.correlation("type: temporal\nrules: [one, two, three]\ngroup-by: [host]\ntimespan: 10s")
        let found = try run(
            text,
            steps("a", [(0, "third"), (5, "first"), (10, "second")]) + steps("b", [(0, "third"), (5, "first"), (11, "second")])
                + steps("c", [(0, "first"), (1, "first"), (2, "second")]))
        #expect(found.matches == ["Many a 0-10 3/3"])
    }

    @Test func `temporal may want fewer`() throws {
        let text =
            CorrelationTests.three
            + CorrelationTests.correlation("type: temporal\nrules: [one, two, three]\ngroup-by: [host]\ntimespan: 10s\ncondition: {gte: 2}")
        #expect(try run(text, steps("a", [(0, "third"), (5, "first")]) + steps("b", [(0, "third"), (5, "third")])).matches == ["Many a 0-5 2/2"])
    }

    @Test func `temporal_ordered wants them in order`() throws {
        let text =
            CorrelationTests.three + CorrelationTests.correlation("type: temporal_ordered\nrules: [one, two, three]\ngroup-by: [host]\ntimespan: 10s")
        let found = try run(
            text,
            steps("a", [(0, "first"), (5, "second"), (10, "third")]) + steps("b", [(0, "second"), (5, "first"), (10, "third")])
                + steps("c", [(0, "first"), (5, "second"), (11, "third")])
                + steps("d", [(0, "first"), (4, "first"), (5, "second"), (6, "first"), (12, "third")]))
        #expect(found.matches == ["Many a 0-10 3/3", "Many d 4-12 3/3"])
    }

    @Test(arguments: [
        ("lt: 3", ["a 0-1 2/2"]), ("lte: 3", ["a 0-1 2/2", "b 0-2 3/3"]), ("eq: 3", ["b 0-2 3/3"]), ("neq: 3", ["a 0-1 2/2", "c 0-3 4/4"]),
        ("gt: 2, lte: 3", ["b 0-2 3/3"]), ("gt: 3", ["c 0-3 4/4"]), ("gte: 3", ["b 0-2 3/3", "c 0-3 4/4"]),
    ])
    func `every comparison`(_ condition: String, _ expected: [String]) throws {
        let text =
            CorrelationTests.rule("failed", "login failed", number: 1) + "\n---\n"
            + CorrelationTests.correlation("type: event_count\nrules: [failed]\ngroup-by: [user]\ntimespan: 1m\ncondition: {\(condition)}")
        #expect(
            try run(text, failures([0, 1], "a") + failures([0, 1, 2], "b") + failures([0, 1, 2, 3], "c")).matches == expected.map { "Many " + $0 })
    }

    @Test func `windows of conditions that more events may unmake follow each other`() throws {
        let text =
            CorrelationTests.rule("failed", "login failed", number: 1) + "\n---\n"
            + CorrelationTests.correlation("type: event_count\nrules: [failed]\ngroup-by: [user]\ntimespan: 1m\ncondition: {eq: 2}")
        #expect(try run(text, failures([0, 60, 61, 62, 63, 200, 210], "a")).matches == ["Many a 0-60 2/2", "Many a 200-210 2/2"])
    }

    @Test func `several rules, several fields, no groups`() throws {
        let text =
            CorrelationTests.three
            + CorrelationTests.correlation("type: event_count\nrules: [one, two]\ngroup-by: [host, user]\ntimespan: 10s\ncondition: {gte: 2}")
        let lines = [
            Line(0, "first", ["host": .text("a"), "user": .text("b")]), Line(1, "second", ["host": .text("a"), "user": .text("b")]),
            Line(2, "first", ["host": .text("ab"), "user": .text("")]), Line(3, "first", ["host": .text("a"), "user": .text("c")]),
            Line(4, "second", ["host": .text("a")]),
        ]
        #expect(try run(text, lines).matches == ["Many a+b 0-1 2/2"])
        let ungrouped = CorrelationTests.three + CorrelationTests.correlation("type: event_count\nrules: [one]\ntimespan: 10s\ncondition: {gte: 2}")
        #expect(try run(ungrouped, [Line(0, "first"), Line(5, "first")]).matches == ["Many  0-5 2/2"])
    }

    @Test func `aliases join fields of different names`() throws {
        let text =
            CorrelationTests.three
            + CorrelationTests.correlation(
                "type: temporal\nrules: [one, two]\ngroup-by: [inside]\ntimespan: 10s\naliases:\n    inside:\n        one: destination.ip\n        two: source.ip"
            )
        let lines = [
            Line(0, "first", ["destination.ip": .text("10.0.0.1"), "source.ip": .text("10.9.9.9")]),
            Line(1, "second", ["source.ip": .text("10.0.0.1")]),
            Line(2, "second", ["source.ip": .text("10.9.9.9")]),
        ]
        #expect(try run(text, lines).matches == ["Many 10.0.0.1 0-1 2/2"])
    }

    @Test func `rules are found by id, in other files, and report alone when generate says so`() throws {
        let rule = CorrelationTests.rule("failed", "login failed", number: 1)
        let body = "type: event_count\nrules: ['00000000-0000-4000-8000-000000000011']\ngroup-by: [user]\ntimespan: 1m\ncondition: {gte: 3}"
        let silent = SigmaRuleSet([("a.yml", CorrelationTests.correlation(body)), ("b.yml", rule)])
        #expect(silent.rejected.isEmpty && silent.correlations.count == 1)
        #expect(silent.rules.map(\.reportsMatches) == [false])
        let loud = SigmaRuleSet([("a.yml", CorrelationTests.correlation(body, head: "generate: true")), ("b.yml", rule)])
        #expect(loud.rules.map(\.reportsMatches) == [true])
        #expect(loud.correlations.first?.info.author == "Somebody Else")
    }

    @Test func `correlations feed correlations`() throws {
        let text =
            CorrelationTests.rule("failed", "login failed", number: 1) + "\n---\n" + CorrelationTests.rule("success", "login accepted", number: 2)
            + "\n---\n"
            + CorrelationTests.correlation("type: temporal_ordered\nrules: [burst, success]\ngroup-by: [user]\ntimespan: 1h") + "\n---\n"
                + """
                title: Burst
                name: burst
                correlation:
                    type: event_count
                    rules: [failed]
                    group-by: [user, host]
                    timespan: 1m
                    condition: {gte: 3}
                """
        func line(_ time: Int64, _ text: String, _ user: String) -> Line { Line(time, "login \(text)", ["user": .text(user), "host": .text("h")]) }
        let found = try run(
            text,
            [line(0, "failed", "a"), line(1, "failed", "a"), line(2, "failed", "a"), line(100, "accepted", "a")]
                + [line(0, "failed", "b"), line(1, "failed", "b"), line(100, "accepted", "b")] + [
                    line(50, "accepted", "c"), line(51, "failed", "c"), line(52, "failed", "c"), line(53, "failed", "c"),
                ])
        #expect(found.matches == ["Many a 2-100 2/2"])
    }

    @Test(
        arguments: [
            ("type: value_avg\nrules: [failed]\ntimespan: 1m\ncondition: {field: f, gt: 1}", SigmaRejection.Reason.correlationType, "value_avg"),
            ("type: value_percentile\nrules: [failed]\ntimespan: 1m\ncondition: {field: f, gt: 1}", .correlationType, "value_percentile"),
            (
                "type: event_count\nrules: [nobody]\ntimespan: 1m\ncondition: {gt: 1}", .correlationReference,
                "nobody: no rule of this id or name was loaded"
            ),
            ("type: event_count\nrules: [11111111-0000-4000-8000-000000000000]\ntimespan: 1m\ncondition: {gt: 1}", .correlationReference, nil),
            ("type: event_count\nrules: []\ntimespan: 1m\ncondition: {gt: 1}", .correlationReference, nil),
            ("type: event_count\nrules: [failed, failed]\ntimespan: 1m\ncondition: {gt: 1}", .correlationReference, nil),
            ("type: event_count\nrules: [failed]\ncondition: {gt: 1}", .correlationKey, nil),
            ("type: event_count\nrules: [failed]\ntimespan: 1w\ncondition: {gt: 1}", .correlationKey, "timespan: 1w"),
            ("type: event_count\nrules: [failed]\ntimespan: 99999999999999999d\ncondition: {gt: 1}", .correlationKey, nil),
            ("type: event_count\nrules: [failed]\ntimespan: 1m", .condition, nil),
            ("type: event_count\nrules: [failed]\ntimespan: 1m\ncondition: {ge: 1}", .condition, "ge"),
            ("type: event_count\nrules: [failed]\ntimespan: 1m\ncondition: {gte: some}", .condition, nil),
            ("type: event_count\nrules: [failed]\ntimespan: 1m\ncondition: {gte: 1, field: f}", .condition, nil),
            ("type: value_count\nrules: [failed]\ntimespan: 1m\ncondition: {gte: 1}", .condition, "value_count without field"),
            ("type: temporal\nrules: [failed]\ntimespan: 1m\ncondition: failed and failed", .condition, nil),
            ("type: temporal\nrules: [failed]\ntimespan: 1m\ncondition: {lt: 1}", .condition, nil),
            ("type: event_count\nrules: [failed]\ntimespan: 1m\ncondition: {gt: 1}\nwindow: tumbling", .correlationKey, "window"),
        ] as [(String, SigmaRejection.Reason, String?)])
    func `correlations that can't be done are refused by name`(_ body: String, _ reason: SigmaRejection.Reason, _ detail: String?) {
        let set = SigmaRuleSet([
            ("c.yml", CorrelationTests.rule("failed", "login failed", number: 1) + "\n---\n" + CorrelationTests.correlation(body))
        ])
        #expect(set.correlations.isEmpty)
        #expect(set.rejected.map(\.reason) == [reason], "\(set.rejected)")
        if let detail { #expect(set.rejected.map(\.detail) == [detail]) }
        // The rule it would have silenced reports for itself.
        #expect(set.rules.map(\.reportsMatches) == [true])
    }

    @Test func `a live source can ask what goes on, and gets what is over`() throws {
        let set = SigmaRuleSet([("c.yml", CorrelationTests.failedLogins)])
        let plan = SigmaCorrelationPlan(set)
        var limits = SigmaCorrelator.Limits()
        limits.tolerance = 0
        var correlator = SigmaCorrelator(set, limits: limits)
        func fail(_ time: Int64, _ user: String) throws {
            correlator.observe(try #require(plan.occurrence(of: 0, in: PretendEvent(["user": .text(user)]), at: time)))
        }
        for time in [0, 1, 2, 3] as [Int64] { try fail(time, "a") }
        #expect(correlator.ongoing().map(\.first) == [0])
        #expect(correlator.drain().isEmpty)
        try fail(500, "b")
        try fail(501, "b")
        #expect(correlator.drain().map(\.last) == [3])
        #expect(correlator.ongoing().isEmpty)
    }
}
