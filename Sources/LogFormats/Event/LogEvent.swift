package import Network

/// One event of a log, whatever its format: the words that all formats share. Spans point into ``text``, which is gone when the next line is read.
///
/// Used again for every line: a parser begins with ``begin(_:raw:)``.
package struct LogEvent {
    /// What happened.
    package enum Action: UInt8, Sendable {
        /// Anything that has no word of its own here.
        case other
        /// A request over HTTP.
        case request
        /// Somebody tried to prove who they are: ``outcome`` says whether they could.
        case login
        /// A connection, before or without a login.
        case connect, disconnect
        /// A statement or command to a database: ``statement`` holds it.
        case query
        /// A command of the operating system, with or without other rights than the account's own (sudo, auditd's execve).
        case command
        /// Rules, accounts or privileges were changed.
        case change
        /// The log itself: rotated, cleared, its writer stopped or started, its settings changed.
        case logControl
        /// An error that the server reports of itself.
        case error
    }

    package enum Outcome: UInt8, Sendable { case unknown, success, failure }

    /// The bytes that spans point into: the line, or what a parser decoded of it.
    package var text = UnsafeRawBufferPointer(start: nil, count: 0)
    /// The line as it stands in the file (of a record of many lines, all of them up to a bound): keyword rules look at it.
    package var raw = UnsafeRawBufferPointer(start: nil, count: 0)
    /// Seconds since 1970, UTC. ``noTime`` when the line tells none.
    package var time = LogEvent.noTime
    package var action = Action.other
    package var outcome = Outcome.unknown
    /// Of HTTP; 0 when there is none.
    package var status: UInt16 = 0
    /// Of the response or the result; -1 when the line doesn't say.
    package var bytes: Int64 = -1
    /// Of the result; -1 when the line doesn't say.
    package var rows: Int64 = -1
    /// How many events like this one the line stands for: syslog's `message repeated 5 times`, sudo's `3 incorrect password attempts`.
    package var repeats: Int32 = 1
    /// Microseconds that the request or the statement took; -1 when the line doesn't say.
    package var duration: Int64 = -1
    /// Who connected: the peer of the socket, before any word of a proxy. Nil when the line names none, or a host name.
    package var client: IPAddress?
    /// The client came over a Unix socket, or is this machine itself by name (`localhost`, `[local]`).
    package var isLocal = false
    package var method = Span.none
    /// Path and query, as the client sent them.
    package var target = Span.none
    package var host = Span.none
    package var referer = Span.none
    package var userAgent = Span.none
    /// The value of `X-Forwarded-For`, where the format has a place for it.
    package var forwardedFor = Span.none
    /// Of HTTP, a database, or the operating system.
    package var account = Span.none
    package var database = Span.none
    /// Of SQL, Redis, MongoDB; or the command line of ``Action/command``.
    package var statement = Span.none
    /// What wrote the line: `sshd`, `sudo`, `nginx`.
    package var program = Span.none
    /// Free text, where the format has one.
    package var message = Span.none
    /// Ties the lines of one session together: process id, connection id, thread id.
    package var session = Span.none
    /// Further named fields, as the format names them (JSON, W3C, auditd, journald): Sigma rules look here. Only what fits the bound.
    package var fields: [Field] = []

    package struct Field: Sendable {
        package var name: Span
        package var value: Span

        package init(name: Span, value: Span) {
            self.name = name
            self.value = value
        }
    }

    package static let noTime = Int64.min
    /// Fields of one line beyond this many are passed over.
    package static let fieldLimit = 128

    package init() {}

    /// Forgets the event before, and takes `line` for text and raw line.
    @inline(__always)
    package mutating func begin(_ line: UnsafeRawBufferPointer, raw: UnsafeRawBufferPointer? = nil) {
        let kept = fields.isEmpty ? nil : takeFields()
        self = LogEvent(text: line, raw: raw ?? line)
        if let kept { fields = kept }
    }

    private init(text: UnsafeRawBufferPointer, raw: UnsafeRawBufferPointer) {
        self.text = text
        self.raw = raw
    }

    /// The emptied array with its storage, so that the next line need not allocate it.
    private mutating func takeFields() -> [Field] {
        var taken: [Field] = []
        swap(&taken, &fields)
        taken.removeAll(keepingCapacity: true)
        return taken
    }

    @inline(__always)
    package func bytes(of span: Span) -> UnsafeRawBufferPointer {
        span.isNone ? UnsafeRawBufferPointer(start: nil, count: 0) : UnsafeRawBufferPointer(rebasing: text[span.range])
    }

    /// For the edges: tests, reports. Invalid UTF-8 becomes U+FFFD.
    package func string(_ span: Span) -> String? { span.isNone ? nil : String(decoding: bytes(of: span), as: UTF8.self) }
}
