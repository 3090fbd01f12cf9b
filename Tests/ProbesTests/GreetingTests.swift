import Probes
import TestSupport
import Testing

@Suite("Greetings")
struct GreetingTests {
    private func talk(_ peer: PretendPeer, cut: ([UInt8]) -> [[UInt8]] = { [$0] }) -> ProbeRun {
        ProbeRun.talk(ProbeSession(GreetingProbe(ProbePeer(host: "192.0.2.1", port: 1))), peer, cut: cut)
    }

    static let greetings: [(String, Service?)] = [
        ("SSH-2.0-OpenSSH_9.2p1\r\n", .ssh), ("RFB 003.008\n", .vnc), ("@RSYNCD: 31.0\n", .rsync), ("+OK ready\r\n", .pop3),
        ("* OK IMAP4rev1 ready\r\n", .imap), ("INFO {\"server_id\":\"x\"}\r\n", .nats), ("220 (vsFTPd 3.0.3)\r\n", .ftp),
        ("220---------- Welcome to Pure-FTPd ----------\r\n220 You\r\n", .ftp), ("220 ftp.example.org ESMTP Postfix\r\n", .smtp),
        ("220 smtp.example.org FTP server ready\r\n", .ftp), ("220 mail.example.org ESMTP\r\n", .smtp),
        ("220-FileZilla Server 1.8.1\r\n220 Please visit\r\n", .ftp), ("2200 things to know about\r\n", nil),
        ("HTTP/1.1 400 Bad Request\r\n\r\n", nil), ("hello, this is somebody else\r\n", nil), ("* OKAY, here we are now\r\n", nil), ("", nil),
    ]

    @Test("a server is known by its greeting, wherever it is cut", arguments: greetings)
    func known(_ greeting: String, _ service: Service?) {
        let bytes = Array(greeting.utf8)
        for place in 0...bytes.count {
            let run = talk(PretendPeer(greeting: bytes) { _, _, _ in .silence }) { [Array($0.prefix(place)), Array($0.dropFirst(place))] }
            #expect(run.reading?.service == service)
            #expect(run.sent.isEmpty)
        }
    }

    @Test("binary greetings are known")
    func binary() {
        for (greeting, service) in [
            (Replies.MySQL.greeting(), Service.mySQL), ([0xFF, 0xFD, 0x18], .telnet),
            ([0, 0, 1, 0x2E, 1] + Array("ActiveMQ".utf8) + [0, 0, 0, 12], .activeMQ),
        ] {
            #expect(talk(PretendPeer(greeting: greeting) { _, _, _ in .silence }).reading?.service == service)
        }
    }

    @Test(
        "FTP and SMTP that greet alike are told apart by NOOP",
        arguments: [
            ("200 NOOP ok.\r\n", Service.ftp), ("530 Please login.\r\n", .ftp), ("250 2.0.0 Ok\r\n", .smtp), ("500 what?\r\n", nil), ("hm\r\n", nil),
        ])
    func numbered(_ answer: String, _ service: Service?) {
        let run = talk(PretendPeer(greeting: Array("220 Welcome\r\n".utf8)) { _, _, _ in .bytes(Array(answer.utf8)) })
        #expect(run.sent == [Array("NOOP\r\n".utf8)])
        #expect(run.reading?.service == service)
        #expect(run.farewell == (service == nil ? [] : Array("QUIT\r\n".utf8)))
    }
}
