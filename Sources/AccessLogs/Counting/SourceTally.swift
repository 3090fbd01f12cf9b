import LogFormats
import Network

/// Everything that is counted while a source's lines go by. One per worker; two merge into one.
struct SourceTally: Sendable {
    struct FileCount: Sendable {
        var lines = 0
        var unparsable = 0
        var implausible = 0
    }

    /// Requests and bytes of addresses that were let go of, and of clients that have none.
    struct Folded: Sendable {
        var region: RegionKey
        var requests = 0
        var bytes = 0
        var addresses = 0
    }

    let trustedProxies: [CIDR]
    /// Later stamps come from a wrong clock or a forger; they are counted and not believed.
    let latest: Int64
    let keyOf: @Sendable (IPAddress) -> RegionKey
    let addressLimit: Int
    private(set) var timeline = ActivityTimeline()
    private(set) var addresses = AddressTable()
    private(set) var shapes = ShapeTable()
    private(set) var folded: [RegionKey: Folded] = [:]
    /// False once addresses were let go of: from then on their number is not exact.
    private(set) var isExact = true
    private var parser = LogLineParser()

    init(trustedProxies: [CIDR], latest: Int64, addressLimit: Int, keyOf: @escaping @Sendable (IPAddress) -> RegionKey) {
        self.trustedProxies = trustedProxies
        self.latest = latest
        self.addressLimit = addressLimit
        self.keyOf = keyOf
    }

    @inline(__always)
    mutating func consume(_ raw: UnsafeRawBufferPointer, _ ending: LineScanner.Ending, file: UInt32, _ count: inout FileCount) {
        var start = 0
        while start < raw.count, raw[start] == 0 { start += 1 }
        let line = raw.part(start..<raw.count)
        if line.isEmpty || line.count == 1 && line[0] == 0x0D { return }
        count.lines += 1
        guard let event = parser.parse(line) else {
            // The last line of a live file may be half written.
            if case .endOfFile = ending { count.lines -= 1 } else { count.unparsable += 1 }
            return
        }
        guard event.time <= latest else {
            count.implausible += 1
            return
        }
        timeline.add(event.time)
        guard let client = client(of: event, line) else {
            fold(.undetermined, requests: 1, bytes: event.bytes, addresses: 0)
            return
        }
        let time = UInt32(truncatingIfNeeded: event.time)
        let index = addresses.index(of: client)
        let isSuccess = event.status == 200 || event.status == 206
        let target = RequestTarget(line, request: event.request)
        let shape = target.map { shapes.index(of: $0, line) } ?? ShapeTable.other
        let brings = isSuccess && event.bytes > 0 && target?.mayBringData == true
        // A record number in the path means a record, unless it is part of a page.
        let isData = brings && (shapes.shapes[Int(shape)].isData || target?.recordID != nil && !shapes.shapes[Int(shape)].isStatic)
        let lineNumber = UInt32(truncatingIfNeeded: count.lines)
        addresses.update(index) { record in
            record.requests &+= 1
            record.bytes &+= UInt64(event.bytes)
            if time < record.first { record.first = time }
            if time > record.last { record.last = time }
            guard isData else { return }
            record.countData(time: time, bytes: event.bytes, id: target?.recordID, shape: shape, file: file, line: lineNumber)
        }
        if addresses.records.count > addressLimit { letGo() }
    }

    @inline(__always)
    private func client(of event: LogLine, _ line: UnsafeRawBufferPointer) -> IPAddress? {
        guard !trustedProxies.isEmpty, let peer = event.client, trustedProxies.contains(where: { $0.contains(peer) }) else { return event.client }
        return ForwardedFor.client(in: line, after: event.extra, trusted: trustedProxies) ?? peer
    }

    mutating func merge(_ other: SourceTally) {
        timeline.merge(other.timeline)
        let place = shapes.merge(other.shapes)
        isExact = isExact && other.isExact
        for record in other.addresses.records {
            let index = addresses.index(like: record)
            addresses.update(index) { $0.merge(record, shapes: place) }
            if addresses.records.count > addressLimit { letGo() }
        }
        for entry in other.folded.values { fold(entry.region, requests: entry.requests, bytes: entry.bytes, addresses: entry.addresses) }
    }

    /// Memory is bounded: addresses that took little are folded into their regions, the bar rising until half are gone.
    private mutating func letGo() {
        isExact = false
        var bar: UInt64 = 4
        while addresses.records.count > addressLimit / 2 {
            let (requests, bytes) = (UInt32(truncatingIfNeeded: min(bar, 1 << 30)), bar << 14)
            for record in addresses.prune({ $0.dataRequests < requests && $0.bytes < bytes }) {
                fold(keyOf(record.address), requests: Int(record.requests), bytes: Int(clamping: record.bytes), addresses: 1)
            }
            bar <<= 1
        }
    }

    private mutating func fold(_ region: RegionKey, requests: Int, bytes: Int, addresses: Int) {
        var entry = folded[region] ?? Folded(region: region)
        entry.requests += requests
        entry.bytes &+= bytes
        entry.addresses += addresses
        folded[region] = entry
    }
}
