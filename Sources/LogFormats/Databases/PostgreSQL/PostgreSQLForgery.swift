/// Whoever can reach the port can choose the account's name, and it stands in the prefix before anybody has logged in: `x@y LOG:  connection authorized:
/// user=postgres` is a name, too. The message that refuses it repeats the name between quotes, which gives the forgery away.
enum PostgreSQLForgery {
    /// Puts right the fields of a line whose account holds what looks like the end of the prefix.
    static func undo(_ line: UnsafeRawBufferPointer, _ fields: inout PostgreSQLPrefix.Fields, _ sessions: SessionTable) {
        guard !fields.user.isNone, fields.severity != .fatal else { return }
        let limit = min(line.count, fields.messageStart + 256)
        guard let (fatal, message) = fatal(line, from: fields.messageStart, to: limit) else { return }
        // Somebody who is known to be in can write anything into a statement: that is no name.
        if let key = SessionTable.key(line.part(fields.process.range)), let place = sessions.find(key), !sessions.name(.account, of: place).isEmpty {
            return
        }
        let start = fields.user.range.lowerBound
        let marks: [StaticString] = ["user \"", "role \"", "用户 \"", "角色 \""]
        for mark in marks {
            guard let quote = line.find(mark, from: message, to: min(line.count, message + 64)) else { continue }
            let repeated = quote + mark.utf8CodeUnitCount
            var count = 0
            while start + count < fatal, repeated + count < line.count, line[start + count] == line[repeated + count] { count += 1 }
            // All that led to the false message is part of the name.
            guard start + count >= fields.messageStart else { continue }
            fields.user = Span(start..<(start + count))
            (fields.database, fields.application, fields.remote) = (.none, .none, .none)
            (fields.severity, fields.messageStart) = (.fatal, message)
            return
        }
    }

    private static func fatal(_ line: UnsafeRawBufferPointer, from start: Int, to end: Int) -> (Int, Int)? {
        for word in ["FATAL:  ", "致命错误:  "] as [StaticString] {
            if let found = line.find(word, from: start, to: end) { return (found, found + word.utf8CodeUnitCount) }
        }
        return nil
    }
}
