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
    var uuids = Count()
    private var kinds = [Count](repeating: Count(), count: KindSet.members.count)
    var checkedCards = Count()
    var codes = Count()
    var dottedCodes = Count()
    var special = Count()
    var namesWithCommonSurname = 0
    var namesThatEndOtherwise = 0
    var surnames: Set<UInt32> = []
    var datesWithTime = 0
    var days: [Int32] = []
    var mobileRange: (low: UInt64, high: UInt64) = (.max, 0)
    var digestLengths: Set<Int> = []
    private(set) var samples: [DataKind: [String]] = [:]

    private var known: [UInt64: Known] = [:]
    private let hash: KeyedHash

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
        var marks: Marks
    }

    private struct Marks: OptionSet {
        let rawValue: UInt8
        static let blank = Marks(rawValue: 1)
        static let checkedCard = Marks(rawValue: 2)
        static let code = Marks(rawValue: 4)
        static let dottedCode = Marks(rawValue: 8)
        static let special = Marks(rawValue: 16)
    }

    package init() { self.init(hash: KeyedHash()) }

    init(hash: KeyedHash) { self.hash = hash }

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
        let reading = ValueReading(value)
        var marks: Marks = []
        if reading.isBlank { marks.insert(.blank) }
        if reading.isCheckedCard { marks.insert(.checkedCard) }
        if reading.code != nil { marks.insert(.code) }
        if reading.code?.hasDot == true { marks.insert(.dottedCode) }
        if reading.isSpecial { marks.insert(.special) }
        let entry = Known(kinds: reading.kinds, form: reading.form, marks: marks)
        known[key] = entry
        count(entry, isNew: true)
        if !reading.isBlank { note(reading, of: value) }
    }

    func count(of kind: DataKind) -> Count {
        KindSet.members.firstIndex { $0.kind == kind }.map { kinds[$0] } ?? Count()
    }

    private mutating func count(_ known: Known, isNew: Bool) {
        guard !known.marks.contains(.blank) else { return }
        values += 1
        if isNew { distinct += 1 }
        switch known.form {
        case .plaintext: plaintext.add(new: isNew)
        case .masked: masked.add(new: isNew)
        case .hashed: hashed.add(new: isNew)
        case .digestLike: digestLike.add(new: isNew)
        case .encrypted: encrypted.add(new: isNew)
        case .uuid: uuids.add(new: isNew)
        }
        if !known.kinds.isEmpty {
            for index in kinds.indices where known.kinds.contains(KindSet.members[index].set) { kinds[index].add(new: isNew) }
        }
        guard !known.marks.isEmpty else { return }
        if known.marks.contains(.checkedCard) { checkedCards.add(new: isNew) }
        if known.marks.contains(.code) { codes.add(new: isNew) }
        if known.marks.contains(.dottedCode) { dottedCodes.add(new: isNew) }
        if known.marks.contains(.special) { special.add(new: isNew) }
    }

    /// Of a value that is seen for the first time.
    private mutating func note(_ reading: ValueReading, of value: UnsafeBufferPointer<UInt8>) {
        if let surname = reading.surname {
            if reading.hasCommonSurname { namesWithCommonSurname += 1 }
            if surnames.count < 64 { surnames.insert(surname) }
            if reading.endsLikeAnotherThing { namesThatEndOtherwise += 1 }
        }
        if let day = reading.day {
            if reading.hasTime { datesWithTime += 1 }
            days.append(day)
        }
        if let mobile = reading.mobile { mobileRange = (min(mobileRange.low, mobile), max(mobileRange.high, mobile)) }
        if reading.form == .digestLike, digestLengths.count < 8 { digestLengths.insert(value.trimmed.count) }
        noteSample(reading, of: value)
    }

    private static let samplesPerKind = 3

    private mutating func noteSample(_ reading: ValueReading, of value: UnsafeBufferPointer<UInt8>) {
        func keep(_ kind: DataKind) {
            guard samples[kind]?.count ?? 0 < Self.samplesPerKind else { return }
            samples[kind, default: []].append(kind.mask(String(decoding: value.trimmed.prefix(ValueReading.longest), as: UTF8.self)))
        }
        for member in KindSet.members where reading.kinds.contains(member.set) { keep(member.kind) }
        if reading.isCheckedCard { keep(.bankCard) }
        if reading.code != nil { keep(.diagnosis) }
    }
}
