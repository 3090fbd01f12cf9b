/// Messages of `su` and `login` (util-linux and shadow).
enum LoginMessage {
    /// The account is the one that was entered; who entered it is the field `by`, where the line has that word, else the message's.
    static func readSu(_ message: MessageText, into event: inout LogEvent) {
        var message = message
        let failed = message.drop("FAILED SU ") || message.drop("FAILED su ")
        if message.drop("(to ") {
            // (to root) alice on pts/0
            guard let close = message.find(")") else { return }
            login(message.part(message.start, close), failed, &event)
        } else if message.drop("+ ") || message.drop("- ") {
            // + /dev/pts/0 alice:root
            let refused = message.text[message.start - 2] == 0x2D
            guard let colon = message.findLast(":") else { return }
            login(message.part(colon + 1, message.end), refused, &event)
        } else if message.drop("Successful su for ") || message.drop("for ") {
            guard let by = message.findLast(" by ") else { return }
            login(message.part(message.start, by), failed, &event)
            event.addField(message.part(by + 1, by + 3).span, message.part(by + 4, message.end).span)
        }
    }

    static func readLogin(_ message: MessageText, into event: inout LogEvent) {
        var message = message
        if message.drop("FAILED LOGIN ") {
            // (1) on '/dev/tty1' FROM 'host' FOR 'root', Authentication failure
            guard let at = message.findLast(" FOR ") else { return }
            var name = message.part(at + 5, message.end)
            if name.first != 0x27 { name.end = name.find(",") ?? name.end }
            login(name.first == 0x27 ? name.quotedOrWord : name, true, &event)
            from(message.part(message.start, at), &event)
        } else if message.drop("LOGIN ON ") {
            // tty1 BY alice [FROM host]
            guard let by = message.find(" BY ") else { return }
            var rest = message.part(by + 4, message.end)
            login(rest.word(), false, &event)
            from(message, &event)
        } else if let root = message.find("ROOT LOGIN") {
            // On a terminal; the name is in the text itself.
            (event.action, event.outcome) = (.login, .success)
            event.account = message.part(root, root + 4).span
            from(message, &event)
        }
    }

    private static func login(_ account: MessageText, _ failed: Bool, _ event: inout LogEvent) {
        (event.action, event.outcome) = (.login, failed ? .failure : .success)
        event.account = account.span
        event.isLocal = true
    }

    private static func from(_ message: MessageText, _ event: inout LogEvent) {
        event.isLocal = true
        guard let at = message.findLast("FROM ") else { return }
        let host = message.part(at + 5, message.end).quotedOrWord
        guard !host.starts("tty"), !host.starts("pts/") else { return }
        event.isLocal = false
        event.setClient(host)
    }
}
