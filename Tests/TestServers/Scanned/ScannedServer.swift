/// A real server that a scan looks at, and that tells afterwards whether it was changed.
package protocol ScannedServer: Sendable {
    /// Starts one with a little data in it, and ends it after `body`.
    static func with(_ variant: ServerVariant, _ body: (Self) async throws -> Void) async throws

    /// What a scan must find, one for each port that it is sent to.
    var expectations: [ServiceExpectation] { get }

    /// Its data, its configuration and its accounts, as far as a client could change them.
    func snapshot() async throws -> ServerSnapshot

    /// What clients have asked of it since it started, in the order of its log where that has one, without times, addresses and numbers of
    /// connections. Complete: what a client was answered before this call is in it. What the tests asked through HTTP is left out.
    func commandLog() async throws -> [String]
}

/// A server that a test can change as a client would, to see that the snapshot and the log show it.
package protocol ChangeableServer: ScannedServer {
    func change() async throws
}

/// What a scan must find at one port.
package struct ServiceExpectation: Sendable {
    package enum Authentication: String, Sendable { case none, required, unknown }

    package let port: UInt16
    package let isUDP: Bool
    package let service: String
    package let isTLS: Bool
    /// Nil where the port alone doesn't say: a web server's pages are meant to be read.
    package let authentication: Authentication?

    init(_ service: String, port: UInt16, _ authentication: Authentication?, isUDP: Bool = false, isTLS: Bool = false) {
        self.port = port
        self.isUDP = isUDP
        self.service = service
        self.isTLS = isTLS
        self.authentication = authentication
    }

    /// Required of the variant that authenticates, and of no other.
    init(_ service: String, port: UInt16, _ variant: ServerVariant, isUDP: Bool = false) {
        self.init(service, port: port, variant.needsLogin ? .required : Authentication.none, isUDP: isUDP, isTLS: variant == .tls)
    }
}
