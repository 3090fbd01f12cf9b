import LogFormats
import Testing

@Suite struct AuditTests {
    private static let failedLogin =
        "type=USER_LOGIN msg=audit(1767323045.123:456): pid=900 uid=0 auid=4294967295 ses=4294967295 msg='op=login acct=\"root\" exe=\"/usr/sbin/sshd\" hostname=? addr=192.0.2.7 terminal=ssh res=failed'\u{1D}UID=\"root\" AUID=\"unset\""

    private static let execve = [
        "type=SYSCALL msg=audit(1767323045.200:457): arch=c000003e syscall=59 success=yes exit=0 a0=55d0 a1=55d1 items=2 ppid=1 pid=901 auid=1000 uid=0 tty=pts0 ses=3 comm=\"cat\" exe=\"/usr/bin/cat\" key=\"exec\"\u{1D}ARCH=x86_64 SYSCALL=execve AUID=\"alice\" UID=\"root\"",
        "type=EXECVE msg=audit(1767323045.200:457): argc=3 a0=\"cat\" a1=2F6574632F736861646F77 a2=\"-n\"",
        "type=CWD msg=audit(1767323045.200:457): cwd=\"/home/alice\"",
        "type=PATH msg=audit(1767323045.200:457): item=0 name=\"/usr/bin/cat\" inode=1 dev=08:01 mode=0100755 nametype=NORMAL",
    ]
    private static let title = "type=PROCTITLE msg=audit(1767323045.200:457): proctitle=636174002F6574632F736861646F77002D6E"

    @Test func aLoginIsAWholeEvent() throws {
        let event = try #require(SystemReading("auditd", [Self.failedLogin]).events.first)
        #expect(event.action == .login && event.outcome == .failure && event.account == "root" && event.client == "192.0.2.7")
        #expect(event.time == 1_767_323_045 && event.session == nil && event.program == "/usr/sbin/sshd")
        #expect(event.fields["type"] == ["USER_LOGIN"] && event.fields["op"] == ["login"] && event.fields["UID"] == ["root"])
        #expect(event.raw == Self.failedLogin)
    }

    @Test func recordsOfOneSerialAreOneEvent() throws {
        let reading = try SystemReading("auditd", Self.execve + [Self.title, "type=EOE msg=audit(1767323045.200:457): "])
        let event = try #require(reading.events.first)
        #expect(reading.events.count == 1 && reading.unparsed == 0)
        #expect(event.action == .command && event.statement == "cat /etc/shadow -n" && event.account == "alice" && event.outcome == .success)
        #expect(event.program == "cat" && event.session == "3")
        #expect(event.fields["type"] == ["SYSCALL", "EXECVE", "CWD", "PATH", "PROCTITLE"])
        // Of EXECVE the second is the argument, of SYSCALL it is a register.
        #expect(event.fields["a1"] == ["55d1", "/etc/shadow"] && event.fields["name"] == ["/usr/bin/cat"] && event.fields["cwd"] == ["/home/alice"])
        #expect(event.fields["proctitle"] == ["cat /etc/shadow -n"] && event.fields["SYSCALL"] == ["execve"])
        #expect(event.raw == (Self.execve + [Self.title]).joined(separator: "\n"))
    }

    @Test func eventsThatMixAreToldApart() throws {
        let other = Self.execve.map { $0.replacing(":457)", with: ":458)").replacing("2F6574632F736861646F77", with: "2F746D70") }
        let mixed = zip(Self.execve, other).flatMap { [$0, $1] } + [Self.title.replacing(":457)", with: ":458)"), Self.failedLogin, Self.title]
        let events = try SystemReading("auditd", mixed).events
        #expect(events.map(\.statement) == ["cat /tmp -n", nil, "cat /etc/shadow -n"])
    }

    @Test func eventsWithoutAnEndAreGivenLater() throws {
        let lines = (0..<9).map { "type=SYSCALL msg=audit(1767323045.200:\($0)): success=yes exe=\"/bin/\($0)\"" }
        let events = try SystemReading("auditd", lines).events
        #expect(events.map(\.program) == (0..<9).map { "/bin/\($0)" })
    }

    struct Expected: Sendable {
        var line: String
        var action: LogEvent.Action
        var account: String?
        var statement: String?
    }

