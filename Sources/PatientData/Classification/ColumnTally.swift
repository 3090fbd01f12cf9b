package import Datastores

/// Counts what the values of one column say. Keeps hashes of values, never values; the few samples it keeps are masked.
package struct ColumnTally: Sendable {
    /// Values that are neither null nor blank.
    package private(set) var values = 0
    package private(set) var rows = 0
    /// Of values, each counted once.
    package private(set) var distinct = 0

    var plaintext = Count()
    var masked = Count()
    var hashed = Count()
    var digestLike = Count()
    var encrypted = Count()
    var random = Count()
    var sealed = Count()
    var uuids = Count()
    /// By the bits of ``KindSet``.
    private var kinds = [Count](repeating: Count(), count: KindSet.width)
    var special = Count()
    var namesWithCommonSurname = 0
    var namesWithGivenName = 0
    var namesThatEndOtherwise = 0
    var surnames: Set<UInt32> = []
    var datesWithTime = 0
    var days: [Int32] = []
    /// Of mobile and landline numbers.
    var telephoneRange: (low: UInt64, high: UInt64) = (.max, 0)
    var digestLengths: Set<Int> = []
    /// By the order of ``DiscoveryRules/kinds``.
    private(set) var customKinds: [Count]
    private(set) var samples: [DataKind: [String]] = [:]

    private var known: [UInt64: Known] = [:]
    /// Kinds that have all their samples.
    private var sampled: KindSet = []
    private let hash: KeyedHash
    private let rules: DiscoveryRules?

    /// Times among distinct values, and among rows.
    struct Count: Hashable, Sendable {
        var distinct = 0
        var rows = 0

        mutating func add(new: Bool) {
            rows += 1
            if new { distinct += 1 }
        }
    }

    /// What has to be known of a value that comes again.
    private struct Known {
        var kinds: KindSet
        var form: ProtectionDetector.Form
        var isBlank: Bool
        var isSpecial: Bool
        /// Bit n: the user's kind n.
        var custom: UInt32
    }

    /// - Parameter rules: the user's; the same as the classifier's.
    package init(rules: DiscoveryRules? = nil) { self.init(hash: KeyedHash(), rules: rules) }

    init(hash: KeyedHash, rules: DiscoveryRules? = nil) {
        self.hash = hash
        self.rules = rules
        customKinds = [Count](repeating: Count(), count: rules?.kinds.count ?? 0)
    }

    package mutating func add(_ column: ColumnBatch) {
        column.bytes.withUnsafeBufferPointer { bytes in
            for row in 0..<column.count {
                if column.isNull[row] {
                    addNull()
                } else {
                    add(UnsafeBufferPointer(rebasing: bytes[column.offsets[row]..<column.offsets[row + 1]]))
                }
            }
        }
    }

    package mutating func addNull() { rows += 1 }

    package mutating func add(_ value: UnsafeBufferPointer<UInt8>) {
        rows += 1
        let key = hash.hash(UnsafeBufferPointer(rebasing: value[..<min(value.count, ValueReading.longest)]))
        if let known = known[key] {
            count(known, isNew: false)
            return
        }
        var reading = ValueReading(value)
        let custom = rules?.read(value, &reading) ?? 0
        let entry = Known(
            kinds: reading.kinds, form: reading.form, isBlank: reading.isBlank, isSpecial: reading.isSpecial, custom: custom)
        known[key] = entry
        count(entry, isNew: true)
        if !reading.isBlank { note(reading, of: value) }
    }

    func count(of kind: DataKind) -> Count { count(showing: KindSet(kind)) }

    /// - Parameter set: one bit; nothing for none.
    func count(showing set: KindSet) -> Count {
        let bit = set.rawValue.trailingZeroBitCount
        return bit < kinds.count ? kinds[bit] : Count()
    }

    private mutating func count(_ known: Known, isNew: Bool) {
        guard !known.isBlank else { return }
        values += 1
        if isNew { distinct += 1 }
        switch known.form {
        case .plaintext: plaintext.add(new: isNew)
        case .masked: masked.add(new: isNew)
        case .hashed: hashed.add(new: isNew)
        case .digestLike: digestLike.add(new: isNew)
        case .encrypted: encrypted.add(new: isNew)
        case .random: random.add(new: isNew)
        case .sealed: sealed.add(new: isNew)
        case .uuid: uuids.add(new: isNew)
        }
        known.kinds.forEachBit { kinds[$0].add(new: isNew) }
        if known.isSpecial { special.add(new: isNew) }
        if known.custom != 0 {
            for index in customKinds.indices where known.custom & 1 << UInt32(index) != 0 { customKinds[index].add(new: isNew) }
        }
    }

    /// Distinct values that can't be read.
    var covered: Int {
        masked.distinct + hashed.distinct + digestLike.distinct + encrypted.distinct + random.distinct + sealed.distinct
    }

    /// Of a value that is seen for the first time.
    private mutating func note(_ reading: ValueReading, of value: UnsafeBufferPointer<UInt8>) {
        if let surname = reading.surname {
            if reading.hasCommonSurname { namesWithCommonSurname += 1 }
            if reading.hasGivenName { namesWithGivenName += 1 }
            if surnames.count < 64 { surnames.insert(surname) }
            if reading.endsLikeAnotherThing { namesThatEndOtherwise += 1 }
        }
        if let day = reading.day {
            if reading.hasTime { datesWithTime += 1 }
            days.append(day)
        }
        if let number = reading.telephone { telephoneRange = (min(telephoneRange.low, number), max(telephoneRange.high, number)) }
        if reading.form == .digestLike, digestLengths.count < 8 { digestLengths.insert(value.trimmed.count) }
        noteSample(reading, of: value)
    }

    private static let samplesPerKind = 3

    private mutating func noteSample(_ reading: ValueReading, of value: UnsafeBufferPointer<UInt8>) {
        let new = reading.kinds.subtracting(sampled)
        guard !new.isEmpty else { return }
        let text = String(decoding: value.trimmed.prefix(ValueReading.longest), as: UTF8.self)
        for (kind, set) in KindSet.members where new.contains(set) || (kind == .bankCard && new.contains(.checkedCard)) {
            guard samples[kind]?.count ?? 0 < Self.samplesPerKind else {
                sampled.insert(set)
                continue
            }
            samples[kind, default: []].append(kind.mask(text))
        }
        // Once the cards are full, those by check digit alone are as well.
        if sampled.contains(.bankCard) { sampled.insert(.checkedCard) }
        sampled.formUnion(KindSet.marks.subtracting(.checkedCard))
    }
}
