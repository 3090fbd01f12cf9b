/// Which of the servers that speak PostgreSQL's protocol this is, as far as it shows.
struct PostgreSQLRelative {
    /// Nil for PostgreSQL itself, and for whoever passes for it.
    private(set) var product: String?

    var service: Service { product == "KingbaseES" ? .kingbase : .postgreSQL }

    /// The way in which a proof of identity is asked for. openGauss and GaussDB give 10 (PostgreSQL: SASL) a meaning of their own, SHA-256: how the
    /// password is stored (0…3), and a nonce of 64 hexadecimal digits; 13 is the same with SM3.
    mutating func note(request kind: UInt64, _ body: ArraySlice<UInt8>) {
        var reader = ByteReader(body)
        guard kind == 10 || kind == 13, let method = reader.big(4), method <= 3, let nonce = reader.take(64), nonce.allSatisfy(Self.isHexadecimal)
        else {
            return
        }
        product = "openGauss"
    }

    /// A parameter that the server reports to a new session.
    mutating func note(parameter name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
        switch String(decoding: name, as: UTF8.self) {
        case "crdb_version": product = "CockroachDB"
        case "server_version":
            let text = String(decoding: value.prefix(64), as: UTF8.self).lowercased()
            product = product ?? Self.marks.first { text.contains($0.mark) }?.product
        default: break
        }
    }

    private static let marks = [
        (mark: "-yb-", product: "YugabyteDB"), (mark: "kingbase", product: "KingbaseES"), (mark: "opengauss", product: "openGauss"),
        (mark: "gaussdb", product: "GaussDB"), (mark: "vastbase", product: "Vastbase"), (mark: "polardb", product: "PolarDB"),
    ]

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) || (0x41...0x46).contains(byte)
    }
}
