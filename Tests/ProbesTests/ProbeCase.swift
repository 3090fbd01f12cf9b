import Probes
import TestSupport
import Testing

/// One scripted peer, and what its probe must make of it.
struct ProbeCase: Sendable, CustomTestStringConvertible {
    var name: String
    var service: Service
    var replies: [[UInt8]]
    var greeting: [UInt8] = []
    var authentication: ServiceReading.Authentication?
    var key: String?
    var testDescription: String { "\(service.name): \(name)" }

    init(
        _ name: String, _ service: Service, _ replies: [[UInt8]], greeting: [UInt8] = [], _ authentication: ServiceReading.Authentication?,
        _ key: String? = nil
    ) {
        self.name = name
        self.service = service
        self.replies = replies
        self.greeting = greeting
        self.authentication = authentication
        self.key = key
    }

    init(_ name: String, _ service: Service, texts: [String], _ authentication: ServiceReading.Authentication?, _ key: String? = nil) {
        self.init(name, service, texts.map { Array($0.utf8) }, authentication, key)
    }

    var peer: PretendPeer { .script(greeting: greeting, replies.map { .bytes($0) }) }
}

/// Every protocol has at least three: open, authentication on, another service on that port. Each group in a file of its own.
enum ProbeCases {
    static let all: [ProbeCase] = databases + brokers + files + remoteAccess + healthCare + web
}
