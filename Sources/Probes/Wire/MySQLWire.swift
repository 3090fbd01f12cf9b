/// Packets of the MySQL client/server protocol, version 10.
enum MySQLWire {
    /// A greeting, a login's answer or one number in a row is never longer.
    static let longestPacket = 16 << 10

    /// ER_ACCESS_DENIED_ERROR, ER_HOST_NOT_PRIVILEGED, ER_DBACCESS_DENIED_ERROR, ER_ACCESS_DENIED_NO_PASSWORD_ERROR, ER_SECURE_TRANSPORT_REQUIRED,
    /// ER_NOT_SUPPORTED_AUTH_MODE, ER_ACCOUNT_HAS_BEEN_LOCKED of MySQL and of MariaDB.
    static let refusals: Set<Int> = [1045, 1130, 1044, 1698, 3159, 1251, 3118, 4151]
    /// Methods for which an empty answer is the empty password.
    static let passwordMethods = ["mysql_native_password", "caching_sha2_password"]
    static let quit: [UInt8] = packet(sequence: 0, [0x01])

    /// The parts of `Protocol::HandshakeV10` that matter.
    struct Greeting {
        let version: String?
        let relative: MySQLRelative
        let offersTLS: Bool

        init?(_ packet: [UInt8]) {
            var reader = ByteReader(packet)
            guard reader.byte() == 10, let version = reader.terminated(), (1...64).contains(version.count),
                reader.take(4 + 8 + 1) != nil, let capabilities = reader.little(2), capabilities & 0x0200 != 0
            else { return nil }
            // MariaDB puts 5.5.5- before its own version, for old replicas.
            let mark = Array("5.5.5-".utf8)
            self.version = PeerText.version(version.starts(with: mark) ? version.dropFirst(mark.count) : version)
            relative = MySQLRelative(greeting: String(decoding: version, as: UTF8.self))
            offersTLS = capabilities & Capability.tls != 0
        }
    }

    private enum Capability {
        static let tls: UInt64 = 0x0800
        /// LONG_PASSWORD, PROTOCOL_41, TRANSACTIONS, SECURE_CONNECTION, PLUGIN_AUTH.
        static let login: UInt32 = 0x0001 | 0x0200 | 0x2000 | 0x8000 | 0x0008_0000
    }

    static func packet(sequence: UInt8, _ payload: [UInt8]) -> [UInt8] {
        [UInt8(truncatingIfNeeded: payload.count), UInt8(truncatingIfNeeded: payload.count >> 8), 0, sequence] + payload
    }

    /// `Protocol::SSLRequest`: the head of a login that asks for TLS.
    static func sslRequest(sequence: UInt8) -> [UInt8] { packet(sequence: sequence, head(insideTLS: true)) }

    /// `Protocol::HandshakeResponse41` with an empty password.
    static func login(user: String, insideTLS: Bool, sequence: UInt8) -> [UInt8] {
        var payload = head(insideTLS: insideTLS)
        payload.appendTerminated(user)
        payload.append(0)
        payload.appendTerminated("mysql_native_password")
        return packet(sequence: sequence, payload)
    }

    private static func head(insideTLS: Bool) -> [UInt8] {
        var head: [UInt8] = []
        head.appendLittle(Capability.login | (insideTLS ? UInt32(Capability.tls) : 0))
        head.appendLittle(UInt32(1 << 24))
        // utf8_general_ci, then 23 reserved bytes.
        return head + [33] + [UInt8](repeating: 0, count: 23)
    }

    /// 0 when the packet is no error.
    static func errorCode(_ packet: [UInt8]) -> Int {
        var reader = ByteReader(packet)
        guard reader.byte() == 0xFF, let code = reader.little(2) else { return 0 }
        return Int(code)
    }

    /// The number in a row of one column of a text result set.
    static func number(inRow packet: [UInt8]) -> Int? {
        guard let length = packet.first, length < 20, packet.count == Int(length) + 1, let value = decimal(packet.dropFirst()), value >= 0 else {
            return nil
        }
        return value
    }
}
