/// Reads one JSON object (RFC 8259) that stands on a line, in one pass, into a table of its members. Allocates nothing once it is warm.
///
/// The reader owns the memory that escapes are decoded into: a value for each file, and no copies of it in use at once.
/// It is lenient where servers that print JSON through a format string are sloppy: `\x22` is an escape, a bare word (`-`) or nothing at all may
/// stand for a value, bytes below 0x20 may stand in strings. What is between quotes never becomes structure.
package struct JSONLineReader {
    package enum Outcome: UInt8, Sendable {
        case object
        /// An object whose line ends within it. The members before the end are in the table.
        case truncated
        /// No object, or one that breaks a bound.
        case none
    }

    package enum Kind: UInt8, Sendable {
        case string, number, yes, no, null, object, array
        /// A bare word that JSON doesn't know.
        case word
    }

    /// A member of an object, or an element of an array, at any depth.
    package struct Entry: Sendable {
        /// The member's own name, decoded; ``Span/none`` for an array's element.
        package var key: Span
        /// A string's content, decoded; anything else as it stands in the line: objects and arrays whole, with their brackets.
        package var value: Span
        /// Index of the object or array around it; -1 at the top.
        package var parent: Int32
        package var kind: Kind
        /// 1 at the top.
        package var depth: UInt8
    }

    /// Longer lines are refused.
    package static let lineLimit = 1 << 20
    /// Deeper ones are refused.
    package static let depthLimit = 64
    /// Members beyond this many are passed over; ``isCapped`` says so.
    package static let entryLimit = 512
    /// Bytes for the dotted paths of one line (``path(of:)``), beside those that its decoded strings may take but don't.
    private static let pathBudget = 16 << 10

    /// In the line's order: an object before its members.
    package private(set) var entries: [Entry] = []
    package private(set) var isCapped = false
    private var line = UnsafeRawBufferPointer(start: nil, count: 0)
    private var position = 0
    let scratch = ScratchBuffer()

    package init() { entries.reserveCapacity(64) }

    /// What spans point into: the line, or a copy of it with what was decoded behind. Ask for it when all paths are made; gone with the next line.
    package var text: UnsafeRawBufferPointer { scratch.count > 0 ? scratch.bytes : line }

    @inline(__always)
    package func bytes(of span: Span) -> UnsafeRawBufferPointer {
        span.isNone ? UnsafeRawBufferPointer(start: nil, count: 0) : UnsafeRawBufferPointer(rebasing: text[span.range])
    }

    package mutating func read(_ line: UnsafeRawBufferPointer) -> Outcome {
        entries.removeAll(keepingCapacity: true)
        scratch.removeAll()
        isCapped = false
        self.line = line
        position = 0
        skipBlanks()
        guard line.count <= Self.lineLimit, position < line.count, line[position] == 0x7B else { return .none }
        position += 1
        let outcome = members()
        guard outcome == .object else { return outcome }
        skipBlanks()
        return position == line.count ? .object : .none
    }

    // MARK: structure

    private mutating func members() -> Outcome {
        /// One bit for each level: 1 when it is an array.
        var arrays: UInt64 = 0
        var depth = 1
        var parent: Int32 = -1
        /// Levels that are open but not in the table.
        var lost = 0
        while true {
            skipBlanks()
            guard position < line.count else { return .truncated }
            let byte = line[position]
            let inArray = arrays & 1 == 1
            if byte == 0x5D || byte == 0x7D {
                guard byte == (inArray ? 0x5D : 0x7D) else { return .none }
                position += 1
                depth -= 1
                if depth == 0 { return .object }
                arrays >>= 1
                if lost > 0 { lost -= 1 } else { parent = close(parent) }
            } else {
                var key = Span.none
                if !inArray {
                    guard byte == 0x22 else { return .none }
                    guard let found = string() else { return .truncated }
                    key = found
                    skipBlanks()
                    guard position < line.count else { return .truncated }
                    guard line[position] == 0x3A else { return .none }
                    position += 1
                    skipBlanks()
                    guard position < line.count else { return .truncated }
                }
                let opener = line[position]
                if opener == 0x7B || opener == 0x5B {
                    guard depth < Self.depthLimit else { return .none }
                    let index = Int32(truncatingIfNeeded: entries.count)
                    if add(key, Span(position, 0), opener == 0x7B ? .object : .array, parent, depth) { parent = index } else { lost += 1 }
                    arrays = arrays << 1 | (opener == 0x5B ? 1 : 0)
                    depth += 1
                    position += 1
                    continue
                }
                if opener == 0x22 {
                    guard let value = string() else { return .truncated }
                    _ = add(key, value, .string, parent, depth)
                } else {
                    guard let (value, kind) = bare() else { return .none }
                    guard position < line.count else { return .truncated }
                    _ = add(key, value, kind, parent, depth)
                }
            }
            skipBlanks()
            guard position < line.count else { return .truncated }
            switch line[position] {
            case 0x2C: position += 1
            case 0x7D, 0x5D: break
            default: return .none
            }
        }
    }

    private mutating func add(_ key: Span, _ value: Span, _ kind: Kind, _ parent: Int32, _ depth: Int) -> Bool {
        guard entries.count < Self.entryLimit else {
            isCapped = true
            return false
        }
        entries.append(Entry(key: key, value: value, parent: parent, kind: kind, depth: UInt8(truncatingIfNeeded: depth)))
        return true
    }

    /// Gives the container its length, now that it is known; returns the one around it.
    private mutating func close(_ index: Int32) -> Int32 {
        guard entries.indices.contains(Int(index)) else { return -1 }
        let start = Int(entries[Int(index)].value.start)
        entries[Int(index)].value = Span(start..<position)
        return entries[Int(index)].parent
    }

    @inline(__always)
    private mutating func skipBlanks() {
        while position < line.count, line[position] == 0x20 || line[position] == 0x09 || line[position] == 0x0D { position += 1 }
    }

    // MARK: values

    /// Number, literal or bare word; nil when a byte stands there that can begin nothing.
    private mutating func bare() -> (Span, Kind)? {
        let start = position
        while position < line.count {
            switch line[position] {
            case 0x2C, 0x7D, 0x5D, 0x20, 0x09, 0x0D: return (Span(start..<position), kind(start..<position))
            case 0x22, 0x3A, 0x7B, 0x5B, 0x5C, 0x00...0x1F: return nil
            default: position += 1
            }
        }
        return (Span(start..<position), .word)
    }

    private func kind(_ range: Range<Int>) -> Kind {
        guard let first = range.first else { return .null }
        switch line[first] {
        case 0x30...0x39: return .number
        case 0x2D where range.count > 1 && line[first + 1] &- 0x30 < 10: return .number
        case 0x74 where range.count == 4 && line.starts(with: "true", at: first): return .yes
        case 0x66 where range.count == 5 && line.starts(with: "false", at: first): return .no
        case 0x6E where range.count == 4 && line.starts(with: "null", at: first): return .null
        default: return .word
        }
    }

    /// From the quote at the position to the one that closes; nil when the line ends before.
    private mutating func string() -> Span? {
        let start = position + 1
        guard let stop = StringScan.quoteOrBackslash(line, from: start) else {
            position = line.count
            return nil
        }
        if line[stop] == 0x22 {
            position = stop + 1
            return Span(start..<stop)
        }
        startScratch()
        let decodedStart = scratch.count
        scratch.append(line.part(start..<stop))
        guard let end = JSONEscape.decode(line, from: stop, into: scratch) else {
            position = line.count
            return nil
        }
        position = end + 1
        return Span(decodedStart..<scratch.count)
    }

    /// The copy of the line comes first, so that spans made before stay good. What is decoded is never longer than what it was decoded from.
    func startScratch() {
        guard scratch.count == 0 else { return }
        scratch.reset(capacity: 2 * line.count + Self.pathBudget)
        scratch.append(line)
    }
}
