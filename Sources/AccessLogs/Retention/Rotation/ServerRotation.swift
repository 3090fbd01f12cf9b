import Foundation

/// auditd's own rotation: auditd.conf(5).
package enum AuditdReader {
    /// The log that auditd writes, and how long it keeps it; nil where there is no auditd.
    package static func setting(root: String = "", file: String = "/etc/audit/auditd.conf") -> (log: String, setting: RotationSetting)? {
        guard let bytes = ConfigurationFiles(root: root).read(file) else { return nil }
        var settings: [String: AssignmentLines.Assignment] = [:]
        for assignment in AssignmentLines.read(bytes) { settings[assignment.name] = assignment }
        let action = settings["max_log_file_action"]
        let kept: KeptSpan =
            switch action?.value.lowercased() ?? "rotate" {
            case "ignore", "syslog", "keep_logs": .untilFull
            case "suspend": .stops
            // Less than two files: no rotation.
            default: (settings["num_logs"].flatMap { Int($0.value) } ?? 0) < 2 ? .untilFull : .uncertain(atMost: nil)
            }
        let line = kept == .uncertain(atMost: nil) ? settings["num_logs"]?.line : action?.line
        return (settings["log_file"]?.value ?? "/var/log/audit/audit.log", RotationSetting(.auditd, file: file, line: line, kept: kept))
    }
}

/// rsyslog's output channels, which cut a file by its size; everything else it leaves to logrotate.
package enum RsyslogReader {
    /// Files that an output channel limits: `$outchannel name,file,size,command`.
    package static func settings(root: String = "", file: String = "/etc/rsyslog.conf", folder: String = "/etc/rsyslog.d") -> [String:
        RotationSetting]
    {
        let files = ConfigurationFiles(root: root)
        let dropIns = (files.names(in: folder) ?? []).filter { $0.hasSuffix(".conf") }.map { "\(folder)/\($0)" }
        var found: [String: RotationSetting] = [:]
        for path in [file] + dropIns {
            for (index, raw) in (files.read(path) ?? []).split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
                let line = String(decoding: raw, as: UTF8.self).trimmingCharacters(in: .whitespaces)
                guard line.lowercased().hasPrefix("$outchannel") else { continue }
                let parts = line.dropFirst(11).split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
                guard parts.count >= 3, parts[1].hasPrefix("/"), (Int(parts[2]) ?? 0) > 0 else { continue }
                found[parts[1]] = RotationSetting(.rsyslog, file: path, line: index + 1, kept: .uncertain(atMost: nil))
            }
        }
        return found
    }
}
