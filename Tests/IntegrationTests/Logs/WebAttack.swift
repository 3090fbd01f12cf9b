import Foundation
import TestServers

/// What visitors of a clinic's portal do: most ordinary things, seven of them attacks. Addresses stand in `X-Forwarded-For` only; nobody there is
/// ever spoken to.
struct WebAttack {
    struct Request {
        var path: String
        var address: String
        var agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"
        var method = "GET"
        var form: String?
        var login: String?
    }

    /// Networks of attackers, by what they do. They are in the United States, by the region data.
    static let injector = "12.0.1.10"
    static let traverser = "12.0.2.10"
    static let shellUser = "12.0.3.10"
    static let guesser = "12.0.4.10"
    static let basicGuesser = "12.0.5.10"
    static let harvester = "12.0.6.10"
    static let scanner = "12.0.7.10"
    static func network(of address: String) -> String { address.split(separator: ".").dropLast().joined(separator: ".") + ".*" }

    /// Synthetic: the check digits are right, nobody has them.
    static let idNumber = "11010119900307109X"
    static let mobile = "13800138017"
    static let token = "eyJhbGciOiJIUzI1NiJ9.c3ludGhldGlj.c2lnbmF0dXJl"

    static var secrets: [String] {
        [
            idNumber, mobile, token, VulnerablePortal.password, VulnerablePortal.user, injector, traverser, shellUser, guesser, basicGuesser,
            harvester,
            scanner, "203.0.113.9", "wrong-1",
        ]
    }

    static var requests: [Request] {
        ordinary + personalData + injections + traversals + shells + guesses + basicGuesses + harvest + scan
    }

    /// Twenty people of documentation's networks look for themselves, log in and read.
    private static var ordinary: [Request] {
        (0..<400).map { number in
            Request(path: "/api/search?name=Ce%20Shi%20\(number + 1)", address: "203.0.113.\(number % 20 + 1)")
        }
            + (1...20).flatMap { person in
                [
                    Request(path: "/", address: "203.0.113.\(person)"), Request(path: "/files?name=report.pdf", address: "203.0.113.\(person)"),
                    Request(path: "/api/patients/\(person * 17)", address: "203.0.113.\(person)"),
                ]
            }
    }

    private static var personalData: [Request] {
        // Fewer may be chance.
        (0..<5).flatMap { _ in personalDataOnce }
    }

    private static var personalDataOnce: [Request] {
        [
            Request(path: "/api/search?idCard=\(idNumber)", address: "203.0.113.9"),
            Request(path: "/api/search?mobile=\(mobile)", address: "203.0.113.9"),
            Request(path: "/api/search?access_token=\(token)", address: "203.0.113.9"),
        ]
    }

    private static var injections: [Request] {
        let texts = [
            "' OR '1'='1", "' UNION SELECT id,name,diagnosis FROM patients--", "' AND 1=2 UNION SELECT 1,sqlite_version(),3--",
            "'; DROP TABLE patients--",
        ]
        return texts.map { Request(path: "/api/search?name=\(escaped($0))", address: injector, agent: "sqlmap/1.7.2#stable (https://sqlmap.org)") }
    }

    private static var traversals: [Request] {
        [
            "/files?name=../passwd", "/files?name=../../../../../../etc/passwd", "/files?name=..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
            "/..%2f..%2fetc/passwd",
        ]
        .map { Request(path: $0, address: traverser, agent: "curl/8.5.0") }
    }

    private static var shells: [Request] {
        ["id", "cat%20/etc/passwd", "whoami"].map { Request(path: "/uploads/cmd.jsp?cmd=\($0)", address: shellUser) }
    }

    private static var guesses: [Request] {
        (0..<40).map { Request(path: "/login", address: guesser, method: "POST", form: "user=\(VulnerablePortal.user)&password=wrong-\($0)") }
            + [Request(path: "/login", address: guesser, method: "POST", form: "user=\(VulnerablePortal.user)&password=\(VulnerablePortal.password)")]
    }

    private static var basicGuesses: [Request] {
        (0..<40).map { Request(path: "/admin/", address: basicGuesser, login: "\(VulnerablePortal.user):wrong-\($0)") }
            + (0..<3).map { _ in Request(path: "/admin/", address: basicGuesser, login: "\(VulnerablePortal.user):\(VulnerablePortal.password)") }
    }

    private static var harvest: [Request] {
        (1...VulnerablePortal.people).map { Request(path: "/api/patients/\($0)", address: harvester, agent: "python-requests/2.31.0") }
    }

    private static var scan: [Request] {
        let known = [
            "/.git/config", "/.env", "/wp-login.php", "/phpmyadmin/index.php", "/backup.zip", "/.svn/entries", "/server-status", "/actuator/env",
            "/.DS_Store",
            "/web.config",
        ]
        let words = (0..<60).map {
            "/guess-\(["red", "green", "blue", "grey", "gold"][$0 % 5])-\(["a", "b", "c", "d"][$0 % 4])/\(["x", "y", "z"][$0 % 3])"
        }
        return (known + words).map { Request(path: $0, address: scanner, agent: "gobuster/3.6") }
    }

    private static func escaped(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }

    /// Sends all of it in one curl.
    static func run(against server: LoggingServer) async throws {
        try await ClientScript.curl(requests.map { block($0, server.port) }.joined(separator: "next\n"), in: server.folder)
    }

    private static func block(_ request: Request, _ port: UInt16) -> String {
        var lines = [
            #"url = "http://127.0.0.1:\#(port)\#(request.path)""#, #"header = "X-Forwarded-For: \#(request.address)""#,
            #"user-agent = "\#(request.agent)""#, #"output = "/dev/null""#, "silent", "path-as-is", "globoff", "max-time = 30",
        ]
        if request.method != "GET" { lines.append(#"request = "\#(request.method)""#) }
        if let form = request.form { lines.append(#"data = "\#(form)""#) }
        if let login = request.login { lines.append(#"user = "\#(login)""#) }
        return lines.joined(separator: "\n") + "\n"
    }
}
