import Probes
import TestSupport

extension ProbeCases {
    static let remoteAccess = screens + shells + mail + java + windows + devices + proxies

    private static func greeted(_ name: String, _ service: Service, _ greeting: String, _ key: String?) -> ProbeCase {
        greeted(name, service, greeting, [], key)
    }

    private static func greeted(_ name: String, _ service: Service, _ greeting: String, _ replies: [String], _ key: String?) -> ProbeCase {
        ProbeCase(
            name, service, replies.map { Array($0.utf8) }, greeting: Array(greeting.utf8), key == nil ? nil : .unknown, key)
    }

    private static func vnc(
        _ name: String, version: String = "003.008", _ replies: [[UInt8]], _ authentication: ServiceReading.Authentication?, _ key: String? = nil
    ) -> ProbeCase { ProbeCase(name, .vnc, replies, greeting: Replies.VNC.version(version), authentication, key) }

    private static let tightKinds = Replies.big(UInt32(0)) + Replies.big(UInt32(1))

    static let screens = [
        vnc("open", [[2, 1, 2], [0, 0, 0, 0]], .notRequired, "exposure.vnc-none"),
        vnc("open, version 3.7", version: "003.007", [[1, 1]], .notRequired, "exposure.vnc-none"),
        vnc("open, version 3.3", version: "003.003", [[0, 0, 0, 1]], .notRequired, "exposure.vnc-none"),
        vnc("open inside TLS", [[1, 19], [0, 2], [0, 2, 0, 0, 1, 2, 0, 0, 1, 1]], .notRequired, "exposure.vnc-none-inside"),
        vnc(
            "open by Tight", [[1, 16], tightKinds + Replies.VNC.capability(1, "STDVNOAUTH__")], .notRequired, "exposure.vnc-none-inside"),
        vnc("open by Tight, which names no way", [[1, 16], [UInt8](repeating: 0, count: 8)], .notRequired, "exposure.vnc-none-inside"),
        vnc(
            "password by Tight, behind a tunnel",
            [
                [2, 2, 16], Replies.big(UInt32(1)) + Replies.VNC.capability(0, "TGHTNOTUNNEL"),
                Replies.big(UInt32(1)) + Replies.VNC.capability(2, "STDVVNCAUTH_"),
            ],
            .required, "exposure.vnc-types"),
        vnc("password", [[1, 2]], .required, "exposure.vnc-types"),
        vnc("password, version 3.3", version: "003.003", [[0, 0, 0, 2]], .required, "exposure.vnc-types"),
        vnc("password, Apple's version", version: "003.889", [[3, 30, 33, 36]], .required, "exposure.vnc-types"),
        vnc("password inside TLS or out of it", [[2, 19, 2], [0, 2], [0, 1, 0, 0, 1, 2]], .required, "exposure.vnc-types"),
        vnc("whatever is inside anonymous TLS", [[1, 18]], .unknown, "exposure.vnc-hidden"),
        vnc("VeNCrypt that breaks off", [[2, 19, 2], [0, 2]], .unknown, "exposure.vnc-hidden"),
        vnc("VeNCrypt of another version", [[2, 19, 2], [0, 1]], .unknown, "exposure.vnc-hidden"),
        vnc("Tight that breaks off", [[1, 16], Replies.big(UInt32(900))], .unknown, "exposure.vnc-hidden"),
        vnc("None that is refused after all", [[1, 1], [0, 0, 0, 1] + Replies.VNC.reason("no")], .unknown, "exposure.busy"),
        vnc("too many attempts", [[0] + Replies.VNC.reason("Too many security failures")], .unknown, "exposure.busy"),
        vnc("None, then silence", [[1, 1]], .unknown, "exposure.session-broken"),
        vnc("a version before any", version: "002.000", [], nil),
        ProbeCase("an SSH server", .vnc, [], greeting: Array("SSH-2.0-OpenSSH_9.2\r\n".utf8), nil),
        ProbeCase("open", .x11, [Replies.X11.success], .notRequired, "exposure.x11-open"),
        ProbeCase(
            "no cookie", .x11, [Replies.X11.failed("Authorization required, but no authorization protocol specified\n")], .required,
            "exposure.refused"),
        ProbeCase("no cookie, older words", .x11, [Replies.X11.failed("No protocol specified\n")], .required, "exposure.refused"),
        ProbeCase("more is wanted", .x11, [[2, 0, 0, 0, 0, 0, 1, 0] + Array("more".utf8)], .required, "exposure.refused"),
        ProbeCase("full", .x11, [Replies.X11.failed("Maximum number of clients reached")], .unknown, "exposure.busy"),
        ProbeCase("success of another version", .x11, [[1, 0, 12, 0, 0, 0, 1, 0, 1, 2, 3, 4]], nil),
        ProbeCase("success without a screen", .x11, [[1, 0, 11, 0, 0, 0, 8, 0] + [UInt8](repeating: 0, count: 32)], nil),
        ProbeCase("a web server", .x11, texts: ["HTTP/1.1 400 Bad Request\r\n\r\n"], nil),
        ProbeCase("NLA demanded", .rdp, [Replies.RDP.confirm(2, 8), Replies.RDP.confirm(3, 5)], .required, "exposure.refused"),
        ProbeCase("NLA supported", .rdp, [Replies.RDP.confirm(2, 2), Replies.RDP.confirm(2, 1)], .unknown, "exposure.rdp-nla"),
        ProbeCase("NLA, then nothing", .rdp, [Replies.RDP.confirm(2, 2)], .unknown, "exposure.session-broken"),
        ProbeCase("NLA, then another failure", .rdp, [Replies.RDP.confirm(2, 2), Replies.RDP.confirm(3, 2)], .unknown, "exposure.session-broken"),
        ProbeCase("TLS alone", .rdp, [Replies.RDP.confirm(2, 1)], .unknown, "exposure.rdp-no-nla"),
        ProbeCase("as old as can be", .rdp, [Replies.RDP.plain], .unknown, "exposure.rdp-no-nla"),
        ProbeCase("no certificate", .rdp, [Replies.RDP.confirm(3, 3)], .unknown, "exposure.busy"),
        ProbeCase("a security that nobody offered", .rdp, [Replies.RDP.confirm(2, 4)], nil),
        ProbeCase("another packet of X.224", .rdp, [[3, 0, 0, 11, 6, 0x80, 0, 0, 0, 0, 0]], nil),
        ProbeCase("a web server", .rdp, texts: ["HTTP/1.1 400 Bad Request\r\n\r\n"], nil),
    ]

