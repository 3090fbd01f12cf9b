import Findings
import LogFormats

/// Masked names by the hash that digests hold. Bounded: what comes after has no name.
struct NameTable<Key: Hashable & Sendable>: Sendable {
    private(set) var names: [Key: String] = [:]
    private var last: Key?
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// - Parameter name: called for a key that is new, and only while there is room.
    @inline(__always)
    mutating func note(_ key: Key, _ name: () -> String) {
        if key == last { return }
        last = key
        if names[key] == nil, names.count < limit { names[key] = name() }
    }

    mutating func merge(_ other: NameTable) {
        for (key, name) in other.names where names.count < limit && names[key] == nil { names[key] = name }
    }
}

/// How names of clients and accounts are shown.
enum ShownName {
    /// Accounts of servers and roles are no persons, and an officer must recognise them; every other name is masked.
    private static let roles: Set<String> = [
        "root", "admin", "administrator", "postgres", "mysql", "backup", "sa", "guest", "test", "user", "app", "web", "www-data", "nginx", "redis",
        "oracle", "ubuntu", "debian", "ftp", "git", "jenkins", "deploy", "tomcat", "nacos", "system", "sys", "dba", "default", "anonymous",
    ]

    static func account(_ bytes: UnsafeRawBufferPointer) -> String {
        let name = clean(bytes, 64)
        return roles.contains(name.lowercased()) ? name : Mask.middle(name, head: 1, tail: 1)
    }

    /// A user agent or a client program: its first words, without control characters and without numbers that could be a person's.
    static func agent(_ bytes: UnsafeRawBufferPointer) -> String {
        var digits = 0
        return String(
            clean(bytes, 80).map { character in
                digits = character.isNumber ? digits + 1 : 0
                return digits > 6 ? "*" : character
            })
    }

    /// A path of this machine: whoever may write to a log's folder may name files there.
    static func path(_ path: String) -> String { String(path.unicodeScalars.map { isUnseen($0) ? "\u{FFFD}" : Character($0) }) }

    private static func clean(_ bytes: UnsafeRawBufferPointer, _ limit: Int) -> String {
        String(
            String(decoding: UnsafeRawBufferPointer(rebasing: bytes.prefix(limit)), as: UTF8.self).unicodeScalars.map { scalar in
                isUnseen(scalar) ? "\u{FFFD}" : Character(scalar)
            })
    }

    /// What would move the cursor, end the line, or turn the direction of writing.
    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
        default: false
        }
    }
}
