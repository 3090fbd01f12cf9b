import Findings
import Probes
import TestSupport
import Testing

/// Conversations with remote access that take more than a list of replies.
@Suite("Conversations with remote access")
struct RemoteAccessConversationTests {
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test("VNC is left before a screen is shared")
    func readOnlyVNC() {
        let run = ProbeRun.talk(.vnc, ProbeCases.screens[0].peer)
        #expect(run.sent == [Array("RFB 003.008\n".utf8), [1]])
        #expect(run.farewell.isEmpty)
    }

    @Test("both extensions of VNC are looked into, each on a connection of its own", arguments: [true, false])
    func extensions(open: Bool) {
        let peer = PretendPeer(greeting: Replies.VNC.version()) { request, connection, turn in
            switch turn {
            case 0: return .bytes([3, 2, 16, 19])
            case 1 where request == [19]: return .bytes([0, 2])
            case 1:
                let capability = Replies.VNC.capability(open ? 1 : 2, open ? "STDVNOAUTH__" : "STDVVNCAUTH_")
                return .bytes(Replies.big(UInt32(0)) + Replies.big(UInt32(1)) + capability)
            default: return .bytes([0, 1, 0, 0, 1, 2])
            }
        }
        let run = ProbeRun.talk(.vnc, peer)
        #expect(run.connections == 2)
        #expect(run.authentication == (open ? .notRequired : .required))
    }

    @Test("Telnet's options are refused, and nothing is typed")
    func readOnlyTelnet() {
        let greeting: [UInt8] = [0xFF, 0xFD, 0x18, 0xFF, 0xFB, 0x01, 0xFF, 0xFE, 0x03, 0xFF, 0xFC, 0x05]
        let run = ProbeRun.talk(.telnet, PretendPeer(greeting: greeting) { _, _, _ in .bytes(Array("login: ".utf8)) })
        #expect(run.sent == [[0xFF, 0xFC, 0x18, 0xFF, 0xFE, 0x01]])
        #expect(run.farewell.isEmpty)
    }

    @Test("a Telnet server that negotiates for ever is left")
    func endlessTelnet() {
        let run = ProbeRun.talk(.telnet, PretendPeer(greeting: [0xFF, 0xFD, 0x18]) { _, _, _ in .bytes([0xFF, 0xFD, 0x18]) })
        #expect(run.authentication == .unknown)
        #expect(run.sent.count <= 65)
    }

    @Test("a JMX connection that was given is closed, and called only on the port that was asked for")
    func jmx() {
        let open = ProbeRun.talk(.rmi, ProbeCases.java.first { $0.name == "JMX open" }?.peer ?? .script([]))
        #expect(open.sent.count == 5)
        // RMIConnection.close() on the object that was returned.
        #expect(open.sent.last?.suffix(8) == [0xBE, 0x2E, 0x5B, 0xC7, 0x80, 0x9D, 0x0D, 0xCC])
        let elsewhere = ProbeRun.talk(.rmi, ProbeCases.java.first { $0.name == "JMX elsewhere" }?.peer ?? .script([]))
        #expect(elsewhere.sent.count == 3)
        #expect(elsewhere.reading?.evidence.first?.facts["port"] == "40000")
    }

    @Test("a JMX connection counts even when its closing isn't answered")
    func jmxBreaksOff() {
        let replies = ProbeCases.java.first { $0.name == "JMX open" }?.replies.dropLast() ?? []
        #expect(ProbeRun.talk(.rmi, .script(replies.map { .bytes($0) })).authentication == .notRequired)
    }

    @Test("versions are read", arguments: [(Service.jdwp, "OpenJDK", "17.0.15"), (.x11, "X.Org", "21.1.7")])
    func versions(_ service: Service, _ product: String, _ version: String) {
        let reading = ProbeCases.remoteAccess.first { $0.service == service }.map { ProbeRun.talk(service, $0.peer) }?.reading
        #expect(reading?.product == product)
        #expect(reading?.version == version)
    }

    @Test("SSH and mail servers tell product and version")
    func greetings() {
        let ssh = ProbeRun.talk(.ssh, ProbeCases.shells[0].peer).reading
        #expect(ssh?.product == "OpenSSH")
        #expect(ssh?.version == "9.2p1")
        let exim = PretendPeer(greeting: Array("220 mail.example.org ESMTP Exim 4.96 Tue\r\n".utf8)) { _, _, _ in .silence }
        let mail = ProbeRun.talk(.smtp, exim)
        #expect(mail.reading?.product == "Exim")
        #expect(mail.reading?.version == "4.96")
        #expect(mail.sent.isEmpty)
    }

    @Test(
        "a proxy is asked for itself alone, whatever the target is called",
        arguments: [("192.0.2.1", "192.0.2.1:3128"), ("2001:db8::1", "[2001:db8::1]:3128"), ("proxy.example.org", "127.0.0.1:3128")])
    func proxyScope(_ host: String, _ authority: String) {
        guard let probe = ProbeRegistry.probe(for: .httpProxy) else { return }
        let session = ProbeSession(probe.init(ProbePeer(host: host, port: 3_128, expected: .httpProxy)))
        let run = ProbeRun.talk(session, PretendPeer { _, _, _ in .bytes(Array("HTTP/1.1 502 x\r\nProxy-Agent: x\r\n\r\n".utf8)) })
        #expect(
            run.sent.map { text($0).split(separator: "\r\n")[0] } == [
                "GET http://\(authority)/ HTTP/1.1", "CONNECT \(authority) HTTP/1.1", "GET / HTTP/1.1",
            ])
        #expect(run.sent.allSatisfy { text($0).contains("\r\nHost: \(authority)\r\n") })
    }

    @Test("a tunnel through which nobody answers proves nothing")
    func deadTunnel() {
        let peer = PretendPeer { request, connection, turn in
            guard connection == 1 else { return .bytes(Array("HTTP/1.1 400 x\r\nProxy-Agent: x\r\nContent-Length: 0\r\n\r\n".utf8)) }
            return turn == 0 ? .bytes(Array("HTTP/1.1 200 ok\r\n\r\n".utf8)) : .silence
        }
        #expect(ProbeRun.talk(.httpProxy, peer).authentication == .unknown)
    }

    @Test("an ordinary web server gets one request of a proxy's, where none is expected")
    func webServer() {
        guard let probe = ProbeRegistry.probe(for: .httpProxy) else { return }
        let session = ProbeSession(probe.init(ProbePeer(host: "192.0.2.1", port: 80)))
        let run = ProbeRun.talk(session, .texts(Replies.HTTP.response("200 OK", "<html>", type: "text/html")))
        #expect(run.result == .other)
        #expect(run.sent.count == 1)
    }
}
