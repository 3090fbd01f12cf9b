import Foundation

/// Addresses whose region is really what the world says it is: picked from the ranges of tor-geoipdb.
final class AddressSpace {
    private var four: [String: [(first: UInt32, last: UInt32)]] = [:]
    /// How many addresses the ranges of a region have up to each one: large networks have more people.
    private var sizes: [String: [Int]] = [:]
    private var six: [String: [String]] = [:]
    /// /24 networks that were given away: no two actors share one, unless they are meant to.
    private var taken: Set<UInt32> = []

    static let foreign = ["US", "DE", "NL", "RU", "SG", "JP", "KR", "VN", "GB", "FR", "CA", "IN", "BR", "UA", "RO", "TH", "AU", "SE", "PL", "TR"]

    init(folder: String) {
        let wanted = Set(Self.foreign + ["CN", "HK", "MO", "TW"])
        for line in Self.lines(folder + "/geoip") {
            let parts = line.split(separator: ",")
            guard parts.count == 3, wanted.contains(String(parts[2])), let first = UInt32(parts[0]), let last = UInt32(parts[1]),
                last - first >= 1_023
            else { continue }
            four[String(parts[2]), default: []].append((first, last))
            sizes[String(parts[2]), default: []].append((sizes[String(parts[2])]?.last ?? 0) + Int(last - first))
        }
        for line in Self.lines(folder + "/geoip6") {
            let parts = line.split(separator: ",")
            guard parts.count == 3, parts[2] == "CN", parts[0].hasPrefix("24"), parts[0].hasSuffix("::") else { continue }
            six["CN", default: []].append(String(parts[0].dropLast(2)))
        }
        guard four["CN"] != nil, six["CN"] != nil else { stop("\(folder)/geoip and geoip6 (Debian: tor-geoipdb) are needed for regions") }
    }

    private static func lines(_ path: String) -> [Substring] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    }

    private func network(_ region: String, _ random: inout Random) -> UInt32 {
        guard let ranges = four[region], let sizes = sizes[region], let total = sizes.last else { stop("no addresses of \(region)") }
        let place = random.below(total)
        var (low, high) = (0, sizes.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if sizes[middle] > place { high = middle } else { low = middle + 1 }
        }
        return (ranges[low].first + UInt32(place - (low == 0 ? 0 : sizes[low - 1]))) >> 8
    }

    /// A /24 of the region that nobody else has.
    func ownNetwork(_ region: String, _ random: inout Random) -> UInt32 {
        while true {
            let candidate = network(region, &random)
            if taken.insert(candidate).inserted { return candidate }
        }
    }

    static func address(_ network: UInt32, _ random: inout Random) -> String { text(network << 8 | UInt32(random.within(2...253))) }

    /// An address in a network of its own.
    func own(_ region: String, _ random: inout Random) -> String { Self.address(ownNetwork(region, &random), &random) }

    /// Any address of the region outside the networks that were given away.
    func any(_ region: String, _ random: inout Random) -> String {
        while true {
            let candidate = network(region, &random)
            if !taken.contains(candidate) { return Self.address(candidate, &random) }
        }
    }

    /// A mobile carrier's IPv6 address in mainland China.
    func anySix(_ random: inout Random) -> String {
        let prefix = random.pick(six["CN"] ?? ["240e"])
        let groups = prefix.split(separator: ":").count
        var text = prefix
        for _ in groups..<8 { text += ":" + String(random.within(1...0xffff), radix: 16) }
        return text
    }

    static func text(_ value: UInt32) -> String { "\(value >> 24).\(value >> 16 & 255).\(value >> 8 & 255).\(value & 255)" }
}
