/// Why a sample isn't written.
package enum SampleError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A file or table of that name is there; nothing was changed.
    case alreadyExists(String)
    /// The system refuses; its message.
    case cannotWrite(path: String, reason: String)
    /// The end isn't later than the beginning, or the number of lines is negative.
    case emptyPeriod

    package var description: String {
        switch self {
        case .alreadyExists(let what): "\(what) exists already; choose another name or allow overwriting"
        case .cannotWrite(let path, let reason): "\(path): can't be written: \(reason)"
        case .emptyPeriod: "the period is empty: its end must be later than its beginning"
        }
    }
}
