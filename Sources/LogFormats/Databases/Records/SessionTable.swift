import Foundation

/// Who is behind a process or thread id, as the log said when it connected: lines that follow often give the id alone.
///
/// Bounded: 2,048 sessions, the one that was longest unused gives way; names beyond 64 bytes are cut (PostgreSQL's are shorter, MySQL's accounts have
/// 80 characters at most).
final class SessionTable {
    static let nameLimit = 64
    private static let ways = 4
    private static let sets = 512
    private static let capacity = ways * sets

    enum Name: Int, CaseIterable { case account, database, client, application }

    private struct Slot {
        var key: UInt64 = 0
        var used: UInt32 = 0
        var isTaken = false
        var counts: (UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0)
    }

    /// Names the statement that the last line of pgaudit was about.
    var lastAudit: UInt64 = 0
    private var slots: [Slot] = []
    private var names = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    private var clock: UInt32 = 0

    deinit { names.deallocate() }

    /// A process, thread or session id as a number; nil when it is none that a server would write.
    static func key(_ text: UnsafeRawBufferPointer) -> UInt64? {
        guard !text.isEmpty, text.count <= 24 else { return nil }
        return text.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }

    /// The session's place; nil when it isn't known.
    func find(_ key: UInt64) -> Int? {
        guard !slots.isEmpty else { return nil }
        let first = Self.first(key)
        for index in first..<(first + Self.ways) where slots[index].isTaken && slots[index].key == key {
            clock &+= 1
            slots[index].used = clock
            return index
        }
        return nil
    }

    /// A place for a session that begins: what was known of its id is forgotten.
    func begin(_ key: UInt64) -> Int {
        if slots.isEmpty {
            slots = [Slot](repeating: Slot(), count: Self.capacity)
            names = .allocate(byteCount: Self.capacity * Self.nameLimit * Name.allCases.count, alignment: 16)
        }
        let first = Self.first(key)
        var place = first
        for index in first..<(first + Self.ways) {
            if slots[index].isTaken, slots[index].key == key {
                place = index
                break
            }
            if slots[place].isTaken, !slots[index].isTaken || slots[index].used < slots[place].used { place = index }
        }
        clock &+= 1
        slots[place] = Slot(key: key, used: clock, isTaken: true)
        return place
    }

    func findOrBegin(_ key: UInt64) -> Int { find(key) ?? begin(key) }

    func end(_ key: UInt64) {
        if let index = find(key) { slots[index].isTaken = false }
    }

    func set(_ name: Name, of index: Int, to bytes: UnsafeRawBufferPointer) {
        guard slots.indices.contains(index) else { return }
        let taken = min(bytes.count, Self.nameLimit)
        if taken > 0, let base = names.baseAddress, let source = bytes.baseAddress { memcpy(base + Self.offset(index, name), source, taken) }
        withUnsafeMutableBytes(of: &slots[index].counts) { $0[name.rawValue] = UInt8(truncatingIfNeeded: taken) }
    }

    /// Empty when the log didn't say. Good until the table changes.
    func name(_ name: Name, of index: Int) -> UnsafeRawBufferPointer {
        guard slots.indices.contains(index) else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        let count = withUnsafeBytes(of: slots[index].counts) { Int($0[name.rawValue]) }
        let offset = Self.offset(index, name)
        return UnsafeRawBufferPointer(rebasing: names[offset..<(offset + count)])
    }

    /// Gives the event the session's names where it has none of its own.
    func complete(_ event: inout LogEvent, session index: Int, buffer: RecordBuffer) {
        func fill(_ field: inout Span, _ name: Name) {
            let known = self.name(name, of: index)
            if field.isNone, !known.isEmpty { field = buffer.add(known) }
        }
        fill(&event.account, .account)
        fill(&event.database, .database)
        fill(&event.userAgent, .application)
        if event.client == nil, !event.isLocal { event.setClient(name(.client, of: index)) }
    }

    private static func first(_ key: UInt64) -> Int {
        let mixed = key &* 0x9E37_79B9_7F4A_7C15
        return (Int(truncatingIfNeeded: mixed >> 40) & (sets - 1)) * ways
    }

    private static func offset(_ index: Int, _ name: Name) -> Int { (index * Name.allCases.count + name.rawValue) * nameLimit }
}

extension LogEvent {
    /// A host as databases log it: an address, `localhost`, `[local]`, a name, or nothing, which means a Unix socket in some.
    mutating func setClient(_ host: UnsafeRawBufferPointer) {
        guard !host.isEmpty else { return }
        if host.isEqual(to: "localhost") || host.isEqual(to: "[local]") {
            isLocal = true
        } else if let address = AddressText.parse(host) {
            client = address
        }
    }
}
