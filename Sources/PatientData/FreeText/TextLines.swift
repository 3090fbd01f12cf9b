package import Foundation

/// Scans JSON Lines `{"id","text"}` that arrive in pieces, and writes a line `{"id","spans":[{"start","end","kind","confidence"}]}` for each.
/// What it writes holds no text of the input but the ids.
package struct TextLines {
    /// A line that gave no result.
    package struct Unreadable: Hashable, Sendable {
        package enum Reason: String, Hashable, Sendable {
            case notJSON = "is no JSON object"
            case noText = "has no string \"text\""
            case tooLong = "is longer than 16 MiB"
        }

        /// From 1.
        package let line: Int
        package let reason: Reason

        package init(line: Int, reason: Reason) {
            self.line = line
            self.reason = reason
        }
    }

    /// Longer lines, in bytes, are passed over.
    package static let longestLine = 16 << 20

    package private(set) var lines = 0
    package private(set) var unreadable = 0
    package private(set) var counts: [DataKind: Int] = [:]

    private let scanner: FreeTextScanner
    private let longestLine: Int
    private let report: (Unreadable) -> Void
    /// The beginning of a line whose end has not come yet.
    private var pending = Data()
    private var isSkipping = false

    /// - Parameters:
    ///   - longestLine: in bytes.
    ///   - report: is called for each line that can't be read, in order.
    package init(scanner: FreeTextScanner, longestLine: Int = TextLines.longestLine, report: @escaping (Unreadable) -> Void) {
        self.scanner = scanner
        self.longestLine = longestLine
        self.report = report
    }

    /// Takes the next bytes of the input; returns the results of the lines that are complete with them.
    package mutating func read(_ bytes: Data) -> Data {
        var output = Data()
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 0x0A) {
            finishLine(rest[rest.startIndex..<end], &output)
            rest = rest[(end + 1)...]
        }
        if !isSkipping {
            pending.append(rest)
            if pending.count > longestLine {
                isSkipping = true
                pending = Data()
            }
        }
        return output
    }

    /// The result of the last line when no line end follows it.
    package mutating func finish() -> Data {
        var output = Data()
        if !pending.isEmpty || isSkipping { finishLine(Data()[...], &output) }
        return output
    }

    private mutating func finishLine(_ end: Data.SubSequence, _ output: inout Data) {
        lines += 1
        let isTooLong = isSkipping || pending.count + end.count > longestLine
        let line = isTooLong ? Data() : pending.isEmpty ? end : pending + end
        pending.removeAll(keepingCapacity: true)
        isSkipping = false
        if isTooLong { return reject(.tooLong) }
        if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { return }
        guard let object = try? JSONSerialization.jsonObject(with: line) as? [String: Any] else { return reject(.notJSON) }
        guard let text = object["text"] as? String else { return reject(.noText) }
        write(id: object["id"], scanner.spans(in: text), &output)
    }

    private mutating func reject(_ reason: Unreadable.Reason) {
        unreadable += 1
        report(Unreadable(line: lines, reason: reason))
    }

    private mutating func write(id: Any?, _ spans: [TextSpan], _ output: inout Data) {
        var line = "{\"id\":\(Self.literal(id)),\"spans\":["
        for (index, span) in spans.enumerated() {
            counts[span.kind, default: 0] += 1
            let hundredths = Int((span.confidence * 100).rounded())
            let confidence = hundredths >= 100 ? "1" : "0.\(hundredths < 10 ? "0" : "")\(hundredths)"
            line += index == 0 ? "" : ","
            line += "{\"start\":\(span.start),\"end\":\(span.end),\"kind\":\"\(span.kind.rawValue)\",\"confidence\":\(confidence)}"
        }
        output.append(contentsOf: (line + "]}\n").utf8)
    }

    /// Ids are strings or numbers; anything else becomes null.
    private static func literal(_ id: Any?) -> String {
        guard let id, id is String || id is NSNumber,
            let data = try? JSONSerialization.data(withJSONObject: id, options: [.fragmentsAllowed, .withoutEscapingSlashes])
        else { return "null" }
        return String(decoding: data, as: UTF8.self)
    }
}
