/// Messages of the shadow tools: useradd, usermod, groupadd, passwd, …: all of them are changes of accounts.
enum AccountMessage {
    static func read(_ message: MessageText, into event: inout LogEvent) {
        event.action = .change
        event.outcome = message.starts("failed") || message.contains("cannot") ? .failure : .success
        if let name = message.find("name=") {
            let value = message.part(name + 5, message.end)
            event.account = value.part(value.start, min(value.find(",") ?? value.end, value.find(" ") ?? value.end)).span
        } else if let quote = message.find("'") {
            event.account = message.part(quote, message.end).quotedOrWord.span
        } else if let user = message.find("user ") {
            event.account = message.part(user + 5, message.end).quotedOrWord.span
        }
    }
}
