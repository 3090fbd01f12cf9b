/// Reads a store's URL.
struct StoreURLParser {
    let text: String

    func parse() throws(DatastoreError) -> StoreLocation.Place {
        guard !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { throw bad("holds control characters") }
        guard let colon = text.firstIndex(of: ":") else { throw bad(Self.forms) }
        let rest = text[text.index(after: colon)...]
        switch text[..<colon].lowercased() {
        case "postgresql", "postgres":
            let server = try server(rest, port: 5432, modeNames: ["sslmode"])
            guard server.database != nil else { throw bad("names no database: postgresql://user@host:port/database") }
            return .postgreSQL(server)
        case "mysql", "mariadb":
            return .mySQL(try server(rest, port: 3306, modeNames: ["ssl", "sslmode"]))
        case "sqlite":
            return .sqlite(path: try path(rest))
        case "file":
            return .file(path: try path(rest))
        default:
            throw bad(Self.forms)
        }
    }

    private static let forms = "a store is postgresql://user@host:port/db, mysql://user@host:port/db, sqlite:PATH or file:PATH"

    private func path(_ rest: Substring) throws(DatastoreError) -> String {
        guard !rest.isEmpty else { throw bad("names no file") }
        // file:///var/x is /var/x.
        return rest.hasPrefix("///") ? String(rest.dropFirst(2)) : String(rest)
    }

    private func server(_ rest: Substring, port: UInt16, modeNames: [String]) throws(DatastoreError) -> ServerLocation {
        guard rest.hasPrefix("//") else { throw bad(Self.forms) }
        var remainder = rest.dropFirst(2)
        guard !remainder.contains("#") else { throw bad("write # as %23") }
        var query: Substring?
        if let mark = remainder.firstIndex(of: "?") {
            query = remainder[remainder.index(after: mark)...]
            remainder = remainder[..<mark]
        }
        var database: Substring?
        if let slash = remainder.firstIndex(of: "/") {
            database = remainder[remainder.index(after: slash)...]
            remainder = remainder[..<slash]
        }
        guard let at = remainder.lastIndex(of: "@") else { throw bad("names no user: …://user@host:port/database") }
        let user = remainder[..<at]
        guard !user.contains(":") else { throw bad("holds a password: leave it out and name its place with passwordFrom") }
        guard !user.contains("@") else { throw bad("write @ in a user's name as %40") }
        let (host, hostPort) = try authority(remainder[remainder.index(after: at)...], port: port)
        var location = ServerLocation(host: host, port: hostPort, user: try decoded(user, "user"))
        guard !location.user.isEmpty else { throw bad("names no user: …://user@host:port/database") }
        if let database, !database.isEmpty {
            guard !database.contains("/") else { throw bad("write / in a database's name as %2F") }
            location.database = try decoded(database, "database")
        }
        if let query { try apply(query, to: &location, modeNames: modeNames) }
        return location
    }

    private func authority(_ text: Substring, port: UInt16) throws(DatastoreError) -> (String, UInt16) {
        var host = text
        var rest: Substring = ""
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { throw bad("the address lacks its closing ]") }
            host = text[text.index(after: text.startIndex)..<end]
            rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { throw bad("the port follows ] after a colon") }
        } else if let colon = text.firstIndex(of: ":") {
            guard text[text.index(after: colon)...].firstIndex(of: ":") == nil else { throw bad("write an IPv6 address in brackets: [::1]") }
            host = text[..<colon]
            rest = text[colon...]
        }
        let name = try decoded(host, "host")
        // What libpq and libmariadb would read as more than one host, a socket, a file or another protocol.
        guard !name.isEmpty, !name.contains(where: { ",/\\@ ".contains($0) }) else { throw bad("names no host") }
        guard !rest.isEmpty else { return (name, port) }
        guard let number = UInt16(rest.dropFirst()), number > 0, String(number) == rest.dropFirst() else { throw bad("the port is 1 to 65535") }
        return (name, number)
    }

    private func apply(_ query: Substring, to location: inout ServerLocation, modeNames: [String]) throws(DatastoreError) {
        for part in query.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(pair[0])
            let value = pair.count > 1 ? try decoded(pair[1], name) : ""
            if modeNames.contains(name) {
                guard let mode = TLSMode(rawValue: value) else {
                    throw bad("\(name) is one of \(TLSMode.allCases.map(\.rawValue).joined(separator: ", "))")
                }
                location.tls = mode
            } else if name == "sslrootcert" {
                guard !value.isEmpty else { throw bad("sslrootcert names no file") }
                location.rootCertificate = value
            } else if name.lowercased().contains("pass") || name.lowercased() == "pwd" {
                throw bad("holds a password: leave it out and name its place with passwordFrom")
            } else {
                throw bad("the parameters are \(modeNames[0]) and sslrootcert")
            }
        }
    }

    private func decoded(_ text: Substring, _ what: String) throws(DatastoreError) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), rest.first != UInt8(ascii: "+"),
                value >= 0x20, value != 0x7F
            else { throw bad("\(what): % stands before two hexadecimal digits of a printable byte") }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else { throw bad("\(what): not UTF-8") }
        return decoded
    }

    /// The URL without what may be a password: whatever stands between the user's name and the host, and the query.
    private func bad(_ why: String) -> DatastoreError {
        DatastoreError(store: Self.withoutPassword(text), problem: .badURL(why))
    }

    static func withoutPassword(_ text: String) -> String {
        guard let marker = text.firstRange(of: "://") else {
            let scheme = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
            return ["sqlite", "file"].contains(scheme.lowercased()) ? String(text.filter { !$0.isNewline }) : scheme + "…"
        }
        let scheme = text[..<marker.upperBound]
        let rest = text[marker.upperBound...]
        guard let at = rest.lastIndex(of: "@") else { return scheme + "…" }
        let host = rest[rest.index(after: at)...]
        return scheme + rest[..<at].prefix { $0 != ":" } + "@" + host.prefix { $0 != "?" } + (host.contains("?") ? "?…" : "")
    }
}
