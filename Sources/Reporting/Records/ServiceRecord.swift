/// A service that answered a scan, as programs read it: an element of `services`.
package struct ServiceRecord: Encodable, Hashable, Sendable {
    /// The address, or the name that was asked for.
    package var host: String
    package var port: UInt16
    package var tls: Bool
    /// `postgresql`, `dicom`.
    package var service: String
    /// `MariaDB`, where the service alone doesn't say it.
    package var product: String?
    package var version: String?
    /// `none`, `required`, `unknown`.
    package var authentication: String
    /// What the verdict rests on; for `unknown`, why there is none.
    package var proof: String?

    package init(
        host: String, port: UInt16, tls: Bool, service: String, product: String?, version: String?, authentication: String, proof: String?
    ) {
        self.host = host
        self.port = port
        self.tls = tls
        self.service = service
        self.product = product
        self.version = version
        self.authentication = authentication
        self.proof = proof
    }

    private enum Key: String, CodingKey { case host, port, tls, service, product, version, authentication, proof }

    /// Every key is there in every record; what isn't known is `null`.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(host, forKey: .host)
        try container.encode(port, forKey: .port)
        try container.encode(tls, forKey: .tls)
        try container.encode(service, forKey: .service)
        try container.encode(product, forKey: .product)
        try container.encode(version, forKey: .version)
        try container.encode(authentication, forKey: .authentication)
        try container.encode(proof, forKey: .proof)
    }
}

/// What a scan reached: `coverage`, counted in ports.
package struct ScanCoverageRecord: Encodable, Hashable, Sendable {
    package var probed: Int
    package var open: Int
    package var closed: Int
    package var filtered: Int
    package var unexamined: Int
    package var seconds: Double

    package init(probed: Int, open: Int, closed: Int, filtered: Int, unexamined: Int, seconds: Double) {
        self.probed = probed
        self.open = open
        self.closed = closed
        self.filtered = filtered
        self.unexamined = unexamined
        self.seconds = seconds.isFinite ? (seconds * 1000).rounded() / 1000 : 0
    }
}
