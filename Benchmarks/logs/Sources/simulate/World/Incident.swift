/// The truth about one planted incident.
final class Incident {
    let id: Int
    let kind: Kind
    let start: Moment
    /// How it was done, for people who look at what was missed.
    var variant = ""
    var accounts: [String] = []
    var addresses: [String] = []
    var succeeded = false
    var rule: String?
    var rows = 0
    var bytes = 0
    /// Records that went out, as far as the incident knows them.
    var persons = 0
    private(set) var sources: Set<Int> = []
    private(set) var lines = 0
    private(set) var from: Moment = .max
    private(set) var to: Moment = .min
    var lost = 0

    init(_ id: Int, _ kind: Kind, _ start: Moment) {
        self.id = id
        self.kind = kind
        self.start = start
    }

    enum Kind: String, CaseIterable {
        case foreignAccess, bulkDownload, enumeration, bruteForce, bruteForceSuccess, credentialStuffing, passwordSpray, injection, traversal,
            webShell
        case scanner, adminAccess, offHours, databaseDump, directDatabase, dormantAccount, impossibleTravel, logTampering, personalDataInLog, sigma
    }

    @inline(__always)
    func saw(_ source: Source, _ time: Moment) {
        sources.insert(source.rawValue)
        lines += 1
        from = min(from, time)
        to = max(to, time)
    }
}
