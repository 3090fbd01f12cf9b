/// Messages of cron and crontab: `(root) CMD (run-parts /etc/cron.hourly)`, `(alice) REPLACE (alice)`.
enum CronMessage {
    static func read(_ message: MessageText, into event: inout LogEvent) {
        var message = message
        guard message.drop("("), let close = message.find(") ") else { return }
        event.account = message.part(message.start, close).span
        message.start = close + 2
        if message.drop("CMD (") {
            message.dropLast(")")
            message.dropBlanks()
            event.action = .command
            event.statement = message.span
            if LogTampering.isCommand(message) { event.action = .logControl }
        } else if message.starts("REPLACE ") || message.starts("DELETE ") {
            (event.action, event.outcome) = (.change, .success)
        }
    }
}
