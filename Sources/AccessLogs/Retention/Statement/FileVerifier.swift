import Foundation

/// Looks for the files of a statement and compares their bytes. A file that isn't where it was, or is another one now, is looked for under the other
/// names that rotation gives: `access.log` may be `access.log.1` or `access.log.2.gz` today.
struct FileVerifier {
    private let lookup: CoverageStatement.FileLookup
    private(set) var problems: [CoverageVerification.Problem] = []
    private(set) var notices: [CoverageVerification.Notice] = []
    private(set) var verified = 0
    /// Each is read as far as the stated file is long.
    private static let candidateLimit = 400

    init(_ lookup: CoverageStatement.FileLookup) { self.lookup = lookup }

    private enum Comparison {
        case same(grownBy: Int)
        case other(size: Int)
        case missing
        case unreadable
    }

    mutating func verify(_ file: CoverageStatement.File) {
        let places = places(file.name)
        var found = Comparison.missing
        for place in places {
            found = compare(place, file)
            if case .same = found { break }
        }
        switch found {
        case .same(let grown):
            verified += 1
            if grown > 0 { notices.append(.fileGrown(file.name, by: grown)) }
        case .missing, .other, .unreadable:
            if let name = renamed(file, places) {
                verified += 1
                notices.append(.fileMoved(file.name, to: name))
            } else {
                problems.append(problem(found, file))
            }
        }
    }

    private func problem(_ found: Comparison, _ file: CoverageStatement.File) -> CoverageVerification.Problem {
        switch found {
        case .other(let size) where size < file.bytes: .fileCut(file.name, bytes: size, stated: file.bytes)
        case .other, .same: .fileChanged(file.name)
        case .missing: .fileMissing(file.name)
        case .unreadable: .fileUnreadable(file.name)
        }
    }

    /// Where the file should be; the first that is there is meant.
    private func places(_ name: String) -> [String] {
        switch lookup {
        case .none: return []
        case .recorded: return [name]
        case .folder(let folder):
            // A statement names no file outside the folder that the inspector gives.
            let parts = name.split(separator: "/").filter { $0 != ".." && $0 != "." }
            let whole = "\(folder)/\(parts.joined(separator: "/"))"
            return parts.count > 1 && access(whole, F_OK) == 0 ? [whole] : ["\(folder)/\(parts.last ?? "")"]
        }
    }

    private func compare(_ place: String, _ file: CoverageStatement.File) -> Comparison {
        do throws(LogFileError) {
            let digest = try PrefixDigest.stored(place, bytes: file.bytes)
            guard digest.bytes == file.bytes, digest.sha256 == file.sha256 else { return .other(size: digest.size) }
            return .same(grownBy: max(0, digest.size - file.bytes))
        } catch {
            return error == .vanished ? .missing : .unreadable
        }
    }

    /// The name of the file that holds the stated bytes now.
    private func renamed(_ file: CoverageStatement.File, _ places: [String]) -> String? {
        guard let place = places.first, let slash = place.lastIndex(of: "/"), file.bytes > 0 else { return nil }
        let folder = String(place[..<slash])
        let name = String(place[place.index(after: slash)...])
        let base = RotatedLog.name(of: name)
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0 != name && RotatedLog.name(of: $0) == base }
        // The one that follows it most likely comes first: .2 for .1.
        let ordered = names.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
        return ordered.prefix(Self.candidateLimit).first { candidate in
            let path = "\(folder)/\(candidate)"
            if let digest = try? PrefixDigest.stored(path, bytes: file.bytes), digest.bytes == file.bytes, digest.sha256 == file.sha256 {
                return true
            }
            guard let digest = try? PrefixDigest.unfolded(path, bytes: file.bytes) else { return false }
            return digest.bytes == file.bytes && digest.sha256 == file.sha256
        }
    }
}
