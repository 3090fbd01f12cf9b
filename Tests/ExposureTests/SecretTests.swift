import Exposure
import Findings
import FoundationEssentials
import TestSupport
import Testing

/// Secrets here are made up, and put together from pieces so that no other scanner takes them for real.
@Suite("Secrets in pages and scripts")
struct SecretTests {
    private let scanner = SecretScanner(now: Date(timeIntervalSince1970: 1_790_000_000))

    private func kinds(_ text: String) -> [SecretHit.Kind] { scanner.hits(in: Array(text.utf8)).map(\.kind) }

    /// DER of a PKCS #8 key, by its outline: version, algorithm, octets.
    static func key(version: [UInt8] = [0x02, 0x01, 0x00]) -> String {
        let inner =
            version + [0x30, 0x0D] + [UInt8](repeating: 6, count: 13) + [0x04, 0x81, 0xC8] + (0..<200).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        return Data([0x30, 0x81, UInt8(inner.count)] + inner).base64EncodedString()
    }

    static func pem(_ label: String, _ body: String, newline: String = "\n") -> String {
        "-----BEGIN \(label)-----\(newline)"
            + stride(from: 0, to: body.count, by: 64).map { start in
                String(Array(body)[start..<min(body.count, start + 64)])
            }.joined(separator: newline) + "\(newline)-----END \(label)-----"
    }

    static func jwt(header: String = #"{"alg":"HS256","typ":"JWT"}"#, claims: String = #"{"uid":7}"#, signature: Int = 32) -> String {
        func part(_ bytes: [UInt8]) -> String {
            Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        }
        return [Array(header.utf8), Array(claims.utf8), [UInt8](repeating: 9, count: signature)].map(part).joined(separator: ".")
    }

    static let aliyunID = "LT" + "AI5tQ7hN2kPw8VbX4cRz6Y"
    static let aliyunSecret = "k3Zp8Qw2Lm" + "5Nx7Vb1Cy9Rt4Hs6Jd0G"
    static let tencentID = "AK" + "IDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA"
    static let amazonID = "AK" + "IA5KQ7NBX2WJ4TRLMC"

    @Test("what is a secret by its structure is found")
    func found() {
        #expect(kinds("var k=`\(Self.pem("PRIVATE KEY", Self.key()))`") == [.privateKey])
        #expect(kinds("var k=\"\(Self.pem("RSA PRIVATE KEY", Self.key(), newline: "\\n"))\"") == [.privateKey])
        #expect(kinds("const k='\(Self.key())'") == [])
        #expect(kinds("setKey('\(Self.longKey)')") == [.privateKey])
        #expect(kinds("{id:'\(Self.aliyunID)'}") == [.aliyunKey])
        #expect(kinds("{secretId:\"\(Self.tencentID)\"}") == [.tencentKey])
        #expect(kinds("k='\(Self.amazonID)'") == [.awsKey])
        #expect(kinds("t='\(Self.jwt())'") == [.jwt])
        #expect(kinds("mysql://app:Pr0d-Pass@10.0.0.5:3306/clinic") == [.databaseURL])
        #expect(kinds("mongodb+srv://u:s3cretValue9@cluster0.abc.mongodb.net/x") == [.databaseURL])
        #expect(kinds("jdbc:mysql://10.0.0.5/clinic?user=a&password=Pr0dPass&ssl=1") == [.databaseURL])
        #expect(kinds("fetch('https://svc:Zx81Kq@report.clinic.cn/x')") == [.credentialsInURL])
        #expect(kinds("{appid:'wx1234567890abcdef',appSecret:'0123456789abcdef0123456789abcdef'}") == [.wechatSecret])
        #expect(kinds("h.Authorization='Bearer 9f8Zk27Qm1Lp0Xc5Vb3N'") == [.bearerToken])
        #expect(kinds("h.Authorization=\"Basic \(Data("svc:Zx81Kq".utf8).base64EncodedString())\"") == [.basicCredentials])
        #expect(kinds("{clientSecret:'a1B2c3D4e5F6g7H8i9'}") == [.assignedSecret])
        #expect(kinds("login({user:'admin',password:'Clinic@2024'})") == [.assignedPassword])
        #expect(kinds("var dbPwd = \"hosp1234\";") == [.assignedPassword])
    }

