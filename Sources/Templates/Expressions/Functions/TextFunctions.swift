extension ExpressionFunction {
    static let textFunctions: [ExpressionFunction] = searching + changing

    private static func test(
        _ name: String, _ arguments: ClosedRange<Int> = 2...2,
        _ body: @escaping @Sendable ([ExpressionValue]) throws(EvaluationError) -> Bool
    ) -> ExpressionFunction {
        ExpressionFunction(name: name, arguments: arguments) { (values, _) throws(EvaluationError) in .boolean(try body(values)) }
    }

    /// At most this many words, patterns or texts in one call.
    private static let many = 4_096

    private static let searching: [ExpressionFunction] = [
        test("contains") { Bytes.find($0.bytes(1), in: $0.bytes(0)) != nil },
        test("contains_all", 2...many) { values in
            let text = values.bytes(0)
            return values.dropFirst().allSatisfy { Bytes.find($0.bytes, in: text) != nil }
        },
        test("contains_any", 2...many) { values in
            let text = values.bytes(0)
            return values.dropFirst().contains { Bytes.find($0.bytes, in: text) != nil }
        },
        test("starts_with", 2...many) { values in
            let text = values.bytes(0)
            return values.dropFirst().contains { text.starts(with: $0.bytes) }
        },
        test("ends_with", 2...many) { values in
            let text = values.bytes(0)
            return values.dropFirst().contains { text.suffix($0.bytes.count) == $0.bytes[...] }
        },
        test("line_starts_with", 2...many) { values in
            lines(values.bytes(0)).contains { line in values.dropFirst().contains { line.starts(with: $0.bytes) } }
        },
        test("line_ends_with", 2...many) { values in
            lines(values.bytes(0)).contains { line in values.dropFirst().contains { line.suffix($0.bytes.count) == $0.bytes[...] } }
        },
        test("equals_any", 2...many) { values in values.dropFirst().contains { $0.bytes == values.bytes(0) } },
        test("regex") { (values) throws(EvaluationError) in try matches(values[0], SearchText(values.bytes(1))) },
        test("regex_all", 2...many) { (values) throws(EvaluationError) in
            let text = SearchText(values.bytes(0))
            for pattern in patterns(values) where !(try matches(pattern, text)) { return false }
            return true
        },
        test("regex_any", 2...many) { (values) throws(EvaluationError) in
            let text = SearchText(values.bytes(0))
            for pattern in patterns(values) where try matches(pattern, text) { return true }
            return false
        },
        ExpressionFunction(name: "len", arguments: 1...1) { values, _ in
            if case .list(let list) = values[0] { return .integer(list.count) }
            return .integer(values.bytes(0).count)
        },
    ]

    private static func lines(_ text: [UInt8]) -> [ArraySlice<UInt8>] { text.split(separator: 0x0A, omittingEmptySubsequences: false) }

    /// The patterns after the text: one by one, or as a list.
    private static func patterns(_ values: [ExpressionValue]) -> [ExpressionValue] {
        values.dropFirst().flatMap { value in
            if case .list(let list) = value { list } else { [value] }
        }
    }

    private static func expression(_ pattern: ExpressionValue) throws(EvaluationError) -> RegularExpression {
        guard let compiled = try? RegularExpression(pattern.string) else { throw .argument("a bad pattern") }
        return compiled
    }

    private static func matches(_ pattern: ExpressionValue, _ text: SearchText) throws(EvaluationError) -> Bool {
        guard let found = try expression(pattern).isMatch(text) else { throw .budget }
        return found
    }

    private static let changing: [ExpressionFunction] = [
        map("to_lower") { $0.map(Bytes.lowercase) },
        map("to_upper") { $0.map(Bytes.uppercase) },
        map("to_title") { bytes in
            var begins = true
            return bytes.map { byte in
                defer { begins = !RegexAlphabet.isWord(byte) }
                return begins ? Bytes.uppercase(byte) : byte
            }
        },
        map("reverse") { Array(String(decoding: $0, as: UTF8.self).reversed().map(String.init).joined().utf8) },
        map("trim_space") { Array(Bytes.trim($0[...])) },
        map("to_string") { $0 },
        ExpressionFunction(name: "concat", arguments: 1...many) { (values, _) throws(EvaluationError) in
            .text(try bounded(Array(values.map(\.bytes).joined())))
        },
        ExpressionFunction(name: "replace", arguments: 3...3) { (values, _) throws(EvaluationError) in
            .text(try replace(values.bytes(0), values.bytes(1), values.bytes(2)))
        },
        ExpressionFunction(name: "replace_regex", arguments: 3...3) { (values, _) throws(EvaluationError) in
            .text(try replace(SearchText(values.bytes(0)), try expression(values[1]), values.bytes(2)))
        },
        ExpressionFunction(name: "remove_bad_chars", arguments: 2...2) { values, _ in
            let bad = Set(values.bytes(1))
            return .text(values.bytes(0).filter { !bad.contains($0) })
        },
        ExpressionFunction(name: "repeat", arguments: 2...2) { (values, _) throws(EvaluationError) in
            let text = values.bytes(0)
            let count = try values.integer(1)
            guard count >= 0, text.isEmpty || count <= textLimit / text.count else { throw .argument("too many repetitions") }
            return .text(text.isEmpty ? [] : Array(repeatElement(text, count: count).joined()))
        },
        ExpressionFunction(name: "trim", arguments: 2...2) { values, _ in .text(trimmed(values, left: true, right: true)) },
        ExpressionFunction(name: "trim_left", arguments: 2...2) { values, _ in .text(trimmed(values, left: true, right: false)) },
        ExpressionFunction(name: "trim_right", arguments: 2...2) { values, _ in .text(trimmed(values, left: false, right: true)) },
        ExpressionFunction(name: "trim_prefix", arguments: 2...2) { values, _ in
            let text = values.bytes(0)
            return .text(text.starts(with: values.bytes(1)) ? Array(text.dropFirst(values.bytes(1).count)) : text)
        },
        ExpressionFunction(name: "trim_suffix", arguments: 2...2) { values, _ in
            let text = values.bytes(0)
            let suffix = values.bytes(1)
            return .text(text.suffix(suffix.count) == suffix[...] ? Array(text.dropLast(suffix.count)) : text)
        },
        ExpressionFunction(name: "substr", arguments: 2...3) { (values, _) throws(EvaluationError) in
            let text = values.bytes(0)
            let start = try values.integer(1)
            let end = values.count > 2 ? try values.integer(2) : text.count
            guard start >= 0, start <= end, end <= text.count else { throw .argument("a place outside of the text") }
            return .text(Array(text[start..<end]))
        },
        ExpressionFunction(name: "padding", arguments: 3...4) { (values, _) throws(EvaluationError) in
            var text = values.bytes(0)
            let pad = values.bytes(1)
            let length = try values.integer(2)
            guard !pad.isEmpty, length <= textLimit else { throw .argument("padding without an end") }
            let missing = max(0, length - text.count)
            let filling = (0..<missing).map { pad[$0 % pad.count] }
            text = values.bytes(3).elementsEqual("prefix".utf8) ? filling + text : text + filling
            return .text(text)
        },
    ]

    private static func trimmed(_ values: [ExpressionValue], left: Bool, right: Bool) -> [UInt8] {
        let unwanted = Set(values.bytes(1))
        var slice = values.bytes(0)[...]
        while left, let first = slice.first, unwanted.contains(first) { slice.removeFirst() }
        while right, let last = slice.last, unwanted.contains(last) { slice.removeLast() }
        return Array(slice)
    }

    private static func replace(_ text: [UInt8], _ old: [UInt8], _ new: [UInt8]) throws(EvaluationError) -> [UInt8] {
        guard !old.isEmpty else { return text }
        var result: [UInt8] = []
        var position = 0
        while let found = Bytes.find(old, in: text, from: position) {
            result += text[position..<found]
            result += new
            position = found + old.count
            guard result.count <= textLimit else { throw .argument("text grew beyond its limit") }
        }
        return try bounded(result + text[position...])
    }

    /// `$1` and `${name}` in the replacement stand for groups.
    private static func replace(_ text: SearchText, _ pattern: RegularExpression, _ new: [UInt8]) throws(EvaluationError) -> [UInt8] {
        var result: [UInt8] = []
        var position = 0
        for groups in pattern.ranges(in: text, limit: 100_000) {
            guard let whole = groups[0] else { continue }
            result += text.bytes[position..<whole.lowerBound]
            var cursor = 0
            while cursor < new.count {
                let next = cursor + 1 < new.count ? new[cursor + 1] : 0
                if new[cursor] == 0x24, (0x30...0x39).contains(next) {
                    let group = Int(next - 0x30)
                    if group < groups.count, let range = groups[group] { result += text.bytes[range] }
                    cursor += 2
                } else {
                    result.append(new[cursor])
                    cursor += 1
                }
            }
            position = whole.upperBound
            guard result.count <= textLimit else { throw .argument("text grew beyond its limit") }
        }
        return try bounded(result + text.bytes[position...])
    }
}
