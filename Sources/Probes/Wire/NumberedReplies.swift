/// The replies of FTP (RFC 959, 4.2) and SMTP (RFC 5321, 4.2): three digits and a text, over one line or, with `-` after the digits, several.
struct NumberedReply {
    var code: Int
    /// All lines, without the code of the first and the last; not more than a few thousand bytes.
    var text: String

    func mentions(_ words: String...) -> Bool {
        let lowered = text.lowercased()
        return words.contains { lowered.contains($0) }
    }
}

/// Reads replies from bytes that come in pieces.
struct NumberedReplies {
    enum Progress {
        case incomplete, invalid
        case reply(NumberedReply)
    }

    private var lines = LineBuffer.text
    /// The code of a reply whose last line is still to come.
    private var code: Int?
    private var text: [UInt8] = []

    private static let longestText = 4 << 10

    /// Something came that wasn't read yet.
    var hasMore: Bool { !lines.pending.isEmpty || code != nil }

    /// What came so far may become a reply.
    private(set) var isWaiting = true

    mutating func append(_ bytes: [UInt8]) { lines.append(bytes) }

    mutating func next() -> Progress {
        let progress = read()
        if case .invalid = progress { isWaiting = false }
        return progress
    }

    private mutating func read() -> Progress {
        while let line = lines.line() {
            let start = Self.start(of: line)
            guard let code else {
                guard let (number, isLast) = start else { return .invalid }
                if isLast { return .reply(NumberedReply(code: number, text: line.dropFirst(4).text)) }
                (code, text) = (number, Array(line.dropFirst(4).prefix(Self.longestText)))
                continue
            }
            let isLast = start.map { $0.code == code && $0.isLast } ?? false
            if text.count < Self.longestText { text += [0x0A] + (isLast ? line.dropFirst(4) : line).prefix(Self.longestText) }
            guard isLast else { continue }
            defer { (self.code, text) = (nil, []) }
            return .reply(NumberedReply(code: code, text: String(decoding: text, as: UTF8.self)))
        }
        if lines.isTooLong { return .invalid }
        // Whoever doesn't begin with a digit is somebody else, whether or not a line ever ends.
        if code == nil, !lines.pending.prefix(3).allSatisfy({ (0x30...0x39).contains($0) }) { return .invalid }
        return .incomplete
    }

    private static func start(of line: ArraySlice<UInt8>) -> (code: Int, isLast: Bool)? {
        guard let code = decimal(line.prefix(3)), (100...599).contains(code), line.prefix(3).allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        switch line.dropFirst(3).first {
        case nil, 0x20: return (code, true)
        case UInt8(ascii: "-"): return (code, false)
        default: return nil
        }
    }
}

/// FTP and SMTP both greet with 220: what follows tells them apart.
enum NumberedGreeting {
    /// Nil when the text gives no hint.
    static func service(_ text: String) -> Service? {
        var words = text.lowercased().split { !($0.isLetter || $0.isNumber || ".-_".contains($0)) }
        // SMTP begins with the host's name (RFC 5321, 4.2), and FTP servers like to: an `ftp.` or `smtp.` in it says nothing.
        if let first = words.first, first.contains(".") { words.removeFirst() }
        let parts = words.flatMap { $0.split { !($0.isLetter || $0.isNumber) } }
        if parts.contains(where: { smtp.contains(String($0)) }) { return .smtp }
        return parts.contains { $0.contains("ftp") || $0 == "filezilla" } ? .ftp : nil
    }

    private static let smtp: Set<String> = ["smtp", "esmtp", "postfix", "exim", "sendmail"]
}
