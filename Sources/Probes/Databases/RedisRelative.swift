/// Which of the servers that speak Redis's protocol this is, by the section `Server` of its INFO.
struct RedisRelative {
    /// Nil for Redis itself.
    let product: String?
    let version: String?

    init(information: ArraySlice<UInt8>) {
        var fields: [String: ArraySlice<UInt8>] = [:]
        // More lines than any server's section has are somebody's joke.
        for line in information.split(maxSplits: 256, whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon - line.startIndex <= 40 else { continue }
            let name = String(decoding: line[..<colon], as: UTF8.self)
            fields[name] = fields[name] ?? line[(colon + 1)...]
        }
        // Dragonfly's begins with letters: `df-v1.21.2`.
        func number(_ name: String) -> String? { fields[name].flatMap { PeerText.version($0.drop { !(0x30...0x39).contains($0) }) } }
        // KeyDB publishes nothing of its own there but the name of its program.
        let program = fields["executable"].map { String(decoding: $0.prefix(512), as: UTF8.self) }?.split(separator: "/").last
        if let own = Self.own.first(where: { fields[$0.field] != nil }) {
            (product, version) = (own.product, number(own.field))
        } else if fields["server_name"]?.elementsEqual("valkey".utf8) == true {
            (product, version) = ("Valkey", number("redis_version"))
        } else if program?.hasPrefix("keydb-server") == true {
            (product, version) = ("KeyDB", number("redis_version"))
        } else {
            (product, version) = (nil, number("redis_version"))
        }
    }

    /// Servers that tell their own version beside the one of Redis that they are compatible with.
    private static let own = [
        (field: "valkey_version", product: "Valkey"), (field: "dragonfly_version", product: "Dragonfly"),
        (field: "keydb_version", product: "KeyDB"), (field: "kvrocks_version", product: "Kvrocks"), (field: "pika_version", product: "Pika"),
        (field: "garnet_version", product: "Garnet"),
    ]
}