    private static let negotiation: [UInt8] = [0xFF, 0xFD, 0x18, 0xFF, 0xFB, 0x01, 0xFF, 0xFA, 0x18, 1, 0xFF, 0xF0]

    static let shells = [
        greeted("OpenSSH", .ssh, "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n", "exposure.identified-only"),
        greeted("after a notice", .ssh, "Authorised users only\r\nSSH-2.0-dropbear_2022.83\r\n", "exposure.identified-only"),
        greeted("both versions", .ssh, "SSH-1.99-Cisco-1.25\n", "exposure.ssh-1-too"),
        greeted("version 1 alone", .ssh, "SSH-1.5-1.2.27\r\n", "exposure.ssh-1"),
        greeted("a version to come", .ssh, "SSH-3.0-x\r\n", nil),
        greeted("an FTP server", .ssh, "220 FTP\r\n", nil),
        ProbeCase("a login", .telnet, [Array("Debian\r\nlogin: ".utf8)], greeting: negotiation, .unknown, "exposure.telnet-login"),
        // A prompt alone is no proof, and no command is typed to find out.
        ProbeCase("a prompt of a shell", .telnet, [Array("\r\n# ".utf8)], greeting: negotiation, .unknown, "exposure.telnet-no-login"),
        greeted("a login without negotiation", .telnet, "User Access\r\nUsername: ", "exposure.telnet-login"),
        greeted("some text", .telnet, "hello\r\n# ", nil),
        ProbeCase("bytes that begin like Telnet", .telnet, [], greeting: [0xFF, 0x00, 0x01], nil),
        greeted("a web server", .telnet, "HTTP/1.1 400 Bad Request\r\n\r\n", nil),
    ]

