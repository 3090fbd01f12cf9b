import Foundation

/// About how many different things there were, in a fixed amount of memory: HyperLogLog (Flajolet, Fusy, Gandouet, Meunier 2007) with 4,096
/// registers, whose standard error is 1.04/√4096 = 1.6 %. Merges.
package struct HyperLogLog: Sendable {
    package static let standardError = 0.01625
    private static let bits = 12
    private var registers: [UInt8] = []

    package init() {}

    /// - Parameter hash: 64 well-mixed bits.
    package mutating func add(_ hash: UInt64) {
        if registers.isEmpty { registers = [UInt8](repeating: 0, count: 1 << Self.bits) }
        let index = Int(hash >> (64 - UInt64(Self.bits)))
        let rank = UInt8(truncatingIfNeeded: (hash << UInt64(Self.bits)).leadingZeroBitCount + 1)
        if rank > registers[index] { registers[index] = min(rank, UInt8(64 - Self.bits + 1)) }
    }

    package mutating func merge(_ other: HyperLogLog) {
        guard !other.registers.isEmpty else { return }
        guard !registers.isEmpty else {
            registers = other.registers
            return
        }
        for index in registers.indices { registers[index] = max(registers[index], other.registers[index]) }
    }

    package var estimate: Int {
        guard !registers.isEmpty else { return 0 }
        let count = Double(registers.count)
        let sum = registers.reduce(0.0) { $0 + pow(2, -Double($1)) }
        let raw = 0.7213 / (1 + 1.079 / count) * count * count / sum
        let zeros = registers.count { $0 == 0 }
        // Few things: counting the registers that nothing fell into is more exact.
        if raw <= 2.5 * count, zeros > 0 { return Int((count * log(count / Double(zeros))).rounded()) }
        return Int(raw.rounded())
    }
}
