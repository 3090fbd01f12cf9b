import Glibc

/// Goes from one object of a file to the next.
struct JSONWalk {
    /// How one object is told from the next.
    enum Framing {
        /// Each has a line of its own.
        case lines
        /// They may have line breaks within.
        case values
    }

    struct RecordTooLong: Error {}

    /// In bytes.
    static let recordLength = 16 << 20

    let framing: Framing
    /// So many objects, or bytes of them, are enough.
    private let recordLimit: Int
    private let byteLimit: Int

    /// Of what comes next; the first is 1.
    private(set) var line = 1
    private(set) var records = 0
    /// What stands in an object's place and is none.
    private(set) var unreadable = 0
    private(set) var bytes = 0
    /// Whether nothing more is wanted.
    private(set) var isOver = false

    init(framing: Framing, recordLimit: Int = .max, byteLimit: Int = .max) {
        self.framing = framing
        self.recordLimit = recordLimit
        self.byteLimit = byteLimit
    }

    typealias Body = (UnsafeRawBufferPointer) throws -> (JSONRecordReader.Outcome, Bool)

    /// Lends the objects of `text`, each with what follows it; `body` tells what it was, and whether it wants another.
    /// - Parameter isEnd: nothing follows the text.
    /// - Returns: how many bytes were dealt with.
    mutating func read(_ text: UnsafeRawBufferPointer, isEnd: Bool, _ body: Body) throws -> Int {
        let length = try framing == .lines ? readLines(text, isEnd: isEnd, body) : readValues(text, isEnd: isEnd, body)
        guard isOver || text.count - length <= Self.recordLength else { throw RecordTooLong() }
        return length
    }

    private mutating func note(_ outcome: JSONRecordReader.Outcome, _ length: Int, goesOn: Bool) {
        if case .record = outcome { records += 1 } else { unreadable += 1 }
        bytes += length
        isOver = !goesOn || records + unreadable >= recordLimit || bytes >= byteLimit
    }

    private mutating func readLines(_ text: UnsafeRawBufferPointer, isEnd: Bool, _ body: Body) throws -> Int {
        var index = 0
        while !isOver, index < text.count, let base = text.baseAddress {
            let found = memchr(base + index, 0x0A, text.count - index).map { base.distance(to: UnsafeRawPointer($0)) }
            guard let end = found ?? (isEnd ? text.count : nil) else { break }
            guard end - index <= Self.recordLength else { throw RecordTooLong() }
            try readLine(UnsafeRawBufferPointer(rebasing: text[index..<end]), body)
            index = min(end + 1, text.count)
            line += 1
        }
        return index
    }

    /// A line with more objects than one is read as well.
    private mutating func readLine(_ text: UnsafeRawBufferPointer, _ body: Body) throws {
        var index = 0
        while !isOver {
            while index < text.count, Self.isBetween(text[index]) { index += 1 }
            guard index < text.count else { return }
            let rest = UnsafeRawBufferPointer(rebasing: text[index...])
            let (outcome, goesOn) = try body(rest)
            var length = rest.count
            if case .record(let count) = outcome { length = count }
            note(outcome, length, goesOn: goesOn)
            index += length
        }
    }

    private mutating func readValues(_ text: UnsafeRawBufferPointer, isEnd: Bool, _ body: Body) throws -> Int {
        var index = 0
        while !isOver {
            while index < text.count, Self.isBetween(text[index]) {
                if text[index] == 0x0A { line += 1 }
                index += 1
            }
            guard index < text.count else { break }
            let rest = UnsafeRawBufferPointer(rebasing: text[index...])
            let (outcome, goesOn) = try body(rest)
            let length: Int
            switch outcome {
            case .record(let count): length = count
            case .incomplete where !isEnd: return index
            case .invalid, .incomplete:
                // What isn't understood is passed over up to the next line.
                guard let end = rest.firstIndex(of: 0x0A) ?? (isEnd ? rest.count : nil) else { return index }
                length = end
            }
            guard length <= Self.recordLength else { throw RecordTooLong() }
            note(outcome, length, goesOn: goesOn)
            line += rest[..<length].count { $0 == 0x0A }
            index += length
        }
        return index
    }

    /// White space, and what makes objects the elements of an array.
    private static func isBetween(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x2C || byte == 0x5B || byte == 0x5D }
}
