/// Messages of sudo (sudoers(5), LOG FORMAT): `alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/usr/bin/id`.
enum SudoMessage {
    static func read(_ message: MessageText, into event: inout LogEvent) {
        var message = message
        message.dropBlanks()
        guard let colon = message.find(" : ") else { return }
        event.account = message.part(message.start, colon).span
        message.start = colon + 3
        (event.action, event.outcome) = (.command, .success)
        while !message.isEmpty {
            // The command comes last and may hold anything.
            let stop = message.starts("COMMAND=") ? message.end : message.find(" ; ") ?? message.end
            part(message.part(message.start, stop), &event)
            message.start = min(stop + 3, message.end)
        }
        if event.action == .command, LogTampering.isCommand(MessageText(event.text, event.statement.range)) { event.action = .logControl }
    }

    private static func part(_ part: MessageText, _ event: inout LogEvent) {
        var part = part
        if let equals = part.find("="), isName(part.part(part.start, equals)) {
            let value = part.part(equals + 1, part.end)
            event.addField(part.part(part.start, equals).span, value.span)
            if part.starts("COMMAND=") { event.statement = value.span }
            return
        }
        // Anything else says why it was refused.
        guard !part.starts("(command continued)") else { return }
        event.outcome = .failure
        if let times = part.number(), part.starts(" incorrect password attempt") {
            event.action = .login
            event.repeats = max(1, times)
        }
    }

    private static func isName(_ name: MessageText) -> Bool {
        !name.isEmpty && (name.start..<name.end).allSatisfy { (0x41...0x5A).contains(name.text[$0]) }
    }
}
