/// Where a store is, from its URL: `postgresql://user@host:port/db?sslmode=…&sslrootcert=…`, `mysql://user@host:port/db?ssl=…`,
/// `sqlite:PATH`, `file:PATH`. The parts of a server's URL are percent-decoded (RFC 3986); a path is taken as it is written.
package struct StoreLocation: Hashable, Sendable, CustomStringConvertible {
    package enum Place: Hashable, Sendable {
        case postgreSQL(ServerLocation)
        case mySQL(ServerLocation)
        case sqlite(path: String)
        case file(path: String)
    }

    package let place: Place
    /// The URL; it never holds a password.
    package let description: String

    /// - Throws: ``DatastoreError/Problem/badURL(_:)``; a password in the URL is refused.
    package init(_ text: String) throws(DatastoreError) {
        let parser = StoreURLParser(text: text)
        place = try parser.parse()
        description = text
    }

    /// Of a file or folder; nil for servers.
    package var path: String? {
        switch place {
        case .sqlite(let path), .file(let path): path
        case .postgreSQL, .mySQL: nil
        }
    }

    /// The server that has to be in scope; nil for files.
    package var server: ServerLocation? {
        switch place {
        case .postgreSQL(let server), .mySQL(let server): server
        case .sqlite, .file: nil
        }
    }
}

/// A database server, an account and a database on it.
package struct ServerLocation: Hashable, Sendable {
    /// A name or an address, without brackets.
    package var host: String
    package var port: UInt16
    package var user: String
    /// Nil: every database of a MySQL server that the account can read.
    package var database: String?
    /// Nil: ``TLSMode/verifyFull``, but ``TLSMode/prefer`` on this machine's loopback.
    package var tls: TLSMode?
    /// A PEM file with the certificates of the authorities to trust; nil: the system's.
    package var rootCertificate: String?
}

/// How far a connection is secured; the names are libpq's.
package enum TLSMode: String, Hashable, Sendable, CaseIterable {
    case disable
    /// Encrypted when the server can, unchecked.
    case prefer
    /// Encrypted; anybody's certificate.
    case require
    /// Encrypted; the certificate must come from a trusted authority.
    case verifyCA = "verify-ca"
    /// As before, and the certificate must be for this host.
    case verifyFull = "verify-full"
}
