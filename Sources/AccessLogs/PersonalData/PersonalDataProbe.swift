package import LogFormats

/// Finds persons' data and secrets that stand in a log, which keeps them longer and shows them to more people than anybody meant.
///
/// Asked for every event; looks closer only where ``PersonalDataTriggers`` said so or a long run of digits stands. What it finds goes into a
/// ``PersonalDataTally`` by kind, place, path shape and parameter: never a value.
package struct PersonalDataProbe: Sendable {
    private let detector: any PersonalDataDetector
    private let names = LeakNames.table

    /// Bytes of a field that are looked at.
    static let longest = 4_096

    package init(detector: any PersonalDataDetector) { self.detector = detector }

    /// Some ten nanoseconds for an event that holds nothing.
    /// - Parameters:
    ///   - isTriggered: one of ``PersonalDataTriggers/literals(id:)`` stands in its line.
    ///   - shape: of its path, ids taken out; 0 for events without one.
    package func examine(_ event: LogEvent, isTriggered: Bool, shape: UInt64, at line: LeakLine, into tally: PersonalDataTally) {
        examine(event.bytes(of: event.target), .target, isTriggered, shape, line, tally)
        examine(event.bytes(of: event.referer), .referer, isTriggered, 0, line, tally)
        // A statement that stands in the message is looked at once.
        if !event.message.holds(event.statement) { examine(event.bytes(of: event.message), .message, isTriggered, 0, line, tally) }
        examine(event.bytes(of: event.statement), .statement, isTriggered, 0, line, tally)
    }

    @inline(__always)
    private func examine(
        _ bytes: UnsafeRawBufferPointer, _ place: LeakPlace, _ isTriggered: Bool, _ shape: UInt64, _ line: LeakLine, _ tally: PersonalDataTally
    ) {
        guard bytes.count >= 6, isTriggered || PersonalDataTriggers.hasDigitRun(bytes) else { return }
        look(bytes, LeakContext(place: place, shape: shape, line: line), tally)
    }

    private func look(_ bytes: UnsafeRawBufferPointer, _ context: LeakContext, _ tally: PersonalDataTally) {
        let isAddress = context.place == .target || context.place == .referer
        let text = tally.decoded(bytes.part(0..<min(bytes.count, Self.longest)), isAddress: isAddress)
        readRuns(text, context, tally)
        readPairs(text, context, tally)
    }

    // MARK: Numbers

    /// Runs of digits that stand alone: identity cards, telephones, bank cards.
    private func readRuns(_ text: UnsafeRawBufferPointer, _ context: LeakContext, _ tally: PersonalDataTally) {
        var index = 0
        while index < text.count {
            guard ASCII.isDigit(text[index]) else {
                index += 1
                continue
            }
            let start = index
            while index < text.count, ASCII.isDigit(text[index]) { index += 1 }
            // The check character of identity cards.
            if index - start == 17, text.byte(index) | 0x20 == 0x78, !ASCII.isWord(text.byte(index + 1)) { index += 1 }
            guard index - start >= 11, index - start <= 19, !ASCII.isWord(text.byte(index)), !isPartOfWord(text, start) else { continue }
            judge(text, start, index, context, tally)
        }
    }

    /// A letter, or a dot or dash with a digit before it: a version, an identifier in hexadecimal digits, a fraction.
    private func isPartOfWord(_ text: UnsafeRawBufferPointer, _ start: Int) -> Bool {
        let before = text.byte(start - 1)
        return ASCII.isWord(before) || (before == 0x2D || before == 0x2E) && ASCII.isWord(text.byte(start - 2))
    }

    private func judge(_ text: UnsafeRawBufferPointer, _ start: Int, _ end: Int, _ context: LeakContext, _ tally: PersonalDataTally) {
        let (nameStart, nameEnd) = name(text, before: start)
        let cue = names.value(tally.small(text, nameStart, nameEnd), 0, nameEnd - nameStart)
        let kind: LeakedKind
        switch end - start {
        case 18: kind = .idCard
        case 15 where cue == LeakNames.identity: kind = .idCard
        case 11 where cue != LeakNames.number && !endsAsNumber(text, nameStart, nameEnd): kind = .mobile
        case 16...19 where cue == LeakNames.card: kind = .bankCard
        default: return
        }
        let value = text.part(start..<end)
        guard confirms(kind, value) else { return }
        tally.count(kind, value, parameter: text.part(nameStart..<nameEnd), context)
    }

    /// orderId, tradeNo: of a record, unless the name says telephone.
    private func endsAsNumber(_ text: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Bool {
        guard end - start >= 3 else { return false }
        return (text.has("id", at: end - 2) || text.has("time", at: end - 4) || text.has("stamp", at: end - 5)) && end - start <= 24
    }

    private func confirms(_ kind: LeakedKind, _ value: UnsafeRawBufferPointer) -> Bool {
        value.withMemoryRebound(to: UInt8.self) { detector.confirms(kind, $0) }
    }

    // MARK: Names and secrets

    /// `name=value`, `"name":"value"`, `name: value`.
    private func readPairs(_ text: UnsafeRawBufferPointer, _ context: LeakContext, _ tally: PersonalDataTally) {
        for index in 0..<text.count where text[index] == UInt8(ascii: "=") || text[index] == UInt8(ascii: ":") {
            let (nameStart, nameEnd) = name(text, endingBefore: index)
            guard nameEnd > nameStart else { continue }
            let cue = names.value(tally.small(text, nameStart, nameEnd), 0, nameEnd - nameStart)
            guard cue != 0, cue <= LeakNames.name else { continue }
            let (start, end) = value(text, from: index + 1)
            guard end > start else { continue }
            judgePair(cue, text.part(start..<end), parameter: text.part(nameStart..<nameEnd), context, tally)
        }
        readTokens(text, context, tally)
    }

    private func judgePair(
        _ cue: UInt8, _ value: UnsafeRawBufferPointer, parameter: UnsafeRawBufferPointer, _ context: LeakContext, _ tally: PersonalDataTally
    ) {
        switch cue {
        // sudo's PWD and the shell's are the folder that somebody worked in.
        case LeakNames.password where value.count >= 4 && value[0] != UInt8(ascii: "/") && LeakValues.isSecret(value):
            tally.count(.password, value, parameter: parameter, context)
        // JSON Web Tokens are counted where they are found.
        case LeakNames.token where value.count >= 16 && LeakValues.isRandom(value) && !value.starts(with: "eyJ", at: 0):
            tally.count(.token, value, parameter: parameter, context)
        case LeakNames.session where value.count >= 16 && LeakValues.isRandom(value): tally.count(.session, value, parameter: parameter, context)
        case LeakNames.name where value.count >= 6 && value.count <= 60 && value[0] >= 0xE3 && confirms(.name, value):
            tally.count(.name, value, parameter: parameter, context)
        default: return
        }
    }

    /// JSON Web Tokens (RFC 7519), whatever they are called.
    private func readTokens(_ text: UnsafeRawBufferPointer, _ context: LeakContext, _ tally: PersonalDataTally) {
        var from = 0
        while let e = text.next(UInt8(ascii: "e"), from: from) {
            from = e + 1
            guard text.starts(with: "eyJ", at: e), !ASCII.isWord(text.byte(e - 1)), text.byte(e - 1) != UInt8(ascii: ".") else { continue }
            guard let end = LeakValues.tokenEnd(text, e) else { continue }
            let (nameStart, nameEnd) = name(text, before: e)
            tally.count(.token, text.part(e..<end), parameter: text.part(nameStart..<nameEnd), context)
            from = end
        }
    }

    // MARK: The text around

    /// The name of the pair whose value begins at `start`; empty where none is.
    private func name(_ text: UnsafeRawBufferPointer, before start: Int) -> (Int, Int) {
        var index = start
        while index > 0, start - index < 3, text[index - 1] == UInt8(ascii: "\"") || text[index - 1] == UInt8(ascii: "'") || text[index - 1] == 0x20 {
            index -= 1
        }
        guard index > 0, text[index - 1] == UInt8(ascii: "=") || text[index - 1] == UInt8(ascii: ":") else { return (start, start) }
        return name(text, endingBefore: index - 1)
    }

    private func name(_ text: UnsafeRawBufferPointer, endingBefore separator: Int) -> (Int, Int) {
        var end = separator
        while end > 0, separator - end < 3,
            text[end - 1] == UInt8(ascii: "\"") || text[end - 1] == UInt8(ascii: "'") || text[end - 1] == 0x20 || text[end - 1] == UInt8(ascii: "]")
        {
            end -= 1
        }
        var start = end
        while start > 0, end - start <= 32, ASCII.isWord(text[start - 1]) || text[start - 1] >= 0x80 || text[start - 1] == UInt8(ascii: "-") {
            start -= 1
        }
        return (start, end)
    }

    /// Where the value ends: a quote's partner, or the next sign that parts pairs.
    private func value(_ text: UnsafeRawBufferPointer, from position: Int) -> (Int, Int) {
        var start = position
        while start < text.count, start - position < 3, text[start] == 0x20 { start += 1 }
        let quote = text.byte(start)
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            return (start + 1, text.next(quote, from: start + 1) ?? text.count)
        }
        var end = start
        while end < text.count, !("&;,\"'} \t\n)#" as StaticString).has(text[end]) { end += 1 }
        return (start, end)
    }
}

