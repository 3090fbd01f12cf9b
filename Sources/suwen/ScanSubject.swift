import Assessment
import Estate
import Exposure
import Foundation
import Network
import Regulations

/// What a scan is about: an estate, or targets that somebody typed.
struct ScanSubject {
    var plan: ScanPlan
    var endpoints: [Endpoint] = []
    var interfaces: [Interface] = []
    var profile = Profile()
    var isEstate: Bool

    static func read(targets: [String], scope: [String], reach: ScanReachOptions) async throws -> ScanSubject {
        let selection = try reach.selection()
        if targets.count == 1, let path = targets.first, isEstate(path) {
            guard scope.isEmpty else { throw Failure.input("--scope: \(path) says its own scope; change it there") }
            let estate = try Estate.load(path)
            var plan = await ScanPlan(estate)
            if let selection {
                for index in plan.targets.indices {
                    (plan.targets[index].ports, plan.targets[index].datagramPorts) = (selection.ports, selection.datagramPorts)
                }
            }
            return ScanSubject(
                plan: plan, endpoints: estate.endpoints, interfaces: estate.interfaces,
                profile: Profile(estate.organisation, personsMeasured: nil), isEstate: true)
        }
        guard !scope.isEmpty else {
            throw Failure.input("nothing may be contacted: say what with --scope CIDR or --scope FILE (for example --scope \(example(targets)))")
        }
        let plan: ScanPlan
        do {
            plan = try await ScanTargets.plan(
                try targets.flatMap(lines), ports: selection ?? .top, scope: try permitted(scope), isInternetFacing: reach.from == .outside)
        } catch let problem as ScanTargets.Problem {
            throw Failure.input(problem.description)
        } catch let problem as Scope.TextProblem {
            throw Failure.input("--scope \(problem.description)")
        }
        if let selection, selection.ports.isEmpty, plan.targets.contains(where: { $0.addresses.contains { $0.count > 1 } }) {
            throw Failure.input("--ports: UDP ports are asked of addresses that answer over TCP; add TCP ports, or name single addresses")
        }
        guard !plan.targets.isEmpty else { throw Failure.input("there is no target; name addresses, names, blocks, or files of them") }
        return ScanSubject(plan: plan, isEstate: false)
    }

    /// By its ending: no host has such a name.
    private static func isEstate(_ path: String) -> Bool { path.hasSuffix(".yaml") || path.hasSuffix(".yml") }

    private static func example(_ targets: [String]) -> String {
        targets.first.flatMap { CIDR($0)?.description ?? (Scope.isName($0) ? $0 : nil) } ?? "10.0.0.0/8"
    }

    private static func permitted(_ entries: [String]) throws -> Scope {
        var scope = Scope()
        for entry in entries {
            if let text = try contents(entry) {
                try scope.add(lines: text, file: entry)
            } else {
                for part in entry.split(separator: ",") { try scope.add(part) }
            }
        }
        guard !scope.networks.isEmpty || !scope.names.isEmpty else { throw Failure.input("--scope: permits nothing") }
        return scope
    }

    /// A file's entries, or the target itself.
    private static func lines(_ target: String) throws -> [String] {
        guard let text = try contents(target) else { return [target] }
        return text.split(whereSeparator: \.isNewline).map { Scope.entry(of: $0) }.filter { !$0.isEmpty }
    }

    private static let largestFile = 64 << 20

    /// Nil when it isn't a file.
    private static func contents(_ path: String) throws -> String? {
        var isFolder: ObjCBool = false
        guard CIDR(path) == nil, FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
        guard !isFolder.boolValue else { throw Failure.input("\(path): is a folder; name a file with one entry a line") }
        guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.read(upToCount: largestFile + 1) ?? Data() else {
            throw Failure.input("\(path): can't be read")
        }
        guard !data.isEmpty else { throw Failure.input("\(path): is empty; write one entry a line") }
        guard data.count <= largestFile else { throw Failure.input("\(path): is larger than 64 MiB") }
        guard let text = String(data: data, encoding: .utf8) else { throw Failure.input("\(path): is no UTF-8 text") }
        return text
    }
}
