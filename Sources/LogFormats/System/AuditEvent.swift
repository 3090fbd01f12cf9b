import Foundation

/// An event of the audit log while its records come in. It owns the memory that the event's spans point into.
final class AuditEvent {
    /// Bytes of records and of what was decoded from them; what goes beyond is dropped.
    private static let textLimit = 64 << 10
    private static let rawLimit = 16 << 10

    private(set) var serial: UInt64 = 0
    private(set) var time: Int64 = 0
    private var kind = AuditRecord.Kind.kernel
    private let text = ScratchBuffer()
    private let raw = ScratchBuffer()
    private var fields: [LogEvent.Field] = []
    private var node = Span.none
    private var roles = Roles()

    /// The values that say what happened; the first of an event counts.
    private struct Roles {
        var account = Span.none
        var id = Span.none
        var idName = Span.none
        var login = Span.none
        var loginName = Span.none
        var address = Span.none
        var executable = Span.none
        var command = Span.none
        var operation = Span.none
        var result = Span.none
        var session = Span.none
        var unit = Span.none
        var statement = Span.none
        var auditEnabled = Span.none
    }

    func begin(_ record: AuditRecord) {
        text.reset(capacity: Self.textLimit)
        raw.reset(capacity: Self.rawLimit)
        text.removeAll()
        raw.removeAll()
        fields.removeAll(keepingCapacity: true)
        roles = Roles()
        (serial, time, kind, node) = (record.serial, record.time, record.kind, .none)
        add(record)
    }

    func add(_ record: AuditRecord) {
        let base = text.count
        guard text.room > 256 else { return }
        let kept = record.line.part(0..<min(record.line.count, text.room - 128))
        text.append(kept)
        if raw.count > 0 { raw.append(0x0A) }
        raw.append(record.line)
        // The most telling record names the event.
        switch (kind, record.kind) {
        case (.kernel, _), (.syscall, .execve), (.syscall, .configuration): kind = record.kind
        default: break
        }
        if let found = record.node, found.upperBound <= kept.count { node = Span(base + found.lowerBound, found.count) }
        guard record.type.upperBound <= kept.count, record.body <= kept.count else { return }
        // `type=SYSCALL`: name and value as they stand in the line.
        let typeStart = base + record.type.lowerBound
        addField(Span(typeStart - 5, 4), Span(typeStart, record.type.count))
        let first = fields.count
        pairs(MessageText(text.bytes, (base + record.body)..<(base + kept.count)), record.kind, depth: 0)
        if record.kind == .execve, roles.statement.isNone { joinArguments(from: first) }
    }

    /// `name=value` pairs: quoted, within single quotes as pairs of their own (`msg='op=login …'`), or up to the next blank. Enriched records part the
    /// names that auditd looked up by 0x1D.
    private func pairs(_ part: MessageText, _ kind: AuditRecord.Kind, depth: Int) {
        var rest = part
        while !rest.isEmpty {
            while rest.first == 0x20 || rest.first == 0x1D || rest.first == 0x7B || rest.first == 0x7D || rest.first == 0x2C { rest.start += 1 }
            let start = rest.start
            while rest.start < rest.end, rest.first != 0x3D, rest.first != 0x20, rest.first != 0x1D { rest.start += 1 }
            let name = rest.part(start, rest.start)
            guard rest.first == 0x3D else { continue }
            rest.start += 1
            switch rest.first {
            case 0x22, 0x27:
                let quote = rest.first
                // A message ends with its record, whatever quotes stand within.
                let close =
                    (quote == 0x27 ? rest.findLast("'") : nil).flatMap { $0 > rest.start ? $0 : nil }
                    ?? rest.text.next(quote, from: rest.start + 1, to: rest.end) ?? rest.end
                let value = rest.part(rest.start + 1, close)
                rest.start = min(close + 1, rest.end)
                if quote == 0x27, depth == 0 { pairs(value, kind, depth: 1) } else { take(name, value.span) }
            default:
                let from = rest.start
                while rest.start < rest.end, rest.first != 0x20, rest.first != 0x1D { rest.start += 1 }
                let value = rest.part(from, rest.start)
                take(name, AuditEncoding.isHexadecimal(name, value, kind) ? decoded(value) : value.span)
            }
        }
    }

    private func addField(_ name: Span, _ value: Span) {
        if fields.count < LogEvent.fieldLimit { fields.append(LogEvent.Field(name: name, value: value)) }
    }

