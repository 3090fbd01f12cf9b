/// What PostgreSQL's messages say, in English and in the Chinese of its own translation (its message catalogue of version 15).
struct PostgreSQLMessage {
    private let record: PostgreSQLRecord
    private let buffer: RecordBuffer
    /// Void as soon as something is added to the buffer.
    private let text: UnsafeRawBufferPointer
    private let range: Range<Int>

    init(_ record: PostgreSQLRecord, _ buffer: RecordBuffer) {
        self.record = record
        self.buffer = buffer
        text = buffer.text
        range = record.message.range
    }

    func read(_ event: inout LogEvent, _ sessions: SessionTable, _ key: UInt64?) {
        guard !record.message.isNone else { return }
        if record.severity.isError {
            readError(&event)
        } else if let start = after("AUDIT: ") {
            PgAudit.read(&event, buffer, start..<range.upperBound, sessions, key)
        } else {
            _ = readStatement(&event) || readConnection(&event, sessions, key) || readControl(&event)
        }
    }

    // MARK: connections

    private func readConnection(_ event: inout LogEvent, _ sessions: SessionTable, _ key: UInt64?) -> Bool {
        if let start = after("connection received: host=") ?? after("已接收到连接: 主机=") {
            event.action = .connect
            let end = firstOf([" port=", " 端口="], from: start)
            event.setClient(text.part(start..<end))
            if let key { sessions.set(.client, of: sessions.begin(key), to: text.part(start..<end)) }
            return true
        }
        if let start = after("connection authorized: user=") ?? after("replication connection authorized: user=") ?? after("已授权连接: user=")
            ?? after("已授权连接: 主机=") ?? after("复制连接已经授权: user=") ?? after("复制连接已经授权: 用户=")
        {
            readAuthorized(&event, start, sessions, key)
            return true
        }
        if let start = after("disconnection: session time: ") ?? after("断开连接: 会话时间: ") {
            event.action = .disconnect
            event.duration = sessionTime(start)
            let parts = names(from: firstOf([" user="], from: start), ["user", "database", "host", "port"])
            if event.account.isNone { event.account = parts[0] }
            if event.database.isNone { event.database = parts[1] }
            if event.client == nil { event.setClient(UnsafeRawBufferPointer(rebasing: text[parts[2].range])) }
            return true
        }
        return false
    }

    private func readAuthorized(_ event: inout LogEvent, _ start: Int, _ sessions: SessionTable, _ key: UInt64?) {
        (event.action, event.outcome) = (.login, .success)
        let databaseMarks: [StaticString] = [" database=", " 数据库="]
        let tails: [StaticString] = [" SSL enabled (", " GSS ("]
        let end = firstOf(tails, from: start)
        let applicationMark = text.find(" application_name=", from: start, to: end) ?? end
        let userEnd = databaseMarks.compactMap { text.find($0, from: start, to: applicationMark) }.min() ?? applicationMark
        event.account = Span(start..<userEnd)
        if userEnd < applicationMark, let value = text.next(0x3D, from: userEnd, to: applicationMark) {
            event.database = Span((value + 1)..<applicationMark)
        }
        if applicationMark < end, let value = text.next(0x3D, from: applicationMark, to: end) { event.userAgent = Span((value + 1)..<end) }
        guard let key else { return }
        let place = sessions.findOrBegin(key)
        sessions.set(.account, of: place, to: text.part(event.account.range))
        if !event.database.isNone { sessions.set(.database, of: place, to: text.part(event.database.range)) }
        if !event.userAgent.isNone { sessions.set(.application, of: place, to: text.part(event.userAgent.range)) }
    }

    /// `0:00:00.066`, as microseconds.
    private func sessionTime(_ start: Int) -> Int64 {
        guard let (hours, colon) = text.number(at: start), colon + 3 < text.count, text[colon] == 0x3A,
            let minutes = CivilTime.digits(text, colon + 1, 2), text[colon + 3] == 0x3A, hours < 1 << 30,
            let (seconds, _) = text.scaledNumber(at: colon + 4, places: 6), seconds < 1 << 40
        else { return -1 }
        return (hours * 60 + minutes) * 60_000_000 + seconds
    }

