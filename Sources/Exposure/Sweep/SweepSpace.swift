package import Network

/// What a sweep looks at: blocks of addresses, each with its ports. Nothing of it is written out: a block of 16 million addresses takes as much room as
/// one of a single address.
package struct SweepSpace: Sendable {
    package struct Block: Sendable {
        /// Which of the plan's targets it belongs to.
        package var target: Int
        package var addresses: CIDR
        package var ports: [UInt16]
        /// The name that led here, for TLS and for the `Host` header; nil: the address itself.
        package var name: String?

        package init(target: Int, addresses: CIDR, ports: [UInt16], name: String? = nil) {
            self.target = target
            self.addresses = addresses
            self.ports = ports
            self.name = name
        }
    }

    package let blocks: [Block]
    package let scope: Scope
    /// Addresses that are not looked at, by target: they were in an earlier run.
    private var done: [Int: Set<IPAddress>] = [:]

    package init(_ blocks: [Block], scope: Scope) {
        self.blocks = blocks.filter { !$0.ports.isEmpty }
        self.scope = scope
    }

    /// The same space less the addresses that are done with.
    func without(_ settled: [AddressSweep]) -> SweepSpace {
        var rest = self
        for sweep in settled { rest.done[sweep.target, default: []].insert(sweep.address) }
        return rest
    }

    func isDone(_ address: IPAddress, _ block: Block) -> Bool { done[block.target]?.contains(address) ?? false }

    /// How many ports there are to look at, those outside the scope included.
    package var count: Int { blocks.reduce(0) { $0.addingClamped($1.addresses.count.multipliedClamped($1.ports.count)) } }
}

/// Walks a space address by address.
struct SweepCursor: Sendable {
    private(set) var block = 0
    private(set) var offset: UInt64 = 0

    /// The next address, and its block's index; nil at the end.
    mutating func next(in space: SweepSpace) -> (block: Int, address: IPAddress)? {
        while block < space.blocks.count {
            let addresses = space.blocks[block].addresses
            if offset < UInt64(addresses.count) {
                defer { offset += 1 }
                return (block, addresses.address(at: offset))
            }
            block += 1
            offset = 0
        }
        return nil
    }
}

extension Int {
    func addingClamped(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }

    func multipliedClamped(_ other: Int) -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}
