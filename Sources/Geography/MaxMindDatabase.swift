import CMaxMindDB
package import Foundation
package import Network

/// A database in the MaxMind DB format that an organisation brings itself: GeoLite2 or GeoIP2 Country and City, DB-IP.
///
/// Read through libmaxminddb (https://maxmind.github.io/MaxMind-DB/), which maps the file; safe to use from many threads. A damaged file gives no
/// region, never a wrong length: the library checks every offset.
package final class MaxMindDatabase: @unchecked Sendable {
    private let handle: UnsafeMutablePointer<MMDB_s>
    package let path: String

    package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        package var path: String
        package var reason: String

        package var description: String { "\(path): can't be used as a MaxMind database (.mmdb): \(reason)" }
    }

    /// - Throws: ``Problem``.
    package init(path: String) throws(Problem) {
        // Nothing of self is set before the file is open: an initializer that throws later would run deinit on what isn't.
        let handle = UnsafeMutablePointer<MMDB_s>.allocate(capacity: 1)
        handle.initialize(to: MMDB_s())
        let status = MMDB_open(path, UInt32(MMDB_MODE_MMAP), handle)
        guard status == MMDB_SUCCESS else {
            handle.deallocate()
            throw Problem(path: path, reason: MMDB_strerror(status).map { String(cString: $0) } ?? "error \(status)")
        }
        self.handle = handle
        self.path = path
    }

    deinit {
        MMDB_close(handle)
        handle.deallocate()
    }

    /// What the file calls itself: `GeoLite2-City`.
    package var type: String { handle.pointee.metadata.database_type.map { String(cString: $0) } ?? "" }

    package var built: Date { Date(timeIntervalSince1970: Double(handle.pointee.metadata.build_epoch)) }

    /// The code of the country, or of the one that registered the block where there is none; nil when the file doesn't know.
    package func code(of address: IPAddress) -> RegionCode? {
        guard var entry = entry(of: address) else { return nil }
        return Self.code(&entry, Keys.country) ?? Self.code(&entry, Keys.registeredCountry)
    }

    /// Whether the file says that the address answers in many places.
    package func isAnycast(_ address: IPAddress) -> Bool {
        guard var entry = entry(of: address), let data = Self.value(&entry, Keys.anycast) else { return false }
        return data.type == UInt32(MMDB_DATA_TYPE_BOOLEAN) && data.boolean
    }

    /// Where the address is, as far as a city tells; nil for a file without places.
    package func place(of address: IPAddress) -> Place? {
        guard var entry = entry(of: address), let latitude = Self.number(&entry, Keys.latitude), let longitude = Self.number(&entry, Keys.longitude),
            let coordinates = Coordinates(latitude: latitude, longitude: longitude)
        else { return nil }
        var radius = 100.0
        if let data = Self.value(&entry, Keys.radius), data.type == UInt32(MMDB_DATA_TYPE_UINT16) { radius = max(1, Double(data.uint16)) }
        return Place(coordinates: coordinates, radius: radius, source: .city)
    }

    private func entry(of address: IPAddress) -> MMDB_entry_s? {
        var problem: Int32 = 0
        let result: MMDB_lookup_result_s
        switch address.family {
        case .v4:
            var socket = sockaddr_in()
            socket.sin_family = sa_family_t(AF_INET)
            socket.sin_addr.s_addr = UInt32(truncatingIfNeeded: address.low).bigEndian
            result = withUnsafePointer(to: &socket) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { MMDB_lookup_sockaddr(handle, $0, &problem) }
            }
        case .v6:
            var socket = sockaddr_in6()
            socket.sin6_family = sa_family_t(AF_INET6)
            withUnsafeMutableBytes(of: &socket.sin6_addr) { bytes in
                bytes.storeBytes(of: address.high.bigEndian, as: UInt64.self)
                bytes.storeBytes(of: address.low.bigEndian, toByteOffset: 8, as: UInt64.self)
            }
            result = withUnsafePointer(to: &socket) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { MMDB_lookup_sockaddr(handle, $0, &problem) }
            }
        }
        return problem == MMDB_SUCCESS && result.found_entry ? result.entry : nil
    }

    private static func value(_ entry: inout MMDB_entry_s, _ keys: Keys) -> MMDB_entry_data_s? {
        var data = MMDB_entry_data_s()
        guard MMDB_aget_value(&entry, &data, keys.pointer) == MMDB_SUCCESS, data.has_data else { return nil }
        return data
    }

    private static func code(_ entry: inout MMDB_entry_s, _ keys: Keys) -> RegionCode? {
        guard let data = value(&entry, keys), data.type == UInt32(MMDB_DATA_TYPE_UTF8_STRING), data.data_size == 2, let text = data.utf8_string else {
            return nil
        }
        let (first, second) = (UInt8(bitPattern: text[0]), UInt8(bitPattern: text[1]))
        guard (0x41...0x5A).contains(first), (0x41...0x5A).contains(second) else { return nil }
        return RegionCode(packed: UInt16(first) << 8 | UInt16(second))
    }

    private static func number(_ entry: inout MMDB_entry_s, _ keys: Keys) -> Double? {
        guard let data = value(&entry, keys) else { return nil }
        if data.type == UInt32(MMDB_DATA_TYPE_DOUBLE) { return data.double_value }
        return data.type == UInt32(MMDB_DATA_TYPE_FLOAT) ? Double(data.float_value) : nil
    }

    /// A path of keys as C has it, made once for the whole run.
    private struct Keys: @unchecked Sendable {
        let pointer: UnsafePointer<UnsafePointer<CChar>?>

        init(_ keys: StaticString...) {
            let pointer = UnsafeMutablePointer<UnsafePointer<CChar>?>.allocate(capacity: keys.count + 1)
            for (index, key) in keys.enumerated() { pointer[index] = UnsafeRawPointer(key.utf8Start).assumingMemoryBound(to: CChar.self) }
            pointer[keys.count] = nil
            self.pointer = UnsafePointer(pointer)
        }

        static let country = Keys("country", "iso_code")
        static let registeredCountry = Keys("registered_country", "iso_code")
        static let latitude = Keys("location", "latitude")
        static let longitude = Keys("location", "longitude")
        static let radius = Keys("location", "accuracy_radius")
        static let anycast = Keys("traits", "is_anycast")
    }
}
