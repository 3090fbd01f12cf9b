package import Foundation
import Network
import Yams

extension Estate {
    /// Reads and checks an estate file.
    /// - Throws: ``EstateErrors``, each with file, line and key.
    package static func load(_ path: String) throws(EstateErrors) -> Estate {
        let url = URL(fileURLWithPath: path).standardizedFileURL
        let data: Data
        do {
            data = try Data(contentsOf: url)
        } catch {
            let why = FileManager.default.fileExists(atPath: url.path) ? "can't be read" : "there is no such file; `suwen estate init` writes one"
            throw EstateErrors([EstateError(file: path, problem: why)])
        }
        guard data.count <= sizeLimit else { throw EstateErrors([EstateError(file: path, problem: "is larger than 1 MiB")]) }
        guard let text = String(bytes: data, encoding: .utf8) else {
            throw EstateErrors([EstateError(file: path, problem: "is not UTF-8; save it as UTF-8")])
        }
        return try parse(text, file: path, url: url)
    }

    private static let sizeLimit = 1 << 20

    /// As ``load(_:)``, for text at hand; `url` gives the folder for relative paths.
    package static func parse(_ text: String, file: String, url: URL) throws(EstateErrors) -> Estate {
        let root: Node
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw EstateErrors([EstateError(file: file, problem: "is empty; `suwen estate init` writes a commented one")])
            }
            root = node
        } catch let errors as EstateErrors {
            throw errors
        } catch {
            throw EstateErrors([yamlError(error, file: file)])
        }
        var validator = EstateValidator(file: file)
        validator.check(root, against: .estate)
        guard validator.errors.isEmpty else { throw EstateErrors(validator.errors.sorted { ($0.line ?? 0) < ($1.line ?? 0) }) }
        let estate = EstateReader(url: url).estate(root)
        let repeated = EstateReader.repeatedNames(root, file: file)
        guard repeated.isEmpty else { throw EstateErrors(repeated) }
        return estate
    }

    private static func yamlError(_ error: any Error, file: String) -> EstateError {
        guard let error = error as? YamlError else { return EstateError(file: file, problem: "is no YAML") }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            return EstateError(file: file, line: mark.line, problem: "is no YAML here: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let keys = duplicates.map { "\($0)" }.joined(separator: ", ")
            return EstateError(file: file, line: context.mark.line, key: keys, problem: "stands twice; keep one")
        default: return EstateError(file: file, problem: "is no YAML")
        }
    }
}

/// Turns a checked tree into values. Every key is of its form by now; what is absent takes its default.
private struct EstateReader {
    let url: URL
    var folder: URL { url.deletingLastPathComponent() }

    func estate(_ root: Node) -> Estate {
        Estate(
            file: url,
            organisation: organisation(root["organisation"]),
            scope: scope(root["scope"]),
            hosts: list(root["hosts"], host),
            endpoints: list(root["endpoints"], endpoint),
            interfaces: list(root["interfaces"], interface),
            stores: list(root["stores"], store),
            logs: list(root["logs"], log), operations: operations(root["operations"]),
            documents: root["documents"]?.text.map(path),
            attestations: list(root["attestations"], attestation),
            regions: regions(root["regions"]),
            history: root["history"]?.text.map(path)
                ?? folder.appendingPathComponent(url.deletingPathExtension().lastPathComponent + ".history.sqlite"))
    }

    private func organisation(_ node: Node?) -> Organisation {
        return Organisation(
            name: node?["name"]?.text ?? "", persons: node?["persons"]?.int ?? 0,
            sensitivePersonalInformation: node?["sensitivePersonalInformation"]?.bool ?? true, minors: node?["minors"]?.bool ?? false,
            importantData: node?["importantData"]?.bool ?? false,
            criticalInformationInfrastructure: node?["criticalInformationInfrastructure"]?.bool ?? false, mlpsLevel: node?["mlpsLevel"]?.int ?? 0,
            medicalInstitution: node?["medicalInstitution"]?.bool ?? false, internetDiagnosis: node?["internetDiagnosis"]?.bool ?? false,
            outsources: node?["outsources"]?.bool ?? false, crossBorder: node?["crossBorder"]?.bool ?? false, owners: dictionary(node?["owners"]))
    }

    private func scope(_ node: Node?) -> Scope {
        Scope(networks: networks(node?["networks"]), names: list(node?["names"]) { $0.text }, excluded: networks(node?["exclude"]))
    }

    private func host(_ node: Node) -> Host? {
        guard let name = node["name"]?.text, let address = node["address"]?.text else { return nil }
        let ports = node["ports"].map { list($0) { $0.int.flatMap(UInt16.init(exactly:)) } }
        return Host(name: name, address: address, internetFacing: node["internetFacing"]?.bool ?? false, ports: ports)
    }

    private func endpoint(_ node: Node) -> Endpoint? {
        guard let name = node["name"]?.text, let url = node["url"]?.text.flatMap(URL.init(string:)) else { return nil }
        return Endpoint(
            name: name, url: url, requiresAuthentication: node["requiresAuthentication"]?.bool ?? true, accounts: list(node["accounts"], account))
    }

