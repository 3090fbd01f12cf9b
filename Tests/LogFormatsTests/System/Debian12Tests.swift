import Foundation
import LogFormats
import Testing

/// Lines of real programs.
@Suite struct Debian12Tests {
    private static let context = LogContext(
        zone: .gmt, modified: Date(timeIntervalSince1970: 1_795_646_400), path: "/var/log/auth.log", newYears: 0)

    @Test func whatTheAttacksLeftInSyslogIsCountedRight() throws {
        let reading = try SystemReading("syslog", Debian12Lines.syslog, Self.context)
        #expect(reading.unparsed == 0 && reading.events.count == Debian12Lines.syslog.count)
        let failures = reading.events.filter { $0.action == .login && $0.outcome == .failure }
        func count(_ program: String, _ account: String) -> Int32 {
            failures.filter { $0.program == program && $0.account == account }.reduce(0) { $0 + $1.repeats }
        }
        // Three tries each: by password as root, admin and a forged name, by keyboard as alice; sudo's three; one of su.
        #expect(count("sshd", "root") == 3 && count("sshd", "admin") == 3 && count("sshd", "alice") == 3)
        #expect(count("sshd", "x from 198.51.100.9 port 1 ssh2") == 3)
        #expect(count("sudo", "alice") == 3 && count("su", "root") == 1)
        #expect(failures.reduce(0) { $0 + $1.repeats } == 16)
        #expect(failures.allSatisfy { $0.program != "sshd" || $0.client == "127.0.0.1" })
        let logins = reading.events.filter { $0.action == .login && $0.outcome == .success }
        #expect(Set(logins.compactMap { $0.account }) == ["alice", "nobody"])
        #expect(logins.filter { $0.program == "sshd" }.map(\.client) == ["127.0.0.1"])
        let tampering = reading.events.filter { $0.action == .logControl }
        #expect(tampering.map(\.statement) == ["/usr/bin/systemctl stop rsyslog", "/usr/bin/rm -f /var/log/nothing.log"])
        let changed = reading.events.filter { $0.action == .change }
        #expect(Set(changed.compactMap { $0.account }) == ["alice", "mallory", "staffx"])
        #expect(reading.events.allSatisfy { (1_795_646_315...1_795_646_360).contains($0.time) && $0.host == "gate" })
    }

    @Test func theJournalHasTheSame() throws {
        let events = try SystemReading("journald-json", Debian12Lines.journal, Self.context).events
        let syslog = try SystemReading("syslog", Debian12Lines.syslog, Self.context).events
        #expect(events.count == 2)
        for event in events {
            let twin = try #require(syslog.first { $0.message == event.message })
            #expect(event.action == twin.action && event.outcome == twin.outcome && event.account == twin.account && event.client == twin.client)
            #expect(event.repeats == twin.repeats && event.session == twin.session && event.program == twin.program && event.time == twin.time)
        }
    }
}
