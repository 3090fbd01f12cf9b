/// What a run has done. The contract of `--json`: `suwen.seal/1`.
package struct SealReport: Sendable, Hashable, Codable {
    package var schema = "suwen.seal/1"
    package var table: String
    package var operation: String
    package var mode: String
    package var cipher: String
    package var columns: [String]
    /// Rows looked at: those of the table at the end.
    package var rows = 0
    /// Cells that this run has changed.
    package var sealed = 0
    /// Cells that an earlier run, or a writer, had sealed.
    package var alreadySealed = 0
    package var skippedNull = 0
    /// Rows that a writer changed between reading and writing: they were done later.
    package var conflictsRetried = 0
    /// Cells that don't open.
    package var failed = 0
    /// Cells that were opened again at the end.
    package var verified = 0
    /// Cells in plaintext at the end.
    package var plaintext = 0
    package var seconds = 0.0
    package var rowsPerSecond = 0.0

    package init(table: String, operation: SealOperation, mode: SealMode, cipher: String, columns: [String]) {
        self.table = table
        self.operation = operation.rawValue
        self.mode = mode.rawValue
        self.cipher = cipher
        self.columns = columns
    }

    /// Adds what opening every cell has shown, after sealing or rotating.
    package mutating func add(_ result: SealVerification) {
        rows = result.rows
        verified = result.opened
        failed = result.failed + result.wrongCompanions
        plaintext = result.plaintext
        skippedNull = result.nulls
        alreadySealed = max(0, result.opened - sealed)
    }
}
