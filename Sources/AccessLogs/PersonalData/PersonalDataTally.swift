import Findings
import Foundation
import LogFormats

/// Where a line stands, as the engine numbers it.
package struct LeakLine: Hashable, Comparable, Sendable {
    package var file: UInt32
    /// See ``LineCode``.
    package var line: UInt64
    /// Seconds since 1970, UTC; ``LogEvent/noTime`` when the line tells none.
    package var time: Int64

    package init(file: UInt32, line: UInt64, time: Int64) { (self.file, self.line, self.time) = (file, line, time) }

    package static func < (left: LeakLine, right: LeakLine) -> Bool { (left.file, left.line) < (right.file, right.line) }
}

struct LeakContext {
    var place: LeakPlace
    var shape: UInt64
    var line: LeakLine
}

/// Counts what ``PersonalDataProbe`` finds; one for each thread, merged at the end. Bounded; holds masked samples and no value.
package final class PersonalDataTally {
    package struct Key: Hashable, Sendable {
        package var kind: LeakedKind
        package var place: LeakPlace
        package var shape: UInt64
        /// The parameter's or field's name, made harmless; empty where there is none.
        package var parameter: String
    }

    package struct Entry: Sendable {
        package var lines = 0
        package var first: LeakLine
        package var last: LeakLine
        /// Masked: the first three that differ; none for secrets.
        package var samples: [String] { noted.map(\.text) }
        /// In the order of the log, whichever thread read it.
        fileprivate var noted: [(line: LeakLine, text: String)] = []
        fileprivate var sketch = ValueSketch()

        /// How many different values there are, within some per cent; nil when there are more than can be told.
        package var values: Int? { sketch.estimate }
    }

    /// Beyond this many keys, findings are counted by kind only.
    package static let mostKeys = 2_048
    private static let mostSamples = 3

    package private(set) var entries: [Key: Entry] = [:]
    /// By kind: what found no place any more.
    package private(set) var others: [LeakedKind: Int] = [:]
    /// Told apart values aren't recognised by anybody without it.
    private let key: UInt64
    private let buffer: UnsafeMutableRawBufferPointer
    private let word: UnsafeMutableRawBufferPointer
    private var lastKey: (hash: UInt64, key: Key)?

    /// - Parameter key: the same random number for all tallies of a run.
    package init(key: UInt64) {
        self.key = key
        buffer = .allocate(byteCount: PersonalDataProbe.longest, alignment: 8)
        word = .allocate(byteCount: 64, alignment: 8)
    }

    deinit {
        buffer.deallocate()
        word.deallocate()
    }

    /// The text of an address without its percent signs; other texts as they are.
    func decoded(_ bytes: UnsafeRawBufferPointer, isAddress: Bool) -> UnsafeRawBufferPointer {
        guard isAddress else { return bytes }
        var (index, count) = (0, 0)
        while index < bytes.count, count < buffer.count {
            let byte = bytes[index]
            if byte == 0x25, index + 2 < bytes.count, let high = ASCII.hex(bytes[index + 1]), let low = ASCII.hex(bytes[index + 2]) {
                buffer[count] = high << 4 | low
                index += 3
            } else if byte == 0x5C, bytes.byte(index + 1) == 0x78, let high = ASCII.hex(bytes.byte(index + 2)),
                let low = ASCII.hex(bytes.byte(index + 3))
            {
                buffer[count] = high << 4 | low
                index += 4
            } else {
                buffer[count] = byte == 0x2B ? 0x20 : byte
                index += 1
            }
            count += 1
        }
        return UnsafeRawBufferPointer(rebasing: buffer[0..<count])
    }

    /// A name in small letters, for looking it up.
    func small(_ text: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> UnsafeRawBufferPointer {
        let count = min(max(end - start, 0), word.count)
        for index in 0..<count { word[index] = ASCII.lower(text[start + index]) }
        return UnsafeRawBufferPointer(rebasing: word[0..<count])
    }

    func count(_ kind: LeakedKind, _ value: UnsafeRawBufferPointer, parameter: UnsafeRawBufferPointer, _ context: LeakContext) {
        let key = self.key(kind, parameter, context)
        guard entries[key] != nil || entries.count < Self.mostKeys else {
            others[kind, default: 0] += 1
            return
        }
        let hash = self.hash(value, kind)
        let sample = entries[key].map { $0.noted.count < Self.mostSamples || $0.noted.last.map { context.line < $0.line } ?? true } ?? true
        // In place, without taking the entry out.
        entries[key, default: Entry(first: context.line, last: context.line)].note(hash, context.line)
        if sample, kind.isPersonal { entries[key]?.add([(context.line, Self.mask(kind, value))], most: Self.mostSamples) }
    }

    /// The same parameter comes again and again: its key is made once.
    private func key(_ kind: LeakedKind, _ parameter: UnsafeRawBufferPointer, _ context: LeakContext) -> Key {
        var hash = context.shape ^ UInt64(kind.rawValue) << 56 ^ UInt64(context.place.rawValue) << 48 ^ UInt64(parameter.count) << 40
        for byte in parameter { hash = (hash ^ UInt64(byte)) &* 0x0100_0000_01B3 }
        if let lastKey, lastKey.hash == hash { return lastKey.key }
        let key = Key(kind: kind, place: context.place, shape: context.shape, parameter: Self.harmless(parameter))
        lastKey = (hash, key)
        return key
    }

    /// A name that may be shown. Names are the sender's own words: one with many digits may be a person's number.
    private static func harmless(_ name: UnsafeRawBufferPointer) -> String {
        guard !name.isEmpty else { return "" }
        let isName =
            name.count <= 24 && name.allSatisfy { ASCII.isWord($0) || $0 == UInt8(ascii: "-") }
            && name.reduce(0) { $0 + (ASCII.isDigit($1) ? 1 : 0) } <= 3
        return isName ? String(decoding: name, as: UTF8.self) : "…"
    }

    private static func mask(_ kind: LeakedKind, _ value: UnsafeRawBufferPointer) -> String {
        let text = String(decoding: value, as: UTF8.self)
        return switch kind {
        case .idCard: Mask.idCard(text)
        case .mobile: Mask.mobile(text)
        case .bankCard: Mask.middle(text, head: 4, tail: 0)
        case .name: Mask.name(text)
        case .password, .token, .session: "********"
        }
    }

    private func hash(_ value: UnsafeRawBufferPointer, _ kind: LeakedKind) -> UInt64 {
        var hash = key ^ UInt64(kind.rawValue)
        for byte in value {
            hash = (hash ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 32
        }
        return hash
    }

    /// Takes over what another thread found. `shapes`: the other's shapes as this one's.
    package func merge(_ other: PersonalDataTally) {
        for (key, entry) in other.entries {
            if let own = entries[key] {
                entries[key] = own.merged(with: entry, mostSamples: Self.mostSamples)
            } else if entries.count < Self.mostKeys {
                entries[key] = entry
            } else {
                others[key.kind, default: 0] += entry.lines
            }
        }
        others.merge(other.others, uniquingKeysWith: +)
    }

    /// The most frequent first.
    package var ranked: [(key: Key, entry: Entry)] {
        entries.map { ($0.key, $0.value) }.sorted {
            ($1.1.lines, $0.0.kind.rawValue, $0.0.place.rawValue, $0.0.parameter, $0.0.shape)
                < ($0.1.lines, $1.0.kind.rawValue, $1.0.place.rawValue, $1.0.parameter, $1.0.shape)
        }
    }
}

extension PersonalDataTally.Entry {
    fileprivate mutating func note(_ hash: UInt64, _ line: LeakLine) {
        lines += 1
        sketch.insert(hash)
        first = min(first, line)
        last = max(last, line)
    }

    fileprivate func merged(with other: Self, mostSamples: Int) -> Self {
        var merged = self
        merged.lines += other.lines
        merged.sketch.merge(other.sketch)
        merged.first = min(first, other.first)
        merged.last = max(last, other.last)
        merged.add(other.noted, most: mostSamples)
        return merged
    }

    fileprivate mutating func add(_ samples: [(line: LeakLine, text: String)], most: Int) {
        var seen: Set<String> = []
        noted = Array((noted + samples).sorted { $0.line < $1.line }.filter { seen.insert($0.text).inserted }.prefix(most))
    }
}

/// How many different values there were (linear counting: Whang, Vander-Zanden, Taylor 1990), in 512 bytes.
struct ValueSketch: Sendable {
    private static let bits = 4_096

    private var words = [UInt64](repeating: 0, count: ValueSketch.bits / 64)

    mutating func insert(_ hash: UInt64) {
        let bit = Int(truncatingIfNeeded: hash >> 20) & (Self.bits - 1)
        words[bit >> 6] |= 1 << UInt64(bit & 63)
    }

    mutating func merge(_ other: ValueSketch) {
        for index in words.indices { words[index] |= other.words[index] }
    }

    /// Nil when nearly every bit is set.
    var estimate: Int? {
        let empty = words.reduce(0) { $0 + (~$1).nonzeroBitCount }
        guard empty >= 8 else { return nil }
        return Int((-Double(Self.bits) * log(Double(empty) / Double(Self.bits))).rounded())
    }
}
