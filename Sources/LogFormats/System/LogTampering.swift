/// Whether a command or a service's name has to do with the logs themselves.
enum LogTampering {
    /// The programs that write logs or send them on, as systemd names and describes their units.
    private static let writers: [StaticString] = [
        "rsyslog", "System Logging Service", "auditd", "Security Auditing Service", "Security Audit Logging Service", "systemd-journald",
        "Journal Service", "syslog-ng", "System Logger Daemon", "filebeat", "auditbeat", "fluent-bit", "td-agent", "promtail", "vector.service",
        "wazuh-agent",
    ]

    static func namesWriter(_ text: MessageText) -> Bool { writers.contains { text.contains($0) } }

    /// Commands that stop a log's writer, change what it writes, or remove what it wrote.
    static func isCommand(_ command: MessageText) -> Bool {
        guard !command.isEmpty else { return false }
        if command.hasWord("auditctl") {
            return ["-D", "-d", "-W", "-e0"].contains { command.hasWord($0) } || command.contains("-e 0")
        }
        if command.hasWord("systemctl") || command.hasWord("service") || command.hasWord("initctl") {
            return ["stop", "disable", "mask", "kill"].contains { command.hasWord($0) } && namesWriter(command)
        }
        if ["kill", "pkill", "killall"].contains(where: { command.hasWord($0) }) { return namesWriter(command) }
        if command.hasWord("journalctl") { return command.contains("--vacuum") }
        guard command.contains("/var/log") else { return false }
        return ["rm", "shred", "truncate", "unlink", "wipe", "srm", "mv", "dd", "tee"].contains { command.hasWord($0) }
            || command.contains("sed -i") || command.contains("/dev/null /var/log") || command.contains("> /var/log") || command.contains(">/var/log")
    }
}