    private func account(_ node: Node) -> TestAccount? {
        guard let header = node["header"]?.text, let source = node["valueFrom"]?.text.flatMap({ SecretSource($0, relativeTo: folder) }) else {
            return nil
        }
        return TestAccount(header: header, valueFrom: source)
    }

    private func interface(_ node: Node) -> Interface? {
        guard let name = node["name"]?.text, let place = node["openapi"]?.text else { return nil }
        let document = place.contains("://") ? URL(string: place).map(Interface.Document.url) : .file(path(place))
        return document.map { Interface(name: name, document: $0, base: node["base"]?.text.flatMap(URL.init(string:))) }
    }

    private func store(_ node: Node) -> Store? {
        guard let name = node["name"]?.text, let url = node["url"]?.text else { return nil }
        return Store(
            name: name, url: absoluteStoreURL(url), passwordFrom: node["passwordFrom"]?.text.flatMap { SecretSource($0, relativeTo: folder) },
            environment: node["environment"]?.text.flatMap(Store.Environment.init) ?? .production, encoding: node["encoding"]?.text)
    }

    private func log(_ node: Node) -> LogSource? {
        guard let name = node["name"]?.text else { return nil }
        return LogSource(
            name: name, paths: list(node["paths"]) { $0.text.map { path($0).path } },
            kind: node["kind"]?.text.flatMap(LogSource.Kind.init) ?? .application,
            systemSince: node["systemSince"]?.text.flatMap(Day.date), trustedProxies: networks(node["trustedProxies"]),
            format: node["format"]?.text, fields: dictionary(node["fields"]))
    }

    private func attestation(_ node: Node) -> Attestation? {
        guard let control = node["control"]?.text, let by = node["by"]?.text, let on = node["on"]?.text.flatMap(Day.date),
            let until = node["until"]?.text.flatMap(Day.date), let statement = node["statement"]?.text
        else { return nil }
        return Attestation(control: control, by: by, on: on, until: until, statement: statement, line: node.mark?.line)
    }

    private func regions(_ node: Node?) -> RegionPolicy {
        var policy = RegionPolicy(
            hongKongMacaoTaiwan: node?["hongKongMacaoTaiwan"]?.text.flatMap(RegionPolicy.HongKongMacaoTaiwan.init) ?? .ownClass,
            overrides: list(node?["overrides"]) { entry in
                guard let network = entry["network"]?.text.flatMap({ CIDR($0) }), let code = entry["region"]?.text else { return nil }
                return (network, code)
            })
        policy.database = node?["database"]?.text.map(path)
        policy.dataCentres = node?["dataCentres"]?.text.map(path)
        policy.torExits = node?["torExits"]?.text.map(path)
        return policy
    }

    private func operations(_ node: Node?) -> Operations {
        var operations = Operations()
        operations.bastions = networks(node?["bastions"])
        operations.applicationServers = networks(node?["applicationServers"])
        operations.backupAccounts = list(node?["backupAccounts"]) { $0.text }
        let (from, until) = (node?["workFrom"]?.int ?? 7, node?["workUntil"]?.int ?? 21)
        if from < until { operations.workingHours = from..<until }
        operations.rules = list(node?["rules"]) { $0.text.map { path($0) } }
        return operations
    }

    private func dictionary(_ node: Node?) -> [String: String] {
        var values: [String: String] = [:]
        for (key, value) in node?.mapping ?? [:] { values[key.string ?? ""] = value.text }
        return values
    }

    private func networks(_ node: Node?) -> [CIDR] { list(node) { $0.text.flatMap { CIDR($0) } } }

    private func list<Value>(_ node: Node?, _ read: (Node) -> Value?) -> [Value] { node?.sequence?.compactMap(read) ?? [] }

    private func path(_ text: String) -> URL { URL(fileURLWithPath: text, relativeTo: folder).standardizedFileURL }

    private func absoluteStoreURL(_ text: String) -> String {
        for scheme in ["sqlite:", "file:"] where text.hasPrefix(scheme) && !text.hasPrefix(scheme + "//") {
            return scheme + path(String(text.dropFirst(scheme.count))).path
        }
        return text
    }

    /// Coverage, findings and history tell subjects apart by their names.
    static func repeatedNames(_ root: Node, file: String) -> [EstateError] {
        var seen: Set<String> = []
        var errors: [EstateError] = []
        for section in ["hosts", "endpoints", "interfaces", "stores", "logs"] {
            for (index, entry) in (root[section]?.sequence ?? []).enumerated() {
                guard let name = entry["name"]?.text, !seen.insert(name).inserted else { continue }
                let problem = "the name \"\(name)\" is taken already; reports tell subjects apart by their names"
                errors.append(EstateError(file: file, line: entry["name"]?.mark?.line, key: "\(section)[\(index)].name", problem: problem))
            }
        }
        return errors
    }
}

extension Node {
    /// A scalar as it was written.
    fileprivate var text: String? { scalar?.string }
}
