import Glibc

/// Finds any of very many values in bytes, at any place. Read-only once made, so that threads share it; wiped when it goes.
///
/// A text is looked at every fourth byte: of each value four successive windows of 8 bytes are known, one of which lies there. They are the rarest ones
/// among those of all values, since the first digits of an ID number are those of thousands. Values whose windows all are shared by very many are known
/// by the rarest one, and the text is looked at every byte for them.
final class NeedleIndex: @unchecked Sendable {
    /// The column of each needle. Equal values of a column are one needle.
    let columns: [UInt16]
    private let text: NeedleText
    private let tables: [NeedleTable]

    static let step = 4
    /// A window that so many needles share is no rare one.
    private static let sharedByMany: UInt32 = 1024
    /// Positions looked at in one go: their bytes stay in the nearest cache for the second table.
    private static let block = 16 << 10

    init(_ needles: RemanenceNeedles) {
        let text = NeedleText(needles)
        self.text = text
        columns = text.columns
        let windows = WindowCounts(text)
        let chosen = text.spellings.indices.map {
            NeedleTable.Entry(spelling: UInt32($0), shift: windows.rarest(text.spellings[$0], run: Self.step))
        }
        let shared = WindowCounts(text, chosen, run: Self.step)
        let isRare = { (entry: NeedleTable.Entry) in
            shared.most(text.spellings[Int(entry.spelling)], from: Int(entry.shift), run: Self.step) <= Self.sharedByMany
        }
        let strided = chosen.filter(isRare)
        let single =
            strided.count == chosen.count
            ? []
            : chosen.filter { !isRare($0) }.map { entry in
                NeedleTable.Entry(spelling: entry.spelling, shift: windows.rarest(text.spellings[Int(entry.spelling)], run: 1))
            }
        tables = [NeedleTable(strided, stride: Self.step, text), NeedleTable(single, stride: 1, text)].filter { !$0.isEmpty }
    }

    /// Calls `found` for each needle and place where it stands in `bytes`, whole; not in the order of places.
    func search(_ bytes: UnsafeRawBufferPointer, _ found: (_ needle: Int, _ range: Range<Int>) -> Void) {
        guard bytes.count >= NeedleEvidence.leastBytes else { return }
        withUnsafeTemporaryAllocation(of: UInt16.self, capacity: Self.block) { candidates in
            for start in stride(from: 0, to: bytes.count - 7, by: Self.block) {
                let positions = start..<min(start + Self.block, bytes.count - 7)
                for table in tables { table.search(bytes, positions, candidates, found) }
            }
        }
    }
}

/// Needles by the 8 bytes of a window: a Bloom filter whose bits for one question lie in one word (Putze, Sanders and Singler 2007), and a hash table
/// with open addressing.
final class NeedleTable: @unchecked Sendable {
    struct Entry {
        var spelling: UInt32
        /// Where its first window begins.
        var shift: UInt16
    }

    private let stride: Int
    private let text: NeedleText
    private let entries: [Entry]
    private let filter: UnsafeMutableBufferPointer<UInt64>
    private let filterShift: UInt64
    /// Hashes of windows; 0: empty.
    private let keys: UnsafeMutableBufferPointer<UInt64>
    /// The last window with that hash, by number from 1 on.
    private let heads: UnsafeMutableBufferPointer<UInt32>
    /// The window before it with the same hash; 0: none.
    private let chain: UnsafeMutableBufferPointer<UInt32>

    private static let bitsPerWindow = 8
    /// 2 MiB: a question that misses the caches costs more than a wrong answer does.
    private static let mostWords = 1 << 18

    var isEmpty: Bool { entries.isEmpty }

