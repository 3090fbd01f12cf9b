/// Compiles nginx's `log_format` (ngx_http_log_module).
enum NginxTemplate {
    static func compile(_ text: String) throws(LogFormatError) -> FormatTemplate {
        let (format, escape) = try unwrapped(text)
        var template = FormatTemplate()
        let bytes = Array(format.utf8)
        var position = 0
        while position < bytes.count {
            guard bytes[position] == 0x24 else {
                template.literal(CollectionOfOne(bytes[position]))
                position += 1
                continue
            }
            let column = position + 1
            let (name, end) = try variable(bytes, position + 1)
            try add(name, column, to: &template)
            position = end
        }
        return try template.finished(escapes: escape != "none")
    }

    /// `$name` or `${name}`.
    private static func variable(_ bytes: [UInt8], _ start: Int) throws(LogFormatError) -> (String, Int) {
        let isBraced = start < bytes.count && bytes[start] == 0x7B
        var end = isBraced ? start + 1 : start
        let first = end
        while end < bytes.count, bytes[end] &- 0x30 < 10 || (bytes[end] | 0x20) &- 0x61 < 26 || bytes[end] == 0x5F { end += 1 }
        guard end > first else { throw LogFormatError("'$' at column \(start) of the nginx format has no variable behind it") }
        let name = String(decoding: bytes[first..<end], as: UTF8.self)
        guard isBraced else { return (name, end) }
        guard end < bytes.count, bytes[end] == 0x7D else { throw LogFormatError("'${\(name)' at column \(start) of the nginx format isn't closed") }
        return (name, end + 1)
    }

    private static func add(_ name: String, _ column: Int, to template: inout FormatTemplate) throws(LogFormatError) {
        switch name {
        case "time_local": try template.stamp(.common, name, at: column)
        case "time_iso8601": try template.stamp(.iso, name, at: column)
        case "msec": try template.stamp(.epoch, name, at: column)
        // `?` or nothing: belongs to the query behind it.
        case "is_args": try template.element(.query, name, at: column)
        default: try template.element(role(name), name, at: column)
        }
    }

    private static func role(_ name: String) -> FormatTemplate.Role {
        switch name {
        case "remote_addr": .client
        case "realip_remote_addr": .peer
        case "remote_user": .account
        case "host", "http_host", "server_name": .host
        case "request_method": .method
        case "request_uri": .target
        case "uri", "document_uri": .path
        case "args", "query_string": .query
        case "request": .request
        case "status": .status
        case "body_bytes_sent", "bytes_sent": .bytes
        case "http_referer": .referer
        case "http_user_agent": .userAgent
        case "http_x_forwarded_for", "proxy_add_x_forwarded_for": .forwardedFor
        case "request_time": .seconds
        case "remote_port", "server_port", "pid", "connection", "connection_requests", "request_length", "proxy_protocol_port": .number
        default: .named
        }
    }

    // MARK: the directive around it

    private static func unwrapped(_ text: String) throws(LogFormatError) -> (String, escape: String) {
        var trimmed = Substring(text)
        while let last = trimmed.last, last.isWhitespace || last == ";" { trimmed.removeLast() }
        while trimmed.first?.isWhitespace == true { trimmed.removeFirst() }
        let isDirective = trimmed.hasPrefix("log_format") && trimmed.dropFirst(10).first?.isWhitespace == true
        guard isDirective || trimmed.first == "'" || trimmed.first == "\"" || trimmed.hasPrefix("escape=") else {
            if trimmed.contains(where: \.isNewline) { throw LogFormatError("the nginx format has more than one line: put quotes around each part") }
            return (String(trimmed), "default")
        }
        var words = try DirectiveWords.split(trimmed, quotes: ["'", "\""])
        if isDirective {
            guard words.count >= 3 else { throw LogFormatError("log_format needs a name and a format") }
            words.removeFirst(2)
        }
        var escape = "default"
        if let first = words.first, first.hasPrefix("escape=") {
            escape = String(first.dropFirst(7))
            guard ["default", "json", "none"].contains(escape) else { throw LogFormatError("'\(first.prefix(40))' is no escape that nginx knows") }
            words.removeFirst()
        }
        return (words.joined(), escape)
    }
}

/// The words of a server's directive: parted by blanks and newlines, in quotes with backslashes within.
enum DirectiveWords {
    static func split(_ text: Substring, quotes: Set<Character>) throws(LogFormatError) -> [String] {
        var words: [String] = []
        var rest = text
        while true {
            // A backslash at a line's end continues the line.
            while let first = rest.first, first.isWhitespace || first == "\\" && rest.dropFirst().first?.isNewline == true { rest.removeFirst() }
            guard let first = rest.first else { return words }
            if first == "#", words.isEmpty { throw LogFormatError("the format begins with a comment") }
            var word = ""
            if quotes.contains(first) {
                rest.removeFirst()
                guard try take(&rest, until: first, into: &word) else {
                    throw LogFormatError("the quote \(first) that opens part \(words.count + 1) of the format isn't closed")
                }
            } else {
                while let next = rest.first, !next.isWhitespace { word.append(rest.removeFirst() == next ? next : next) }
            }
            words.append(word)
        }
    }

    private static func take(_ rest: inout Substring, until quote: Character, into word: inout String) throws(LogFormatError) -> Bool {
        while let next = rest.popFirst() {
            if next == quote { return true }
            guard next == "\\", let escaped = rest.first else {
                word.append(next)
                continue
            }
            if escaped == quote || escaped == "\\" { word.append(rest.removeFirst()) } else { word.append(next) }
        }
        return false
    }
}
