/// Writes the lines of one hour after the other, and counts what it writes.
struct LogWriter {
    /// The lines of the hour written last.
    private(set) var bytes: [UInt8] = []

    private let clients: LogClients
    private var random: SampleRandom
    private let domesticPer10000: Int
    private var line = LogLine()
    private var counts: [Count]
    private var firstSecond: Int?
    private var lastSecond: Int?
    private var nextThief = 0
    /// The record that each thief asks for next.
    private var cursors: [Int]

    private struct Count {
        var requests = 0
        var bytes = 0
        var first = 0
        var last = 0
    }

    init(clients: LogClients, random: SampleRandom, domesticPer10000: Int) {
        self.clients = clients
        self.random = random
        self.domesticPer10000 = domesticPer10000
        counts = Array(repeating: Count(), count: clients.clients.count)
        cursors = clients.thieves.indices.map { 100_000 + ($0 - clients.thieves.lowerBound) * 1_000_000 }
    }

    /// Both kinds of requests come evenly spread over the slot, jittered, in order of time.
    mutating func write(_ slot: LogTimetable.Slot) {
        bytes.removeAll(keepingCapacity: true)
        let span = Double(slot.end - slot.start)
        var visit = 0
        var theft = 0
        var nextVisit = time(visit, of: slot.visits, span)
        var nextTheft = time(theft, of: slot.thefts, span)
        while visit < slot.visits || theft < slot.thefts {
            if nextVisit <= nextTheft {
                writeVisit(at: slot.start + Int(nextVisit))
                visit += 1
                nextVisit = time(visit, of: slot.visits, span)
            } else {
                writeTheft(at: slot.start + Int(nextTheft))
                theft += 1
                nextTheft = time(theft, of: slot.thefts, span)
            }
        }
    }

    private mutating func time(_ index: Int, of count: Int, _ span: Double) -> Double {
        index < count ? (Double(index) + random.fraction()) / Double(count) * span : .infinity
    }

    private mutating func writeVisit(at second: Int) {
        let isDomestic = random.happens(per10000: domesticPer10000)
        let pool = isDomestic ? clients.domestic : clients.overseas
        // The smaller of two draws: some come often, most seldom.
        let client = pool.lowerBound + min(random.below(pool.count), random.below(pool.count))
        let request = LogTexts.requests[LogTexts.requestWeights.draw(&random) % LogTexts.requests.count]
        var status = request.status
        var size = request.smallest + random.below(request.spread)
        let fate = random.below(1_000)
        switch fate {
        case ..<45 where request.status == 200:
            status = 304
            size = 0
        case 45..<63:
            status = 404
            size = 153
        case 63..<75:
            status = 401
            size = 88
        case 75..<79:
            status = 502
            size = 157
        default: break
        }
        line.appendHead(clients.clients[client].text, second: second, to: &bytes)
        bytes.append(contentsOf: request.before)
        if request.largestNumber > 0 {
            bytes.appendDecimal(1 + random.below(request.largestNumber))
            bytes.append(contentsOf: request.after)
        }
        let referrer = LogTexts.referrerWeights.draw(&random)
        line.appendTail(status: status, size: size, referrer: referrer, agent: clients.clients[client].agent, to: &bytes)
        count(client, size, second)
    }

    private mutating func writeTheft(at second: Int) {
        let thief = nextThief
        nextThief = (nextThief + 1) % max(1, clients.thieves.count)
        let client = clients.thieves.lowerBound + thief
        cursors[thief] += 1
        let size = 24_000 + random.below(72_000)
        line.appendHead(clients.clients[client].text, second: second, to: &bytes)
        bytes.append(contentsOf: LogWriter.theftBefore)
        bytes.appendDecimal(cursors[thief])
        bytes.append(contentsOf: LogWriter.theftAfter)
        line.appendTail(status: 200, size: size, referrer: 0, agent: clients.clients[client].agent, to: &bytes)
        count(client, size, second)
    }

    private mutating func count(_ client: Int, _ size: Int, _ second: Int) {
        if counts[client].requests == 0 { counts[client].first = second }
        counts[client].requests += 1
        counts[client].bytes += size
        counts[client].last = second
        if firstSecond == nil { firstSecond = second }
        lastSecond = second
    }

    func truth(gaps: [GroundTruth.Gap]) -> GroundTruth {
        var truth = GroundTruth()
        for (index, count) in counts.enumerated() where count.requests > 0 {
            let region = clients.clients[index].region
            truth.lines += count.requests
            truth.bytes += count.bytes
            truth.regions[region, default: .init()].requests += count.requests
            truth.regions[region, default: .init()].bytes += count.bytes
            if clients.domestic.contains(index) { continue }
            let address = GroundTruth.Address(
                address: String(decoding: clients.clients[index].text, as: UTF8.self), region: region, requests: count.requests,
                bytes: count.bytes, first: count.first, last: count.last)
            if clients.thieves.contains(index) { truth.theft.append(address) } else { truth.otherOverseas.append(address) }
        }
        truth.first = firstSecond
        truth.last = lastSecond
        truth.gaps = gaps
        return truth
    }

    private static let theftBefore = Array("GET /api/patients/".utf8)
    private static let theftAfter = Array("/records?pageSize=500".utf8)
}
