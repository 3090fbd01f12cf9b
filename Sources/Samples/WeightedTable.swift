/// Draws indices by weight in constant time and little memory: Walker's alias method, built as Vose does (IEEE Transactions on Software
/// Engineering 17(9), 1991).
struct WeightedTable {
    /// One of as many equal shares as there are indices: its lower part belongs to `own`, the rest to `other`.
    private struct Cell {
        var limit: UInt32
        var own: UInt16
        var other: UInt16
    }

    private let cells: [Cell]

    /// - Parameter weights: at most 65,536; an index with a weight of zero or less is never drawn, unless there is no other.
    init(_ weights: [Double]) {
        let candidates = weights.prefix(65_536).enumerated().filter { $0.element > 0 }
        let total = candidates.reduce(0) { $0 + $1.element }
        var cells = candidates.map { Cell(limit: .max, own: UInt16($0.offset), other: UInt16($0.offset)) }
        var shares = candidates.map { $0.element / total * Double(candidates.count) }
        var small = shares.indices.filter { shares[$0] < 1 }
        var large = shares.indices.filter { shares[$0] >= 1 }
        while let poor = small.popLast(), let rich = large.last {
            cells[poor].limit = UInt32(shares[poor] * 0x1p32)
            cells[poor].other = cells[rich].own
            shares[rich] -= 1 - shares[poor]
            if shares[rich] < 1 {
                large.removeLast()
                small.append(rich)
            }
        }
        self.cells = cells.isEmpty ? [Cell(limit: .max, own: 0, other: 0)] : cells
    }

    @inline(__always)
    func draw(_ random: inout SampleRandom) -> Int {
        let number = random.next()
        let cell = cells[Int(truncatingIfNeeded: ((number >> 32) &* UInt64(truncatingIfNeeded: cells.count)) >> 32)]
        return Int(UInt32(truncatingIfNeeded: number) < cell.limit ? cell.own : cell.other)
    }
}
