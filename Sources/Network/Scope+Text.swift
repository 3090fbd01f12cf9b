extension Scope {
    package struct TextProblem: Error, Hashable, Sendable, CustomStringConvertible {
        package var description: String
    }

    /// Adds what one entry permits: a block (`10.0.0.0/8`), an address, a name (`db.example.cn`, `*.example.cn`); `!` before a block excludes it.
    package mutating func add(_ entry: some StringProtocol) throws(TextProblem) {
        let isExcluded = entry.hasPrefix("!")
        let text = isExcluded ? String(entry.dropFirst()) : String(entry)
        if let block = CIDR(text) {
            if isExcluded { excluded.append(block) } else { networks.append(block) }
            return
        }
        let looksLikeBlock = text.contains("/") || text.contains(":")
        guard !isExcluded, !looksLikeBlock, Scope.isName(text) else {
            throw TextProblem(description: "'\(text.prefix(60))': is no block of addresses (bits beyond the prefix must be 0), address or host name")
        }
        names.append(text.lowercased())
    }

    /// One entry a line; `#` begins a comment.
    package mutating func add(lines text: String, file: String) throws(TextProblem) {
        for (number, line) in Self.lines(text).enumerated() {
            let entry = Scope.entry(of: line)
            guard !entry.isEmpty else { continue }
            do {
                try add(entry)
            } catch {
                throw TextProblem(description: "\(file):\(number + 1): \(error.description)")
            }
        }
    }

    /// What stands in a line before its comment, without the spaces around it. Spaces inside stay, so that two entries never become one.
    package static func entry(of line: some StringProtocol) -> String {
        let text = line.prefix { $0 != "#" }.drop { $0.isWhitespace }
        return String(text.reversed().drop { $0.isWhitespace }.reversed())
    }

    /// Whatever ends them, without a byte order mark.
    private static func lines(_ text: String) -> [Substring] {
        text.drop { $0 == "\u{FEFF}" }.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    }

    /// Labels of letters, digits, `-` and `_` (RFC 1123 2.1, and what is seen in practice); `*.` may stand before them.
    package static func isName(_ text: String) -> Bool {
        let labels = (text.hasPrefix("*.") ? text.dropFirst(2) : text[...]).split(separator: ".", omittingEmptySubsequences: false)
        // `300.1.1.1` and `10.0.0.1-20` are slips, and no names.
        guard !text.allSatisfy({ $0.isNumber || $0 == "." || $0 == "-" }) else { return false }
        return text.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                    && label.utf8.allSatisfy { byte in
                        switch byte {
                        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
                        default: false
                        }
                    }
            }
    }
}
