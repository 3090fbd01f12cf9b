import Findings
import Probes
import TestSupport
import Testing

/// Conversations with file services and directories that take more than a list of replies.
@Suite("Conversations with file services and directories")
struct FileConversationTests {
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    // MARK: FTP

    /// Admits anonymous inside TLS alone, and hangs up after saying so.
    private func strictFTP(consent: String = "234 Proceed.\r\n", secure: Bool = true) -> PretendPeer {
        PretendPeer(greeting: Array("220 (vsFTPd 3.0.3)\r\n".utf8)) { request, connection, _ in
            switch text(request) {
            case "FEAT\r\n": .bytes(Array("211-Features:\r\n AUTH TLS\r\n211 End\r\n".utf8))
            case "AUTH TLS\r\n": .bytes(Array(consent.utf8))
            case "USER anonymous\r\n" where connection == 0: .bytes(Array("530 Anonymous sessions must use encryption.\r\n".utf8))
            case "USER anonymous\r\n": .bytes(Array((secure ? "230 Login successful.\r\n" : "530 no\r\n").utf8))
            case "PWD\r\n": .bytes(Array("257 \"/\"\r\n".utf8))
            default: .close
            }
        }
    }

    @Test("an FTP server that admits nobody in plain text is asked again inside TLS", arguments: [true, false])
    func secureFTP(open: Bool) {
        let run = ProbeRun.talk(.ftp, strictFTP(secure: open))
        #expect(run.startedTLS)
        #expect(run.connections == 2)
        #expect(run.authentication == (open ? .notRequired : .required))
        #expect(run.reading?.usesTLS == true)
        #expect(run.farewell == Array("QUIT\r\n".utf8))
    }

    @Test("an FTP reply sent along with the consent to TLS is not believed", arguments: ["234 Proceed.\r\n230 in\r\n", "500 no\r\n", ""])
    func injectedFTP(consent: String) {
        let run = ProbeRun.talk(.ftp, strictFTP(consent: consent))
        #expect(!run.startedTLS)
        #expect(run.authentication == .required)
    }

    @Test("an FTP session holds a login and one question, and opens no data connection")
    func readOnlyFTP() {
        let run = ProbeRun.talk(.ftp, ProbeCases.ftp[0].peer)
        #expect(run.sent.map(text) == ["FEAT\r\n", "USER anonymous\r\n", "PASS anonymous@example.org\r\n", "PWD\r\n"])
        #expect(run.reading?.product == "vsftpd")
        #expect(run.reading?.version == "3.0.3")
    }

    @Test("a server that should speak first and keeps silent may be waiting for TLS", arguments: [Service.ftp, .smtp, .pop3, .imap, .telnet, .rsync])
    func silent(_ service: Service) {
        #expect(ProbeRun.talk(service, .script([])).result == .perhapsTLS)
        guard let probe = ProbeRegistry.probe(for: service) else { return }
        // Not where nobody expects it.
        let session = ProbeSession(probe.init(ProbePeer(host: "192.0.2.1", port: 1)))
        #expect(ProbeRun.talk(session, .script([])).result == .other)
    }

    // MARK: rsync

    @Test("an anonymous rsync module is a finding: its counts are the evidence, its name is not shown")
    func rsyncCounts() {
        let run = ProbeRun.talk(.rsync, ProbeCases.rsync[0].peer)
        #expect(run.reading?.evidence == [Message("exposure.rsync-open", ["open": 1, "tested": 2, "modules": 2])])
        #expect(run.connections == 3)
        // Nothing is asked of the module that was let in to.
        #expect(run.sent.map(text) == ["@RSYNCD: 31.0\n#list\n", "@RSYNCD: 31.0\npatients\n", "@RSYNCD: 31.0\nimages\n"])
        #expect(run.farewell.isEmpty)
    }

    // MARK: SMB

    @Test("an SMB 1 server, which hangs up on newer dialects or keeps silent, is named", arguments: [true, false])
    func oldSMB(closes: Bool) {
        let peer = PretendPeer { _, connection, _ in connection == 0 ? (closes ? .close : .silence) : .bytes(Replies.SMB.old) }
        let run = ProbeRun.talk(.smb, peer)
        #expect(run.authentication == .unknown)
        #expect(run.key == "exposure.smb-1-only")
        #expect(run.connections == 2)
    }

    @Test("a list of shares in fragments, and an answer that comes later, are read")
    func fragments() {
        let shares = (0..<12).map { Replies.SMB.Share(name: "share\($0)", connect: Replies.SMB.denied) }
        let list = Replies.SMB.list(shares)
        let half = list.count / 2
        let parts = [(UInt8(1), list[..<half]), (2, list[half...])].map { flags, part in
            Replies.SMB.packet(2, call: 2, flags: flags, Replies.SMB.zeros(8) + part)
        }
        let pending = Replies.SMB.response(11, 6, status: 0x103, Replies.SMB.error)
        var replies = Replies.SMB.start + [pending + Replies.SMB.piped(6, parts[0], status: 0x8000_0005), Replies.SMB.read(7, parts[1])]
        for message in 8..<16 { replies.append(Replies.SMB.tree(UInt64(message), kind: 1, status: Replies.SMB.denied)) }
        let run = ProbeRun.talk(.smb, .script(replies.map { .bytes($0) }))
        // Eight of twelve are tested; that they are closed says nothing of the other four.
        #expect(run.reading?.evidence.first == Message("exposure.smb-undecided", ["readable": 0, "tested": 8, "shares": 12]))
        #expect(run.authentication == .unknown)
    }

