/// One HTTP/1.1 response (RFC 9112), read from bytes that come in pieces.
struct HTTPReply {
    private(set) var status = 0
    /// Names in lower case; the first of each, but all challenges (`www-authenticate`) and cookies (`set-cookie`), joined by commas.
    private(set) var headers: [String: String] = [:]
    private(set) var body: [UInt8] = []
    /// The body was longer than was wanted: what stands beyond was not read.
    private(set) var isTruncated = false

    enum Progress { case incomplete, complete, invalid }

    private enum State {
        case statusLine, headers
        /// How many bytes are still to come.
        case length(Int)
        case chunkSize
        case chunk(Int)
        case chunkEnd, trailers, untilClose, complete
    }

    private var state = State.statusLine
    private var buffer = LineBuffer()
    private var headerCount = 0
    private let limit: Int

    private static let mostHeaders = 200

    /// - Parameter limit: how much of the body is read, in bytes; the reply is complete once that much is there.
    init(limit: Int = ProbeLimits.bytes) { self.limit = limit }

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
            let left = takeBody(count)
            state = .length(left)
            return left == 0 || isTruncated ? .finished : .wait
        case .chunkSize: return line { $0.readChunkSize($1) }
        case .chunk(let count):
            let left = takeBody(count)
            state = left == 0 ? .chunkEnd : .chunk(left)
            return isTruncated ? .finished : left == 0 ? .next : .wait
        case .chunkEnd:
            return line { reply, line in
                reply.state = .chunkSize
                return line.isEmpty ? .next : .invalid
            }
        case .trailers: return line { $1.isEmpty ? .finished : $0.countHeader() }
        case .untilClose:
            _ = takeBody(.max)
            return isTruncated ? .finished : .wait
        case .complete: return .finished
        }
    }

    /// Moves what is there of the next `count` bytes to the body, as far as the limit allows.
    /// - Returns: how many of them are still to come.
    private mutating func takeBody(_ count: Int) -> Int {
        let there = min(count, buffer.pending.count)
        let wanted = min(there, limit - body.count)
        if let bytes = buffer.take(wanted) { body += bytes }
        if wanted < there || body.count == limit && wanted < count { isTruncated = true }
        return count - wanted
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
        let text = String(decoding: value, as: UTF8.self)
        if let known = headers[name] {
            if name == "www-authenticate" || name == "set-cookie" { headers[name] = "\(known), \(text)" }
        } else {
            headers[name] = text
        }
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
            guard let length = decimal(text.utf8), length >= 0 else { return .invalid }
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