    @Test(arguments: [
        Expected(
            line: "type=DAEMON_END msg=audit(1767323045.1:9): op=terminate auid=0 pid=1 res=success", action: .logControl, account: "0",
            statement: "terminate"),
        Expected(
            line: "type=CONFIG_CHANGE msg=audit(1767323045.1:9): auid=1000 ses=3 op=remove_rule key=\"x\" list=4 res=1\u{1D}AUID=\"bob\"",
            action: .logControl, account: "bob", statement: "remove_rule"),
        Expected(
            line: "type=CONFIG_CHANGE msg=audit(1767323045.1:9): op=set audit_enabled=0 old=1 auid=1000 ses=3 res=1", action: .logControl,
            account: "1000", statement: "set"),
        Expected(line: "type=CONFIG_CHANGE msg=audit(1767323045.1:9): op=set audit_enabled=1 old=1 auid=4294967295 res=1", action: .change),
        Expected(
            line:
                "type=SERVICE_STOP msg=audit(1767323045.1:9): pid=1 uid=0 msg='unit=rsyslog comm=\"systemd\" exe=\"/lib/systemd/systemd\" res=success'",
            action: .logControl, statement: "rsyslog"),
        Expected(line: "type=SERVICE_STOP msg=audit(1767323045.1:9): pid=1 uid=0 msg='unit=nginx comm=\"systemd\" res=success'", action: .other),
        Expected(
            line:
                "type=USER_CMD msg=audit(1767323045.1:9): pid=1 uid=1000 auid=1000 ses=3 msg='cwd=\"/\" cmd=6C73202D6C exe=\"/usr/bin/sudo\" terminal=pts/0 res=success'",
            action: .command, account: "1000", statement: "ls -l"),
        Expected(
            line: "type=USER_CMD msg=audit(1767323045.1:9): auid=1000 msg='cwd=\"/\" cmd=617564697463746C202D44 exe=\"/usr/bin/sudo\" res=success'",
            action: .logControl, account: "1000", statement: "auditctl -D"),
        Expected(
            line:
                "type=ADD_USER msg=audit(1767323045.1:9): pid=1 uid=0 auid=1000 msg='op=adding user acct=\"mallory\" exe=\"/usr/sbin/useradd\" res=success'",
            action: .change, account: "mallory"),
        Expected(
            line: "type=USER_AUTH msg=audit(1767323045.1:9): pid=1 msg='op=PAM:authentication acct=\"root\" exe=\"/usr/bin/su\" addr=? res=failed'",
            action: .login, account: "root"),
        Expected(
            line:
                "type=USER_AUTH msg=audit(1767323045.1:9): pid=1 msg='op=PAM:authentication acct=\"root\" exe=\"/usr/sbin/sshd\" addr=192.0.2.7 res=failed'",
            action: .other, account: "root"),
        Expected(
            line:
                "type=USER_LOGIN msg=audit(1767323045.1:9): pid=1 msg='op=login acct=28696E76616C6964207573657229 exe=\"/usr/sbin/sshd\" addr=192.0.2.7 res=failed'",
            action: .login, account: "(invalid user)"),
        Expected(
            line:
                "node=gate type=USER_LOGIN msg=audit(1767323045.1:9): pid=1 msg='op=login id=1000 exe=\"/usr/sbin/sshd\" res=success'\u{1D}ID=\"alice\"",
            action: .login, account: "alice"),
    ])
    func recordsAreUnderstood(_ expected: Expected) throws {
        let event = try #require(SystemReading("auditd", [expected.line]).events.first)
        #expect(event.action == expected.action, "\(expected.line)")
        #expect(event.account == expected.account, "\(expected.line)")
        #expect(event.statement == expected.statement, "\(expected.line)")
    }

    @Test(arguments: [
        "hello", "type=X", "type=USER_LOGIN msg=audit(x.1:2): a=b", "type=USER_LOGIN msg=audit(99999999999999999999.1:2): a=b",
        "type= msg=audit(1.1:1):",
    ])
    func otherLinesAreNoRecords(_ line: String) throws {
        #expect(try SystemReading("auditd", [line]).unparsed == 1)
    }

    @Test func anEventOfVeryManyRecordsIsBounded() throws {
        let paths = (0..<50_000).map { "type=PATH msg=audit(1767323045.200:457): item=\($0) name=\"/srv/\($0)\"" }
        let event = try #require(SystemReading("auditd", Array(Self.execve.prefix(1)) + paths + [Self.title]).events.first)
        #expect(event.raw.utf8.count <= 16 << 10)
        #expect(event.fields.values.reduce(0) { $0 + $1.count } <= LogEvent.fieldLimit)
    }
}
