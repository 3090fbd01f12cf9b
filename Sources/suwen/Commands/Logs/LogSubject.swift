import AccessLogs
import Assessment
import Estate
import Findings
import Foundation
import Geography
import LogFormats
import Network
import Regulations

/// What `suwen logs` is about: the logs of an estate, or paths that somebody typed.
struct LogSubject {
    var requests: [LogRequest]
    var profile = Profile()
    /// Of an estate.
    var organisation: String?
    var resolver: RegionResolver?
    var regionProblem: Message?
    let inspector = AccessLogInspector()
    private var operations: Operations
    private var zone: TimeZone
    private var rules: RuleBook?
    private(set) var since: Date?
    private(set) var until: Date?

    func analysis(now: Date) -> LogAnalysis {
        var settings = DetectionSettings(operations, now: now, resolver: resolver)
        settings.zone = zone
        var analysis = LogAnalysis(settings: settings)
        (analysis.since, analysis.until) = (since, until)
        analysis.rules = rules
        analysis.personalData = PersonalDataProbe(detector: LogDataDetectors())
        return analysis
    }

    static func read(_ paths: [String], reading: LogReadingOptions, surroundings: LogSurroundingsOptions) throws -> LogSubject {
        let now = Date()
        guard let zone = TimeZone(identifier: reading.timeZone) else {
            throw Failure.input("--time-zone \(reading.timeZone): no such zone; write one such as Asia/Shanghai")
        }
        let estate = try paths.count == 1 && isEstate(paths[0]) ? Estate.load(paths[0]) : nil
        guard let home = RegionCode(surroundings.home) else {
            throw Failure.input("--home \(surroundings.home): no region code; write two capital letters such as CN")
        }
        let (resolver, problem) = RegionData.resolver(policy(estate?.regions ?? RegionPolicy(), surroundings), home: home)
        let requests: [LogRequest]
        if let estate {
            requests = estate.logs.map { LogRequest($0) }
            guard !requests.isEmpty else { throw Failure.input("\(paths[0]): declares no logs; name them under logs:") }
        } else {
            requests = try self.requests(paths, reading)
        }
        var operations = estate?.operations ?? Operations()
        operations.bastions += try networks(surroundings.bastion, "--bastion")
        operations.applicationServers += try networks(surroundings.applicationServers, "--application-server")
        operations.backupAccounts += surroundings.backupAccounts
        if let hours = try hours(surroundings.workingHours) { operations.workingHours = hours }
        operations.rules += surroundings.rules.map { URL(fileURLWithPath: $0) }
        return LogSubject(
            requests: requests, profile: estate.map { Profile($0.organisation, personsMeasured: nil) } ?? Profile(),
            organisation: estate?.organisation.name, resolver: resolver,
            regionProblem: problem, operations: operations, zone: zone, rules: try RuleFiles.load(operations.rules),
            since: try LogTime.parse(reading.since, zone, now, "--since"),
            until: try LogTime.parse(reading.until, zone, now, "--until"))
    }

    private static func policy(_ declared: RegionPolicy, _ surroundings: LogSurroundingsOptions) -> RegionPolicy {
        var policy = declared
        policy.database = surroundings.regionDatabase.map { URL(fileURLWithPath: $0) } ?? policy.database
        policy.dataCentres = surroundings.dataCentres.map { URL(fileURLWithPath: $0) } ?? policy.dataCentres
        policy.torExits = surroundings.torExits.map { URL(fileURLWithPath: $0) } ?? policy.torExits
        return policy
    }

    /// By its ending.
    private static func isEstate(_ path: String) -> Bool { path.hasSuffix(".yaml") || path.hasSuffix(".yml") }

    private static func requests(_ paths: [String], _ reading: LogReadingOptions) throws -> [LogRequest] {
        let proxies = try networks(reading.proxies, "--trust-proxy")
        let format = try self.format(reading.format)
        let since = try LogTime.parse(reading.systemSince, .gmt, Date(), "--system-since")
        let fields = try fields(reading.fields)
        return LogSets.group(paths).map { set in
            LogRequest(
                name: set.name, paths: set.paths, systemSince: since, trustedProxies: proxies, format: format, fieldMap: fields)
        }
    }

    private static func format(_ text: String) throws -> LogFormat? {
        if text == "auto" { return nil }
        if let format = LogFormat.named(text) ?? DatabaseFormats.custom(text) { return format }
        do throws(LogFormatError) {
            if text.contains(":") { return try LogFormat.custom(text) }
        } catch {
            throw Failure.input("--format: \(error)")
        }
        throw Failure.input("--format \(text.prefix(60)): no such format; suwen logs formats lists them")
    }

    private static func fields(_ texts: [String]) throws -> [String: String] {
        var fields: [String: String] = [:]
        for text in texts {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw Failure.input("--field \(text.prefix(60)): write ours=theirs, such as user=staffNo") }
            fields[parts[0]] = parts[1]
        }
        return fields
    }

    static func networks(_ texts: [String], _ option: String) throws -> [CIDR] {
        try texts.map { text in
            guard let block = CIDR(text) else { throw Failure.input("\(option) \(text.prefix(60)): no address block; write one such as 10.0.9.0/28") }
            return block
        }
    }

    private static func hours(_ text: String) throws -> Range<Int>? {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 2, (0...23).contains(parts[0]), (1...24).contains(parts[1]), parts[0] < parts[1] else {
            throw Failure.input("--working-hours \(text.prefix(20)): write the first hour and the last, such as 8-20")
        }
        return parts[0]..<parts[1]
    }
}

/// Times as people type them.
enum LogTime {
    /// `2026-06-01`, `2026-06-01T08:00:00+08:00`, `30d` (ago), `12h` (ago); nil for nil.
    static func parse(_ text: String?, _ zone: TimeZone, _ now: Date, _ option: String) throws -> Date? {
        guard let text else { return nil }
        if let unit = text.last, let count = Int(text.dropLast()), count >= 0, count < 100_000, let seconds = ["d": 86_400, "h": 3_600][unit] {
            return now.addingTimeInterval(-Double(count * seconds))
        }
        if let date = try? Date(text, strategy: .iso8601) { return date }
        var day = Date.ISO8601FormatStyle(timeZone: zone).year().month().day()
        day.timeZone = zone
        if text.count == 10, let date = try? day.parse(text) { return date }
        throw Failure.input("\(option) \(text.prefix(40)): no time; write 2026-06-01, 2026-06-01T08:00:00+08:00 or 30d")
    }
}