    /// PKCS #8 as front ends keep it, long enough to begin with MII.
    static var longKey: String {
        let inner: [UInt8] =
            [0x02, 0x01, 0x00, 0x30, 0x0D] + [UInt8](repeating: 6, count: 13) + [0x04, 0x82, 0x01, 0x2C]
            + (0..<300).map { UInt8(truncatingIfNeeded: $0) }
        return Data([0x30, 0x82, UInt8(inner.count >> 8), UInt8(inner.count & 255)] + inner).base64EncodedString()
    }

    @Test(
        "what stands for a secret, or is public, is not",
        arguments: [
            "-----BEGIN RSA PRIVATE KEY-----\\n\"+e+\"-----END RSA PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
            SecretTests.pem("PUBLIC KEY", SecretTests.key()), SecretTests.pem("PRIVATE KEY", SecretTests.key(version: [0x30, 0x01, 0x00])),
            "AK" + "IAIOSFODNN7EXAMPLE", "LTAI", "xAKIA5KQ7NBX2WJ4TRLMC", "LTAIaaaaaaaaaaaa", SecretTests.jwt(signature: 31),
            SecretTests.jwt(header: #"{"typ":"JWT"}"#), SecretTests.jwt(claims: #"{"role":"anon"}"#),
            SecretTests.jwt(claims: #"{"sub":"1234567890"}"#),
            "mysql://user:password@host/db", "postgres://${USER}:${PASS}@db/x", "http://www.w3.org/2000/svg", "https://a.cn/x?u=a:b@c",
            "redis://:@localhost", "{password:'password'}", "{password:\"请输入密码\"}", "{password:'Enter your password'}", "type:'password'",
            "{password:'form.login.password2'}", "{pwd:'el-input__pwd-2'}", "password==='abc123x'", "{password:e.value}", "{password:''}",
            "{resetPassword:'/auth/reset2'}", "{password:'your_password1'}", "appSecret:process.env.SECRET_1234567890",
            "{secret:'xxxxxxxxxxxxxxxxxx'}",
            "'Bearer '+t", "`Bearer ${token}`", "'Basic '+btoa(e)", "{passwordLength:'8to20chars'}",
        ])
    func notFound(_ text: String) { #expect(kinds(text) == []) }

    @Test("the severity says what can be done with it")
    func severities() {
        func severity(_ text: String) -> Severity? { scanner.hits(in: Array(text.utf8)).first?.severity }
        #expect(severity("{id:'\(Self.aliyunID)'}") == .medium)
        #expect(severity("{id:'\(Self.aliyunID)',accessKeySecret:'\(Self.aliyunSecret)'}") == .critical)
        #expect(kinds("{id:'\(Self.aliyunID)',accessKeySecret:'\(Self.aliyunSecret)'}") == [.aliyunKey])
        #expect(severity("'\(Self.jwt())'") == .high)
        #expect(severity("'\(Self.jwt(claims: #"{"exp":1700000000}"#))'") == .low)
        #expect(severity("{password:'Clinic@2024'}") == .low)
    }

    @Test("a hit holds a length and a place, never the value")
    func noValue() {
        let hits = scanner.hits(in: Array("{password:'Clinic@2024'}".utf8))
        #expect(hits == [SecretHit(.assignedPassword, length: 11, severity: .low, offset: 11)])
        #expect(!"\(hits)".contains("Clinic"))
    }

    @Test("any bytes do no harm, and cost time in proportion")
    func hostile() {
        var generator = SeededGenerator(seed: 3)
        let sample = Array(
            "k='\(Self.longKey)';{id:'\(Self.aliyunID)',pwd:'Clinic@2024'};\(Self.jwt());mysql://a:Zx81Kq@h/x;'Bearer 9f8Zk27Qm1Lp0Xc5Vb3N'".utf8)
        for end in sample.indices { _ = scanner.hits(in: Array(sample[..<end])) }
        for _ in 0..<500 {
            var changed = sample
            for _ in 0..<8 { changed[Int.random(in: changed.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator) }
            _ = scanner.hits(in: changed)
        }
        for mark in ["eyJ", "pwd:'", "://", "LTAI", "-----BEGIN ", "\"MII", "jdbc:", "secret=\"", "'Bearer "] {
            #expect(scanner.hits(in: Array(String(repeating: mark, count: (2 << 20) / mark.utf8.count).utf8)).count <= 50)
        }
    }
}
