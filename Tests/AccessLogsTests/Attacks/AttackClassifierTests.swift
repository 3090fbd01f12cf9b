import AccessLogs
import LogFormats
import Patterns
import TestSupport
import Testing

@Suite("Attacks in requests")
struct AttackClassifierTests {
    /// One line of a corpus, as the classifier takes it.
    struct Request {
        var method = "GET"
        var target = "/"
        var userAgent = ""
        var referer = ""

        init(_ line: some StringProtocol) {
            if line.hasPrefix("ua:") {
                userAgent = String(line.dropFirst(3))
            } else if line.hasPrefix("referer:") {
                referer = String(line.dropFirst(8))
            } else if let blank = line.firstIndex(of: " "), line[..<blank].allSatisfy(\.isUppercase) {
                method = String(line[..<blank])
                target = String(line[line.index(after: blank)...])
            } else {
                target = String(line)
            }
        }

        /// As nginx would log it in its combined format.
        var line: String {
            "203.0.113.7 - - [01/May/2024:08:00:00 +0800] \"\(method) \(target) HTTP/1.1\" 200 1234 \"\(referer.isEmpty ? "-" : referer)\" \"\(userAgent)\"\n"
        }
    }

    static let classifier = AttackClassifier()

    static func requests(_ text: String) -> [Request] { text.split(separator: "\n").map { Request($0) } }

    static func signs(_ request: Request, _ scratch: AttackScratch = AttackScratch()) -> AttackSigns {
        Array(request.method.utf8).withUnsafeBytes { method in
            Array(request.target.utf8).withUnsafeBytes { target in
                Array(request.userAgent.utf8).withUnsafeBytes { agent in
                    Array(request.referer.utf8).withUnsafeBytes { referer in
                        classifier.classify(method: method, target: target, userAgent: agent, referer: referer, scratch: scratch)
                    }
                }
            }
        }
    }

    @Test("At least 97 in 100 attacks show their sign, and every class at least 90")
    func recall() {
        let scratch = AttackScratch()
        var (found, all) = (0, 0)
        var missed: [String] = []
        for (sign, text) in AttackCorpus.all {
            let requests = Self.requests(text)
            let hits = requests.filter { request in
                let isFound = Self.signs(request, scratch).contains(sign)
                if !isFound { missed.append("\(sign.name): \(request.method) \(request.target) \(request.userAgent) \(request.referer)") }
                return isFound
            }
            #expect(hits.count * 10 >= requests.count * 9, "\(sign.name)")
            (found, all) = (found + hits.count, all + requests.count)
        }
        #expect(all >= 300)
        #expect(found * 100 >= all * 97, "\(missed.joined(separator: "\n"))")
    }

    @Test("No ordinary request shows a sign")
    func ordinary() {
        let scratch = AttackScratch()
        let requests = Self.requests(OrdinaryCorpus.all)
        #expect(requests.count >= 400)
        for request in requests {
            let signs = Self.signs(request, scratch)
            #expect(signs.isEmpty, "\(signs.each.map(\.name)): \(request.target) \(request.userAgent) \(request.referer)")
        }
    }

    @Test("Every attack that the classifier finds has a trigger in its line")
    func triggers() throws {
        let set = try PatternSet(AttackTriggers.literals())
        let scratch = try PatternScratch(for: set)
        for (sign, text) in AttackCorpus.all {
            for request in Self.requests(text) where Self.signs(request).contains(sign) {
                #expect(isTriggered(request.line, set, scratch), "\(sign.name): \(request.line)")
            }
        }
    }

    @Test("Plain lines have no trigger, and a script has one only inside of a folder that takes files")
    func plain() throws {
        let set = try PatternSet(AttackTriggers.literals())
        let scratch = try PatternScratch(for: set)
        for target in ["/", "/index.php?id=5", "/uploads/a.jpg", "/api/patients/12?page=2&size=10", "/images/logo.png", "/files/a.pdf"] {
            var request = Request(target)
            request.userAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
            request.referer = "https://example.org/index.php"
            #expect(!isTriggered(request.line, set, scratch), "\(target)")
        }
        #expect(isTriggered(Request("/uploads/2024/a.php").line, set, scratch))
    }

    private func isTriggered(_ line: String, _ set: PatternSet, _ scratch: PatternScratch) -> Bool {
        var state = AttackTriggers.Line()
        Array(line.utf8).withUnsafeBytes { bytes in
            set.scan(bytes, scratch) { id, end in
                if let kind = AttackTriggers.Kind(rawValue: id) { state.note(kind, end: end, in: bytes) }
                return true
            }
        }
        return state.isTriggered
    }

    @Test("Anything may come: cut, repeated and mutated requests are read without a fault")
    func hostile() {
        let scratch = AttackScratch()
        var random = SeededGenerator(seed: 2_026)
        for (_, text) in AttackCorpus.all {
            for request in Self.requests(text) {
                var bytes = Array(request.target.utf8)
                for end in 0..<min(bytes.count, 160) { _ = signs(of: Array(bytes[..<end]), scratch) }
                for _ in 0..<4 where !bytes.isEmpty {
                    bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                    _ = signs(of: bytes, scratch)
                }
            }
        }
        for piece in [
            "'", "(", "/*", "%", "%25", "../", "${", "{{", "<a ", ";id", "%c0", "\\x", "&a=", "select ", "union ", "/", "..", "\u{0}", "on", "$(",
        ] {
            let bytes = Array(String(repeating: piece, count: 40_000).utf8)
            _ = signs(of: Array("/?a=".utf8) + bytes, scratch)
            _ = signs(of: Array("/".utf8) + bytes, scratch)
        }
        _ = signs(of: [], scratch)
        #expect(Self.signs(Request("/?id=1'+or+'1'='1"), scratch) == .sqlInjection)
    }

    private func signs(of target: [UInt8], _ scratch: AttackScratch) -> AttackSigns {
        target.withUnsafeBytes {
            Self.classifier.classify(method: $0.part(0..<0), target: $0, userAgent: $0, referer: $0, scratch: scratch)
        }
    }

    @Test("Signs have names of their own and techniques")
    func names() {
        #expect(Set(AttackSigns.all.map(\.name)).count == AttackSigns.all.count)
        #expect(AttackSigns.all.allSatisfy { !$0.techniques.isEmpty && $0.name != "several" })
        #expect(([.sqlInjection, .traversal] as AttackSigns).techniques == ["T1190", "T1083"])
        #expect(AttackSigns.webShell.techniques == ["T1505.003"])
    }
}
