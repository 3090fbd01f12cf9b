import Network

/// Blocks of addresses with a mark each, laid out flat: of blocks within each other the smallest counts. A lookup takes some tens of nanoseconds,
/// however many blocks there are. Immutable once made.
struct AddressBlocks: Sendable {
    private var v4 = RegionTable<UInt32>(capacity: 0)
    private var v6 = RegionTable<WideAddress>(capacity: 0)

    /// - Parameter blocks: of equal blocks the first counts.
    init(_ blocks: [(block: CIDR, mark: UInt16)]) {
        v4 = Self.table(
            blocks.compactMap { block, mark in
                guard block.base.family == .v4 else { return nil }
                let start = UInt32(truncatingIfNeeded: block.base.low)
                return (start, block.prefixLength == 0 ? .max : start | (.max >> UInt32(block.prefixLength)), mark)
            })
        v6 = Self.table(
            blocks.compactMap { block, mark in
                guard block.base.family == .v6 else { return nil }
                let start = WideAddress(high: block.base.high, low: block.base.low)
                return (start, start.last(prefix: block.prefixLength), mark)
            })
    }

    var isEmpty: Bool { v4.count == 0 && v6.count == 0 }

    /// Flat blocks: more than were given when small ones lie in large ones.
    var count: Int { v4.count + v6.count }

    @inline(__always)
    func mark(of address: IPAddress) -> UInt16? {
        switch address.family {
        case .v4: v4.count == 0 ? nil : v4.code(of: UInt32(truncatingIfNeeded: address.low))
        case .v6: v6.count == 0 ? nil : v6.code(of: WideAddress(high: address.high, low: address.low))
        }
    }

    /// Cuts the outer blocks around the inner ones.
    private static func table<Number: AddressNumber>(_ blocks: [(start: Number, end: Number, mark: UInt16)]) -> RegionTable<Number> {
        var table = RegionTable<Number>(capacity: blocks.count)
        // The outer before the inner; of equals the one that was given first.
        let order = blocks.indices.sorted { left, right in
            if blocks[left].start != blocks[right].start { return blocks[left].start < blocks[right].start }
            return blocks[left].end != blocks[right].end ? blocks[left].end > blocks[right].end : left < right
        }
        var open: [(start: Number, end: Number, mark: UInt16)] = []
        // Where the innermost open block goes on; nil beyond the last address.
        var cursor: Number?
        func close(before limit: Number?) {
            while let top = open.last, limit.map({ top.end < $0 }) ?? true {
                open.removeLast()
                if let from = cursor, from <= top.end { _ = table.append(from, top.end, top.mark) }
                cursor = top.end.next
            }
        }
        for index in order {
            let block = blocks[index]
            close(before: block.start)
            if let top = open.last {
                if top.start == block.start, top.end == block.end { continue }
                if let from = cursor, from < block.start, let before = block.start.previous { _ = table.append(from, before, top.mark) }
            }
            cursor = block.start
            open.append(block)
        }
        close(before: nil)
        table.close()
        return table
    }
}
