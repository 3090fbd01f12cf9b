/// A name of at most sixteen bytes, as a key that is compared in two steps and needs no memory.
struct PackedName: Hashable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    /// Nil when it is longer; an empty name is equal to no other.
    init?(_ name: UnsafeRawBufferPointer) {
        guard name.count <= 16 else { return nil }
        for (index, byte) in name.enumerated() {
            if index < 8 { low = low << 8 | UInt64(byte) } else { high = high << 8 | UInt64(byte) }
        }
    }

    /// A table by names; those that are too long are left out.
    static func table<Value>(_ entries: [(StaticString, Value)]) -> [PackedName: Value] {
        var table: [PackedName: Value] = [:]
        for (name, value) in entries {
            if let key = PackedName(UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)) { table[key] = value }
        }
        return table
    }
}
