import Foundation
import LogFormats
import TestSupport
import Testing

@Suite struct SyslogTests {
    @Test func lastMessageRepeatedStandsForTheLineBefore() throws {
        let events = try SystemReading(
            "syslog",
            [
                "Jan  2 11:04:05 gate sshd[77]: Failed password for root from 192.0.2.7 port 50022 ssh2",
                "Jan  2 11:04:35 gate last message repeated 4 times", "Jan  2 11:05:05 gate last message repeated 2 times",
            ]
        ).events
        #expect(events.map(\.repeats) == [1, 4, 2])
        #expect(events.allSatisfy { $0.client == "192.0.2.7" && $0.action == .login })
        #expect(events.map(\.time) == [1_767_323_045, 1_767_323_075, 1_767_323_105])
        #expect(events[1].raw == "Jan  2 11:04:35 gate last message repeated 4 times")
    }

    @Test func aRepetitionWithoutALineBeforeIsAnEventOfItsOwn() throws {
        let events = try SystemReading("syslog", ["Jan  2 11:04:35 gate last message repeated 4 times"]).events
        #expect(events.map(\.action) == [.other])
    }

    @Test(arguments: [
        "Jan  2 11:04:05 gate sshd[77]: x", "<38>Jan  2 11:04:05 gate sshd[77]: x", "Jan 02 11:04:05 gate sshd[77]: x", "Jan  2 11:04:05 sshd[77]: x",
        "Jan  2 2026 11:04:05 gate sshd[77]: x", "Jan  2 11:04:05.123 gate sshd[77]: x", "Jan  2 11:04:05 gate sshd[77]: x\r",
    ])
    func variantsOfTheHeaderAreRead(_ line: String) throws {
        let event = try #require(SystemReading("syslog", [line]).events.first)
        #expect(event.program == "sshd" && event.session == "77" && event.message == "x" && event.time == 1_767_323_045)
    }

    @Test(arguments: [
        "2026-01-02 11:04:05 gate sshd[77]: x", "2026-01-02T03:04:05.123456Z 0 [System] [MY-010116] [Server] mysqld: ready",
        "2026-01-02T03:04:05.123Z stdout F hello", "2026-01-02T03:04:05Z INFO started", "hello", "2026-01-02T03:04:05Z", "",
    ])
    func otherLogsAreNotTakenForSyslog(_ line: String) throws {
        let reading = try SystemReading("syslog-iso", [line])
        #expect(reading.events.isEmpty)
    }

