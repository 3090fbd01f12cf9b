/// What is counted of a source as a whole, in the order of its lines: so that nothing depends on the number of threads.
struct WholeTally {
    private(set) var ledger = SourceLedger()
    private(set) var rules: RuleTally?

    init(rules: RuleTally?) { self.rules = rules }

    mutating func count(_ chunk: LogChunk) {
        for digest in chunk.general.elements { ledger.count(digest) }
        for hit in chunk.ruleHits { rules?.add(hit) }
    }
}