    static let mail = [
        greeted("Postfix", .smtp, "220 mail.example.org ESMTP Postfix (Debian)\r\n", "exposure.identified-only"),
        greeted("one that doesn't say so", .smtp, "220 mail\r\n", ["250 OK\r\n"], "exposure.identified-only"),
        greeted("one that serves nobody", .smtp, "554 no SMTP service here\r\n", "exposure.identified-only"),
        greeted("an FTP server", .smtp, "220 smtp.example.org FTP server ready\r\n", nil),
        greeted("an FTP server that doesn't say so", .smtp, "220 Welcome\r\n", ["530 Please login with USER and PASS.\r\n"], nil),
        greeted("some words", .smtp, "hello\r\n", nil),
        greeted("Dovecot", .pop3, "+OK Dovecot ready.\r\n", ["+OK\r\nCAPA\r\n.\r\n"], "exposure.identified-only"),
        greeted("an old server", .pop3, "+OK\r\n", ["-ERR unknown\r\n"], "exposure.identified-only"),
        greeted("somebody who says OK", .pop3, "+OK\r\n", ["what?\r\n"], nil),
        greeted("an IMAP server", .pop3, "* OK IMAP\r\n", nil),
        greeted(
            "Dovecot", .imap, "* OK [CAPABILITY IMAP4rev1] ready.\r\n", ["* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\na1 OK done\r\n"],
            "exposure.identified-only"),
        greeted("somebody who says OK", .imap, "* OK\r\n", ["a1 BAD what?\r\n"], nil),
        greeted("a POP3 server", .imap, "+OK\r\n", nil),
    ]

    static let java = [
        ProbeCase("open", .jdwp, [Replies.JDWP.handshake, Replies.JDWP.reply()], .notRequired, "exposure.jdwp-version"),
        ProbeCase(
            "open, just started", .jdwp, [Replies.JDWP.handshake + Replies.JDWP.event, Replies.JDWP.reply()], .notRequired,
            "exposure.jdwp-version"),
        ProbeCase("an error", .jdwp, [Replies.JDWP.handshake, Replies.JDWP.reply(error: 112)], .unknown, "exposure.session-broken"),
        ProbeCase("a handshake and no more", .jdwp, [Replies.JDWP.handshake], .unknown, "exposure.session-broken"),
        ProbeCase(
            "an echo", .jdwp, [Replies.JDWP.handshake, Replies.big(UInt32(11)) + [0x53, 0x77, 0x65, 0x6E, 0, 1, 1]], .unknown,
            "exposure.session-broken"),
        ProbeCase("a web server", .jdwp, texts: ["HTTP/1.1 400 Bad Request\r\n\r\n"], nil),
        ProbeCase(
            "JMX open", .rmi,
            [
                Replies.RMI.acknowledgement, Replies.RMI.names(["jmxrmi"]), Replies.RMI.stub(Replies.RMI.server, port: 1),
                Replies.RMI.stub(Replies.RMI.connection, port: 1), Replies.RMI.returned(),
            ], .notRequired, "exposure.jmx-open"),
        ProbeCase(
            "JMX with a password", .rmi,
            [
                Replies.RMI.acknowledgement, Replies.RMI.names(["other", "jmxrmi"]), Replies.RMI.stub(Replies.RMI.server, port: 1),
                Replies.RMI.exception("java.lang.SecurityException"),
            ], .required, "exposure.refused"),
        ProbeCase(
            "JMX that fails otherwise", .rmi,
            [
                Replies.RMI.acknowledgement, Replies.RMI.names(["jmxrmi"]), Replies.RMI.stub(Replies.RMI.server, port: 1),
                Replies.RMI.exception("java.rmi.NoSuchObjectException"),
            ], .unknown, "exposure.rmi-names"),
        ProbeCase(
            "JMX elsewhere", .rmi, [Replies.RMI.acknowledgement, Replies.RMI.names(["jmxrmi"]), Replies.RMI.stub(Replies.RMI.server, port: 40_000)],
            .unknown, "exposure.jmx-elsewhere"),
        ProbeCase("a registry", .rmi, [Replies.RMI.acknowledgement, Replies.RMI.names(["a", "b"])], .unknown, "exposure.rmi-names"),
        ProbeCase(
            "a registry that breaks off", .rmi, [Replies.RMI.acknowledgement, Array(Replies.RMI.names(["a"]).dropLast())], .unknown,
            "exposure.session-broken"),
        ProbeCase("another protocol", .rmi, [[0x4F]], nil),
        ProbeCase("a web server", .rmi, texts: ["HTTP/1.1 400 Bad Request\r\n\r\n"], nil),
    ]

