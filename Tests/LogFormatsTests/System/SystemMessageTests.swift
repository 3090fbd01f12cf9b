import LogFormats
import Testing

@Suite struct SystemMessageTests {
    struct Expected: Sendable {
        var program: String
        var text: String
        var action: LogEvent.Action
        var outcome = LogEvent.Outcome.unknown
        var account: String?
        var client: String?
        var statement: String?

        init(
            _ program: String, _ text: String, _ action: LogEvent.Action, _ outcome: LogEvent.Outcome = .unknown, account: String? = nil,
            client: String? = nil, statement: String? = nil
        ) {
            (self.program, self.text, self.action, self.outcome) = (program, text, action, outcome)
            (self.account, self.client, self.statement) = (account, client, statement)
        }
    }

    private func check(_ expected: Expected) throws {
        let event = try SystemReading.message(expected.program, expected.text)
        #expect(event.action == expected.action, "\(expected.text)")
        #expect(event.outcome == expected.outcome, "\(expected.text)")
        #expect(event.account == expected.account, "\(expected.text)")
        #expect(event.client == expected.client, "\(expected.text)")
        #expect(event.statement == expected.statement, "\(expected.text)")
    }

    @Test(arguments: [
        Expected("sshd", "Accepted password for alice from 192.0.2.7 port 50022 ssh2", .login, .success, account: "alice", client: "192.0.2.7"),
        Expected(
            "sshd", "Accepted publickey for alice from 2001:db8::7 port 50022 ssh2: ED25519 SHA256:abc", .login, .success, account: "alice",
            client: "2001:db8::7"),
        Expected("sshd-session", "Failed password for root from 192.0.2.7 port 50022 ssh2", .login, .failure, account: "root", client: "192.0.2.7"),
        Expected(
            "sshd", "Failed password for invalid user admin from 192.0.2.7 port 50022 ssh2", .login, .failure, account: "admin", client: "192.0.2.7"),
        Expected(
            "sshd", "Failed publickey for root from 192.0.2.7 port 50022 ssh2: RSA SHA256:xyz", .login, .failure, account: "root", client: "192.0.2.7"
        ),
        Expected("sshd", "Failed none for invalid user x from 192.0.2.7 port 5 ssh2", .other, .failure, account: "x", client: "192.0.2.7"),
        Expected("sshd", "Invalid user admin from 192.0.2.7 port 50022", .other, .failure, account: "admin", client: "192.0.2.7"),
        Expected("sshd", "Invalid user  from 192.0.2.7 port 50022", .other, .failure, account: "", client: "192.0.2.7"),
        Expected(
            "sshd", "error: PAM: Authentication failure for illegal user bob from 192.0.2.7", .login, .failure, account: "bob", client: "192.0.2.7"),
        Expected(
            "sshd", "error: maximum authentication attempts exceeded for root from 192.0.2.7 port 22 ssh2 [preauth]", .disconnect, .failure,
            account: "root", client: "192.0.2.7"),
        Expected(
            "sshd", "Connection closed by authenticating user root 192.0.2.7 port 50022 [preauth]", .disconnect, .failure, account: "root",
            client: "192.0.2.7"),
        Expected("sshd", "Connection closed by 192.0.2.7 port 50022 [preauth]", .disconnect, client: "192.0.2.7"),
        Expected("sshd", "Disconnected from user alice 192.0.2.7 port 50022", .disconnect, account: "alice", client: "192.0.2.7"),
        Expected("sshd", "Received disconnect from 192.0.2.7 port 50022:11: Bye Bye [preauth]", .disconnect, client: "192.0.2.7"),
        Expected(
            "sshd", "Disconnecting invalid user a b 192.0.2.7 port 50022: Too many authentication failures [preauth]", .disconnect, .failure,
            account: "a b", client: "192.0.2.7"),
        Expected("sshd", "Did not receive identification string from 192.0.2.7 port 1", .connect, .failure, client: "192.0.2.7"),
        Expected("sshd", "Connection from 192.0.2.7 port 50022 on 192.0.2.1 port 22 rdomain \"\"", .connect, client: "192.0.2.7"),
        Expected(
            "sshd", "Unable to negotiate with 192.0.2.7 port 5: no matching key exchange method found. Their offer: x [preauth]", .connect, .failure,
            client: "192.0.2.7"),
        Expected(
            "sshd", "User bob from 192.0.2.7 not allowed because not listed in AllowUsers", .other, .failure, account: "bob", client: "192.0.2.7"),
        Expected("sshd", "Server listening on 0.0.0.0 port 22.", .other),
    ])
    func sshdIsUnderstood(_ expected: Expected) throws { try check(expected) }

