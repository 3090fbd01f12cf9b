package import Network

/// What became of one address's ports.
package struct AddressSweep: Hashable, Sendable {
    package var target: Int
    package var address: IPAddress
    package var open: [UInt16] = []
    package var refused = 0
    /// No answer to any attempt.
    package var silent = 0
    package var unreachable = 0
    /// Ports that this machine could not try.
    package var exhausted = 0
    /// Ports that nothing was sent to, because the scope doesn't hold the address.
    package var outOfScope = 0

    package init(target: Int, address: IPAddress) {
        self.target = target
        self.address = address
    }

    /// Whether the address was shown to be there.
    package var hasAnswered: Bool { !open.isEmpty || refused > 0 }
    package var count: Int { open.count + refused + silent + unreachable + exhausted + outOfScope }

    mutating func count(_ state: PortState, port: UInt16) {
        switch state {
        case .open: open.append(port)
        case .refused: refused += 1
        case .silent: silent += 1
        case .unreachable: unreachable += 1
        case .exhausted: exhausted += 1
        }
    }

    package mutating func add(_ other: AddressSweep) {
        open += other.open
        refused += other.refused
        silent += other.silent
        unreachable += other.unreachable
        exhausted += other.exhausted
        outOfScope += other.outOfScope
    }
}
