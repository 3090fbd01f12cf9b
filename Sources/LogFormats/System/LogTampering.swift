/// Whether a command or a service's name has to do with the logs themselves.
enum LogTampering {
    /// The programs that write logs or send them on, as systemd names and describes their units.
    private static let writers: [StaticString] = [
        "rsyslog", "System Logging Service", "auditd", "Security Auditing Service", "Security Audit Logging Service", "systemd-journald",
        "Journal Service", "syslog-ng", "System Logger Daemon", "filebeat", "auditbeat", "fluent-bit", "td-agent", "promtail", "vector.service",
        "wazuh-agent",
    ]

    static func namesWriter(_ text: MessageText) -> Bool { writers.contains { text.contains($0) } }

    private static let auditFlags: [StaticString] = ["-D", "-d", "-W", "-e0"]
    private static let managers: [StaticString] = ["systemctl", "service", "initctl"]
    private static let stops: [StaticString] = ["stop", "disable", "mask", "kill"]
    private static let killers: [StaticString] = ["kill", "pkill", "killall"]
    private static let removers: [StaticString] = ["rm", "shred", "truncate", "unlink", "wipe", "srm", "mv", "dd", "tee"]
    private static let overwrites: [StaticString] = ["sed -i", "/dev/null /var/log", "> /var/log", ">/var/log"]

    /// Commands that stop a log's writer, change what it writes, or remove what it wrote.
    static func isCommand(_ command: MessageText) -> Bool {
        guard !command.isEmpty else { return false }
        if command.hasWord("auditctl") { return hasWord(command, auditFlags) || command.contains("-e 0") }
        if command.contains("/var/log"), hasWord(command, removers) || overwrites.contains(where: { command.contains($0) }) { return true }
        if command.hasWord("journalctl") { return command.contains("--vacuum") }
        guard namesWriter(command) else { return false }
        return hasWord(command, killers) || hasWord(command, managers) && hasWord(command, stops)
    }

    private static func hasWord(_ command: MessageText, _ words: [StaticString]) -> Bool { words.contains { command.hasWord($0) } }
}