    /// A name chosen so that it looks like the end of sshd's own line.
    @Test(arguments: [
        Expected(
            "sshd", "Failed password for invalid user a from 198.51.100.9 port 1 ssh2 from 192.0.2.7 port 5 ssh2", .login, .failure,
            account: "a from 198.51.100.9 port 1 ssh2", client: "192.0.2.7"),
        Expected(
            "sshd", "Failed publickey for invalid user a from 198.51.100.9 port 1 ssh2: RSA from 192.0.2.7 port 5 ssh2: RSA SHA256:x", .login,
            .failure,
            account: "a", client: nil),
        Expected(
            "sshd", "Connection closed by invalid user x 198.51.100.9 port 3 192.0.2.7 port 5 [preauth]", .disconnect, .failure,
            account: "x 198.51.100.9 port 3", client: "192.0.2.7"),
        Expected(
            "sshd", "Bad protocol version identification 'x from 198.51.100.9 port 1' from 192.0.2.7 port 5", .connect, .failure, client: "192.0.2.7"),
    ])
    func aForgedNameGivesNoForgedAddress(_ expected: Expected) throws { try check(expected) }

    @Test(arguments: [
        Expected(
            "sshd", "pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.7  user=root", .other, .failure,
            account: "root", client: "192.0.2.7"),
        Expected(
            "vsftpd", "pam_unix(vsftpd:auth): authentication failure; logname= uid=0 euid=0 tty=ftp ruser=bob rhost=192.0.2.7  user=bob", .login,
            .failure,
            account: "bob", client: "192.0.2.7"),
        Expected("sshd", "pam_unix(sshd:session): session opened for user alice(uid=1000) by (uid=0)", .connect, .success, account: "alice"),
        Expected("login", "pam_unix(login:session): session closed for user alice", .disconnect, .success, account: "alice"),
        Expected("CRON", "pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)", .other, account: "root"),
        Expected("passwd", "pam_unix(passwd:chauthtok): password changed for alice", .change, .success, account: "alice"),
        Expected("su(pam_unix)", "session opened for user root by alice(uid=500)", .connect, .success, account: "root"),
    ])
    func pamIsUnderstood(_ expected: Expected) throws { try check(expected) }

    @Test(arguments: [
        Expected(
            "sudo", "   alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/usr/bin/cat /etc/shadow", .command, .success, account: "alice",
            statement: "/usr/bin/cat /etc/shadow"),
        Expected(
            "sudo", "alice : user NOT in sudoers ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh -c echo ; id", .command, .failure,
            account: "alice",
            statement: "/bin/sh -c echo ; id"),
        Expected(
            "sudo", "alice : 3 incorrect password attempts ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id", .login, .failure, account: "alice",
            statement: "/usr/bin/id"),
        Expected(
            "sudo", "root : PWD=/ ; USER=root ; COMMAND=/usr/bin/systemctl stop rsyslog", .logControl, .success, account: "root",
            statement: "/usr/bin/systemctl stop rsyslog"),
        Expected(
            "sudo", "bob : PWD=/ ; USER=root ; COMMAND=/usr/bin/rm -f /var/log/auth.log", .logControl, .success, account: "bob",
            statement: "/usr/bin/rm -f /var/log/auth.log"),
        Expected(
            "sudo", "bob : PWD=/ ; USER=root ; COMMAND=/usr/bin/tail /var/log/auth.log", .command, .success, account: "bob",
            statement: "/usr/bin/tail /var/log/auth.log"),
        Expected(
            "sudo", "bob : PWD=/ ; USER=root ; COMMAND=/usr/bin/systemctl restart nginx", .command, .success, account: "bob",
            statement: "/usr/bin/systemctl restart nginx"),
        Expected("su", "(to root) alice on pts/1", .login, .success, account: "root"),
        Expected("su", "FAILED SU (to root) alice on pts/1", .login, .failure, account: "root"),
        Expected("su", "- /dev/pts/1 alice:root", .login, .failure, account: "root"),
        Expected("su", "Successful su for root by alice", .login, .success, account: "root"),
        Expected("login", "FAILED LOGIN (1) on '/dev/tty1' FOR 'root', Authentication failure", .login, .failure, account: "root"),
        Expected("login", "FAILED LOGIN 2 FROM 192.0.2.7 FOR bob, Authentication failure", .login, .failure, account: "bob", client: "192.0.2.7"),
        Expected("login", "LOGIN ON tty1 BY alice FROM 192.0.2.7", .login, .success, account: "alice", client: "192.0.2.7"),
        Expected("login", "ROOT LOGIN  on '/dev/tty1'", .login, .success, account: "ROOT"),
    ])
    func sudoSuAndLoginAreUnderstood(_ expected: Expected) throws { try check(expected) }

