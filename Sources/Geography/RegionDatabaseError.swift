/// Why the region data can't be used, and how to mend it.
package enum RegionDatabaseError: Error, Hashable, Sendable, CustomStringConvertible {
    case missing(path: String)
    case unreadable(path: String)
    /// `line` counts from 1.
    case malformed(path: String, line: Int)

    package var path: String {
        switch self {
        case .missing(let path), .unreadable(let path), .malformed(let path, _): path
        }
    }

    package var description: String {
        let package = RegionDatabase.debianPackage
        return switch self {
        case .missing(let path): "\(path): there is no such file; install the Debian package \(package)"
        case .unreadable(let path): "\(path): can't be read; check its permissions or reinstall the Debian package \(package)"
        case .malformed(let path, let line): "\(path):\(line): is not as the Debian package \(package) writes it; reinstall that package"
        }
    }
}
