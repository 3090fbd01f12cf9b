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

    /// False once identities were let go of: from then on their number is about right, not exact.
    var isExact: Bool { (addresses + accounts).allSatisfy(\.released.isEmpty) }
    var lines: Int { counts.reduce(0) { $0 + $1.lines } }
    var unparsed: Int { counts.reduce(0) { $0 + $1.unparsed } }
}
