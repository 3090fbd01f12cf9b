import Probes
import TestSupport

extension ProbeCases {
    static let files = ftp + rsync + networkFiles + smb + ldap + datagrams

    private static func greeted(
        _ name: String, _ service: Service, greeting: String, _ replies: [String], _ authentication: ServiceReading.Authentication?,
        _ key: String? = nil
    ) -> ProbeCase {
        ProbeCase(name, service, replies.map { Array($0.utf8) }, greeting: Array(greeting.utf8), authentication, key)
    }

    static let ftp = [
        greeted(
            "open", .ftp, greeting: "220 (vsFTPd 3.0.3)\r\n",
            [
                "211-Features:\r\n AUTH TLS\r\n PASV\r\n211 End\r\n", "331 Please specify the password.\r\n", "230 Login successful.\r\n",
                "257 \"/\"\r\n",
            ],
            .notRequired, "exposure.ftp-anonymous"),
        greeted(
            "open to a name alone", .ftp, greeting: "220-Welcome\r\n220-to the FTP server\r\n220 of nobody\r\n",
            ["502 no\r\n", "230 in\r\n", "257 \"/\"\r\n"],
            .notRequired, "exposure.ftp-anonymous"),
        greeted(
            "open, with a greeting that says nothing", .ftp, greeting: "220 Welcome\r\n",
            ["500 what?\r\n", "331 and?\r\n", "230 in\r\n", "257 \"/\"\r\n"],
            .notRequired, "exposure.ftp-anonymous"),
        greeted(
            "password", .ftp, greeting: "220 FTP\r\n", ["500\r\n", "331 Please specify the password.\r\n", "530 Login incorrect.\r\n"], .required,
            "exposure.refused"),
        greeted("no such user", .ftp, greeting: "220 Welcome\r\n", ["500\r\n", "530 Not logged in.\r\n"], .required, "exposure.refused"),
        greeted("an account", .ftp, greeting: "220 FTP\r\n", ["500\r\n", "332 Need account\r\n"], .required, "exposure.password-asked"),
        greeted(
            "let in, but not into a folder", .ftp, greeting: "220 FTP\r\n", ["500\r\n", "230 in\r\n", "550 no\r\n"], .unknown, "exposure.busy"),
        greeted(
            "let in, but not to commands", .ftp, greeting: "220 FTP\r\n", ["500\r\n", "230 in\r\n", "530 no\r\n"], .required, "exposure.refused"),
        greeted("let in, then silent", .ftp, greeting: "220 FTP\r\n", ["500\r\n", "230 in\r\n"], .unknown, "exposure.session-broken"),
        greeted("full", .ftp, greeting: "421 FTP: too many users\r\n", [], .unknown, "exposure.busy"),
        greeted("full at the login", .ftp, greeting: "220 FTP\r\n", ["500\r\n", "421 later\r\n"], .unknown, "exposure.busy"),
        greeted("full, whatever it is", .ftp, greeting: "421 too many users\r\n", [], nil),
        greeted("an SMTP server", .ftp, greeting: "220 ftp.example.org ESMTP Postfix\r\n", [], nil),
        greeted("an SMTP server that doesn't say so", .ftp, greeting: "220 mail\r\n", ["502 5.5.2 Error\r\n", "502 5.5.2 Error\r\n"], nil),
        greeted("an SSH server", .ftp, greeting: "SSH-2.0-OpenSSH_9.2\r\n", [], nil),
    ]

    private static let modules = "patients       \tbackup\nimages         \t\n@RSYNCD: EXIT\n"
    private static let hello = "@RSYNCD: 31.0 sha512 md5\n"

    static let rsync = [
        greeted(
            "one module of two open", .rsync, greeting: hello, [modules, "@RSYNCD: AUTHREQD abc\n", "Welcome\n@RSYNCD: OK\n"], .notRequired,
            "exposure.rsync-open"),
        greeted(
            "passwords", .rsync, greeting: hello, ["Welcome\n" + modules, "@RSYNCD: AUTHREQD a\n", "@RSYNCD: AUTHREQD b\n"], .required,
            "exposure.rsync-closed"),
        greeted(
            "this address not allowed", .rsync, greeting: hello,
            [modules, "@ERROR: access denied to patients from host (192.0.2.9)\n", "@RSYNCD: AUTHREQD b\n"], .required, "exposure.rsync-closed"),
        greeted(
            "a motto with a tab", .rsync, greeting: hello,
            ["dear\tall\npatients       \t\n@RSYNCD: EXIT\n", "@ERROR: Unknown module 'dear'\n", "@RSYNCD: AUTHREQD b\n"], .required,
            "exposure.rsync-closed"),
        greeted(
            "a module that fails", .rsync, greeting: hello, [modules, "@ERROR: chroot failed\n", "@RSYNCD: AUTHREQD b\n"], .unknown,
            "exposure.rsync-undecided"),
        greeted(
            "more modules than are tested", .rsync, greeting: hello,
            ["a \t\nb \t\nc \t\nd \t\n@RSYNCD: EXIT\n"] + Array(repeating: "@RSYNCD: AUTHREQD x\n", count: 3), .unknown, "exposure.rsync-undecided"),
        greeted("no modules", .rsync, greeting: hello, ["Welcome\n@RSYNCD: EXIT\n"], .unknown, "exposure.rsync-no-modules"),
        greeted("full", .rsync, greeting: hello, ["@ERROR: max connections (2) reached\n"], .unknown, "exposure.busy"),
        greeted("silent after the greeting", .rsync, greeting: hello, [], .unknown, "exposure.session-broken"),
        greeted("a greeting without a version", .rsync, greeting: "@RSYNCD: EXIT\n", [], nil),
        greeted("an FTP server", .rsync, greeting: "220 FTP\r\n", [], nil),
    ]

