import Foundation

/// How many different values a column has, in 8 KiB: HyperLogLog (Flajolet et al. 2007) with 8,192 registers, standard error 1.15 %, and linear
/// counting below 20,000, where it is more exact. Sketches merge; the order of values doesn't matter.
package struct DistinctSketch: Sendable, Hashable {
    private static let bits = 13
    private static let count = 1 << bits

    private var registers: [UInt8]

    package init() { registers = [UInt8](repeating: 0, count: Self.count) }

    /// - Parameter hash: of ``ValueHash``.
    @inline(__always)
    package mutating func insert(_ hash: UInt64) {
        let index = Int(truncatingIfNeeded: hash >> UInt64(64 - Self.bits))
        let rank = UInt8(truncatingIfNeeded: ((hash << UInt64(Self.bits)) | (1 << UInt64(Self.bits - 1))).leadingZeroBitCount + 1)
        registers.withUnsafeMutableBufferPointer { if $0[index] < rank { $0[index] = rank } }
    }

    package mutating func merge(_ other: DistinctSketch) {
        for index in registers.indices { registers[index] = max(registers[index], other.registers[index]) }
    }

    package var estimate: Int {
        let size = Double(Self.count)
        var sum = 0.0
        var empty = 0
        for rank in registers {
            sum += 1 / Double(UInt64(1) << UInt64(rank))
            if rank == 0 { empty += 1 }
        }
        let raw = 0.7213 / (1 + 1.079 / size) * size * size / sum
        guard raw <= 2.5 * size, empty > 0 else { return Int(raw.rounded()) }
        return Int((size * log(size / Double(empty))).rounded())
    }
}

extension DistinctSketch: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let data = try container.decode(Data.self)
        guard data.count == Self.count else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a sketch has \(Self.count) registers")
        }
        registers = [UInt8](data)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Data(registers))
    }
}
