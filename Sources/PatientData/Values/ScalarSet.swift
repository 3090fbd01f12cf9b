/// A set of single characters: one bit for each of the Basic Multilingual Plane. Eight kilobytes, of which a lookup touches one word.
struct ScalarSet: Sendable {
    private var words = [UInt64](repeating: 0, count: 1_024)

    init(_ characters: String) { self.init(characters.unicodeScalars.map(\.value)) }

    init(_ scalars: some Sequence<UInt32>) {
        for scalar in scalars where scalar < 0x1_0000 && scalar > 0x20 { words[Int(scalar >> 6)] |= 1 << UInt64(scalar & 63) }
    }

    @inline(__always)
    func contains(_ scalar: UInt32) -> Bool {
        scalar < 0x1_0000 && words[Int(scalar >> 6)] & 1 << UInt64(scalar & 63) != 0
    }
}
