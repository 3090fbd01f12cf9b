package import Findings

/// A secret that stands readable in a page or script. Its value isn't kept.
package struct SecretHit: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case privateKey = "private-key"
        case aliyunKey = "aliyun-key"
        case tencentKey = "tencent-key"
        case awsKey = "aws-key"
        case wechatSecret = "wechat-secret"
        case databaseURL = "database-url"
        case credentialsInURL = "credentials-in-url"
        case bearerToken = "bearer-token"
        case basicCredentials = "basic-credentials"
        case jwt
        case assignedSecret = "assigned-secret"
        case assignedPassword = "assigned-password"

        package var term: String { "secret.\(rawValue)" }
    }

    package var kind: Kind
    /// Bytes of the value.
    package var length: Int
    package var severity: Severity
    /// Where it begins. Only to tell hits apart.
    package var offset: Int

    package init(_ kind: Kind, length: Int, severity: Severity, offset: Int) {
        self.kind = kind
        self.length = length
        self.severity = severity
        self.offset = offset
    }
}
