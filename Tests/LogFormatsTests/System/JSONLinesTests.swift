import Foundation
import LogFormats
import Network
import Testing

@Suite struct JSONLinesTests {
    private func read(_ line: String, map: [String: String] = [:], _ body: (LogEvent) throws -> Void) throws {
        var context = SystemReading.context
        context.fieldMap = map
        var parser = try #require(LogFormat.named("jsonl")).makeParser(context)
        var event = LogEvent()
        try withBytes(line) { bytes in
            #expect(parser.parse(bytes, into: &event) == .event)
            try body(event)
        }
    }

    @Test func commonNamesAreGuessed() throws {
        try read(
            #"{"time":"2026-01-02T11:04:05+08:00","remote_addr":"192.0.2.7","user":"alice","method":"GET","uri":"/api/p?id=1","status":200,"bytes":512,"rows":9,"user_agent":"curl/8","duration_ms":1.5}"#
        ) { event in
            #expect(event.time == 1_767_323_045 && event.client?.description == "192.0.2.7" && event.status == 200 && event.bytes == 512)
            #expect(event.rows == 9 && event.action == .request && event.outcome == .success && event.duration == 1_500)
            #expect(
                event.string(event.account) == "alice" && event.string(event.target) == "/api/p?id=1" && event.string(event.userAgent) == "curl/8")
        }
    }

    @Test func elasticsNamesNest() throws {
        try read(
            #"{"@timestamp":"2026-01-02T03:04:05.000Z","source":{"ip":"2001:db8::7","port":5},"user":{"name":"bob"},"http":{"request":{"method":"POST"},"response":{"status_code":403,"body":{"bytes":7}}},"url":{"original":"/x\u0041"},"event":{"duration":1500000}}"#
        ) { event in
            #expect(event.client?.description == "2001:db8::7" && event.status == 403 && event.outcome == .failure && event.bytes == 7)
            #expect(event.string(event.account) == "bob" && event.string(event.target) == "/xA" && event.duration == 1_500)
            #expect(event.fields.contains { event.string($0.name) == "http.response.status_code" && event.string($0.value) == "403" })
        }
    }

    @Test func theUsersMapComesFirst() throws {
        let map = ["client": "net.from", "account": "who", "time": "when", "statement": "did"]
        try read(#"{"when":1767323045123,"who":"张三","user":"x","net":{"from":"192.0.2.7:50022"},"ip":"198.51.100.1","did":"rm -rf /srv"}"#, map: map)
        { event in
            #expect(event.time == 1_767_323_045 && event.client?.description == "192.0.2.7" && event.string(event.account) == "张三")
            #expect(event.action == .command && event.string(event.statement) == "rm -rf /srv")
        }
    }

    @Test(arguments: [
        (#"{"ts":1767323045.5,"action":"user.login","ip":"192.0.2.7","status":false}"#, LogEvent.Action.login, LogEvent.Outcome.failure),
        (#"{"ts":"2026-01-02 11:04:05","event":"登录","result":"成功"}"#, .login, .success),
        (#"{"ts":1767323045123456,"sql":"SELECT * FROM patient","success":true}"#, .query, .success),
        (#"{"ts":"02/Jan/2026:11:04:05 +0800","input":"cat /etc/passwd"}"#, .command, .unknown),
        (#"{"ts":"Jan  2 11:04:05","msg":"x"}"#, .other, .unknown), (#"{"ts":1767323045,"event":"logout"}"#, .disconnect, .unknown),
    ])
    func whatHappenedIsGuessed(_ line: String, _ action: LogEvent.Action, _ outcome: LogEvent.Outcome) throws {
        try read(line) { event in
            #expect(event.time == 1_767_323_045 && event.action == action && event.outcome == outcome, "\(line)")
        }
    }

    @Test(arguments: ["{}", "{\"a\":1}", "{\"ts\":\"yesterday\"}", "[1]", "{\"ts\":1767323045", "{\"ts\":[1767323045]}"])
    func linesWithoutATimeAreNoEvents(_ line: String) throws {
        #expect(try SystemReading("jsonl", [line]).unparsed == 1)
    }

    @Test func anExtremeNumberIsNoNumber() throws {
        try read(#"{"ts":1767323045,"bytes":99999999999999999999999,"status":-1,"rows":1e9}"#) { event in
            #expect(event.bytes == -1 && event.rows == -1 && event.status == 0)
        }
    }
}

@Suite struct JournalTests {
    private func line(_ message: String, _ rest: String = "") -> String {
        "{\"__CURSOR\":\"s=1\",\"MESSAGE\":\(message),\"_PID\":\"77\",\"_UID\":\"0\",\"_COMM\":\"sshd\",\"_SYSTEMD_UNIT\":\"ssh.service\"\(rest),\"__REALTIME_TIMESTAMP\":\"1767323045123456\"}"
    }

    @Test func bytesAreAMessageToo() throws {
        let text = Array("Failed password for r\u{FF}t from 192.0.2.7 port 5 ssh2".utf8)
        let event = try #require(SystemReading("journald-json", [line("[" + text.map(String.init).joined(separator: ",") + "]")]).events.first)
        #expect(event.action == .login && event.account == "rÿt" && event.client == "192.0.2.7" && event.program == "sshd")
        #expect(event.fields["_SYSTEMD_UNIT"] == ["ssh.service"] && event.fields["MESSAGE"] == nil)
    }

    @Test func aMessageOfVeryManyBytesKeepsItsTime() throws {
        let bytes = Array(repeating: "65", count: 20_000).joined(separator: ", ")
        let event = try #require(SystemReading("journald-json", [line("[ \(bytes) ]")]).events.first)
        #expect(event.time == 1_767_323_045 && event.message?.count == 20_000)
    }

    @Test(arguments: ["null", "[]", "[256]", "[\"a\",\"b\"]", "12"])
    func otherMessagesAreHarmless(_ message: String) throws {
        let event = try #require(SystemReading("journald-json", [line(message)]).events.first)
        #expect(event.time == 1_767_323_045 && event.action == .other)
    }

    @Test func aTimeWithinAMessageIsNotTheEntrys() throws {
        let forged = #""x\"__REALTIME_TIMESTAMP\":\"1500000000000000\"""#
        #expect(try SystemReading("journald-json", [line(forged)]).events.map(\.time) == [1_767_323_045])
    }
}
