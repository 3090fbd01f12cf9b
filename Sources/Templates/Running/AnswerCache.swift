/// The answers of one run by request, so that identical requests are sent once; within a limit of memory.
struct AnswerCache {
    enum Outcome {
        case answer(HTTPAnswer)
        case refused
        case failed
    }

    private struct Entry {
        var outcome: Outcome
        var bytes: Int
        var used: Int
    }

    private let limit: Int
    private var entries: [TemplateHTTPRequest: Entry] = [:]
    private var total = 0
    private var clock = 0
    /// Requests that will be asked for again: kept longest.
    var wanted: Set<TemplateHTTPRequest> = []
    private var sent = Set<TemplateHTTPRequest>()

    init(limit: Int) { self.limit = limit }

    /// True where the request had been sent before.
    mutating func noteSent(_ request: TemplateHTTPRequest) -> Bool { !sent.insert(request).inserted }

    mutating func find(_ request: TemplateHTTPRequest) -> Outcome? {
        guard let entry = entries[request] else { return nil }
        clock += 1
        entries[request]?.used = clock
        return entry.outcome
    }

    mutating func store(_ request: TemplateHTTPRequest, _ outcome: Outcome) {
        clock += 1
        var bytes = 256
        if case .answer(let answer) = outcome {
            // The lower-case copy and the whole answer may be made too.
            bytes += 4 * answer.response.body.count + answer.response.headers.map { $0.name.utf8.count + $0.value.utf8.count }.reduce(0, +)
        }
        entries[request] = Entry(outcome: outcome, bytes: bytes, used: clock)
        total += bytes
        if total > limit { evict() }
    }

    /// Drops the oldest answers, those that nobody waits for first, down to three quarters of the limit.
    private mutating func evict() {
        let order = entries.sorted { left, right in
            let (a, b) = (wanted.contains(left.key), wanted.contains(right.key))
            return a == b ? left.value.used < right.value.used : !a
        }
        for (request, entry) in order where total > limit / 4 * 3 {
            entries[request] = nil
            total -= entry.bytes
        }
    }
}
