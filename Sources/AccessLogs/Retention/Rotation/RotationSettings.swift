import Foundation

/// The settings of a machine that decide how long its logs are kept.
package struct RotationSettings: Sendable {
    private let files: ConfigurationFiles
    private let logrotate: LogrotateReader
    private let journald: RotationSetting?
    private let auditd: (log: String, setting: RotationSetting)?
    private let rsyslog: [String: RotationSetting]
    private let postgresql: [PostgreSQLReader]
    /// What of logrotate's configuration it would complain about: `file:line: what`.
    package let problems: [String]

    /// - Parameter root: a folder that stands for the machine's root, for configuration that was copied; empty for this machine.
    package init(root: String = "") {
        files = ConfigurationFiles(root: root)
        logrotate = LogrotateReader(root: root)
        problems = files.read("/etc/logrotate.conf") == nil ? [] : logrotate.problems
        journald = JournaldReader.setting(root: root)
        auditd = AuditdReader.setting(root: root)
        rsyslog = RsyslogReader.settings(root: root)
        postgresql = Self.clusters(files).compactMap { PostgreSQLReader($0, root: root) }
    }

    /// Where Debian and Red Hat keep postgresql.conf.
    private static func clusters(_ files: ConfigurationFiles) -> [String] {
        var found = ["/var/lib/pgsql/data/postgresql.conf"]
        for version in files.names(in: "/etc/postgresql") ?? [] {
            for cluster in files.names(in: "/etc/postgresql/\(version)") ?? [] {
                found.append("/etc/postgresql/\(version)/\(cluster)/postgresql.conf")
            }
        }
        for version in files.names(in: "/var/lib/pgsql") ?? [] { found.append("/var/lib/pgsql/\(version)/data/postgresql.conf") }
        return found
    }

    /// What holds for the files of one source.
    /// - Parameters:
    ///   - paths: of the files that are there, rotated ones too.
    ///   - isJournal: the source is systemd's journal, whatever its files are called.
    package func rotation(of paths: [String], isJournal: Bool = false) -> SourceRotation {
        var logs: [String: [RotationSetting]] = [:]
        for path in paths {
            guard let path = files.path(ofLog: path), let slash = path.lastIndex(of: "/") else { continue }
            let name = path[path.index(after: slash)...]
            let base = String(path[...slash]) + RotatedLog.name(of: String(name))
            if logs[base] == nil { logs[base] = settings(for: base) }
        }
        if isJournal, let journald { logs["journal", default: []].append(journald) }
        let known = logs.filter { !$0.value.isEmpty }
        return SourceRotation(
            settings: known.sorted { $0.key < $1.key }.flatMap(\.value).reduce(into: []) { if !$0.contains($1) { $0.append($1) } },
            ungoverned: logs.count - known.count)
    }

    private func settings(for log: String) -> [RotationSetting] {
        var found: [RotationSetting] = []
        if let block = logrotate.block(for: log) {
            found.append(RotationSetting(.logrotate, file: block.file, line: block.line, kept: block.settings.kept))
        }
        if let auditd, auditd.log == log { found.append(auditd.setting) }
        if let setting = rsyslog[log] { found.append(setting) }
        found += postgresql.filter { ConfigurationFiles.matches(log, $0.pattern) }.map(\.setting)
        if let journald, log.hasPrefix("/var/log/journal/") || log.hasPrefix("/run/log/journal/") { found.append(journald) }
        return found
    }
}

/// What decides how long a source's files are kept.
package struct SourceRotation: Hashable, Sendable {
    package var settings: [RotationSetting]
    /// Logs of the source that no setting on this machine is about: nothing rotates them, or something else does.
    package var ungoverned: Int

    package init(settings: [RotationSetting] = [], ungoverned: Int = 0) {
        self.settings = settings
        self.ungoverned = ungoverned
    }

    /// Whether the settings keep everything for so many days: the strictest decides. Nil when they don't say, or there are none.
    package func allows(_ days: Int) -> Bool? {
        let answers = settings.map { $0.kept.allows(days) }
        if answers.contains(false) { return false }
        return answers.isEmpty || answers.contains(nil) || ungoverned > 0 ? nil : true
    }
}
