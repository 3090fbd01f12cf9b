/// What carries the requests. The transport decides about scope: it looks at the host of every URL, of redirects too, and may refuse.
package protocol TemplateTransport: Sendable {
    /// One exchange, without following redirects: the runner asks again for each hop, so that each hop's host is judged.
    func http(_ request: TemplateHTTPRequest) async -> TemplateReply<TemplateHTTPResponse>
    /// One connection: the inputs are written and read in order.
    func tcp(_ request: TemplateTCPRequest) async -> TemplateReply<TemplateTCPResponse>
    /// One handshake.
    func tls(_ request: TemplateTLSRequest) async -> TemplateReply<TemplateTLSInfo>
}

package enum TemplateReply<Value: Sendable>: Sendable {
    case reply(Value)
    /// Outside of the scope, or forbidden otherwise: the template ends without a match, and that is counted.
    case refused
    /// No connection, no answer, or none in time.
    case failed
}

/// When a redirect is followed.
package enum TemplateRedirects: Sendable, Hashable {
    case none, sameHost, any
}

package struct TemplateHTTPRequest: Sendable, Hashable {
    package struct Header: Sendable, Hashable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// GET, HEAD or OPTIONS, unless the template was granted others by name.
    package var method: String
    /// Absolute. The path is sent as it is written, without normalising.
    package var url: String
    /// In order, without Host unless the template sets one that differs.
    package var headers: [Header]
    package var body: [UInt8]
    /// Body bytes to read at most.
    package var maximumBody: Int
    /// Seconds, where the template asks for more than the scan's own.
    package var timeoutSeconds: Int?
    /// The name for SNI where the template sets one.
    package var serverName: String?

    package init(
        method: String, url: String, headers: [Header] = [], body: [UInt8] = [], maximumBody: Int, timeoutSeconds: Int? = nil,
        serverName: String? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.maximumBody = maximumBody
        self.timeoutSeconds = timeoutSeconds
        self.serverName = serverName
    }
}

package struct TemplateHTTPResponse: Sendable {
    package var status: Int
    package var reason: String
    /// Such as HTTP/1.1.
    package var version: String
    package var headers: [TemplateHTTPRequest.Header]
    /// Decoded (Content-Encoding), cut at the request's maximum.
    package var body: [UInt8]
    package var seconds: Double

    package init(
        status: Int, reason: String = "", version: String = "HTTP/1.1", headers: [TemplateHTTPRequest.Header] = [], body: [UInt8] = [],
        seconds: Double = 0
    ) {
        self.status = status
        self.reason = reason
        self.version = version
        self.headers = headers
        self.body = body
        self.seconds = seconds
    }
}

package struct TemplateTCPRequest: Sendable, Hashable {
    package struct Input: Sendable, Hashable {
        package var data: [UInt8]
        /// Bytes to read at most after writing; nil to go on writing at once.
        package var read: Int?
    }

    package var host: String
    package var port: Int
    package var tls: Bool
    package var inputs: [Input]
    /// Bytes to read at most after the last input.
    package var readSize: Int
}

package struct TemplateTCPResponse: Sendable {
    /// One per input that reads, in order.
    package var reads: [[UInt8]]
    /// What came after the last input.
    package var data: [UInt8]

    package init(reads: [[UInt8]] = [], data: [UInt8]) {
        self.reads = reads
        self.data = data
    }
}

package struct TemplateTLSRequest: Sendable, Hashable {
    package var host: String
    package var port: Int
    /// The version to offer at least and at most: tls10, tls11, tls12, tls13, ssl30; nil for no limit.
    package var minimumVersion: String?
    package var maximumVersion: String?
}

/// What a handshake told. Nil is not known, never false.
package struct TemplateTLSInfo: Sendable, Equatable {
    /// Such as tls12.
    package var version: String?
    /// By IANA's name, such as TLS_RSA_WITH_AES_128_CBC_SHA.
    package var cipher: String?
    package var subjectCommonName: String?
    package var subjectDistinguishedName: String?
    package var subjectOrganisations: [String] = []
    package var subjectAlternativeNames: [String] = []
    package var issuerCommonName: String?
    package var issuerDistinguishedName: String?
    package var issuerOrganisations: [String] = []
    /// Seconds since 1970.
    package var notBefore: Double?
    package var notAfter: Double?
    /// Bytes in upper-case hexadecimal with colons between: 08:BB:00:EE.
    package var serial: String?
    package var isSelfSigned: Bool?
    package var isExpired: Bool?
    package var isMismatched: Bool?
    package var isUntrusted: Bool?
    package var isRevoked: Bool?
    package var isWildcard: Bool?
    /// Hexadecimal digests of the certificate.
    package var sha1: String?
    package var sha256: String?
    package var md5: String?

    package init() {}
}