    /// The values of ` name=value name=value …`, in this order. A name may hold spaces: each value ends where the next known name begins.
    private func names(from start: Int, _ names: [StaticString]) -> [Span] {
        var spans = [Span](repeating: .none, count: names.count)
        var position = start
        var last: Int?
        for (index, name) in names.enumerated() {
            guard let found = text.find(name, from: position, to: range.upperBound), found > 0, text[found - 1] == 0x20,
                found + name.utf8CodeUnitCount < text.count, text[found + name.utf8CodeUnitCount] == 0x3D
            else { continue }
            if let last { spans[last] = Span(Int(spans[last].start)..<(found - 1)) }
            position = found + name.utf8CodeUnitCount + 1
            spans[index] = Span(min(position, range.upperBound)..<range.upperBound)
            last = index
        }
        return spans
    }

    // MARK: statements

    private func readStatement(_ event: inout LogEvent) -> Bool {
        if let start = after("statement: ") ?? after("语句: ") { return query(&event, start) }
        if let start = after("duration: ") ?? after("执行时间: ") { return readDuration(&event, start) }
        if after("execute ") != nil || after("执行") != nil { return named(&event, range.lowerBound) }
        if let start = after("received replication command: ") ?? after("收到的复制命令：") { return query(&event, start) }
        if after("fastpath function call: ") != nil { return query(&event, range.lowerBound) }
        return false
    }

    private func readDuration(_ event: inout LogEvent, _ start: Int) -> Bool {
        guard let (microseconds, numberEnd) = text.scaledNumber(at: start, places: 3), text.starts(with: " ms", at: numberEnd) else { return false }
        event.duration = microseconds
        var position = numberEnd + 3
        while position < range.upperBound, text[position] == 0x20 { position += 1 }
        func begins(_ english: StaticString, _ chinese: StaticString) -> Int? {
            if text.starts(with: english, at: position) { return position + english.utf8CodeUnitCount }
            return text.starts(with: chinese, at: position) ? position + chinese.utf8CodeUnitCount : nil
        }
        guard position < range.upperBound else { return true }
        if let start = begins("statement: ", "语句: ") {
            event.outcome = .success
            return query(&event, start)
        }
        if begins("execute ", "执行") != nil {
            event.outcome = .success
            return named(&event, position)
        }
        if begins("plan:", "plan:") != nil, let query = text.find("Query Text: ", from: position, to: range.upperBound) { plan(&event, query + 12) }
        // What is parsed and bound is executed, too, and logged as that.
        return true
    }

    /// `execute name: SELECT …`.
    private func named(_ event: inout LogEvent, _ start: Int) -> Bool {
        guard let colon = text.find(": ", from: start, to: range.upperBound) else { return false }
        return query(&event, colon + 2)
    }

    private func query(_ event: inout LogEvent, _ start: Int) -> Bool {
        event.action = .query
        event.statement = Span(min(start, range.upperBound)..<range.upperBound)
        return true
    }

    /// auto_explain's: the statement, then the plan's lines, the first of which names costs.
    private func plan(_ event: inout LogEvent, _ start: Int) {
        var end = range.upperBound
        if let cost = text.find("  (cost=", from: start, to: end) {
            end = cost
            while end > start, text[end - 1] != 0x0A { end -= 1 }
            if end > start { end -= 1 }
        }
        (event.action, event.outcome) = (.query, .success)
        event.statement = Span(start..<max(start, end))
    }

    // MARK: the server itself

    private func readControl(_ event: inout LogEvent) -> Bool {
        if after("parameter ") != nil || after("参数") != nil, let name = quoted(0) {
            let bytes = text.part(name)
            event.action = LogSettings.isLogSetting(bytes) ? .logControl : .change
            let value = quoted(1)
            addField("setting", Span(name), &event)
            if let value { addField("value", Span(value), &event) }
            return true
        }
        for start in Self.controls where after(start) != nil {
            event.action = .logControl
            return true
        }
        return false
    }

