package import Estate
package import Findings
import Foundation
package import Geography

/// The region data that is on this machine, and that an organisation has of its own, read as the estate wants it read.
package enum RegionData {
    /// - Parameter home: the region that is domestic.
    /// - Returns: a resolver, or why there is none; a list that can't be used is a problem beside the resolver.
    package static func resolver(
        _ policy: RegionPolicy, home: RegionCode = .mainland, v4Path: String = RegionDatabase.defaultV4Path,
        v6Path: String = RegionDatabase.defaultV6Path
    ) -> (RegionResolver?, Message?) {
        let (own, lists, problem) = supplied(policy)
        do throws(RegionDatabaseError) {
            let database = try RegionDatabase(v4Path: v4Path, v6Path: v6Path)
            let standing: HongKongMacaoTaiwanPolicy =
                switch policy.hongKongMacaoTaiwan {
                case .ownClass: .ownClass
                case .domestic: .domestic
                case .overseas: .overseas
                }
            let resolver = RegionResolver(
                database: database, overrides: policy.overrides.map { ($0.network, $0.code) }, policy: standing, home: home, ownDatabase: own,
                lists: lists)
            return (resolver, problem)
        } catch {
            let facts: [String: Fact] = ["path": .text(error.path), "package": .text(RegionDatabase.debianPackage)]
            return (nil, Message("access-logs.no-region-data", facts))
        }
    }

    private static func supplied(_ policy: RegionPolicy) -> (MaxMindDatabase?, [NetworkList], Message?) {
        var own: MaxMindDatabase?
        var lists: [NetworkList] = []
        var problem: Message?
        do {
            own = try policy.database.map { try MaxMindDatabase(path: $0.path) }
            for (file, tag) in [(policy.dataCentres, AddressTags.dataCentre), (policy.torExits, .tor)] {
                if let file { lists.append(try NetworkList(path: file.path, tag: tag)) }
            }
        } catch {
            problem = Message("access-logs.network-list", ["reason": .text("\(error)")])
        }
        return (own, lists, problem)
    }
}