    static let windows = [
        ProbeCase("the endpoint mapper", .windowsRPC, [Replies.SMB.bound()], .unknown, "exposure.identified-only"),
        ProbeCase("one that won't bind", .windowsRPC, [Replies.SMB.packet(13, call: 1, [3, 0, 0, 0])], .unknown, "exposure.identified-only"),
        ProbeCase("an answer to another call", .windowsRPC, [Replies.SMB.packet(13, call: 7, [3, 0, 0, 0])], nil),
        ProbeCase("a web server", .windowsRPC, texts: ["HTTP/1.1 400 Bad Request\r\n\r\n"], nil),
        ProbeCase(
            "password", .winRM,
            texts: [
                Replies.HTTP.response("200 ", Replies.WinRM.identity, type: "application/soap+xml"),
                Replies.HTTP.response("401 ", "", headers: ["WWW-Authenticate: Negotiate"]),
            ], .required, "exposure.refused"),
        ProbeCase(
            "tells everybody", .winRM, texts: Array(repeating: Replies.HTTP.response("200 ", Replies.WinRM.identity), count: 2), .unknown,
            "exposure.identified-only"),
        ProbeCase("a web server", .winRM, texts: [Replies.HTTP.response("200 OK", "<html>/wsman</html>", type: "text/html")], nil),
        ProbeCase("a web server with a password", .winRM, texts: [Replies.HTTP.denied], nil),
    ]

    static let devices = [
        ProbeCase("open", .adb, [Replies.ADB.message("CNXN", 0x0100_0000, "device::ro.product.name=x;\0")], .notRequired, "exposure.adb-connected"),
        ProbeCase("a key", .adb, [Replies.ADB.message("AUTH", 1, "01234567890123456789")], .required, "exposure.refused"),
        ProbeCase("TLS", .adb, [Replies.ADB.message("STLS", 0x0100_0000, "")], .required, "exposure.refused"),
        ProbeCase("an echo", .adb, [Replies.ADB.message("CNXN", 0x0100_0000, "echo")], nil),
        ProbeCase("a message without its seal", .adb, [Array("CNXN".utf8) + [UInt8](repeating: 0, count: 20)], nil),
        ProbeCase("a web server", .adb, texts: ["HTTP/1.1 400 Bad Request\r\n\r\n"], nil),
        ProbeCase("Tomcat", .ajp, [[0x41, 0x42, 0, 1, 9]], .unknown, "exposure.ajp-pong"),
        ProbeCase("another packet", .ajp, [[0x41, 0x42, 0, 1, 5]], nil),
        ProbeCase("a web server", .ajp, texts: ["HTTP/1.1 400 Bad Request\r\n\r\n"], nil),
    ]

    private static func proxy(_ status: String, via: String? = nil, headers: [String] = []) -> String {
        Replies.HTTP.response(status, "", type: "text/html", headers: headers + (via.map { ["Via: \($0)"] } ?? []))
    }
    private static let once = "1.1 a (squid/5.7)"

    static let proxies = [
        ProbeCase(
            "a tunnel", .httpProxy,
            texts: [proxy("400 Bad Request", via: once), "HTTP/1.1 200 Connection established\r\n\r\n", proxy("400 Bad Request")], .notRequired,
            "exposure.proxy-tunnel"),
        ProbeCase(
            "relays", .httpProxy,
            texts: [proxy("400 Bad Request", via: once + ", " + once), proxy("403 Forbidden", via: once), proxy("400 Bad Request", via: once)],
            .notRequired, "exposure.proxy-relayed"),
        ProbeCase(
            "password", .httpProxy, texts: [proxy("407 Proxy Authentication Required", headers: ["Proxy-Authenticate: Basic realm=\"x\""])],
            .required,
            "exposure.refused"),
        ProbeCase(
            "this address not allowed", .httpProxy,
            texts: Array(repeating: proxy("403 Forbidden", via: once, headers: ["X-Squid-Error: ERR_ACCESS_DENIED 0"]), count: 3), .required,
            "exposure.refused"),
        ProbeCase(
            "a proxy of another mind", .httpProxy, texts: Array(repeating: proxy("502 Bad Gateway", headers: ["Proxy-Agent: x"]), count: 3), .unknown,
            "exposure.identified-only"),
        // Two steps in front of a web server are there whatever it is asked for.
        ProbeCase(
            "a web server behind two caches", .httpProxy, texts: Array(repeating: proxy("200 OK", via: "1.1 varnish, 1.1 varnish"), count: 3), nil),
        ProbeCase(
            "a web server that answers CONNECT with a page", .httpProxy, texts: Array(repeating: Replies.HTTP.response("200 OK", "<html>"), count: 3),
            nil),
        ProbeCase("an FTP server", .httpProxy, texts: ["220 FTP\r\n"], nil),
    ]
}
