package import LogFormats

/// What the judges of one source may look up: how its numbers read as words. Filled by the engine while lines go by.
package struct SourceEvidence: Sendable {
    package var name: String
    package var family: LogFormat.Family
    /// Names of files, by the number that digests hold.
    package var files: [String] = []
    /// Lines of each chunk of each file: see ``LineCode``.
    package var chunkLines: [[Int]] = []
    /// Shapes of paths and of statements by their hash: `/api/patients/{id}`, `SELECT … FROM patient`. Bounded.
    package var shapes: [UInt64: String] = [:]
    /// Masked names of accounts by ``AccountHash``. Bounded.
    package var accounts: [UInt64: String] = [:]
    /// Names of user agents and client programs by the digest's hash, cut to a bound, control characters replaced. Bounded.
    package var agents: [UInt32: String] = [:]
    /// Of all partitions, merged.
    package var ledger = SourceLedger()

    package init(name: String, family: LogFormat.Family) {
        self.name = name
        self.family = family
    }

    /// `access.log:4562`.
    package func place(of digest: EventDigest) -> String { place(LinePlace(digest)) }

    package func place(_ place: LinePlace) -> String {
        let file = Int(clamping: place.file)
        guard files.indices.contains(file) else { return name }
        return "\(files[file]):\(LineCode.lineNumber(place.offset, chunkLines.indices.contains(file) ? chunkLines[file] : []))"
    }
}