    @Test("SMB tells its dialect, whether it demands signatures, and Windows' version; it is left by logging off", arguments: [true, false])
    func smbFacts(signed: Bool) {
        var replies = Replies.SMB.conversation([.init(name: "images")])
        replies[0] = Replies.SMB.negotiated(dialect: 0x0302, mode: signed ? 3 : 1)
        let run = ProbeRun.talk(.smb, .script(replies.map { .bytes($0) }))
        #expect(run.reading?.evidence.last == Message(signed ? "exposure.smb-signed" : "exposure.smb-unsigned", ["dialect": "3.0.2"]))
        #expect(run.reading?.product == "Windows")
        #expect(run.reading?.version == "10.0.17763")
        #expect(run.farewell.count == 72 && run.farewell[16] == 2)
        replies[1] = Replies.SMB.challenge(major: 6, minor: 1, build: 0)
        let samba = ProbeRun.talk(.smb, .script(replies.map { .bytes($0) })).reading
        #expect(samba?.product == "Samba")
        #expect(samba?.version == nil)
    }

    @Test("no SMB request creates, writes or deletes")
    func readOnlySMB() {
        let run = ProbeRun.talk(.smb, .script(Replies.SMB.conversation([.init(name: "images")]).map { .bytes($0) }))
        let commands = run.sent.map { $0[16] }
        #expect(commands == [0, 1, 1, 3, 5, 11, 11, 3, 5])
        // FILE_OPEN is the only disposition; a folder is opened for listing alone.
        for request in run.sent where request[16] == 5 { #expect(Array(request[104..<108]) == [1, 0, 0, 0]) }
        #expect(run.sent.last.map { Array($0[92..<96]) } == [1, 0, 0, 0])
    }

    // MARK: LDAP

    @Test("an LDAP server that demands TLS is asked again inside TLS", arguments: [true, false])
    func secureLDAP(atTheBind: Bool) {
        var replies: [[UInt8]] = atTheBind ? [Replies.LDAP.bind(13)] : [Replies.LDAP.bind(), Replies.LDAP.done(2, 13)]
        var id = UInt8(replies.count + 1)
        if atTheBind {
            replies.append(Replies.LDAP.result(id, 0x78, 0))
            replies += [Replies.LDAP.bind(id: id + 1), Replies.LDAP.root(id + 2), Replies.LDAP.entry(id + 3, "ou=p," + Replies.LDAP.context)]
        }
        id += 1
        let run = ProbeRun.talk(.ldap, .script(replies.map { .bytes($0) }))
        #expect(run.startedTLS == atTheBind)
        #expect(run.authentication == (atTheBind ? .notRequired : .required))
        #expect(run.reading?.usesTLS == atTheBind)
    }

    @Test("LDAP is asked for one entry without attributes, and left by unbinding")
    func readOnlyLDAP() {
        let run = ProbeRun.talk(.ldap, ProbeCases.ldap[0].peer)
        // A bind, then searches; the first search's length takes two bytes.
        #expect([run.sent[0][5], run.sent[1][6], run.sent[2][5]] == [0x60, 0x63, 0x63])
        #expect(run.sent.last?.suffix(5) == [4, 3, 0x31, 0x2E, 0x31])
        #expect(run.farewell.suffix(2) == [0x42, 0])
        #expect(run.reading?.product == "OpenLDAP")
    }

    // MARK: SNMP and TFTP

    @Test("an SNMP agent that keeps silent in version 2c is looked for in version 3, then in version 1")
    func snmpVersions() {
        let third = ProbeRun.talk(.snmp, PretendPeer { _, connection, _ in connection == 1 ? .bytes(Replies.SNMP.report()) : .silence })
        #expect(third.authentication == .required)
        #expect(third.key == "exposure.snmp-silent")
        let first = ProbeRun.talk(
            .snmp, PretendPeer { _, connection, _ in connection == 2 ? .bytes(Replies.SNMP.response(version: 0)) : .silence })
        #expect(first.reading?.evidence == [Message("exposure.snmp-public", ["objects": 2, "version": "1"])])
        #expect(first.reading?.product == "Net-SNMP")
        #expect(ProbeRun.talk(.snmp, PretendPeer { _, _, _ in .silence }).result == .other)
        let noEngine = ProbeRun.talk(
            .snmp, PretendPeer { _, connection, _ in connection == 1 ? .bytes(Replies.SNMP.report(engine: [])) : .silence })
        #expect(noEngine.result == .other)
    }

    @Test("SNMP requests read, whatever the version", arguments: [0, 1, 2])
    func readOnlySNMP(connection: Int) {
        let sent = ProbeRun.talk(.snmp, PretendPeer { _, _, _ in .silence }).sent
        #expect(sent.count == 3)
        // GetRequest (0xA0), never SetRequest (0xA3).
        #expect(sent[connection].contains(0xA0) && !sent[connection].contains(0xA3))
    }

    @Test("TFTP is asked for another name each time, and for reading")
    func readOnlyTFTP() {
        let requests = (0..<2).map { _ in ProbeRun.talk(.tftp, .script([])).sent }
        #expect(requests.allSatisfy { $0.count == 1 && $0[0].starts(with: [0, 1] + Array("suwen-".utf8)) })
        #expect(requests[0] != requests[1])
    }
}