    @Test func theProtocolsStructuredDataBecomesFields() throws {
        let event = try #require(
            SystemReading(
                "syslog-5424",
                [
                    "<165>1 2003-10-11T22:14:15.003Z mymachine evntslog - ID47 [exampleSDID@32473 iut=\"3\" eventSource=\"App \\] \\\" x\"][b c=\"\"] \u{FEFF}An event"
                ]
            ).events.first)
        #expect(event.time == 1_065_910_455 && event.program == "evntslog" && event.session == nil && event.message == "An event")
        #expect(event.fields == ["iut": ["3"], "eventSource": ["App \\] \\\" x"], "c": [""]])
    }

    @Test func theProtocolsNilsAreNothing() throws {
        let event = try #require(SystemReading("syslog-5424", ["<13>1 - - - - - -"]).events.first)
        #expect(event.time == LogEvent.noTime && event.host == nil && event.program == nil)
    }

    @Test(arguments: [
        "<165>2 2003-10-11T22:14:15.003Z m e - - - x", "<165>1 yesterday m e - - - x", "<165>1 2003-10-11T22:14:15.003Z m e - -",
        "<165>1 2003-10-11T22:14:15.003Z m e - - [a b=\"c",
    ])
    func otherLinesAreNotTheProtocols(_ line: String) throws {
        #expect(try SystemReading("syslog-5424", [line]).unparsed == 1)
    }

    @Test func formatsAreToldByTheirContent() throws {
        let lines: [(String, [String])] = [
            ("syslog", ["Jan  2 11:04:05 gate sshd[77]: x", "Jan  2 11:04:05 gate kernel: [ 1.2] y"]),
            ("syslog-iso", ["2026-01-02T11:04:05.123456+08:00 gate sshd[77]: x"]),
            ("syslog-5424", ["<38>1 2026-01-02T03:04:05Z gate sshd 77 - - x"]),
            ("auditd", ["type=USER_LOGIN msg=audit(1767323045.123:4): pid=1 uid=0 msg='op=login acct=\"root\" res=failed'"]),
            ("journald-json", ["{\"__REALTIME_TIMESTAMP\":\"1767323045000001\",\"MESSAGE\":\"x\"}"]),
            ("jsonl", ["{\"ts\":\"2026-01-02T03:04:05Z\",\"who\":\"x\"}"]),
        ]
        for (id, sample) in lines {
            let bytes = sample.map { line in
                let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: line.utf8.count, alignment: 1)
                copy.copyBytes(from: line.utf8)
                return copy
            }
            defer { bytes.forEach { $0.deallocate() } }
            #expect(FormatDetector.detect(bytes.map { UnsafeRawBufferPointer($0) }, SystemReading.context)?.format.id == id)
        }
    }

    /// Every line of the fixtures cut at every place, and mutated: nothing may trap, and every span must lie within the text.
    @Test(arguments: ["syslog", "syslog-iso", "syslog-5424", "journald-json", "auditd", "jsonl"])
    func anyBytesAreSafe(_ format: String) throws {
        let seeds = [
            "Jan  2 11:04:05 gate sshd[77]: Failed password for invalid user a from 192.0.2.7 port 1 ssh2",
            "2026-01-02T11:04:05.123456+08:00 gate sudo: alice : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id",
            "<38>1 2026-01-02T03:04:05.003Z gate su 77 - [a b=\"c\\]\"] FAILED SU (to root) alice on pts/1",
            "{\"__REALTIME_TIMESTAMP\":\"1767323045000001\",\"MESSAGE\":[83,254,104],\"_PID\":\"7\",\"SYSLOG_IDENTIFIER\":\"sshd\"}",
            "type=EXECVE msg=audit(1767323045.123:4): argc=3 a0=\"cat\" a1=2F657463 a2=\"x\"",
            "type=SYSCALL msg=audit(1767323045.123:4): arch=c000003e syscall=59 success=yes exe=\"/bin/cat\" key=(null)\u{1D}AUID=\"alice\"",
            "{\"@timestamp\":\"2026-01-02T03:04:05Z\",\"source\":{\"ip\":\"192.0.2.7\"},\"user\":{\"name\":\"a\"},\"status\":200,\"sql\":\"SELECT 1\"}",
            "Jan  2 11:04:35 gate last message repeated 4 times", "type=PROCTITLE msg=audit(1767323045.123:4): proctitle=636174002F",
        ]
        var parser = try #require(LogFormat.named(format)).makeParser(SystemReading.context)
        var event = LogEvent()
        var random = SeededGenerator(seed: 11)
        func feed(_ bytes: [UInt8]) {
            bytes.withUnsafeBytes { line in
                guard parser.parse(line, into: &event) == .event else { return }
                let spans =
                    [event.account, event.statement, event.message, event.program, event.session, event.host, event.target]
                    + event.fields.flatMap { [$0.name, $0.value] }
                #expect(spans.allSatisfy { $0.range.upperBound <= event.text.count })
            }
        }
        for seed in seeds {
            let bytes = Array(seed.utf8)
            for cut in 0...bytes.count { feed(Array(bytes.prefix(cut))) }
            for _ in 0..<2_000 {
                var mutated = bytes
                for _ in 0..<(1 + random.next() % 4) {
                    mutated[Int(random.next() % UInt64(mutated.count))] = UInt8(truncatingIfNeeded: random.next())
                }
                feed(mutated)
            }
        }
        feed(Array(repeating: 0x20, count: 65_536))
        feed(
            Array("Jan  2 11:04:05 gate sshd[77]: Failed publickey for ".utf8) + Array(Array(repeating: Array(" from ".utf8), count: 10_000).joined())
        )
        while parser.finish(into: &event) == .event {}
    }
}