    private func decoded(_ value: MessageText) -> Span {
        let start = text.count
        var at = value.start
        while at + 1 < value.end, text.room > 1 {
            // Arguments of a command line end with NUL.
            let byte = AuditEncoding.digit(value.text[at]) << 4 | AuditEncoding.digit(value.text[at + 1])
            text.append(byte == 0 ? 0x20 : byte)
            at += 2
        }
        return Span(start..<text.count)
    }

    private func take(_ name: MessageText, _ value: Span) {
        addField(name.span, value)
        switch name.first {
        case 0x61:
            if name.equals("acct") { Self.set(&roles.account, value) }
            if name.equals("auid") { Self.set(&roles.login, value) }
            if name.equals("addr") { Self.set(&roles.address, value) }
            if name.equals("audit_enabled") { Self.set(&roles.auditEnabled, value) }
        case 0x63:
            if name.equals("comm") { Self.set(&roles.command, value) }
            if name.equals("cmd") { Self.set(&roles.statement, value) }
        case 0x72: if name.equals("res") || name.equals("result") { Self.set(&roles.result, value) }
        case 0x73:
            if name.equals("success") { Self.set(&roles.result, value) }
            if name.equals("ses") { Self.set(&roles.session, value) }
        case 0x65 where name.equals("exe"): Self.set(&roles.executable, value)
        case 0x69 where name.equals("id"): Self.set(&roles.id, value)
        case 0x49 where name.equals("ID"): Self.set(&roles.idName, value)
        case 0x41 where name.equals("AUID"): Self.set(&roles.loginName, value)
        case 0x6F where name.equals("op"): Self.set(&roles.operation, value)
        case 0x75 where name.equals("unit"): Self.set(&roles.unit, value)
        default: break
        }
    }

    private static func set(_ role: inout Span, _ value: Span) {
        if role.isNone { role = value }
    }

    /// `a0` to `a9…` of the record whose fields begin at `first`, as a command line.
    private func joinArguments(from first: Int) {
        let start = text.count
        for field in fields[first...] {
            let name = MessageText(text.bytes, field.name.range)
            guard name.first == 0x61, name.count > 1, name.text[name.start + 1] &- 0x30 < 10, !name.ends("_len") else { continue }
            let range = field.value.range
            guard let target = text.extend(by: range.count + 1) else { break }
            text.copy(range, to: target)
            text.set(0x20, at: target + range.count)
        }
        if text.count > start { roles.statement = Span(start..<(text.count - 1)) }
    }

    // MARK: meaning

    func fill(_ event: inout LogEvent) {
        event.begin(text.bytes, raw: raw.bytes)
        event.time = time
        event.fields.append(contentsOf: fields)
        event.host = node
        event.session = AuditEncoding.isNothing(value(roles.session)) ? .none : roles.session
        event.program = roles.command.isNone ? roles.executable : roles.command
        event.statement = roles.statement
        if !roles.address.isNone { event.setClient(value(roles.address)) }
        let result = value(roles.result)
        if result.equals("success") || result.equals("yes") || result.equals("1") { event.outcome = .success }
        if result.equals("failed") || result.equals("no") || result.equals("0") { event.outcome = .failure }
        event.account = account()
        event.action = action()
        if event.action == .logControl, event.statement.isNone {
            event.statement = !roles.unit.isNone ? roles.unit : !roles.operation.isNone ? roles.operation : fields.first?.value ?? .none
        }
        if event.action == .command, LogTampering.isCommand(value(event.statement)) { event.action = .logControl }
    }

    private func value(_ span: Span) -> MessageText { MessageText(text.bytes, span.range) }

    /// Who was named; else whom the session belongs to.
    private func account() -> Span {
        known(roles.account) ?? known(roles.idName) ?? known(roles.id) ?? known(roles.loginName) ?? known(roles.login) ?? .none
    }

    private func known(_ span: Span) -> Span? {
        AuditEncoding.isNothing(value(span)) ? nil : span
    }

    private func action() -> LogEvent.Action {
        switch kind {
        case .userLogin: return .login
        case .userAuthentication:
            // sshd says it once more as USER_LOGIN.
            return value(roles.executable).contains("sshd") ? .other : .login
        case .userLogout, .sessionEnd: return .disconnect
        case .sessionStart: return .connect
        case .userCommand, .execve: return .command
        case .change: return .change
        case .daemonEnd: return .logControl
        case .serviceStop: return LogTampering.namesWriter(value(roles.unit)) ? .logControl : .other
        case .configuration:
            let operation = value(roles.operation)
            let isCut = operation.starts("remove") || value(roles.auditEnabled).equals("0")
            return isCut ? .logControl : .change
        case .kernel, .syscall, .title, .end, .user: return .other
        }
    }
}
