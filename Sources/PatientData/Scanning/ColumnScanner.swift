package import Datastores

/// Counts one column's values, all of them, at the speed at which they come.
///
/// The sample has told what the column holds; most values only have to confirm it, which takes some tens of nanoseconds. The others are read
/// in full, once: what a value turned out to be is remembered for when it comes again.
struct ColumnScanner {
    private(set) var counts = ColumnCounts()
    private let kind: DataKind
    /// Illnesses have to be read in full, for some of them are special.
    private let isConfirmable: Bool
    /// Few different values: remembering goes before confirming.
    private let repeats: Bool
    private var cache = ReadingCache()

    /// - Parameters:
    ///   - kind: what the sample showed.
    ///   - repeats: the sample's values came again and again.
    init(kind: DataKind, repeats: Bool) {
        self.kind = kind
        self.repeats = repeats
        isConfirmable = kind != .none && !kind.isHealth
        counts.kinds = [Int](repeating: 0, count: KindSet.members.count)
    }

    mutating func add(_ column: ColumnBatch) {
        counts.rows += column.count
        column.bytes.withUnsafeBufferPointer { bytes in
            column.offsets.withUnsafeBufferPointer { offsets in
                column.isNull.withUnsafeBufferPointer { isNull in
                    for row in isNull.indices {
                        if isNull[row] {
                            counts.nulls += 1
                        } else {
                            add(UnsafeBufferPointer(rebasing: bytes[offsets[row]..<offsets[row + 1]]))
                        }
                    }
                }
            }
        }
    }

    @inline(__always)
    private mutating func add(_ value: UnsafeBufferPointer<UInt8>) {
        guard !value.isEmpty else {
            counts.blanks += 1
            return
        }
        let hash = ValueHash.hash(UnsafeBufferPointer(rebasing: value[..<min(value.count, ValueReading.longest)]))
        counts.distinct.insert(hash)
        if repeats, let known = cache[hash] { return count(known) }
        if isConfirmable, ValueReading.confirms(kind, value) {
            counts.confirmed += 1
            return
        }
        if !repeats, let known = cache[hash] { return count(known) }
        let reading = CachedReading(ValueReading(value), kind)
        cache[hash] = reading
        count(reading)
    }

    private mutating func count(_ reading: CachedReading) {
        switch reading.outcome {
        case .blank: counts.blanks += 1
        case .confirmed: counts.confirmed += 1
        case .otherwise: counts.otherwise += 1
        case .masked: counts.masked += 1
        case .hashed: counts.hashed += 1
        case .encrypted: counts.encrypted += 1
        case .sealed: counts.sealed += 1
        }
        if reading.isSpecial { counts.special += 1 }
        var rest = reading.kinds
        while rest != 0 {
            counts.kinds[rest.trailingZeroBitCount] += 1
            rest &= rest - 1
        }
    }
}

/// What one value turned out to be, in a word and two bytes.
private struct CachedReading {
    enum Outcome: UInt8 {
        case blank, confirmed, otherwise, masked, hashed, encrypted, sealed
    }

    /// Bit n: ``KindSet/members``[n].
    var kinds: UInt64 = 0
    var outcome: Outcome
    var isSpecial: Bool

    init(_ reading: ValueReading, _ kind: DataKind) {
        isSpecial = reading.isSpecial
        guard !reading.isBlank else {
            outcome = .blank
            return
        }
        switch reading.form {
        case .masked: outcome = .masked
        case .hashed: outcome = .hashed
        case .digestLike: outcome = kind.isRandomByNature ? .confirmed : .hashed
        case .random: outcome = reading.shows(kind) ? .confirmed : .encrypted
        case .encrypted: outcome = .encrypted
        case .sealed: outcome = .sealed
        case .plaintext, .uuid:
            outcome = reading.shows(kind) ? .confirmed : .otherwise
            // The bits of a set stand in the order of its members.
            kinds = reading.kinds.subtracting(.marks).rawValue
        }
    }
}

/// The readings of the values that came last, by their hash: of fixed size, so that a column of any length fits.
private struct ReadingCache {
    private static let size = 1 << 10
    private var hashes: [UInt64] = []
    private var readings: [CachedReading] = []

    subscript(hash: UInt64) -> CachedReading? {
        @inline(__always)
        get {
            guard !hashes.isEmpty else { return nil }
            let slot = Int(truncatingIfNeeded: hash) & (Self.size - 1)
            return hashes[slot] == hash ? readings[slot] : nil
        }
        set {
            guard let newValue else { return }
            if hashes.isEmpty {
                hashes = [UInt64](repeating: 0, count: Self.size)
                readings = [CachedReading](repeating: newValue, count: Self.size)
            }
            let slot = Int(truncatingIfNeeded: hash) & (Self.size - 1)
            hashes[slot] = hash
            readings[slot] = newValue
        }
    }
}
