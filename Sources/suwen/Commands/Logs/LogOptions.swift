import ArgumentParser
import Foundation
import Geography
import LogFormats
import Network

/// Which lines are read, and how.
struct LogReadingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What the logs are, where their content doesn't tell; suwen logs formats lists the names.", valueName: "auto|format"))
    var format = "auto"

    @Option(
        name: .customLong("field"), parsing: .singleValue,
        help: ArgumentHelp(
            "Of JSON Lines: the log's own name of one of Suwen's fields, such as user=staffNo. May be repeated.", valueName: "ours=theirs"))
    var fields: [String] = []

    @Option(
        name: .customLong("trust-proxy"), parsing: .singleValue,
        help: ArgumentHelp("Peers whose X-Forwarded-For counts. May be repeated.", valueName: "cidr"))
    var proxies: [String] = []

    @Option(help: ArgumentHelp("Only events from then on are judged: 2026-06-01, 2026-06-01T08:00:00+08:00, or 30d ago.", valueName: "time"))
    var since: String?

    @Option(help: ArgumentHelp("Only events until then are judged.", valueName: "time"))
    var until: String?

    @Option(name: .customLong("time-zone"), help: ArgumentHelp("Of stamps that name none, and of working hours.", valueName: "zone"))
    var timeZone = "Asia/Shanghai"

    @Option(name: .customLong("system-since"), help: ArgumentHelp("When the systems began to work, if less than six months ago.", valueName: "day"))
    var systemSince: String?
}

/// What no log says and is needed to tell the usual from the unusual.
struct LogSurroundingsOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The region that is domestic, by its code.", valueName: "code"))
    var home = "CN"

    @Option(
        name: .customLong("region-database"),
        help: ArgumentHelp("A database of your own in MaxMind's format, asked before the system's.", valueName: "mmdb"), completion: .file())
    var regionDatabase: String?

    @Option(
        name: .customLong("data-centres"), help: ArgumentHelp("A list of the networks of providers of servers.", valueName: "file"),
        completion: .file())
    var dataCentres: String?

    @Option(name: .customLong("tor-exits"), help: ArgumentHelp("A list of Tor's exits.", valueName: "file"), completion: .file())
    var torExits: String?

    @Option(parsing: .singleValue, help: ArgumentHelp("Where administrators' sessions come from. May be repeated.", valueName: "cidr"))
    var bastion: [String] = []

    @Option(
        name: .customLong("application-server"), parsing: .singleValue,
        help: ArgumentHelp("Servers of yours that speak to databases for others. May be repeated.", valueName: "cidr"))
    var applicationServers: [String] = []

    @Option(
        name: .customLong("backup-account"), parsing: .singleValue,
        help: ArgumentHelp("An account whose dumps are backups. May be repeated.", valueName: "name"))
    var backupAccounts: [String] = []

    @Option(name: .customLong("working-hours"), help: ArgumentHelp("Hours of the day, such as 8-20.", valueName: "from-until"))
    var workingHours = "7-21"

    @Option(
        parsing: .singleValue, help: ArgumentHelp("Sigma rules to match: a folder or a file. May be repeated.", valueName: "dir"),
        completion: .directory)
    var rules: [String] = []
}
