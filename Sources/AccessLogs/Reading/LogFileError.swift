/// Why a log file was not read, or not to its end.
package enum LogFileError: Error, Hashable, Sendable {
    /// It was there when the folder was listed.
    case vanished
    case denied
    /// A folder, a device, a pipe.
    case notAFile
    /// Reading failed midway: `errno`.
    case failed(Int32)
    /// A .gz that ends too early; what came before was read.
    case truncated
    /// A .gz with broken content; what came before was read.
    case damaged
    /// A .gz that unfolds to far more than any log does.
    case implausible
    /// zstd, xz, bzip2: recognised, not read.
    case unsupportedCompression(String)
    /// The run was stopped.
    case interrupted
}
