package import Estate
package import Findings
import Foundation
import Geography
import Logging
import Network

/// Reads the declared access logs: whether they are kept, whether they have gaps, who came from where, and who took data.
package struct AccessLogInspector: Inspector {
    package static let id = InspectorID.accessLogs
    package static let retentionCheck: CheckID = "access-logs.retention"
    package static let gapsCheck: CheckID = "access-logs.gaps"
    package static let foreignCheck: CheckID = "access-logs.foreign-access"
    package static let bulkCheck: CheckID = "access-logs.bulk-download"
    package static let checks = [retentionCheck, gapsCheck, foreignCheck, bulkCheck]

    private let retentionDays: Int
    private let thresholds: TheftThresholds
    private let addressLimit: Int
    private let regionData: (v4: String, v6: String)

    /// - Parameters:
    ///   - retentionDays: how long logs must be kept.
    ///   - regionData: paths of the region files.
    ///   - addressLimit: how many distinct addresses of one source are held at once.
    package init(
        retentionDays: Int = 184, thresholds: TheftThresholds = TheftThresholds(),
        regionData: (v4: String, v6: String) = (RegionDatabase.defaultV4Path, RegionDatabase.defaultV6Path), addressLimit: Int = 1_000_000
    ) {
        self.retentionDays = retentionDays
        self.thresholds = thresholds
        self.regionData = regionData
        self.addressLimit = max(2, addressLimit)
    }

    package func inspect(_ estate: Estate, _ context: InspectionContext) async -> Inspection {
        guard !estate.logs.isEmpty else {
            let reason = Message("access-logs.none-declared")
            return Inspection(.accessLogs, checks: Self.checks.map { CheckResult($0, .notAssessed(reason), examined: 0) })
        }
        let (resolver, regionProblem) = resolver(estate.regions, context)
        var judge = SourceJudge(
            now: context.now, retentionDays: retentionDays, thresholds: thresholds, resolver: resolver, regionProblem: regionProblem)
        var exhibits = LogExhibits(resolver: resolver)
        var examined: [String] = []
        var unexamined = regionProblem.map { [Unexamined("access-logs", $0)] } ?? []
        let keyOf: @Sendable (IPAddress) -> RegionKey = { address in
            resolver.map { RegionKey($0.verdict(of: address).region) } ?? SpecialRange(address).map { .special($0) } ?? .undetermined
        }
        let latest = Int64(context.now.timeIntervalSince1970) + 86_400
        for source in estate.logs {
            let limit = addressLimit
            let examiner = SourceExaminer(source: source, context: context) {
                SourceTally(trustedProxies: source.trustedProxies, latest: latest, addressLimit: limit, keyOf: keyOf)
            }
            let result = await examiner.examine()
            context.logger.debug(
                "access log read", metadata: ["source": "\(source.name)", "lines": "\(result.lines)", "unparsable": "\(result.unparsable)"])
            unexamined += result.unexamined.map { Unexamined(source.name, $0) }
            if !result.tally.isExact {
                unexamined.append(Unexamined(source.name, Message("access-logs.addresses-bounded", ["limit": .count(limit)])))
            }
            let retention = judge.judge(result)
            if retention != nil { examined.append(source.name) }
            exhibits.add(result, retention)
        }
        return Inspection(.accessLogs, checks: judge.results, examined: examined, unexamined: unexamined, exhibits: exhibits.exhibits)
    }

    private func resolver(_ policy: RegionPolicy, _ context: InspectionContext) -> (RegionResolver?, Message?) {
        do throws(RegionDatabaseError) {
            let database = try RegionDatabase(v4Path: regionData.v4, v6Path: regionData.v6)
            let own: HongKongMacaoTaiwanPolicy =
                switch policy.hongKongMacaoTaiwan {
                case .ownClass: .ownClass
                case .domestic: .domestic
                case .overseas: .overseas
                }
            return (RegionResolver(database: database, overrides: policy.overrides.map { ($0.network, $0.code) }, policy: own), nil)
        } catch {
            context.logger.warning("no region data: \(error)")
            let facts: [String: Fact] = ["path": .text(error.path), "package": .text(RegionDatabase.debianPackage)]
            return (nil, Message("access-logs.no-region-data", facts))
        }
    }
}
