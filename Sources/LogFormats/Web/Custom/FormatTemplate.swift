/// What a custom format says of a line: fields, and the text between them.
struct FormatTemplate: Sendable {
    enum Role: UInt8, Sendable {
        case client, account, host, method, target, path, query, request, status, bytes, referer, userAgent, forwardedFor
        case seconds, milliseconds, microseconds
        /// Whoever connected, where the server takes another for the client: a field, unless the format names no client.
        case peer
        /// The stamp: ``FormatTemplate/time`` says how it is written.
        case time
        /// A number that no event has a place for.
        case number
        /// Anything else: becomes a named field.
        case named
    }

    enum Time: Sendable {
        case common, commonInBrackets, iso, epoch
        case pattern(TimePattern)
    }

    struct Element: Sendable {
        var role: Role
        /// The text before it, among ``FormatTemplate/literals``.
        var before: Range<Int>
        /// Of the variable, among ``FormatTemplate/names``.
        var name: Range<Int>
        /// It stands in quotes, which the server escapes within it.
        var isQuoted = false
    }

    private static let elementLimit = 64

    private(set) var elements: [Element] = []
    private(set) var literals: [UInt8] = []
    private(set) var names: [UInt8] = []
    private(set) var time = Time.common
    /// The text behind the last element.
    private(set) var tail = 0..<0
    private var pending = 0

    /// The text before the next element, so far.
    private var open: Range<Int> { pending..<literals.count }

    mutating func literal(_ bytes: some Sequence<UInt8>) { literals.append(contentsOf: bytes) }

    mutating func element(_ role: Role, _ name: String, at column: Int) throws(LogFormatError) {
        guard elements.count < Self.elementLimit else { throw LogFormatError("the format has more than \(Self.elementLimit) fields") }
        if let last = elements.last, open.isEmpty, try merged(last, role, name, column) { return }
        let start = names.count
        names.append(contentsOf: name.utf8)
        elements.append(Element(role: role, before: open, name: start..<names.count))
        pending = literals.count
    }

    /// A stamp. One that follows another's pattern belongs to it: `%{%T}t.%{msec_frac}t %{%z}t`.
    mutating func stamp(_ written: Time, _ name: String, at column: Int) throws(LogFormatError) {
        guard elements.contains(where: { $0.role == .time }) else {
            time = written
            return try element(.time, name, at: column)
        }
        if case .pattern(let first) = time, case .pattern(let second) = written, elements.last?.role == .time {
            time = .pattern(TimePattern(first, Array(literals[open]), second))
            literals.removeSubrange(open)
            return
        }
        // A second stamp says nothing new.
        try element(.named, name, at: column)
    }

    /// Elements without text between them: path and query make a target, a host ends where a target begins; nothing else can be told apart.
    private mutating func merged(_ last: Element, _ role: Role, _ name: String, _ column: Int) throws(LogFormatError) -> Bool {
        let index = elements.count - 1
        switch (last.role, role) {
        case (.path, .query), (.target, .query):
            elements[index].role = .target
            return true
        case (.host, .target), (.host, .path), (.time, _): return false
        default:
            let before = String(decoding: names[last.name], as: UTF8.self)
            throw LogFormatError("\(before) and \(name) (column \(column)) touch: no text says where one ends and the other begins")
        }
    }

    /// - Parameter escapes: the server escapes quotes.
    func finished(escapes: Bool) throws(LogFormatError) -> FormatTemplate {
        var template = self
        template.tail = open
        guard elements.contains(where: { $0.role == .time }) else {
            throw LogFormatError("the format tells no time: \(elements.isEmpty ? "it has no fields" : "add the time field that the server logs")")
        }
        guard elements.contains(where: { [.request, .target, .path, .status].contains($0.role) }) else {
            throw LogFormatError("the format tells no request: it needs the request line, the path or the status")
        }
        let hasClient = elements.contains { $0.role == .client }
        for index in elements.indices where elements[index].role == .peer { template.elements[index].role = hasClient ? .named : .client }
        if escapes {
            for index in elements.indices {
                let after = index + 1 < elements.count ? elements[index + 1].before : template.tail
                template.elements[index].isQuoted = literals[elements[index].before].last == 0x22 && literals[after].first == 0x22
            }
        }
        return template
    }
}
