import Glibc

/// The values' bytes in one piece of memory, which is wiped when it goes. Read-only once made.
final class NeedleText: @unchecked Sendable {
    /// A needle's bytes, in one of its spellings.
    struct Spelling {
        var start: UInt32
        var length: UInt16
        var needle: UInt32
    }

    private(set) var spellings: [Spelling] = []
    private(set) var columns: [UInt16] = []
    private let memory: UnsafeMutableRawBufferPointer
    private var used = 0

    init(_ needles: RemanenceNeedles) {
        let size = needles.columns.reduce(0) { $0 + $1.values.reduce(0) { $0 + $1.count } * ($1.isBinary ? 3 : 1) }
        memory = .allocate(byteCount: size, alignment: 8)
        for (number, column) in needles.columns.enumerated() {
            let sorted = column.values.sorted { Self.order($0, $1) < 0 }
            for (index, value) in sorted.enumerated() where index == 0 || Self.order(sorted[index - 1], value) != 0 {
                append(value)
                if column.isBinary { appendHexadecimal(value) }
                columns.append(UInt16(clamping: number))
            }
        }
    }

    deinit {
        if let base = memory.baseAddress { explicit_bzero(base, memory.count) }
        memory.deallocate()
    }

    func gram(_ spelling: Spelling, at shift: Int) -> UInt64 { memory.loadUnaligned(fromByteOffset: Int(spelling.start) + shift, as: UInt64.self) }

    @inline(__always) func stands(_ spelling: Spelling, in bytes: UnsafeRawBufferPointer, at start: Int) -> Bool {
        guard let base = bytes.baseAddress, let text = memory.baseAddress else { return false }
        return memcmp(base + start, text + Int(spelling.start), Int(spelling.length)) == 0
    }

    private static func order(_ left: UnsafeMutableRawBufferPointer, _ right: UnsafeMutableRawBufferPointer) -> Int {
        guard let leftBase = left.baseAddress, let rightBase = right.baseAddress else { return left.count - right.count }
        let order = memcmp(leftBase, rightBase, min(left.count, right.count))
        return order == 0 ? left.count - right.count : Int(order)
    }

    private func append(_ value: UnsafeMutableRawBufferPointer) {
        spellings.append(Spelling(start: UInt32(used), length: UInt16(value.count), needle: UInt32(columns.count)))
        UnsafeMutableRawBufferPointer(rebasing: memory[used...]).copyMemory(from: UnsafeRawBufferPointer(value))
        used += value.count
    }

    private func appendHexadecimal(_ value: UnsafeMutableRawBufferPointer) {
        let beginning = value.prefix(RemanenceNeedles.longest / 2)
        spellings.append(Spelling(start: UInt32(used), length: UInt16(beginning.count * 2), needle: UInt32(columns.count)))
        for nibble in beginning.lazy.flatMap({ [$0 >> 4, $0 & 15] }) {
            memory[used] = nibble < 10 ? 0x30 + nibble : 0x57 + nibble
            used += 1
        }
    }
}

/// How many windows have the same 8 bytes, about: a count-min sketch of one row (Cormode and Muthukrishnan 2005).
struct WindowCounts {
    private let text: NeedleText
    private var counts: [UInt32]
    private let shift: UInt64

    /// Counts the windows of all needles.
    init(_ text: NeedleText) {
        self.init(text: text)
        for spelling in text.spellings {
            for place in 0...Int(spelling.length) - 8 { counts[bucket(spelling, place)] &+= 1 }
        }
    }

    /// Counts `run` windows of each of these.
    init(_ text: NeedleText, _ entries: [NeedleTable.Entry], run: Int) {
        self.init(text: text)
        for entry in entries {
            for place in Int(entry.shift)..<Int(entry.shift) + run { counts[bucket(text.spellings[Int(entry.spelling)], place)] &+= 1 }
        }
    }

    private init(text: NeedleText) {
        self.text = text
        counts = [UInt32](repeating: 0, count: powerOfTwo(max(1 << 12, text.spellings.count * 8)))
        shift = UInt64(64 - counts.count.trailingZeroBitCount)
    }

    private func bucket(_ spelling: NeedleText.Spelling, _ place: Int) -> Int {
        Int(truncatingIfNeeded: windowHash(text.gram(spelling, at: place)) &>> shift)
    }

    /// The count of the most frequent one of `run` successive windows.
    func most(_ spelling: NeedleText.Spelling, from place: Int, run: Int) -> UInt32 {
        var most: UInt32 = 0
        for place in place..<place + run { most = max(most, counts[bucket(spelling, place)]) }
        return most
    }

    /// Where those `run` successive windows begin whose most frequent one is the rarest.
    func rarest(_ spelling: NeedleText.Spelling, run: Int) -> UInt16 {
        var best: (place: Int, count: UInt32) = (0, .max)
        for place in 0...Int(spelling.length) - 7 - run where best.count > 1 {
            let count = most(spelling, from: place, run: run)
            if count < best.count { best = (place, count) }
        }
        return UInt16(best.place)
    }
}