    private static let call = Replies.NFS.null

    static let networkFiles = [
        ProbeCase(
            "open", .nfs,
            [Replies.NFS.greeting, Replies.NFS.root, Replies.NFS.listing(call + 2, depth: 1, fileSystem: 77, [.init(name: "a", type: 1)])],
            .notRequired, "exposure.nfs-readable"),
        ProbeCase(
            "the export is the root", .nfs,
            [Replies.NFS.greeting, Replies.NFS.listing(call + 1, depth: 0, fileSystem: 0, [.init(name: "a", type: 1)])], .notRequired,
            "exposure.nfs-readable"),
        ProbeCase(
            "two levels down", .nfs,
            [
                Replies.NFS.greeting, Replies.NFS.listing(call + 1, depth: 0, fileSystem: 0, [.init(name: "srv")]),
                Replies.NFS.listing(call + 2, depth: 1, fileSystem: 0, [.init(name: "b", fileSystem: 9)]),
                Replies.NFS.listing(call + 3, depth: 2, fileSystem: 9, []),
            ], .notRequired, "exposure.nfs-readable"),
        ProbeCase(
            "Kerberos", .nfs, [Replies.NFS.greeting, Replies.NFS.root, Replies.NFS.failed(call + 2, depth: 1, 10_016)], .required, "exposure.refused"),
        ProbeCase(
            "Kerberos, said of an entry", .nfs,
            [
                Replies.NFS.greeting,
                Replies.NFS.listing(call + 1, depth: 0, fileSystem: 0, [.init(name: "export", type: 1, fileSystem: 0, error: 10_016)]),
                Replies.NFS.failed(call + 2, depth: 1, 10_016),
            ], .required, "exposure.refused"),
        ProbeCase(
            "this address turned away", .nfs, [Replies.NFS.greeting, Replies.NFS.failed(call + 1, depth: 0, 1)], .unknown, "exposure.nfs-denied"),
        ProbeCase(
            "this address turned away by the RPC", .nfs, [Replies.NFS.greeting, Replies.RPC.denied(call + 1, 1)], .unknown, "exposure.nfs-denied"),
        ProbeCase("a stronger name wanted", .nfs, [Replies.NFS.greeting, Replies.RPC.denied(call + 1, 5)], .required, "exposure.refused"),
        ProbeCase(
            "a folder of somebody's own", .nfs,
            [Replies.NFS.greeting, Replies.NFS.root, Replies.NFS.unreadable(call + 2, depth: 1, fileSystem: 77, 13)], .unknown, "exposure.nfs-denied"),
        ProbeCase(
            "nothing exported", .nfs, [Replies.NFS.greeting, Replies.NFS.listing(call + 1, depth: 0, fileSystem: 0, [])], .unknown,
            "exposure.nfs-no-exports"),
        ProbeCase("version 3 alone", .nfs, [Replies.RPC.accepted(call, 2, [2, 3])], .unknown, "exposure.nfs-version-3"),
        ProbeCase("another program", .nfs, [Replies.RPC.accepted(call, 1)], nil),
        ProbeCase("an answer to another call", .nfs, [Replies.RPC.success(9)], nil),
        ProbeCase("a web server", .nfs, texts: ["HTTP/1.1 400 Bad Request\r\n\r\n"], nil),
        ProbeCase(
            "exports", .nfsMount, [Replies.RPC.exports([("/a", ["10.0.0.0/8"]), ("/b", []), ("/c", ["*"])])], .unknown, "exposure.nfs-exports"),
        ProbeCase("turned away", .nfsMount, [Replies.RPC.denied(0x5377_0002, 5)], .required, "exposure.refused"),
        ProbeCase("another program", .nfsMount, [Replies.RPC.accepted(0x5377_0002, 1)], nil),
        ProbeCase("a list that ends early", .nfsMount, [Replies.RPC.success(0x5377_0002, Replies.RPC.words([1]))], nil),
        ProbeCase(
            "with NFS", .portmapper, [Replies.RPC.programs([[100_000, 2, 6, 111], [100_003, 3, 6, 2_049], [100_005, 3, 6, 20_048]])], .unknown,
            "exposure.portmapper-mount"),
        ProbeCase("without NFS", .portmapper, [Replies.RPC.programs([[100_000, 2, 6, 111]])], .unknown, "exposure.portmapper"),
        ProbeCase("NFS without a mount service", .portmapper, [Replies.RPC.programs([[100_003, 4, 6, 2_049]])], .unknown, "exposure.portmapper-nfs"),
        ProbeCase("turned away", .portmapper, [Replies.RPC.denied(0x5377_0001, 5)], .required, "exposure.refused"),
        ProbeCase("a port beyond reason", .portmapper, [Replies.RPC.programs([[100_000, 2, 6, 70_000]])], nil),
        ProbeCase("another program", .portmapper, [Replies.RPC.accepted(0x5377_0001, 1)], nil),
    ]

