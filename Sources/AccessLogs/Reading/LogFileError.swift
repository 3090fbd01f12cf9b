import Foundation

/// Why a log file was not read, or not to its end.
package enum LogFileError: Error, Hashable, Sendable {
    /// It was there when the folder was listed.
    case vanished
    case denied
    /// A folder, a device, a pipe.
    case notAFile
    /// Reading failed midway: `errno`.
    case failed(Int32)
    /// A compressed file that ends too early; what came before was read.
    case truncated
    /// A compressed file with broken content; what came before was read.
    case damaged
    /// A compressed file that unfolds to far more than any log does.
    case implausible
    /// bzip2, and compressors that asked for too much memory: recognised, not read.
    case unsupportedCompression(String)
    /// It became shorter while it was read; what was still there was read.
    case shrunk
    /// The run was stopped.
    case interrupted
}

extension LogFileError {
    init(errno code: Int32) {
        self =
            switch code {
            case ENOENT, ENOTDIR: .vanished
            case EACCES, EPERM: .denied
            case EISDIR: .notAFile
            default: .failed(code)
            }
    }
}
