import Foundation
import TestServers
import Testing

/// One kind of server, set up in one way.
struct ScanTarget: Sendable, CustomTestStringConvertible {
    let kind: ScannedServerKind
    let variant: ServerVariant

    var testDescription: String { "\(kind), \(variant)" }

    static let all = ScannedServerKind.all.flatMap { kind in kind.variants.map { ScanTarget(kind: kind, variant: $0) } }
    static let open = all.filter { $0.variant == .open }
}

/// The built program against real servers.
@Suite("Scanning real servers")
struct ServerScanTests {
    @Test("each server is recognised and judged, and is afterwards what it was", arguments: ScanTarget.all)
    func scan(_ target: ScanTarget) async throws {
        try await target.kind.with(target.variant) { server in
            let before = try await server.snapshot()
            let asked = try await server.commandLog()
            let outcome = try await SuwenProcess.run(Self.arguments(server))
            let log = try await server.commandLog()
            let after = try await server.snapshot()

            let document = try outcome.json()
            #expect(outcome.exitCode == 0, "\(outcome.errorText) \(document["unexamined"] ?? "")")
            #expect(document["schema"] as? String == "suwen.scan/1")
            let services = document["services"] as? [[String: Any]] ?? []
            #expect(services.count == server.expectations.count)
            for expectation in server.expectations { Self.expect(expectation, among: services) }

            #expect(!before.isEmpty)
            #expect(after.changes(since: before) == [])
            let others = try HarmlessCommands.others(Self.added(log, since: asked), of: target.kind.name)
            #expect(others == [])
        }
    }

    @Test("a change would show, in what a server holds and in what it was asked", arguments: ScanTarget.open)
    func witnesses(_ target: ScanTarget) async throws {
        guard target.kind.isChangeable else { return }
        try await target.kind.with(target.variant) { server in
            guard let server = server as? any ChangeableServer else { return }
            let before = try await server.snapshot()
            let asked = try await server.commandLog()
            try await server.change()
            let log = try await server.commandLog()
            let after = try await server.snapshot()
            #expect(after.changes(since: before) != [])
            // The tests' own requests by HTTP are left out of an access log.
            if target.kind.name != "Orthanc" { #expect(try HarmlessCommands.others(Self.added(log, since: asked), of: target.kind.name) != []) }
        }
    }

    private static func arguments(_ server: any ScannedServer) -> [String] {
        let ports = server.expectations.map { "\($0.isUDP ? "U:" : "")\($0.port)" }
        return ["scan", "127.0.0.1", "--scope", "127.0.0.1/32", "--ports", ports.joined(separator: ","), "--json"]
    }

    private static func expect(_ expectation: ServiceExpectation, among services: [[String: Any]]) {
        let found = services.filter { ($0["port"] as? Int) == Int(expectation.port) }
        #expect(found.map { $0["service"] as? String } == [expectation.service])
        #expect(found.map { $0["host"] as? String } == ["127.0.0.1"])
        #expect(found.map { $0["tls"] as? Bool } == [expectation.isTLS])
        guard let authentication = expectation.authentication else { return }
        #expect(found.map { $0["authentication"] as? String } == [authentication.rawValue])
    }

    /// What stands in the later log more often than in the earlier one.
    private static func added(_ log: [String], since earlier: [String]) -> [String] {
        var known: [String: Int] = [:]
        for entry in earlier { known[entry, default: 0] += 1 }
        return log.filter { entry in
            guard let count = known[entry], count > 0 else { return true }
            known[entry] = count - 1
            return false
        }
    }
}
