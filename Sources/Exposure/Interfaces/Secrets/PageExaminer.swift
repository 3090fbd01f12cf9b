import Findings
import Foundation
import Network

/// Looks for secrets in the first page of a service and in the scripts that it loads from its own origin.
struct PageExaminer: Sendable {
    let fetcher: HTTPFetcher
    let scanner: SecretScanner

    static let mostScripts = 10
    static let scriptLimit = 2 << 20

    init(fetcher: HTTPFetcher, now: Date) {
        self.fetcher = fetcher
        scanner = SecretScanner(now: now)
    }

    func examine(_ origin: URL, subject: String, scope: Scope) async -> PageReading {
        var reading = PageReading(origin: origin, subject: subject)
        // Login pages have scripts too.
        let talk = await Conversation.hold(origin, fetcher, scope: scope, limit: Self.scriptLimit, followsLogins: true)
        reading.hsts = talk.hsts
        guard let page = talk.last else {
            reading.problem = talk.isAnswered ? nil : talk.evidence
            return reading
        }
        guard (200..<300).contains(page.reply.status) else { return reading }
        add(page, talk.url, to: &reading)
        guard page.reply.contentType.contains("html") else { return reading }
        let scripts = ScriptLinks.of(page.body.bytes, at: talk.url)
        reading.left += max(0, scripts.count - Self.mostScripts)
        for script in scripts.prefix(Self.mostScripts) {
            guard !Task.isCancelled, case .success(let fetched) = await fetcher.get(script, scope: scope, limit: Self.scriptLimit),
                (200..<300).contains(fetched.reply.status)
            else {
                reading.left += 1
                continue
            }
            add(fetched, script, to: &reading)
        }
        return reading
    }

    private func add(_ fetched: Fetched, _ url: URL, to reading: inout PageReading) {
        reading.examined += 1
        if fetched.reply.isTruncated { reading.left += 1 }
        let path = ScriptLinks.safePath(url)
        reading.hits += scanner.hits(in: fetched.body.bytes).map { (path, $0) }
    }
}