    init(_ entries: [Entry], stride: Int, _ text: NeedleText) {
        self.entries = entries
        self.stride = stride
        self.text = text
        let windows = entries.count * stride
        filter = .allocate(capacity: min(Self.mostWords, powerOfTwo(windows * Self.bitsPerWindow / 64)))
        filter.initialize(repeating: 0)
        filterShift = UInt64(64 - filter.count.trailingZeroBitCount)
        keys = .allocate(capacity: powerOfTwo(windows + windows / 4))
        keys.initialize(repeating: 0)
        heads = .allocate(capacity: keys.count)
        heads.initialize(repeating: 0)
        chain = .allocate(capacity: windows + 1)
        chain.initialize(repeating: 0)
        for window in 0..<windows {
            let entry = entries[window / stride]
            let hash = windowHash(text.gram(text.spellings[Int(entry.spelling)], at: Int(entry.shift) + window % stride))
            filter[Int(truncatingIfNeeded: hash &>> filterShift)] |= Self.mask(hash)
            let slot = slot(hash)
            keys[slot] = hash | 1
            chain[window + 1] = heads[slot]
            heads[slot] = UInt32(window + 1)
        }
    }

    deinit {
        for memory in [UnsafeMutableRawBufferPointer(keys), UnsafeMutableRawBufferPointer(filter)] {
            if let base = memory.baseAddress { explicit_bzero(base, memory.count) }
        }
        filter.deallocate()
        keys.deallocate()
        heads.deallocate()
        chain.deallocate()
    }

    @inline(__always) private static func mask(_ hash: UInt64) -> UInt64 {
        (1 as UInt64) &<< (hash & 63) | (1 as UInt64) &<< (hash &>> 6 & 63) | (1 as UInt64) &<< (hash &>> 12 & 63)
    }

    /// The one with that key, or the empty one where it would be. The filter takes the highest and the lowest bits of a hash, this the ones between.
    @inline(__always) private func slot(_ hash: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: hash &>> 18) & (keys.count - 1)
        while keys[slot] != hash | 1, keys[slot] != 0 { slot = (slot + 1) & (keys.count - 1) }
        return slot
    }

    /// First all positions are put to the filter, then the few that remain to the table: so the reads of each don't wait for the other's.
    func search(
        _ bytes: UnsafeRawBufferPointer, _ positions: Range<Int>, _ candidates: UnsafeMutableBufferPointer<UInt16>, _ found: (Int, Range<Int>) -> Void
    ) {
        guard let base = bytes.baseAddress, let filter = filter.baseAddress, let candidate = candidates.baseAddress else { return }
        let (shift, step, start, end) = (filterShift, stride, positions.lowerBound, positions.upperBound)
        var count = 0
        var position = start
        while position < end {
            let hash = windowHash(base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            let mask = Self.mask(hash)
            if filter[Int(truncatingIfNeeded: hash &>> shift)] & mask == mask {
                candidate[count] = UInt16(truncatingIfNeeded: position &- start)
                count &+= 1
            }
            position &+= step
        }
        for index in 0..<count { compare(bytes, positions.lowerBound + Int(candidate[index]), found) }
    }

    @inline(__always) private func compare(_ bytes: UnsafeRawBufferPointer, _ position: Int, _ found: (Int, Range<Int>) -> Void) {
        let hash = windowHash(bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        var window = Int(heads[slot(hash)])
        while window > 0 {
            let entry = entries[(window - 1) / stride]
            let spelling = text.spellings[Int(entry.spelling)]
            let start = position - Int(entry.shift) - (window - 1) % stride
            if start >= 0, start + Int(spelling.length) <= bytes.count, text.stands(spelling, in: bytes, at: start) {
                found(Int(spelling.needle), start..<start + Int(spelling.length))
            }
            window = Int(chain[window])
        }
    }
}

/// Both halves of a product by an odd constant: each of its bits depends on all of the window's.
@inline(__always) func windowHash(_ window: UInt64) -> UInt64 {
    let product = window.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
}

/// The next power of two; at least 2, so that shifts stay below 64.
func powerOfTwo(_ least: Int) -> Int { 1 << max(1, Int.bitWidth - max(0, least - 1).leadingZeroBitCount) }