    @Test(arguments: [
        Expected(
            "CRON", "(root) CMD (   cd / && run-parts --report /etc/cron.hourly)", .command, account: "root",
            statement: "cd / && run-parts --report /etc/cron.hourly"),
        Expected("CRON", "(bob) CMD (> /var/log/auth.log)", .logControl, account: "bob", statement: "> /var/log/auth.log"),
        Expected("crontab", "(alice) REPLACE (alice)", .change, .success, account: "alice"),
        Expected("crontab", "(alice) LIST (alice)", .other, account: "alice"),
        Expected("useradd", "new user: name=mallory, UID=1001, GID=1001, home=/home/mallory, shell=/bin/bash", .change, .success, account: "mallory"),
        Expected("usermod", "add 'mallory' to group 'sudo'", .change, .success, account: "mallory"),
        Expected("gpasswd", "user mallory added by root to group sudo", .change, .success, account: "mallory"),
        Expected(
            "systemd", "Stopped rsyslog.service - System Logging Service.", .logControl, .success,
            statement: "Stopped rsyslog.service - System Logging Service."),
        Expected("systemd", "Stopped Security Auditing Service.", .logControl, .success, statement: "Stopped Security Auditing Service."),
        Expected("systemd", "Stopped Flush Journal to Persistent Storage.", .other),
        Expected("systemd", "Started rsyslog.service - System Logging Service.", .other),
        Expected("systemd", "Stopped nginx.service - A high performance web server.", .other),
        Expected("systemd-journald", "Journal stopped", .logControl, .success, statement: "Journal stopped"),
        Expected(
            "rsyslogd", "[origin software=\"rsyslogd\" swVersion=\"8.2302.0\" x-pid=\"9\" x-info=\"https://www.rsyslog.com\"] exiting on signal 15.",
            .logControl, .success,
            statement: "[origin software=\"rsyslogd\" swVersion=\"8.2302.0\" x-pid=\"9\" x-info=\"https://www.rsyslog.com\"] exiting on signal 15."),
        Expected("rsyslogd", "[origin software=\"rsyslogd\" swVersion=\"8.2302.0\"] rsyslogd was HUPed", .other),
        Expected("auditd", "The audit daemon is exiting.", .logControl, .success, statement: "The audit daemon is exiting."),
        Expected(
            "kernel", "audit: type=1305 audit(1767323045.1:2): op=set audit_enabled=0 old=1 auid=0 ses=1 res=1", .logControl, .success,
            statement: "audit: type=1305 audit(1767323045.1:2): op=set audit_enabled=0 old=1 auid=0 ses=1 res=1"),
        Expected("systemd-logind", "New session 3 of user alice.", .connect, account: "alice"),
        Expected("nginx", "192.0.2.7 - - [02/Jan/2026:11:04:05 +0800] \"GET / HTTP/1.1\" 200 5", .other),
    ])
    func servicesAndAccountsAreUnderstood(_ expected: Expected) throws { try check(expected) }

    @Test func sudoNamesItsPartsAsFields() throws {
        let event = try SystemReading.message("sudo", "alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/usr/bin/id")
        #expect(event.fields == ["TTY": ["pts/0"], "PWD": ["/home/alice"], "USER": ["root"], "COMMAND": ["/usr/bin/id"]])
    }

    @Test func theMessageOfAnotherProgramIsItsPayload() throws {
        let event = try SystemReading.message("postgres", "[3-1] 2026-01-02 LOG:  statement: SELECT 1")
        #expect(event.message == "[3-1] 2026-01-02 LOG:  statement: SELECT 1")
    }

    @Test func repeatedMessagesCountAsOftenAsTheyCame() throws {
        let event = try SystemReading.message("sshd", "message repeated 5 times: [ Failed password for root from 192.0.2.7 port 50022 ssh2]")
        #expect(event.action == .login && event.repeats == 5 && event.client == "192.0.2.7" && event.account == "root")
        #expect(try SystemReading.message("sudo", "a : 3 incorrect password attempts ; PWD=/ ; USER=root ; COMMAND=/bin/id").repeats == 3)
    }

    @Test(arguments: [
        ("sshd", "sshd"), ("sshd-session", "sshd"), ("sudo", "sudo"), ("CRON", "cron"), ("su", "auth"), ("vsftpd", "vsftpd"), ("x", "syslog"),
    ])
    func linesAnswerToSigmasServices(_ program: String, _ service: String) {
        let services = withBytes(program) { SystemServices.sigma(of: $0) }
        #expect(services.contains(service) && services.contains("syslog") && services.isSubset(of: SystemServices.all))
        #expect(service == "sshd" || !services.contains("sshd"))
    }
}
