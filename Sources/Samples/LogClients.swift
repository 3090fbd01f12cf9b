/// The clients of a sample log: addresses, user agents, how often each comes.
struct LogClients {
    struct Client {
        /// Dotted decimal.
        var text: [UInt8]
        /// ISO 3166-1 alpha-2.
        var region: String
        var agent: Int
    }

    let clients: [Client]
    /// Indices in `clients`.
    let domestic: Range<Int>
    let overseas: Range<Int>
    let thieves: Range<Int>

    static let domesticCount = 4_000
    static let overseasCount = 160

    /// - Parameter thieves: how many addresses take records.
    init(seed: UInt64, thieves count: Int) {
        var random = SampleRandom(seed: seed, stream: 2)
        var blocks: [(region: String, prefix: [UInt8])] = []
        for line in AddressBlocks.data.split(separator: "\n") {
            let fields = line.split(separator: " ")
            for prefix in fields.dropFirst() { blocks.append((String(fields[0]), Array(prefix.utf8) + [0x2E])) }
        }
        let mainland = blocks.filter { $0.region == "CN" }
        let neighbours = blocks.filter { ["HK", "MO", "TW"].contains($0.region) }
        let abroad = blocks.filter { !["CN", "HK", "MO", "TW"].contains($0.region) }
        var seen: Set<[UInt8]> = []
        var clients: [Client] = []
        func add(_ choice: [(region: String, prefix: [UInt8])], agents: Range<Int>) {
            while true {
                let block = choice[random.below(choice.count)]
                var text = block.prefix
                text.appendDecimal(random.below(256))
                text.append(0x2E)
                text.appendDecimal(1 + random.below(254))
                guard seen.insert(text).inserted else { continue }
                clients.append(Client(text: text, region: block.region, agent: agents.lowerBound + random.below(agents.count)))
                return
            }
        }
        for _ in 0..<LogClients.domesticCount { add(mainland, agents: LogTexts.people) }
        domestic = 0..<clients.count
        for index in 0..<LogClients.overseasCount {
            add(index % 4 == 0 ? neighbours : abroad, agents: index % 5 == 4 ? LogTexts.tools : LogTexts.people)
        }
        overseas = domestic.upperBound..<clients.count
        for _ in 0..<max(0, count) { add(abroad, agents: LogTexts.scripts) }
        self.thieves = overseas.upperBound..<clients.count
        self.clients = clients
    }
}
