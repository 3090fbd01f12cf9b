/// Messages of OpenSSH's server (auth.c, packet.c, sshd.c).
///
/// Names of users come from the client and may hold anything, an address included. So an address is looked for from the right, where sshd itself wrote
/// it; where the text leaves two readings, there is no address.
enum SshdMessage {
    static func read(_ message: MessageText, into event: inout LogEvent) {
        var message = message
        message.dropLast(" [preauth]")
        _ = message.drop("error: ") || message.drop("fatal: ")
        switch message.first {
        case 0x41: accepted(message, &event)
        case 0x46: failed(message, &event)
        case 0x43, 0x44, 0x52: connection(message, &event)
        default: refused(message, &event)
        }
    }

    private static func accepted(_ message: MessageText, _ event: inout LogEvent) {
        var message = message
        guard message.drop("Accepted ") else { return }
        attempt(message, .login, .success, &event)
    }

    private static func failed(_ message: MessageText, _ event: inout LogEvent) {
        var message = message
        guard message.drop("Failed ") else { return }
        // `none` asks which methods there are: every client does. What PAM refuses stands in a line of its own.
        let isAttempt = !message.starts("none ") && !message.starts("keyboard-interactive")
        attempt(message, isAttempt ? .login : .other, .failure, &event)
    }

    /// `password for [invalid user ]X from A port P ssh2[: key]`
    private static func attempt(_ message: MessageText, _ action: LogEvent.Action, _ outcome: LogEvent.Outcome, _ event: inout LogEvent) {
        var message = message
        let method = message.word()
        guard message.drop("for ") else { return }
        _ = message.drop("invalid user ") || message.drop("illegal user ")
        (event.action, event.outcome) = (action, outcome)
        account(message, isAnchored: method.equals("password"), &event)
    }

    /// `X from A port P…`: account and peer.
    private static func account(_ message: MessageText, isAnchored: Bool, _ event: inout LogEvent) {
        guard let last = peer(message, before: message.end) else {
            event.account = message.quotedOrWord.span
            return
        }
        event.account = message.part(message.start, last.at).span
        // Behind an address there may be a key's comment or a certificate's name, which the client chose as well.
        if !isAnchored, let other = peer(message, before: last.at) {
            event.account = message.part(message.start, other.at).span
            return
        }
        event.setClient(last.address)
    }

    /// The last ` from A port P`, or ` from A` at the end, before `before`.
    private static func peer(_ message: MessageText, before: Int) -> (at: Int, address: MessageText)? {
        var before = before
        // A bound on the work that a name full of ` from ` may cause.
        for _ in 0..<16 {
            guard let at = message.findLast(" from ", before: before) else { return nil }
            var rest = message.part(at + 6, message.end)
            let address = rest.word()
            if !address.isEmpty, rest.isEmpty || rest.starts("port ") { return (at, address) }
            before = at
        }
        return nil
    }

    private static let closed: [StaticString] = [
        "Connection closed by ", "Connection reset by ", "Connection timed out ", "Disconnected from ", "Disconnecting ",
        "Received disconnect from ", "Read error from remote host ",
    ]

    private static func connection(_ message: MessageText, _ event: inout LogEvent) {
        var message = message
        if message.drop("Connection from ") {
            event.action = .connect
            event.setClient(message.word())
            return
        }
        if message.drop("Did not receive identification string from ") {
            (event.action, event.outcome) = (.connect, .failure)
            event.setClient(message.word())
            return
        }
        for prefix in closed where message.drop(prefix) {
            event.action = .disconnect
            closing(message, &event)
            return
        }
    }

    /// `[authenticating user |invalid user |user ]X A port P[: why]`, or no user at all.
    private static func closing(_ message: MessageText, _ event: inout LogEvent) {
        var message = message
        _ = message.drop("from ")
        let hasUser = message.drop("authenticating user ") || message.drop("invalid user ")
        if hasUser { event.outcome = .failure }
        guard hasUser || message.drop("user ") else {
            event.setClient(message.word())
            return
        }
        guard let port = message.findLast(" port ") else { return }
        let name = message.part(message.start, port)
        guard let blank = name.findLast(" ") else { return }
        event.account = name.part(name.start, blank).span
        event.setClient(name.part(blank + 1, port))
    }

    private static func refused(_ message: MessageText, _ event: inout LogEvent) {
        var message = message
        if message.drop("Invalid user ") || message.drop("Illegal user ") || message.drop("input_userauth_request: invalid user ") {
            // The attempt itself follows in a line of its own.
            event.outcome = .failure
            account(message, isAnchored: true, &event)
        } else if message.drop("PAM: Authentication failure for ") || message.drop("PAM: User not known to the underlying authentication module for ")
        {
            _ = message.drop("illegal user ") || message.drop("invalid user ")
            (event.action, event.outcome) = (.login, .failure)
            account(message, isAnchored: true, &event)
        } else if message.drop("maximum authentication attempts exceeded for ") {
            _ = message.drop("invalid user ")
            (event.action, event.outcome) = (.disconnect, .failure)
            account(message, isAnchored: true, &event)
        } else if message.drop("User "), let why = message.findLast(" not allowed because ") {
            event.outcome = .failure
            account(message.part(message.start, why), isAnchored: true, &event)
        } else if message.drop("Timeout before authentication for ") || message.drop("Unable to negotiate with ")
            || message.drop("banner exchange: Connection from ") || message.drop("ssh_dispatch_run_fatal: Connection from ")
        {
            (event.action, event.outcome) = (.connect, .failure)
            _ = message.drop("connection from ")
            event.setClient(message.word())
        } else if message.drop("Bad protocol version identification ")
            || message.drop("kex_exchange_identification: client sent invalid protocol identifier "), let last = peer(message, before: message.end)
        {
            (event.action, event.outcome) = (.connect, .failure)
            event.setClient(last.address)
        }
    }
}
