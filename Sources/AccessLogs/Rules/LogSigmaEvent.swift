import LogFormats
import Network
import Sigma

/// An event as rules look at it.
struct LogSigmaEvent: SigmaEvent {
    let event: LogEvent
    /// Whose request it is: behind trusted proxies, not the proxy.
    let client: IPAddress?
    let scratch: AddressScratch
    /// Of the event's fields, those that count: auditd's events are several records, and a rule is about one.
    var fields: Range<Int>

    init(event: LogEvent, client: IPAddress?, scratch: AddressScratch) {
        self.event = event
        self.client = client
        self.scratch = scratch
        fields = event.fields.indices
    }

    /// The event once for each of its records, where it is made of several: they begin with their `type`.
    var records: [LogSigmaEvent] {
        let starts = event.fields.indices.filter { event.bytes(of: event.fields[$0].name).elementsEqual("type".utf8) }
        guard starts.count > 1 else { return [self] }
        return zip(starts, starts.dropFirst() + [event.fields.endIndex]).map { start, end in
            var record = self
            record.fields = start..<end
            return record
        }
    }

    var rawLine: UnsafeRawBufferPointer { event.raw }

    func value(of field: SigmaField) -> SigmaValue {
        switch field {
        case .clientAddress: client.map { .bytes(scratch.text($0)) } ?? named("c-ip") ?? named("remote_addr") ?? .absent
        case .serverAddress: named("s-ip") ?? .absent
        case .serverPort: named("s-port") ?? .absent
        case .method: bytes(event.method)
        case .target, .query: bytes(event.target)
        case .path: path
        case .pathExtension: pathExtension
        case .host: bytes(event.host)
        case .userAgent: bytes(event.userAgent)
        case .referer: bytes(event.referer)
        case .cookie: named("cs(Cookie)") ?? named("cookie") ?? .absent
        case .account: bytes(event.account)
        case .version: named("cs-version") ?? .absent
        case .status: event.status == 0 ? .absent : .integer(Int64(event.status))
        case .bytesSent: event.bytes < 0 ? .absent : .integer(event.bytes)
        case .bytesReceived: named("cs-bytes") ?? .absent
        case .timeTaken: event.duration < 0 ? .absent : .integer(event.duration / 1_000)
        }
    }

    func value(named name: UnsafeRawBufferPointer) -> SigmaValue {
        for field in event.fields[fields] where event.bytes(of: field.name).isEqual(to: name) { return .bytes(event.bytes(of: field.value)) }
        // Names of our own, for rules about any log: statistics over accounts, rows and bytes.
        switch String(decoding: name, as: UTF8.self).lowercased() {
        case "user", "account", "username": return bytes(event.account)
        case "database": return bytes(event.database)
        case "statement", "query": return bytes(event.statement)
        case "program", "process", "app": return bytes(event.program)
        case "message": return bytes(event.message)
        case "bytes": return event.bytes < 0 ? .absent : .integer(event.bytes)
        case "rows": return event.rows < 0 ? .absent : .integer(event.rows)
        default: return .absent
        }
    }

    /// Lines of syslog and the journal come from many programs.
    func isOf(service: UnsafeRawBufferPointer) -> Bool {
        guard !event.program.isNone else { return true }
        let service = String(decoding: service, as: UTF8.self).lowercased()
        let services = SystemServices.sigma(of: event.bytes(of: event.program))
        return services.contains(service) || !SystemServices.all.contains(service)
    }

    private func bytes(_ span: Span) -> SigmaValue { span.isNone ? .absent : .bytes(event.bytes(of: span)) }

    private func named(_ name: StaticString) -> SigmaValue? {
        for field in event.fields[fields] {
            let text = event.bytes(of: field.name)
            if text.count == name.utf8CodeUnitCount, text.starts(with: name, at: 0) { return .bytes(event.bytes(of: field.value)) }
        }
        return nil
    }

    private var path: SigmaValue {
        guard !event.target.isNone else { return .absent }
        let target = event.bytes(of: event.target)
        return .bytes(target.part(0..<(target.next(0x3F, from: 0) ?? target.count)))
    }

    private var pathExtension: SigmaValue {
        guard case .bytes(let path) = path else { return .absent }
        guard let dot = path.lastIndex(of: 0x2E), path[dot...].allSatisfy({ $0 != 0x2F }) else { return .absent }
        return .bytes(path.part((dot + 1)..<path.count))
    }
}

/// Room for an address in words, which events hold as numbers.
final class AddressScratch {
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64, alignment: 8)

    deinit { buffer.deallocate() }

    /// Until the next call.
    func text(_ address: IPAddress) -> UnsafeRawBufferPointer {
        let text = address.description.utf8.prefix(buffer.count)
        buffer.copyBytes(from: text)
        return UnsafeRawBufferPointer(rebasing: buffer[0..<text.count])
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func isEqual(to other: UnsafeRawBufferPointer) -> Bool { count == other.count && elementsEqual(other) }
}
