import Foundation

/// What really happened, and what a user of this company would tell whoever reads its logs.
struct Truth: Encodable {
    struct Told: Encodable {
        var id: Int
        var kind: String
        var variant: String
        var sources: [String]
        var accounts: [String]
        var addresses: [String]
        var from: String
        var to: String
        var requests: Int
        var rows: Int
        var bytes: Int
        var persons: Int
        var succeeded: Bool
        var rule: String?
    }

    struct Log: Encodable {
        var file: String
        var kind: String
        var ordinary: Int
        var planted: Int
        var bytes: Int
    }

    struct Configuration: Encodable {
        var homeRegion = "CN"
        var timeZone = "Asia/Shanghai"
        var trustedProxies: [String]
        var bastions: [String]
        var databaseClients: [String]
        var backups: [[String: String]]
        var businessHours: String
        var internalNetworks: [String]
        var administrators: [String]
        var partners: [String]
        var sensitiveTables: [String]
        var rules = "rules"
    }

    var schema = "suwen.simulation/1"
    var world: String
    var seed: UInt64
    var from: String
    var to: String
    var ordinaryLines: Int
    var plantedLines: Int
    var configuration: Configuration
    var logs: [Log]
    var incidents: [Told]

    init(_ world: World, _ incidents: [Incident]) {
        let profile = world.profile
        self.world = profile.name
        seed = world.seed
        from = Self.stamp(profile.start)
        to = Self.stamp(world.end)
        ordinaryLines = world.timeline.ordinary.reduce(0, +)
        plantedLines = world.timeline.planted.reduce(0, +)
        configuration = Configuration(
            trustedProxies: [profile.trustedProxies], bastions: [profile.bastion],
            databaseClients: profile.applicationServers + [profile.reportHost, profile.backupHost, profile.bastion],
            backups: [["account": profile.backupRole, "host": profile.backupHost, "at": "02:00", "until": "03:30"]],
            businessHours: "\(Names.pad(profile.businessHours.lowerBound)):00-\(Names.pad(profile.businessHours.upperBound)):00",
            internalNetworks: profile.internalNetworks,
            administrators: profile.administrators, partners: profile.partners, sensitiveTables: profile.sensitiveTables)
        logs = Source.allCases.map {
            Log(
                file: profile.files[$0] ?? "", kind: Self.kind($0), ordinary: world.timeline.ordinary[$0.rawValue],
                planted: world.timeline.planted[$0.rawValue],
                bytes: world.writers[$0.rawValue].written)
        }
        self.incidents = incidents.map { incident in
            Told(
                id: incident.id, kind: incident.kind.rawValue, variant: incident.variant,
                sources: incident.sources.sorted().compactMap { Source(rawValue: $0).flatMap { profile.files[$0] } },
                accounts: incident.accounts, addresses: incident.addresses, from: Self.stamp(incident.from), to: Self.stamp(incident.to),
                requests: incident.lines, rows: incident.rows, bytes: incident.bytes,
                persons: incident.persons, succeeded: incident.succeeded, rule: incident.rule)
        }
    }

    static func kind(_ source: Source) -> String {
        switch source {
        case .portal, .api, .application: "application"
        case .postgresql, .mariadbGeneral, .mariadbSlow, .cache: "database"
        case .hostAuthentication, .databaseHost, .audit: "host"
        case .bastion: "bastion"
        }
    }

    private static func stamp(_ time: Moment) -> String {
        guard time != .max, time != .min else { return "" }
        var line = Line()
        line.isoStamp(time, digits: 0)
        return String(decoding: line.bytes, as: UTF8.self)
    }

    /// truth.json, the arguments of `suwen logs`, a piece of an estate, and the world's Sigma rules.
    func write(to folder: String, profile: Profile) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { stop("cannot write the truth") }
        save(data, folder + "/truth.json")
        save(Data(arguments(profile).joined(separator: "\n").utf8) + Data("\n".utf8), folder + "/arguments")
        save(Data(estate(profile).utf8), folder + "/estate.yaml")
        do { try FileManager.default.createDirectory(atPath: folder + "/rules", withIntermediateDirectories: true) } catch {
            stop("cannot make \(folder)/rules: \(error)")
        }
        for rule in profile.rules { save(Data(rule.text.utf8), folder + "/rules/" + rule.file) }
    }

    /// One a line; paths are relative to the folder.
    private func arguments(_ profile: Profile) -> [String] {
        let clients = profile.applicationServers + [profile.reportHost]
        return ["logs"] + logs.map(\.file) + ["--home", "CN", "--trust-proxy", profile.trustedProxies, "--bastion", profile.bastion]
            + clients.flatMap { ["--application-server", $0] } + ["--backup-account", profile.backupRole]
            + ["--working-hours", "\(profile.businessHours.lowerBound)-\(profile.businessHours.upperBound + 1)", "--rules", "rules", "--json"]
    }

    private func estate(_ profile: Profile) -> String {
        var text = "logs:\n"
        for log in logs {
            text += "  - name: \(log.file)\n    kind: \(log.kind)\n    paths: [\(log.file)]\n"
            if log.file == profile.files[.api] { text += "    trustedProxies: [\(profile.trustedProxies)]\n" }
        }
        text += "operations:\n"
        text += "  bastions: [\(profile.bastion)]\n"
        text += "  applicationServers: [\((profile.applicationServers + [profile.reportHost]).joined(separator: ", "))]\n"
        text += "  backupAccounts: [\(profile.backupRole)]\n"
        text += "  workFrom: \(profile.businessHours.lowerBound)\n  workUntil: \(profile.businessHours.upperBound + 1)\n"
        text += "  rules: [rules/]\n"
        return text
    }

    private func save(_ data: Data, _ path: String) {
        do { try data.write(to: URL(fileURLWithPath: path)) } catch { stop("cannot write \(path): \(error)") }
    }
}
