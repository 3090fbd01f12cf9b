package import Findings
package import Foundation
package import Probes

/// One answer of an HTTP interface, without its text.
package struct EndpointReply: Hashable, Sendable {
    package var status: Int
    package var contentType: String
    /// As far as it was read.
    package var bytes: Int
    package var isTruncated: Bool
    package var location: String?
    package var shape: BodyShape
    package var hsts: StrictTransportSecurity

    package init(
        status: Int, contentType: String, body: [UInt8], isTruncated: Bool, location: String?, hsts: StrictTransportSecurity = .unknown
    ) {
        self.status = status
        self.contentType = Self.safe(contentType)
        self.bytes = body.count
        self.isTruncated = isTruncated
        self.location = location
        self.hsts = hsts
        self.shape = (200..<300).contains(status) ? BodyShape(body, contentType: contentType, truncated: isTruncated) : .other
    }

    package var isRedirect: Bool { [301, 302, 303, 307, 308].contains(status) && location != nil }

    /// What it says about authentication.
    package var authentication: ServiceReading.Authentication {
        switch (status, shape) {
        case (401, _), (403, _), (407, _): .required
        case (200..<300, .refusal), (200..<300, .loginForm): .required
        case (200..<300, .records): .notRequired
        default: .unknown
        }
    }

    package var evidence: Message {
        let count: Fact
        let names: Fact
        if case .records(let number, let fields) = shape {
            count = .count(number)
            names = fields.isEmpty ? .term("exposure.not-shown") : .list(fields.map(Fact.text))
        } else {
            (count, names) = (.count(0), .term("exposure.not-shown"))
        }
        return Message(
            isTruncated ? "exposure.endpoint-records-truncated" : "exposure.endpoint-records",
            ["status": .text("\(status)"), "type": .text(contentType), "bytes": .bytes(bytes), "records": count, "fields": names])
    }

    /// A redirect to a page where people log in.
    package static func isLogin(_ url: URL) -> Bool {
        let marks = [
            "login", "logon", "signin", "sign-in", "sign_in", "sso", "oauth", "oauth2", "cas", "saml", "passport", "auth", "authorize", "authorise",
        ]
        let parts = url.pathComponents + (url.host ?? "").split(separator: ".").map(String.init)
        return parts.contains { part in
            let stem = part.lowercased().prefix { $0 != "." && $0 != ";" }
            return marks.contains(String(stem))
        }
    }

    /// A media type's own characters (RFC 9110 8.3.1), without parameters.
    private static func safe(_ type: String) -> String {
        let kept = type.lowercased().prefix { $0 != ";" }.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "/+-.".contains($0)) }
        return kept.isEmpty ? "-" : String(kept.prefix(60))
    }
}
