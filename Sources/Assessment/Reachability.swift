import Datastores
package import Estate
package import Findings
import Foundation
import Network

/// Whether what an estate names can be reached, before it is assessed. Opens connections and looks for files; reads nothing of them.
package enum Reachability {
    package struct Result: Sendable {
        /// `host`, `endpoint`, `interface`, `store`, `log`, `documents`.
        package var kind: String
        package var subject: String
        /// Nil when it can be reached.
        package var problem: Message?
    }

    /// Results in the order of the estate; all subjects are tried at the same time.
    package static func check(_ estate: Estate) async -> [Result] {
        let subjects = subjects(of: estate)
        return await withTaskGroup(of: (Int, Result).self) { group in
            for (index, subject) in subjects.enumerated() {
                group.addTask { (index, Result(kind: subject.kind, subject: subject.name, problem: await subject.problem())) }
            }
            var results: [Int: Result] = [:]
            for await (index, result) in group { results[index] = result }
            return subjects.indices.compactMap { results[$0] }
        }
    }

    private struct Subject: Sendable {
        var kind: String
        var name: String
        var problem: @Sendable () async -> Message?
    }

    private static func subjects(of estate: Estate) -> [Subject] {
        let scope = estate.scope
        var subjects: [Subject] = []
        subjects += estate.hosts.map { host in Subject(kind: "host", name: host.name) { await problem(ofHost: host.address, host.ports, scope) } }
        subjects += estate.endpoints.map { endpoint in Subject(kind: "endpoint", name: endpoint.name) { await problem(of: endpoint.url, scope) } }
        subjects += estate.interfaces.map { interface in Subject(kind: "interface", name: interface.name) { await problem(of: interface, scope) } }
        subjects += estate.stores.map { store in Subject(kind: "store", name: store.name) { await problem(of: store, scope) } }
        subjects += estate.logs.map { log in Subject(kind: "log", name: log.name) { problem(of: log) } }
        if let folder = estate.documents {
            subjects.append(Subject(kind: "documents", name: folder.lastPathComponent) { problem(ofFolder: folder) })
        }
        return subjects
    }

    /// A host is reachable when it answers on one of its ports, be it with a refusal.
    private static func problem(ofHost address: String, _ ports: [UInt16]?, _ scope: Scope) async -> Message? {
        let ports = ports ?? [443, 80, 22]
        var last: Message?
        for port in ports.prefix(4) {
            switch await attempt(address, port, scope) {
            case .success(.connected), .success(.refused): return nil
            case .success(let outcome): last = message(outcome, address, port)
            case .failure(let error): return message(error)
            }
        }
        return last
    }

    private static func problem(of interface: Interface, _ scope: Scope) async -> Message? {
        switch interface.document {
        case .url(let url): return await problem(of: url, scope)
        case .file(let file):
            return FileManager.default.isReadableFile(atPath: file.path) ? nil : Message("reach.no-file", ["path": .text(file.path)])
        }
    }

    private static func problem(of url: URL, _ scope: Scope) async -> Message? {
        guard let host = url.host(percentEncoded: false) else { return nil }
        let port = url.port.flatMap(UInt16.init(exactly:)) ?? (url.scheme == "https" ? 443 : 80)
        switch await attempt(host, port, scope) {
        case .success(.connected): return nil
        case .success(let outcome): return message(outcome, host, port)
        case .failure(let error): return message(error)
        }
    }

    private static func problem(of store: Store, _ scope: Scope) async -> Message? {
        do {
            let password = try store.passwordFrom?.load()
            try await withDatastore(try StoreLocation(store.url), scope: scope, password: password, encoding: store.encoding, access: .read) { _ in }
            return nil
        } catch let error as DatastoreError {
            return Message("reach.store", ["why": .text(error.description)])
        } catch let error as SecretError {
            return Message("reach.store", ["why": .text(error.description)])
        } catch {
            return Message("reach.store", ["why": .text(String(describing: type(of: error)))])
        }
    }

    private static func problem(of log: LogSource) -> Message? {
        let found = log.paths.contains { pattern in
            var matches = glob_t()
            defer { globfree(&matches) }
            return glob(pattern, 0, nil, &matches) == 0 && matches.gl_pathc > 0
        }
        return found ? nil : Message("reach.no-file", ["path": .text(log.paths.joined(separator: ", "))])
    }

    private static func problem(ofFolder folder: URL) -> Message? {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder)
        return exists && isFolder.boolValue ? nil : Message("reach.no-file", ["path": .text(folder.path)])
    }

    private static func attempt(_ host: String, _ port: UInt16, _ scope: Scope) async -> Swift.Result<ConnectOutcome, ScopeError> {
        do throws(ScopeError) {
            var outcome = ConnectOutcome.silent
            for address in try await scope.resolve(host: host, port: port) {
                outcome = await address.tryConnecting()
                if outcome == .connected { break }
            }
            return .success(outcome)
        } catch {
            return .failure(error)
        }
    }

    private static func message(_ outcome: ConnectOutcome, _ host: String, _ port: UInt16) -> Message {
        let place: [String: Fact] = ["host": .text(host), "port": .text(String(port))]
        switch outcome {
        case .refused: return Message("reach.refused", place)
        case .failed(let why): return Message("reach.failed", place.merging(["why": .text(why)]) { $1 })
        case .silent, .connected: return Message("reach.silent", place)
        }
    }

    private static func message(_ error: ScopeError) -> Message {
        switch error {
        case .outOfScope(let host, let address):
            Message("reach.out-of-scope", ["host": .text(host), "address": .text(address?.description ?? host)])
        case .unresolvable(let host): Message("reach.unresolvable", ["host": .text(host)])
        }
    }
}