    private typealias Share = Replies.SMB.Share
    private static let refused = Replies.SMB.denied

    static let smb = [
        ProbeCase(
            "one share of two open", .smb, Replies.SMB.conversation([Share(name: "images", connect: refused), Share(name: "backup")]), .notRequired,
            "exposure.smb-readable"),
        ProbeCase(
            "shares closed", .smb, Replies.SMB.conversation([Share(name: "images", connect: refused), Share(name: "backup", folder: refused)]),
            .required, "exposure.smb-closed"),
        ProbeCase(
            "a share that fails", .smb, Replies.SMB.conversation([Share(name: "gone", connect: 0xC000_00CC)]), .unknown, "exposure.smb-undecided"),
        ProbeCase("printers alone", .smb, Replies.SMB.conversation([Share(name: "printer", kind: 1)]), .unknown, "exposure.smb-no-shares"),
        ProbeCase(
            "no session", .smb, [Replies.SMB.negotiated(), Replies.SMB.challenge(), Replies.SMB.session(status: refused)], .required,
            "exposure.refused"),
        ProbeCase(
            "no NTLM", .smb, [Replies.SMB.negotiated(), Replies.SMB.response(1, 1, status: 0xC000_0418, Replies.SMB.error)], .required,
            "exposure.refused"),
        ProbeCase(
            "no IPC$", .smb,
            [Replies.SMB.negotiated(), Replies.SMB.challenge(), Replies.SMB.session(), Replies.SMB.tree(3, kind: 2, status: refused)],
            .required, "exposure.refused"),
        ProbeCase(
            "no pipe", .smb, Replies.SMB.start.dropLast(2) + [Replies.SMB.opened(4, status: refused)], .required, "exposure.refused"),
        ProbeCase("no list", .smb, Replies.SMB.start + [Replies.SMB.piped(6, Replies.SMB.listed([], result: 5))], .required, "exposure.refused"),
        ProbeCase(
            "a fault for a list", .smb,
            Replies.SMB.start + [Replies.SMB.piped(6, Replies.SMB.packet(3, call: 2, [0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0]))],
            .required, "exposure.refused"),
        ProbeCase(
            "overloaded", .smb, [Replies.SMB.negotiated(), Replies.SMB.response(1, 1, status: 0xC000_0205, Replies.SMB.error)], .unknown,
            "exposure.busy"),
        ProbeCase("a session for nothing", .smb, [Replies.SMB.negotiated()], .unknown, "exposure.session-broken"),
        ProbeCase("a dialect that nobody offered", .smb, [Replies.SMB.negotiated(dialect: 0x02FF)], nil),
        ProbeCase("an answer to another message", .smb, [Replies.SMB.response(0, 9, [])], nil),
        ProbeCase("a length beyond reason", .smb, [[0, 0xFF, 0xFF, 0xFF]], nil),
        ProbeCase("a web server", .smb, texts: ["HTTP/1.1 400 Bad Request\r\n\r\n"], nil),
    ]

    private static let context = Replies.LDAP.context

