/// What words a text has, by what they speak of: all vocabularies in one pass, as most texts are looked at for many kinds.
struct TextTerms {
    /// What a word speaks of.
    struct Topics: OptionSet, Hashable, Sendable {
        let rawValue: UInt32

        /// A province, city or county by its ending, behind its name, or by its name at the beginning.
        static let region = Topics(rawValue: 1 << 0)
        static let municipality = Topics(rawValue: 1 << 1)
        /// A road or a settlement.
        static let place = Topics(rawValue: 1 << 2)
        /// Of a house, behind its number.
        static let houseUnit = Topics(rawValue: 1 << 3)
        static let illness = Topics(rawValue: 1 << 4)
        static let specialIllness = Topics(rawValue: 1 << 5)
        /// A unit of a medicine's strength, behind its number.
        static let strength = Topics(rawValue: 1 << 6)
        static let direction = Topics(rawValue: 1 << 7)
        /// A dosage form that is named after how it is taken.
        static let routeForm = Topics(rawValue: 1 << 8)
        static let approval = Topics(rawValue: 1 << 9)
        static let notMedicine = Topics(rawValue: 1 << 10)
        static let symptom = Topics(rawValue: 1 << 11)
        /// A span of time, behind its number.
        static let duration = Topics(rawValue: 1 << 12)
        static let history = Topics(rawValue: 1 << 13)
        static let allergy = Topics(rawValue: 1 << 14)
        static let surgery = Topics(rawValue: 1 << 15)
        static let finding = Topics(rawValue: 1 << 16)
        static let payment = Topics(rawValue: 1 << 17)
        /// Of somebody who writes about illnesses, not of one who is ill.
        static let article = Topics(rawValue: 1 << 18)
        /// Of a doctor who writes down how an illness went.
        static let narrative = Topics(rawValue: 1 << 19)

        /// Count only behind a number.
        static let numbered: Topics = [.houseUnit, .strength, .duration]
        /// Count only behind a name of two characters.
        static let named: Topics = [.region, .place]
    }

    private(set) var topics: Topics = []
    /// Directions how to take a medicine, one behind the other.
    private(set) var directions = 0

    init(_ text: TextScalars) {
        let scalars = text.scalars
        var nextDirection = 0
        Lexicon.shared.withTables { lexicon in
            for index in 0..<scalars.count {
                let scalar = scalars[index]
                guard scalar < 0x1_0000 else { continue }
                let group = Int(lexicon.table[Int(scalar)])
                guard group != 0 else { continue }
                for number in Int(lexicon.groups[group])..<Int(lexicon.groups[group + 1]) {
                    let entry = lexicon.entries[number]
                    guard lexicon.matches(entry, scalars, at: index) else { continue }
                    note(entry, at: index, of: scalars, &nextDirection)
                }
            }
        }
    }

    @inline(__always)
    private mutating func note(_ entry: Lexicon.Entry, at index: Int, of scalars: UnsafeBufferPointer<UInt32>, _ nextDirection: inout Int) {
        var found = entry.topics
        if !found.isDisjoint(with: [.direction, .routeForm]) {
            if index >= nextDirection {
                if found.contains(.direction) { directions += 1 }
                nextDirection = index + Int(entry.length)
            }
            found.subtract([.direction, .routeForm])
        }
        if !found.isDisjoint(with: .numbered), !Self.isNumbered(scalars, before: index, found) { found.subtract(.numbered) }
        if index < 2 { found.subtract(.named) }
        if found.contains(.municipality) {
            found.remove(.municipality)
            if index == 0 { found.insert(.region) }
        }
        topics.formUnion(found)
    }

    private static let numerals = ScalarSet("一二三四五六七八九十甲乙丙丁")
    private static let counts = ScalarSet("一二三四五六七八九十两半数余几")

    /// `5mg`, `5 mg`, `12号`, `A座`, `三天`.
    private static func isNumbered(_ scalars: UnsafeBufferPointer<UInt32>, before index: Int, _ topics: Topics) -> Bool {
        guard index > 0 else { return false }
        let before = scalars[index - 1]
        if TextScalars.isDigit(before) { return true }
        if topics.contains(.houseUnit) {
            return (0x41...0x5A).contains(before) || (0x61...0x7A).contains(before) || numerals.contains(before)
        }
        if topics.contains(.duration), counts.contains(before) { return true }
        return before == 0x20 && index > 1 && TextScalars.isDigit(scalars[index - 2])
    }
}

/// The words of ``TextTerms``, by their first character; flat, as a hot loop walks it.
private struct Lexicon: Sendable {
    static let shared = Lexicon()

    struct Entry: Sendable {
        /// Where its letters begin.
        let start: UInt16
        let length: UInt16
        let topics: TextTerms.Topics
    }

    struct Tables {
        /// For each scalar of the Basic Multilingual Plane the number of its group; 0 for none.
        let table: UnsafeBufferPointer<UInt16>
        /// Where each group's entries begin; one more than there are groups.
        let groups: UnsafeBufferPointer<UInt16>
        let entries: UnsafeBufferPointer<Entry>
        let letters: UnsafeBufferPointer<UInt32>

        @inline(__always)
        func matches(_ entry: Entry, _ text: UnsafeBufferPointer<UInt32>, at index: Int) -> Bool {
            let length = Int(entry.length)
            guard index + length <= text.count else { return false }
            var offset = 1
            while offset < length {
                guard letters[Int(entry.start) + offset] == text[index + offset] else { return false }
                offset += 1
            }
            return true
        }
    }

    private var table = [UInt16](repeating: 0, count: 0x1_0000)
    private var groups: [UInt16] = [0]
    private var entries: [Entry] = []
    private var letters: [UInt32] = []

    private init() {
        var topics: [[UInt32]: TextTerms.Topics] = [:]
        for (topic, words) in MedicalWords.byTopic + PlaceWords.byTopic {
            for word in words.split(whereSeparator: \.isWhitespace) { topics[word.unicodeScalars.map(\.value), default: []].formUnion(topic) }
        }
        for (first, words) in Dictionary(grouping: topics, by: { $0.key.first ?? 0 }) where first > 0 && first < 0x1_0000 {
            groups.append(UInt16(truncatingIfNeeded: entries.count))
            table[Int(first)] = UInt16(truncatingIfNeeded: groups.count - 1)
            // The longest first: of directions the longest one counts.
            for (word, topics) in words.sorted(by: { $0.key.count > $1.key.count }) {
                entries.append(
                    Entry(start: UInt16(truncatingIfNeeded: letters.count), length: UInt16(truncatingIfNeeded: word.count), topics: topics))
                letters += word
            }
        }
        groups.append(UInt16(truncatingIfNeeded: entries.count))
    }

    @inline(__always)
    func withTables(_ body: (Tables) -> Void) {
        table.withUnsafeBufferPointer { table in
            groups.withUnsafeBufferPointer { groups in
                entries.withUnsafeBufferPointer { entries in
                    letters.withUnsafeBufferPointer { letters in
                        body(Tables(table: table, groups: groups, entries: entries, letters: letters))
                    }
                }
            }
        }
    }
}
