import Findings
import Foundation
import Regulations

/// What a scan of a made-up clinic brings back: checks of every outcome, findings of every severity.
enum ScanFixture {
    static let now = Date(timeIntervalSince1970: 1_790_000_000)
    static let catalogue = Result { try Catalogue.load() }

    static func finding(_ check: CheckID, _ asset: String, severity: Severity? = nil) -> Finding {
        Finding(
            check: check, subject: "数据库主机", asset: asset, severity: severity,
            facts: [
                "host": "db-1.clinic.internal", "service": "Redis", "port": "6379", "product": "Redis", "version": "7.0.5",
                "weakness": "CVE-2023-36824", "fixed": "…",
            ],
            evidence: [Message("exposure.redis-size", ["keys": .count(1234)])])
    }

    static func inspection(findings count: Int = 1) -> Inspection {
        let open = (0..<count).map { finding("exposure.unauthenticated-service", "192.0.2.1:\(6379 + $0)/Redis") }
        let weaknesses = zip(Severity.allCases, 0...).map { finding("exposure.known-weakness", "[2001:db8::1]:\(7000 + $1)/Redis", severity: $0) }
        return Inspection(
            .exposure,
            checks: [
                CheckResult("exposure.data-port-reachable", .passed, examined: 100),
                CheckResult(
                    "exposure.admin-port-reachable", .failed, examined: 100, findings: [finding("exposure.admin-port-reachable", "192.0.2.1:22/SSH")]),
                CheckResult("exposure.unauthenticated-service", .failed, examined: 100, findings: open),
                CheckResult("exposure.unauthenticated-endpoint", .notAssessed(Message("exposure.no-endpoints")), examined: 0),
                CheckResult(
                    "exposure.cleartext-endpoint", .failed, examined: 1, findings: [finding("exposure.cleartext-endpoint", "患者 查询接口/../{id}](x)")]),
                CheckResult("exposure.known-weakness", .failed, examined: 4, findings: weaknesses),
            ], examined: ["数据库主机"], unexamined: [Unexamined("web", Message("exposure.unresolvable", ["host": "web.clinic.invalid"]))])
    }
}