    static let ldap = [
        ProbeCase(
            "open", .ldap, [Replies.LDAP.bind(), Replies.LDAP.root(), Replies.LDAP.entry(3, "ou=p," + context)], .notRequired, "exposure.ldap-entry"),
        ProbeCase(
            "open to those who never bind", .ldap,
            [
                Replies.LDAP.bind(48, "anonymous bind disallowed"), Replies.LDAP.root(),
                Replies.LDAP.entry(3, context) + Replies.LDAP.entry(3, "ou=p," + context),
            ],
            .notRequired, "exposure.ldap-entry"),
        ProbeCase(
            "open in its second context", .ldap,
            [
                Replies.LDAP.bind(), Replies.LDAP.root(2, ["o=a", context]), Replies.LDAP.done(3, 32), Replies.LDAP.entry(4, "ou=p," + context),
            ], .notRequired, "exposure.ldap-entry"),
        ProbeCase("access rules", .ldap, [Replies.LDAP.bind(), Replies.LDAP.root(), Replies.LDAP.done(3, 50)], .required, "exposure.refused"),
        ProbeCase("nothing shown", .ldap, [Replies.LDAP.bind(), Replies.LDAP.root(), Replies.LDAP.done(3)], .required, "exposure.ldap-nothing"),
        ProbeCase("no such object", .ldap, [Replies.LDAP.bind(), Replies.LDAP.root(), Replies.LDAP.done(3, 32)], .required, "exposure.ldap-nothing"),
        ProbeCase(
            "no anonymous bind, no search", .ldap, [Replies.LDAP.bind(48), Replies.LDAP.done(2, 50)], .required, "exposure.refused"),
        ProbeCase(
            "authentication demanded", .ldap, [Replies.LDAP.bind(), Replies.LDAP.done(2, 53, "authentication required")], .required,
            "exposure.refused"),
        ProbeCase(
            "Active Directory", .ldap,
            [
                Replies.LDAP.bind(), Replies.LDAP.root(),
                Replies.LDAP.done(3, 1, "000004DC: LdapErr: a successful bind must be completed on the connection."),
            ], .required, "exposure.refused"),
        ProbeCase(
            "the root of the tree alone", .ldap,
            [Replies.LDAP.bind(), Replies.LDAP.root(), Replies.LDAP.entry(3, "DC=Clinic,dc=example") + Replies.LDAP.done(3)],
            .unknown, "exposure.ldap-root-only"),
        ProbeCase(
            "an operations error of another kind", .ldap, [Replies.LDAP.bind(), Replies.LDAP.root(), Replies.LDAP.done(3, 1)], .unknown,
            "exposure.busy"),
        ProbeCase("busy", .ldap, [Replies.LDAP.bind(51)], .unknown, "exposure.busy"),
        ProbeCase("no contexts told", .ldap, [Replies.LDAP.bind(), Replies.LDAP.root(2, [])], .unknown, "exposure.ldap-no-contexts"),
        ProbeCase("silent after the bind", .ldap, [Replies.LDAP.bind()], .unknown, "exposure.session-broken"),
        ProbeCase("an answer to another request", .ldap, [Replies.LDAP.bind(id: 9)], nil),
        ProbeCase("an SNMP agent", .ldap, [Replies.SNMP.response()], nil),
        ProbeCase("a length beyond reason", .ldap, [[0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]], nil),
        ProbeCase("a web server", .ldap, texts: ["HTTP/1.1 400 Bad Request\r\n\r\n"], nil),
    ]

    static let datagrams = [
        ProbeCase("public", .snmp, [Replies.SNMP.response()], .notRequired, "exposure.snmp-public"),
        ProbeCase("public, with nothing to see", .snmp, [Replies.SNMP.response(Replies.SNMP.hidden)], .unknown, "exposure.snmp-hidden"),
        ProbeCase("refused", .snmp, [Replies.SNMP.response(status: 16)], .required, "exposure.refused"),
        ProbeCase("an error", .snmp, [Replies.SNMP.response(status: 5)], .unknown, "exposure.busy"),
        ProbeCase("another community", .snmp, [Replies.SNMP.response(community: "private")], nil),
        ProbeCase("another object", .snmp, [Replies.SNMP.response([Replies.SNMP.binding([0x2B, 6, 1, 2, 1, 2, 1, 0], [2, 1, 5])])], nil),
        ProbeCase("an LDAP server", .snmp, [Replies.LDAP.bind()], nil),
        ProbeCase("not found", .tftp, [[0, 5, 0, 1] + Array("File not found".utf8) + [0]], .notRequired, "exposure.tftp-not-found"),
        ProbeCase("not allowed", .tftp, [[0, 5, 0, 2] + Array("Access violation".utf8) + [0]], .unknown, "exposure.busy"),
        ProbeCase("a file for every name", .tftp, [[0, 3, 0, 1, 1, 2, 3]], .unknown, "exposure.tftp-anything"),
        ProbeCase("an error without an end", .tftp, [[0, 5, 0, 1, 0x41]], nil),
        ProbeCase("an error beyond those that there are", .tftp, [[0, 5, 0, 9, 0]], nil),
        ProbeCase("an SNMP agent", .tftp, [Replies.SNMP.response()], nil),
    ]
}