/// Judges values by their build.
enum LeakValues {
    /// Neither a mask nor a word that stands for nothing.
    static func isSecret(_ value: UnsafeRawBufferPointer) -> Bool {
        if value.allSatisfy({ $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "x") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "$") }) {
            return false
        }
        for word in ["null", "true", "false", "undefined", "none", "required", "(null)", "[filtered]", "[redacted]", "{redacted}", "<redacted>"]
            as [StaticString]
        where value.count == word.utf8CodeUnitCount && value.has(word, at: 0) {
            return false
        }
        return true
    }

    /// Letters and digits without words: what keys and session numbers are.
    static func isRandom(_ value: UnsafeRawBufferPointer) -> Bool {
        var (letters, digits) = (0, 0)
        for byte in value {
            if ASCII.isLetter(byte) {
                letters += 1
            } else if ASCII.isDigit(byte) {
                digits += 1
            } else if !("-_.+/=~!:%" as StaticString).has(byte) {
                return false
            }
        }
        return letters > 0 && digits >= 2 && letters + digits >= 16
    }

    /// Where a token of three parts ends that begins at `start`; nil when it is none.
    static func tokenEnd(_ text: UnsafeRawBufferPointer, _ start: Int) -> Int? {
        var index = start
        var dots = 0
        while index < text.count, ASCII.isWord(text[index]) || text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: ".") {
            if text[index] == UInt8(ascii: ".") { dots += 1 }
            index += 1
        }
        return dots == 2 && index - start >= 40 ? index : nil
    }
}

extension Span {
    /// Never true of a span that is none.
    @inline(__always)
    fileprivate func holds(_ other: Span) -> Bool {
        guard !isNone, !other.isNone else { return false }
        return range.lowerBound <= other.range.lowerBound && other.range.upperBound <= range.upperBound
    }
}
