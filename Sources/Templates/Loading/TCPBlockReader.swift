/// Reads one block of `tcp` (formerly `network`) or of `ssl`.
struct TCPBlockReader {
    private var section: YAMLSection
    private let isGranted: Bool

    init(_ section: YAMLSection, isGranted: Bool) {
        self.section = section
        self.isGranted = isGranted
    }

    private func place(_ key: String) -> String { "\(section.path).\(key)" }

    mutating func read() throws(TemplateRefusal) -> TemplateBlock {
        if try section.boolean("self-contained") { throw TemplateRefusal(.selfContained) }
        let payloads = try PayloadsReader.read(&section, isGranted: isGranted)
        var addresses: [TextPattern] = []
        for text in try section.texts("host") + section.texts("address") { addresses.append(try TextPattern.read(text, place("host"))) }
        guard !addresses.isEmpty else { throw TemplateRefusal(.noRequests, place("host")) }
        let inputs = try inputs()
        section.ignore("threads", "read-all", "name")
        let block = TCPBlock(
            addresses: addresses, ports: try ports("port"), excludedPorts: Set(try ports("exclude-ports")), inputs: inputs,
            readSize: min(max(1, try section.integer("read-size") ?? TemplateLimits.readBytes), TemplateLimits.maximumReadBytes))
        let operators = try OperatorsReader.read(&section)
        let result = TemplateBlock(
            id: try section.text("id"), content: .tcp(block), operators: operators, payloads: payloads,
            stopsAtFirstMatch: try section.boolean("stop-at-first-match"))
        try section.finish()
        return result
    }

    private mutating func ports(_ key: String) throws(TemplateRefusal) -> [Int] {
        var result: [Int] = []
        for text in try section.texts(key).flatMap({ $0.split(separator: ",") }) {
            guard let port = Int(String(text).trimmingSpaces()), (1...65_535).contains(port) else {
                throw TemplateRefusal(.invalidStructure, place(key))
            }
            result.append(port)
        }
        return result
    }

    private mutating func inputs() throws(TemplateRefusal) -> [TCPBlock.Input] {
        let trees = try section.list("inputs")
        guard trees.count <= TemplateLimits.inputs else { throw TemplateRefusal(.tooManyRequests, place("inputs")) }
        var result: [TCPBlock.Input] = []
        for (index, tree) in trees.enumerated() {
            var input = try YAMLSection(tree, place("inputs[\(index)]"))
            let type = try input.text("type") ?? "text"
            guard ["text", "hex", ""].contains(type) else { throw TemplateRefusal(.unsupportedKey, "\(input.path).type") }
            let data = try input.text("data")
            if type == "hex", let data, !data.contains("{{"), Bytes.fromHexadecimal(Array(data.utf8)) == nil {
                throw TemplateRefusal(.invalidStructure, "\(input.path).data: no hexadecimal")
            }
            if let data { try judge(data, isHexadecimal: type == "hex") }
            let pattern = try data.map { text throws(TemplateRefusal) in try TextPattern.read(text, "\(input.path).data") }
            result.append(
                TCPBlock.Input(
                    data: pattern, isHexadecimal: type == "hex",
                    read: try input.integer("read").map { min($0, TemplateLimits.maximumReadBytes) }, name: try input.text("name")))
            try input.finish()
        }
        return result
    }

    /// Commands of databases, brokers and mail servers that change something. No list is whole; these are the ones that public templates have sent.
    private static let changingCommands = [
        "FLUSHALL", "FLUSHDB", "CONFIG SET", "CONFIG REWRITE", "SLAVEOF", "REPLICAOF", "SHUTDOWN", "MODULE LOAD", "BGSAVE", "SCRIPT FLUSH",
        "FLUSH_ALL",
        "DROP TABLE", "DROP DATABASE", "DELETE FROM", "INSERT INTO", "TRUNCATE TABLE", "ALTER TABLE", "CREATE TABLE", "CREATE USER", "COPY ", "STOR ",
        "DELE ", "RMD ", "MKD ", "RCPT TO",
    ]

    /// HTTP over a bare connection has the same rules as `http`.
    private func judge(_ data: String, isHexadecimal: Bool) throws(TemplateRefusal) {
        guard !isGranted else { return }
        var bytes = Array(data.utf8)
        if isHexadecimal, let decoded = Bytes.fromHexadecimal(bytes) { bytes = decoded }
        let text = bytes.map(Bytes.uppercase)
        for method in ["POST ", "PUT ", "DELETE ", "PATCH ", "CONNECT ", "TRACE ", "PROPFIND "]
        where text.starts(with: method.utf8) && Bytes.find(Array("HTTP/1.".utf8), in: text) != nil {
            throw TemplateRefusal(.method, method.trimmingSpaces())
        }
        for command in TCPBlockReader.changingCommands where Bytes.find(Array(command.utf8), in: text) != nil {
            throw TemplateRefusal(.intrusive, command.trimmingSpaces())
        }
    }

    mutating func readTLS() throws(TemplateRefusal) -> TemplateBlock {
        let address = try TextPattern.read(try section.text("address") ?? "{{Host}}:{{Port}}", place("address"))
        // Which library makes the handshake does not change what a certificate says.
        section.ignore("scan_mode", "scan-mode", "name")
        let block = TLSBlock(address: address, minimumVersion: try version("min_version"), maximumVersion: try version("max_version"))
        let operators = try OperatorsReader.read(&section)
        let result = TemplateBlock(
            id: try section.text("id"), content: .tls(block), operators: operators, payloads: TemplatePayloads(), stopsAtFirstMatch: false)
        try section.finish()
        return result
    }

    private mutating func version(_ key: String) throws(TemplateRefusal) -> String? {
        guard let text = try section.text(key), !text.isEmpty else { return nil }
        let known = ["sslv3": "ssl30", "ssl30": "ssl30", "tls10": "tls10", "tls11": "tls11", "tls12": "tls12", "tls13": "tls13"]
        guard let version = known[text.lowercased()] else { throw TemplateRefusal(.invalidStructure, place(key)) }
        return version
    }
}
