import Foundation
package import Network

/// What a list that an organisation supplies says of addresses. They make a region less sure, and a visitor less ordinary; foreign they don't
/// make him.
package struct AddressTags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Of a provider of servers: whoever sits there is a machine, or hides behind one.
    package static let dataCentre = AddressTags(rawValue: 1 << 0)
    /// An exit of the Tor network.
    package static let tor = AddressTags(rawValue: 1 << 1)
    package static let vpn = AddressTags(rawValue: 1 << 2)
    /// The same address answers in many places.
    package static let anycast = AddressTags(rawValue: 1 << 3)

    /// Each alone, with the key of its name in the wording (`address-tag.tor`).
    package static let named: [(tag: AddressTags, name: String)] = [
        (.dataCentre, "data-centre"), (.tor, "tor"), (.vpn, "vpn"), (.anycast, "anycast"),
    ]

    package var names: [String] { Self.named.filter { contains($0.tag) }.map(\.name) }
}

/// Blocks of addresses from a file that an organisation supplies: data centres, Tor exits.
///
/// One block (`192.0.2.0/24`, `2001:db8::/32`), address or range (`192.0.2.0-192.0.2.63`) a line; what follows it behind a blank, comma,
/// semicolon, `#` or `//` is a remark. Tor's `exit-addresses` is understood too (`ExitAddress 192.0.2.1 2024-05-01 …`). A block with bits set
/// behind its prefix counts as the whole block: such lists are made by machines, and slips of theirs are no wish.
package struct NetworkList: Sendable {
    package let tag: AddressTags
    private let blocks: AddressBlocks
    /// Lines that named a block.
    package let entries: Int

    /// Longer files are refused.
    package static let longestFile = 64 << 20
    package static let mostEntries = 2_000_000

    /// - Throws: ``NetworkListError``.
    package init(path: String, tag: AddressTags) throws(NetworkListError) {
        guard let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int else {
            throw FileManager.default.fileExists(atPath: path) ? .unreadable(path: path) : .missing(path: path)
        }
        guard size <= Self.longestFile else { throw .tooLarge(path: path) }
        guard let data = FileManager.default.contents(atPath: path) else { throw .unreadable(path: path) }
        try self.init(bytes: [UInt8](data), path: path, tag: tag)
    }

    /// - Parameter path: for errors.
    package init(bytes: [UInt8], path: String, tag: AddressTags) throws(NetworkListError) {
        var found: [(block: CIDR, mark: UInt16)] = []
        var (line, start, entries) = (0, 0, 0)
        while start < bytes.count {
            line += 1
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            let text = String(decoding: bytes[start..<min(end, start + 256)], as: UTF8.self)
            start = end + 1
            switch NetworkLine(text) {
            case .blank: continue
            case .blocks(let blocks):
                entries += 1
                guard found.count + blocks.count <= Self.mostEntries else { throw .tooLarge(path: path) }
                found += blocks.map { ($0, 1) }
            case .malformed: throw .malformed(path: path, line: line)
            }
        }
        self.tag = tag
        self.entries = entries
        blocks = AddressBlocks(found)
    }

    @inline(__always)
    package func contains(_ address: IPAddress) -> Bool { blocks.mark(of: address) != nil }
}

/// One line of such a list.
enum NetworkLine {
    case blank
    case blocks([CIDR])
    case malformed

    init(_ line: String) {
        var words = line.split(whereSeparator: { " \t\r,;".contains($0) })
        if words.first?.hasPrefix("\u{FEFF}") == true { words[0] = words[0].dropFirst() }
        guard var first = words.first, !first.isEmpty, !first.hasPrefix("#"), !first.hasPrefix("//"), !line.hasPrefix(";") else {
            self = .blank
            return
        }
        if ["ExitNode", "Published", "LastStatus"].contains(first) {
            self = .blank
            return
        }
        if first == "ExitAddress", words.count >= 2 { first = words[1] }
        first = first.prefix { $0 != "#" }
        if let blocks = Self.blocks(first) { self = .blocks(blocks) } else { self = .malformed }
    }

    private static func blocks(_ text: Substring) -> [CIDR]? {
        if let block = CIDR(text) { return [block] }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        if ends.count == 2, let first = IPAddress(ends[0]), let last = IPAddress(ends[1]) { return CIDR.blocks(from: first, through: last) }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPAddress(parts[0]), let length = Int(parts[1]), (0...address.bitCount).contains(length) else {
            return nil
        }
        return CIDR(holding: address, prefixLength: length).map { [$0] }
    }
}

extension CIDR {
    /// The block of that length that holds `address`.
    init?(holding address: IPAddress, prefixLength length: Int) {
        let shift = UInt64(max(0, address.bitCount - length))
        let base: IPAddress =
            switch address.family {
            case .v4: IPAddress(v4: UInt32(truncatingIfNeeded: (address.low >> shift) << shift))
            case .v6:
                shift >= 64
                    ? IPAddress(v6High: (address.high >> (shift - 64)) << (shift - 64), low: 0)
                    : IPAddress(v6High: address.high, low: (address.low >> shift) << shift)
            }
        self.init("\(base)/\(length)")
    }

    /// The fewest blocks that make up the range; nil when it isn't one of IPv4 addresses in order.
    static func blocks(from first: IPAddress, through last: IPAddress) -> [CIDR]? {
        guard first.family == .v4, last.family == .v4, first.low <= last.low else { return nil }
        var blocks: [CIDR] = []
        var start = first.low
        while start <= last.low {
            // As large as the start's trailing zeros and the rest of the range allow.
            var bits = min(start == 0 ? 32 : start.trailingZeroBitCount, 32)
            while bits > 0, start + (1 << UInt64(bits)) - 1 > last.low { bits -= 1 }
            guard let block = CIDR(holding: IPAddress(v4: UInt32(truncatingIfNeeded: start)), prefixLength: 32 - bits) else { return nil }
            blocks.append(block)
            start += 1 << UInt64(bits)
        }
        return blocks
    }
}

/// Why a list can't be used, and how to mend it.
package enum NetworkListError: Error, Hashable, Sendable, CustomStringConvertible {
    case missing(path: String)
    case unreadable(path: String)
    /// `line` counts from 1.
    case malformed(path: String, line: Int)
    case tooLarge(path: String)

    package var description: String {
        switch self {
        case .missing(let path): "\(path): there is no such file"
        case .unreadable(let path): "\(path): can't be read; check its permissions"
        case .malformed(let path, let line): "\(path):\(line): is neither an address nor a block such as 192.0.2.0/24; mend or remove the line"
        case .tooLarge(let path):
            "\(path): holds more than \(NetworkList.longestFile >> 20) MiB or \(NetworkList.mostEntries) blocks; join neighbouring blocks"
        }
    }
}
