import Estate
import Findings
import Foundation
import Network
import Probes
import Synchronization

/// Asks the GET operations of an OpenAPI document, each once and without credentials, on servers that the scope permits.
struct InterfaceExaminer: Sendable {
    let fetcher: HTTPFetcher
    let personData: (any PersonDataExaminer)?
    /// Operations of one document that are asked at once.
    static let concurrency = 4

    func examine(_ interface: Interface, scope: Scope) async -> InterfaceReading {
        let place: URL?
        let bytes: [UInt8]
        switch await load(interface.document, scope) {
        case .success(let loaded): (bytes, place) = loaded
        case .failure(let problem): return InterfaceReading(interface, problem: problem.message)
        }
        let document: OpenAPIDocument
        switch DocumentNode.read(bytes) {
        case .success(let tree):
            guard let reader = OpenAPIReader(tree) else { return InterfaceReading(interface, problem: Message("exposure.openapi-other")) }
            document = reader.document()
        case .failure(let error): return InterfaceReading(interface, problem: Message("exposure.openapi-\(error.rawValue)"))
        }
        return await ask(document, of: interface, from: place, scope)
    }

    private struct Problem: Error { var message: Message }

    /// The document's bytes, and where it came from in the end.
    private func load(_ document: Interface.Document, _ scope: Scope) async -> Result<([UInt8], URL?), Problem> {
        switch document {
        case .file(let url):
            guard let handle = try? FileHandle(forReadingFrom: url), let data = try? handle.read(upToCount: DocumentNode.sizeLimit) else {
                return .failure(Problem(message: Message("exposure.openapi-no-file", ["file": .text(url.lastPathComponent)])))
            }
            return .success(([UInt8](data), nil))
        case .url(let url):
            let talk = await Conversation.hold(url, fetcher, scope: scope, limit: DocumentNode.sizeLimit)
            guard let last = talk.last, (200..<300).contains(last.reply.status) else { return .failure(Problem(message: talk.evidence)) }
            guard !last.reply.isTruncated else { return .failure(Problem(message: Message("exposure.openapi-too-large"))) }
            return .success((last.body.bytes, talk.url))
        }
    }

    // MARK: Asking

    private struct Request: Sendable {
        var name: String
        var url: URL
    }

    private func ask(_ document: OpenAPIDocument, of interface: Interface, from place: URL?, _ scope: Scope) async -> InterfaceReading {
        var reading = InterfaceReading(interface)
        reading.described = document.operations.count + document.skipped.filter { $0.key != .method }.values.reduce(0, +)
        reading.skipped = document.skipped
        var servers = ServerChoice(document, declared: interface.base, place: place, scope: scope)
        var requests: [Request] = []
        var names: [String: Int] = [:]
        for operation in document.operations {
            guard let url = await servers.url(of: operation) else {
                reading.outOfScope += 1
                continue
            }
            // Two paths may look alike once made harmless.
            names[operation.name, default: 0] += 1
            let count = names[operation.name] ?? 1
            requests.append(Request(name: count == 1 ? operation.name : "\(operation.name) #\(count)", url: url))
        }
        if requests.isEmpty { reading.problem = servers.problem }
        let patience = Patience()
        let answers = await Window.map(requests, width: Self.concurrency) { await ask($0, scope, patience) }
        reading.operations = answers.compactMap { $0 ?? nil }
        reading.abandoned = requests.count - reading.operations.count
        return reading
    }

    /// Nil when nothing answers there any more.
    private func ask(_ request: Request, _ scope: Scope, _ patience: Patience) async -> OperationReading? {
        guard !patience.isExhausted, !Task.isCancelled else { return nil }
        let talk = await Conversation.hold(request.url, fetcher, scope: scope)
        patience.note(isAnswered: talk.isAnswered)
        let outcome: OperationReading.Outcome =
            switch talk.authentication {
            case .required: .refused
            case .notRequired: .data
            case .unknown: talk.isAnswered ? .other : .unanswered
            }
        return OperationReading(name: request.name, outcome: outcome, persons: PersonDataReading(talk, personData, subject: request.url.lastWord))
    }
}

/// How long to go on with a server that doesn't answer: scattered failures are no reason to stop, silence is.
final class Patience: Sendable {
    private static let most = 12
    private let failures = Atomic(0)

    var isExhausted: Bool { failures.load(ordering: .relaxed) >= Self.most }

    /// - Parameter isAnswered: an answer of any kind begins the count anew.
    func note(isAnswered: Bool) {
        if isAnswered { failures.store(0, ordering: .relaxed) } else { failures.add(1, ordering: .relaxed) }
    }
}
