package import Estate
package import Foundation
package import Geography
package import Network

/// What detections need to know and no line says. Defaults are the product's, chosen to fit a medical-internet company; no clause states them.
package struct DetectionSettings: Sendable {
    package var now: Date
    /// The estate's civil time: business hours and days are counted in it.
    package var zone: TimeZone { didSet { zoneOffset = Int64(zone.secondsFromGMT(for: now)) } }
    /// Seconds that civil time is ahead of UTC. One for the whole log: an hour of summer time more or less moves nobody's night.
    package private(set) var zoneOffset: Int64
    /// Hours of the day in which people of the organisation work, 0…24.
    package var businessHours: Range<Int> = 7..<21
    /// Whose database and host sessions are as they should be.
    package var bastions: [CIDR] = []
    /// Servers of the organisation that speak to the database on behalf of others.
    package var applicationServers: [CIDR] = []
    /// ``AccountHash`` of accounts whose dumps are backups.
    package var backupAccounts: Set<UInt64> = []
    /// Nil when there is no region data: then nobody is foreign.
    package var resolver: RegionResolver?

    package init(now: Date, zone: TimeZone = TimeZone(identifier: "Asia/Shanghai") ?? .gmt, resolver: RegionResolver? = nil) {
        self.now = now
        self.zone = zone
        zoneOffset = Int64(zone.secondsFromGMT(for: now))
        self.resolver = resolver
    }

    package init(_ operations: Operations, now: Date, resolver: RegionResolver?) {
        self.init(now: now, resolver: resolver)
        businessHours = operations.workingHours
        bastions = operations.bastions
        applicationServers = operations.applicationServers
        backupAccounts = Set(operations.backupAccounts.map(AccountHash.of))
    }

    package func regionKey(of address: IPAddress) -> RegionKey {
        resolver.map { RegionKey($0.verdict(of: address).region) } ?? SpecialRange(address).map { .special($0) } ?? .undetermined
    }

    /// - Parameter hour: of the day, 0…23.
    @inline(__always)
    package func isBusinessHour(_ hour: Int) -> Bool { businessHours.contains(hour) }

    /// Civil days since 1970.
    @inline(__always)
    package func day(_ time: UInt32) -> UInt32 { UInt32(truncatingIfNeeded: (Int64(time) + zoneOffset) / 86_400) }
}

/// Accounts are told apart by a hash of their name: names are people's.
package enum AccountHash {
    /// Stands for whoever did what a log tells without a name.
    package static let nobody: UInt64 = 1

    /// FNV-1a over the bytes, ASCII letters in lower case; never below 2.
    package static func of(_ name: UnsafeRawBufferPointer) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name { hash = (hash ^ UInt64(byte &- 0x41 < 26 ? byte | 0x20 : byte)) &* 0x0100_0000_01B3 }
        hash ^= hash >> 32
        return max(hash, 2)
    }

    package static func of(_ name: String) -> UInt64 {
        var name = name
        return name.withUTF8 { of(UnsafeRawBufferPointer($0)) }
    }
}
