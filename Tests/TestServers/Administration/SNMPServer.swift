import Foundation

/// An snmpd of its own for one test: the community `public` may read, or only an account of version 3 may.
package struct SNMPServer: ChangeableServer {
    private let server: RunningServer

    package static func with(_ variant: ServerVariant, _ body: (SNMPServer) async throws -> Void) async throws {
        try await RunningServer.with(
            "snmpd", variant,
            configure: { folder, ports in
                let access =
                    variant.needsLogin
                    ? ["createUser \(ServerVariant.user) SHA \(ServerVariant.password) AES", "rouser \(ServerVariant.user) authpriv"]
                    : ["rwcommunity public"]
                let lines = ["agentaddress udp:\(Loopback.host):\(ports[0])", "sysName clinic"] + access
                let state = try folder.makeFolder("state")
                return ServerProgram(
                    path: "/usr/sbin/snmpd",
                    arguments: ["-f", "-Lo", "-C", "-c", try folder.put(lines, at: "snmpd.conf"), "-I", "-smux", "-p", folder.path("pid"), "-d"],
                    environment: ["SNMP_PERSISTENT_DIR": state, "SNMPCONFPATH": folder.url.path, "MIBS": ""])
            },
            isReady: { Loopback.exchange(port: $0[0], request: SNMPPacket.discovery, udp: true)?.first == 0x30 },
            { try await body(SNMPServer(server: $0)) })
    }

    package var expectations: [ServiceExpectation] { [ServiceExpectation("snmp", port: server.port, server.variant, isUDP: true)] }

    package func snapshot() async throws -> ServerSnapshot {
        var snapshot = ServerSnapshot()
        if server.variant == .open {
            // sysContact, sysName and sysLocation.
            snapshot["system group"] = try [4, 5, 6].map { try SNMPPacket.systemObject($0, port: server.port) }.joined(separator: ", ")
        }
        snapshot.addFile(server.folder.path("snmpd.conf"), as: "snmpd.conf")
        snapshot.addFiles(below: server.folder.path("state"))
        return snapshot
    }

    package func change() async throws {
        let binding = SNMPPacket.value(0x30, SNMPPacket.value(0x30, [6, 8, 0x2B, 6, 1, 2, 1, 1, 6, 0] + SNMPPacket.value(4, Array("ward 8".utf8))))
        _ = Loopback.exchange(port: server.port, request: SNMPPacket.request(0xA3, binding), udp: true)
    }

    /// The kinds of requests, from the packets that the agent shows as it receives them.
    package func commandLog() async throws -> [String] {
        SNMPPacket.dumps(in: server.folder.output).map { SNMPPacket.kind(of: $0) }
    }
}

/// Just enough of SNMP (RFC 3416, RFC 3412) for the tests.
enum SNMPPacket {
    /// A request of version 3 that every agent answers with its name (RFC 3414, 4).
    static var discovery: [UInt8] {
        let header = value(0x30, [2, 1, 7, 2, 3, 0, 0xFF, 0xE3, 4, 1, 4, 2, 1, 3])
        let security = value(4, value(0x30, [4, 0, 2, 1, 0, 2, 1, 0, 4, 0, 4, 0, 4, 0]))
        let request = value(0x30, [4, 0, 4, 0] + value(0xA0, [2, 1, 7, 2, 1, 0, 2, 1, 0, 0x30, 0]))
        return value(0x30, [2, 1, 3] + header + security + request)
    }

    /// One object of the system group, as bytes: read by version 2c with the community `public`.
    static func systemObject(_ number: UInt8, port: UInt16) throws -> String {
        let binding = value(0x30, value(0x30, [6, 8, 0x2B, 6, 1, 2, 1, 1, number, 0, 5, 0]))
        guard let reply = Loopback.exchange(port: port, request: request(0xA0, binding), udp: true) else { throw TestServerError.closed }
        return "\(reply)"
    }

    /// Of version 2c, with the community `public`.
    static func request(_ kind: UInt8, _ bindings: [UInt8]) -> [UInt8] {
        value(0x30, [2, 1, 1] + value(4, Array("public".utf8)) + value(kind, [2, 1, 7, 2, 1, 0, 2, 1, 0] + bindings))
    }

    /// Packets that `snmpd -d` shows as received: `Received N byte packet from …`, then lines of `offset: hexadecimal bytes  text`.
    static func dumps(in text: String) -> [[UInt8]] {
        var packets: [[UInt8]] = []
        var isReceived = false
        for line in text.split(separator: "\n") {
            if line.hasPrefix("Received ") || line.hasPrefix("Sending ") {
                isReceived = line.hasPrefix("Received ") && line.contains("byte packet")
                if isReceived { packets.append([]) }
            } else if isReceived, let match = line.firstMatch(of: /^[0-9]{4}: ((?:[0-9A-F]{2} +){1,16})/) {
                packets[packets.count - 1] += match.1.split(separator: " ").compactMap { UInt8($0, radix: 16) }
            }
        }
        return packets
    }

    /// The version, and the request in the clear: `2c GET`.
    static func kind(of packet: [UInt8]) -> String {
        let fields = children(of: packet[...])
        guard fields.count > 2, let version = fields[0].content.first else { return "no SNMP" }
        let scoped = version == 3 ? fields.last.map { children(of: $0.whole) }?.last : fields[2]
        let names: [UInt8: String] = [0xA0: "GET", 0xA1: "GET-NEXT", 0xA3: "SET", 0xA5: "GET-BULK", 0xA6: "INFORM", 0xA7: "TRAP"]
        return "\([0: "1", 1: "2c", 3: "3"][version] ?? "?") \(scoped?.whole.first.flatMap { names[$0] } ?? "encrypted")"
    }

    private static func children(of bytes: ArraySlice<UInt8>) -> [(whole: ArraySlice<UInt8>, content: ArraySlice<UInt8>)] {
        guard let outer = element(bytes) else { return [] }
        var rest = outer.content
        var found: [(ArraySlice<UInt8>, ArraySlice<UInt8>)] = []
        while let next = element(rest) {
            found.append((rest.prefix(next.length), next.content))
            rest = rest.dropFirst(next.length)
        }
        return found
    }

    private static func element(_ bytes: ArraySlice<UInt8>) -> (content: ArraySlice<UInt8>, length: Int)? {
        guard bytes.count >= 2 else { return nil }
        let first = bytes[bytes.startIndex + 1]
        let extra = first < 0x80 ? 0 : Int(first & 0x7F)
        guard extra <= 2, bytes.count >= 2 + extra else { return nil }
        let length = extra == 0 ? Int(first) : bytes.dropFirst(2).prefix(extra).reduce(0) { $0 << 8 | Int($1) }
        guard bytes.count >= 2 + extra + length else { return nil }
        return (bytes.dropFirst(2 + extra).prefix(length), 2 + extra + length)
    }

    /// Contents below 128 bytes.
    static func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] { [tag, UInt8(truncatingIfNeeded: content.count)] + content }
}
