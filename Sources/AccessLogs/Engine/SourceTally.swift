/// Everything that was counted of one source.
struct SourceTally {
    var files: [PlannedFile]
    var counts: [FileCount]
    /// Lines of each chunk, by file: see ``LineCode``.
    var chunkLines: [[Int]]
    var rules: RuleTally?
    var personalData: PersonalDataTally
    /// Why a file was not read, or not to its end; by the file's index.
    var failures: [Int: LogFileError]
    var wasStopped: Bool
    var timeline: ActivityTimeline
    /// By hash; see ``SourceEvidence``.
    var shapes: [UInt64: String]
    var accountNames: [UInt64: String]
    var agentNames: [UInt32: String]
    /// By partition.
    var addresses: [Roster]
    var accounts: [Roster]
    var ledger: SourceLedger

    /// Whether identities were let go of: from then on their number is about right, not exact.
    var letsGoOfAddresses: Bool { !addresses.allSatisfy(\.released.regions.isEmpty) }
    var letsGoOfAccounts: Bool { !accounts.allSatisfy(\.released.regions.isEmpty) }
    /// Whether what some identities did was forgotten that a detection might have told.
    var forgetsDetails: Bool { (addresses + accounts).contains { $0.released.details > 0 } }

    /// The details of all identities. Nothing else of the rosters is left: this is where memory is at its fullest.
    mutating func takeDetails() -> (addresses: [ActorDetail], accounts: [ActorDetail]) { (Self.take(&addresses), Self.take(&accounts)) }

    private static func take(_ rosters: inout [Roster]) -> [ActorDetail] {
        var details: [ActorDetail] = []
        details.reserveCapacity(rosters.reduce(0) { $0 + $1.details.count })
        for index in rosters.indices { details += rosters[index].takeDetails() }
        rosters = []
        return details
    }

    var lines: Int { counts.reduce(0) { $0 + $1.lines } }
    var unparsed: Int { counts.reduce(0) { $0 + $1.unparsed } }
}
