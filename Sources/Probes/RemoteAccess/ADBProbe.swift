import Findings

/// The Android Debug Bridge (`protocol.txt` of the Android Open Source Project). Says CNXN; a device answers CNXN to whom it admits, AUTH or STLS to
/// whom it doesn't know. No key is sent, which would raise a question on its screen, and no stream is opened.
struct ADBProbe: Probe {
    static let service = Service.adb
    static let speaksInsideTLS = false

    private static let headerLength = 24
    private static let most: UInt64 = 256 << 10

    private var buffer: [UInt8] = []

    init(_ peer: ProbePeer) {}

    mutating func connected() -> ProbeAction {
        let payload = Array("host::".utf8) + [0]
        return .send(Self.message("CNXN", 0x0100_0000, 4_096, payload))
    }

    mutating func received(_ bytes: [UInt8]) -> ProbeAction {
        buffer += bytes
        let known = ["CNXN", "AUTH", "STLS"]
        guard known.contains(where: { $0.utf8.starts(with: buffer.prefix(4)) }) else { return .done(.other) }
        var reader = ByteReader(buffer)
        guard let command = reader.little(4), let version = reader.little(4), reader.little(4) != nil, let length = reader.little(4),
            reader.little(4) != nil, let magic = reader.little(4)
        else { return .needMore }
        guard command ^ 0xFFFF_FFFF == magic, length <= Self.most else { return .done(.other) }
        guard let payload = reader.take(Int(length)) else { return .needMore }
        switch buffer.prefix(4).text {
        case "CNXN":
            guard version >= 0x0100_0000, version < 0x0200_0000,
                // Not "host:", which is ourselves: a server that echoes is none.
                ["device:", "bootloader:", "recovery:", "sideload:"].contains(where: { payload.starts(with: $0.utf8) })
            else { return .done(.other) }
            return .done(reading(.notRequired, Message("exposure.adb-connected")))
        case "AUTH": return .done(reading(.required, Message("exposure.refused", ["reply": "AUTH"])))
        default: return .done(reading(.required, Message("exposure.refused", ["reply": "STLS"])))
        }
    }

    mutating func ended(_ end: ProbeEnd) -> ProbeAction { .done(.other) }

    private func reading(_ authentication: ServiceReading.Authentication, _ message: Message) -> ProbeResult {
        .recognised(ServiceReading(Self.service, authentication, evidence: [message]))
    }

    private static func message(_ command: String, _ first: UInt32, _ second: UInt32, _ payload: [UInt8]) -> [UInt8] {
        let name = Array(command.utf8)
        var bytes = name
        bytes.appendLittle(first)
        bytes.appendLittle(second)
        bytes.appendLittle(UInt32(truncatingIfNeeded: payload.count))
        bytes.appendLittle(payload.reduce(UInt32(0)) { $0 &+ UInt32($1) })
        return bytes + name.map { ~$0 } + payload
    }
}