    private static let controls: [StaticString] = [
        "received fast shutdown request", "received smart shutdown request", "received immediate shutdown request", "database system is shut down",
        "starting PostgreSQL", "接收到快速 (fast) 停止请求", "接到到智能 (smart) 停止请求", "接收到立即 (immediate) 停止请求", "数据库系统已关闭", "正在启动 PostgreSQL",
    ]

    private func addField(_ name: StaticString, _ value: Span, _ event: inout LogEvent) {
        let name = buffer.add(name)
        if !name.isNone { event.fields.append(LogEvent.Field(name: name, value: value)) }
    }

    // MARK: errors

    private func readError(_ event: inout LogEvent) {
        event.outcome = .failure
        if record.severity == .fatal, record.statement.isNone, isRefusedLogin() {
            event.action = .login
            readRefused(&event)
        } else if !record.statement.isNone {
            event.action = .query
            event.statement = record.statement
        } else {
            event.action = .error
        }
    }

    private func isRefusedLogin() -> Bool {
        if !record.sqlState.isNone {
            let state = text.part(record.sqlState.range)
            // Class 28: invalid authorization; 3D: no such database (manual, appendix A).
            return state.starts(with: "28", at: 0) || state.starts(with: "3D", at: 0)
        }
        let marks: [StaticString] = [
            "authentication failed for user ", "no pg_hba.conf entry for ", "pg_hba.conf rejects ", "is not permitted to log in",
        ]
        if marks.contains(where: { text.find($0, from: range.lowerBound, to: range.upperBound) != nil }) { return true }
        if after("role \"") != nil || after("database \"") != nil {
            return text.find("\" does not exist", from: range.lowerBound, to: range.upperBound) != nil
        }
        let chinese: [StaticString] = ["认证失败", "认证 PAM 失败", "pg_hba.conf", "不允许角色"]
        if chinese.contains(where: { text.find($0, from: range.lowerBound, to: range.upperBound) != nil }) { return true }
        if after("角色 \"") != nil || after("数据库 \"") != nil { return text.find("\" 不存在", from: range.lowerBound, to: range.upperBound) != nil }
        return false
    }

    /// Names in the message, for lines whose prefix has none.
    private func readRefused(_ event: inout LogEvent) {
        func value(_ marks: [StaticString]) -> Span {
            for mark in marks {
                guard let found = text.find(mark, from: range.lowerBound, to: range.upperBound) else { continue }
                let start = found + mark.utf8CodeUnitCount
                // A name may hold quotes: it ends with the quote that ends the message or stands before a comma.
                var end = start
                while let quote = text.next(0x22, from: end, to: range.upperBound) {
                    if quote + 1 == range.upperBound || text[quote + 1] == 0x2C || text[quote + 1] == 0x20 || text[quote + 1] == 0x3A {
                        return Span(start..<quote)
                    }
                    end = quote + 1
                }
            }
            return .none
        }
        if event.account.isNone { event.account = value(["user \"", "role \"", "用户 \"", "用户\"", "角色 \"", "角色\""]) }
        if event.database.isNone { event.database = value(["database \"", "数据库 \""]) }
        let host = value(["host \"", "主机 \"", "主机\""])
        if event.client == nil, !host.isNone { event.setClient(text.part(host.range)) }
    }

    // MARK: helpers

    /// Behind `start`, when the message begins with it.
    private func after(_ start: StaticString) -> Int? {
        guard range.count >= start.utf8CodeUnitCount, text.starts(with: start, at: range.lowerBound) else { return nil }
        return range.lowerBound + start.utf8CodeUnitCount
    }

    /// Where the first of these stands; the message's end when none does.
    private func firstOf(_ marks: [StaticString], from start: Int) -> Int {
        marks.compactMap { text.find($0, from: start, to: range.upperBound) }.min() ?? range.upperBound
    }

    /// The text between the quotes of the pair at `index`.
    private func quoted(_ index: Int) -> Range<Int>? {
        var position = range.lowerBound
        for pair in 0...index {
            guard let open = text.next(0x22, from: position, to: range.upperBound), let close = text.next(0x22, from: open + 1, to: range.upperBound)
            else { return nil }
            if pair == index { return (open + 1)..<close }
            position = close + 1
        }
        return nil
    }
}
