/// One HTTP/1.1 response (RFC 9112), read from bytes that come in pieces.
struct HTTPReply {
    private(set) var status = 0
    /// Names in lower case; the first of each.
    private(set) var headers: [String: String] = [:]
    private(set) var body: [UInt8] = []

    enum Progress { case incomplete, complete, invalid }

    private enum State {
        case statusLine, headers
        case length(Int)
        case chunkSize
        case chunk(Int)
        case chunkEnd, trailers, untilClose, complete
    }

    private var state = State.statusLine
    private var buffer = LineBuffer()
    private var headerCount = 0

    private static let mostHeaders = 200

    /// True once a status line was read: this is HTTP, whatever follows.
    var isHTTP: Bool { status > 0 }

    mutating func receive(_ bytes: [UInt8]) -> Progress {
        buffer.append(bytes)
        while true {
            switch step() {
            case .next: continue
            case .wait: return .incomplete
            case .finished:
                state = .complete
                return .complete
            case .invalid: return .invalid
            }
        }
    }

    /// The peer closed: complete only when that is what ends the body.
    mutating func finish() -> Progress {
        switch state {
        case .complete, .untilClose: .complete
        default: .incomplete
        }
    }

    private enum Step { case next, wait, finished, invalid }

    private mutating func step() -> Step {
        switch state {
        case .statusLine:
            guard "HTTP/1.".utf8.starts(with: buffer.pending.prefix(7)) else { return .invalid }
            return line { $0.readStatus($1) }
        case .headers: return line { $1.isEmpty ? $0.beginBody() : $0.readHeader($1) }
        case .length(let count):
            guard let bytes = buffer.take(count) else { return .wait }
            body += bytes
            return .finished
        case .chunkSize: return line { $0.readChunkSize($1) }
        case .chunk(let count):
            guard let bytes = buffer.take(count) else { return .wait }
            body += bytes
            state = .chunkEnd
            return .next
        case .chunkEnd:
            return line { reply, line in
                reply.state = .chunkSize
                return line.isEmpty ? .next : .invalid
            }
        case .trailers: return line { $1.isEmpty ? .finished : $0.countHeader() }
        case .untilClose:
            if let bytes = buffer.take(buffer.pending.count) { body += bytes }
            return .wait
        case .complete: return .finished
        }
    }

    private mutating func line(_ read: (inout HTTPReply, ArraySlice<UInt8>) -> Step) -> Step {
        guard let line = buffer.line() else { return buffer.isTooLong ? .invalid : .wait }
        return read(&self, line)
    }

    private mutating func readStatus(_ line: ArraySlice<UInt8>) -> Step {
        let words = line.split(separator: 0x20, maxSplits: 2)
        guard words.count >= 2, words[1].count == 3, let code = decimal(words[1]), (100...599).contains(code) else { return .invalid }
        status = code
        state = .headers
        return .next
    }

    private mutating func countHeader() -> Step {
        headerCount += 1
        return headerCount <= Self.mostHeaders ? .next : .invalid
    }

    private mutating func readHeader(_ line: ArraySlice<UInt8>) -> Step {
        let parts = line.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return .invalid }
        let name = String(decoding: parts[0], as: UTF8.self).lowercased()
        var value = parts[1]
        while let first = value.first, first == 0x20 || first == 0x09 { value.removeFirst() }
        while let last = value.last, last == 0x20 || last == 0x09 { value.removeLast() }
        if headers[name] == nil { headers[name] = String(decoding: value, as: UTF8.self) }
        return countHeader()
    }

    private mutating func beginBody() -> Step {
        if status < 200 {
            // An interim response: the real one follows.
            (status, headers, state) = (0, [:], .statusLine)
            return .next
        }
        if status == 204 || status == 304 { return .finished }
        if let coding = headers["transfer-encoding"] {
            guard coding.lowercased() == "chunked" else { return .invalid }
            state = .chunkSize
        } else if let text = headers["content-length"] {
            guard let length = decimal(text.utf8), (0...ProbeLimits.bytes).contains(length) else { return .invalid }
            state = .length(length)
        } else {
            state = .untilClose
        }
        return .next
    }

    private mutating func readChunkSize(_ line: ArraySlice<UInt8>) -> Step {
        let digits = line.prefix { $0 != UInt8(ascii: ";") && $0 != 0x20 }
        guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), (0...ProbeLimits.bytes).contains(size) else { return .invalid }
        state = size == 0 ? .trailers : .chunk(size)
        return .next
    }
}
