/// What a service's statement of its version is worth.
///
/// A distribution mends an old version in place: Debian's OpenSSH 9.2p1-2+deb12u3 lacks holes that 9.2p1 has. From the number alone nobody can
/// say which, so nothing is said.
package enum ToldVersion: Hashable, Sendable {
    /// The maker's own version.
    case release(SoftwareVersion)
    /// A distribution's build.
    case distribution
    /// Not understood wholly.
    case unclear

    /// - Parameter product: as ``ProductNames`` has it.
    package init(_ text: String, product: String) {
        let text = text.trimmingSpaces()
        if product == "mariadb" {
            self = Self.mariaDB(text)
        } else if Self.isPackaged(text) {
            self = .distribution
        } else if product == "mysql", let log = ["-log", "-debug", "-standard"].first(where: text.hasSuffix) {
            self = Self.release(text.dropLast(log.utf8.count))
        } else {
            self = Self.release(text[...])
        }
    }

    /// `5.5.5-10.11.6-MariaDB-1:10.11.6+maria~ubu2204-log`: the first number only keeps old replicas happy; `+maria` and
    /// `-ubu2404` are the maker's own packages.
    private static func mariaDB(_ text: String) -> ToldVersion {
        var rest = text[...]
        if rest.hasPrefix("5.5.5-1") { rest = rest.dropFirst("5.5.5-".utf8.count) }
        guard let dash = rest.firstIndex(of: "-") else { return isPackaged(text) ? .distribution : release(rest) }
        let tail = rest[dash...].lowercased()
        guard tail.hasPrefix("-mariadb") else { return isPackaged(text) ? .distribution : .unclear }
        let build = tail.dropFirst("-mariadb".utf8.count)
        guard build.isEmpty || build == "-log" || build == "-debug" || build.hasPrefix("-ubu2") || build.contains("+maria") else {
            return .distribution
        }
        return release(rest[..<dash])
    }

    private static func release(_ text: Substring) -> ToldVersion { SoftwareVersion(String(text)).map(ToldVersion.release) ?? .unclear }

    /// An epoch (`1:`), a revision (`-1`, `-2+deb12u3`, `-r4`), or a distribution's mark. Read by hand: the text is a peer's.
    static func isPackaged(_ text: String) -> Bool {
        let bytes = Array(text.lowercased().utf8)
        let epoch = bytes.prefix { (0x30...0x39).contains($0) }.count
        if epoch > 0, epoch < bytes.count, bytes[epoch] == UInt8(ascii: ":") { return true }
        if bytes.contains(UInt8(ascii: "~")) { return true }
        if isRevision(bytes) { return true }
        let words = bytes.split { !(0x61...0x7A).contains($0) }
        return words.contains { marks.contains(String(decoding: $0, as: UTF8.self)) }
    }

    /// `-1`, `-0ubuntu3`, `-28.1`, `-r4`: a hyphen, and digits at once.
    private static func isRevision(_ bytes: [UInt8]) -> Bool {
        guard let dash = bytes.lastIndex(of: UInt8(ascii: "-")) else { return false }
        let tail = bytes[(dash + 1)...]
        guard let first = tail.first else { return false }
        if (0x30...0x39).contains(first) { return true }
        return first == UInt8(ascii: "r") && tail.count > 1 && tail.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Distributions as they sign their builds; `el` is Red Hat's family, `oe` openEuler, `ky` Kylin, `uel` and `uos` UnionTech, `an` Anolis.
    private static let marks: Set<String> = [
        "debian", "deb", "dfsg", "ds", "ubuntu", "ubu", "bpo", "raspbian", "raspbt", "el", "rhel", "redhat", "centos", "fedora", "fc", "rocky",
        "alma",
        "amzn", "suse", "sles", "opensuse", "alpine", "oe", "openeuler", "ky", "kylin", "uel", "uos", "uelc", "an", "anolis", "azl", "cm", "mga",
        "photon",
        "freebsd", "openbsd", "netbsd", "git",
    ]
}

extension String {
    fileprivate func trimmingSpaces() -> String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
