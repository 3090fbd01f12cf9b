import Foundation
import Network

/// One file of `tor-geoipdb`: comment lines, then `first,last,CC` in rising order; IPv4 addresses as decimal numbers, IPv6 ones as text.
struct RegionFile {
    /// `??`
    static let unknownCode: UInt16 = 0x3F3F

    let path: String
    private let data: Data

    init(path: String) throws(RegionDatabaseError) {
        self.path = path
        guard FileManager.default.fileExists(atPath: path) else { throw .missing(path: path) }
        do {
            // The package manager replaces such files by renaming: a mapping stays whole.
            data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        } catch {
            throw .unreadable(path: path)
        }
    }

    /// From the header line `# Generated: Thu, 25 Jun 2026 04:33:59 GMT`.
    var generated: Date? {
        let head = String(decoding: data.prefix(4_096), as: UTF8.self)
        guard let line = head.split(separator: "\n").first(where: { $0.hasPrefix("# Generated: ") }) else { return nil }
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = .gmt
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.date(from: line.dropFirst("# Generated: ".count).trimmingCharacters(in: .whitespaces))
    }

    func parse<Number: AddressNumber>() throws(RegionDatabaseError) -> RegionTable<Number> {
        // A typed error can't leave withUnsafeBytes as itself, so the bad line does.
        var badLine: Int?
        let table = data.withUnsafeBytes { bytes in
            var table = RegionTable<Number>(capacity: bytes.count / 20)
            badLine = Self.read(bytes, into: &table)
            return table
        }
        if let badLine { throw .malformed(path: path, line: badLine) }
        return table
    }

    /// Gives the number of the first line that is not as it should be.
    private static func read<Number: AddressNumber>(_ bytes: UnsafeRawBufferPointer, into table: inout RegionTable<Number>) -> Int? {
        var position = 0
        var line = 0
        while position < bytes.count {
            line += 1
            let end = find(0x0A, in: bytes, from: position) ?? bytes.count
            defer { position = end + 1 }
            guard end > position, bytes[position] != 0x23 else { continue }
            guard let comma = find(0x2C, in: bytes, from: position), comma < end,
                let second = find(0x2C, in: bytes, from: comma + 1), end - second >= 3,
                let first = Number.parse(UnsafeRawBufferPointer(rebasing: bytes[position..<comma])),
                let last = Number.parse(UnsafeRawBufferPointer(rebasing: bytes[(comma + 1)..<second])),
                let code = code(bytes, second + 1),
                table.append(first, last, code)
            else { return line }
        }
        table.close()
        return table.count == 0 ? max(line, 1) : nil
    }

    private static func code(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> UInt16? {
        let code = UInt16(bytes[at]) << 8 | UInt16(bytes[at + 1])
        let isCode = (0x41...0x5A).contains(bytes[at]) && (0x30...0x5A).contains(bytes[at + 1])
        return isCode || code == unknownCode ? code : nil
    }

    private static func find(_ byte: UInt8, in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard start < bytes.count, let base = bytes.baseAddress, let hit = memchr(base + start, Int32(byte), bytes.count - start) else { return nil }
        return UnsafeRawPointer(hit) - base
    }
}

extension UInt32 {
    static func parse(_ text: UnsafeRawBufferPointer) -> UInt32? {
        guard (1...10).contains(text.count) else { return nil }
        var value: UInt64 = 0
        for byte in text {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + UInt64(byte - 0x30)
        }
        return UInt32(exactly: value)
    }
}

extension WideAddress {
    static func parse(_ text: UnsafeRawBufferPointer) -> WideAddress? {
        guard let address = IPAddress(ascii: text) else { return nil }
        // ::ffff:0:0/96 reads as IPv4; its place among the IPv6 numbers is the mapped one.
        return address.family == .v6 ? WideAddress(high: address.high, low: address.low) : WideAddress(high: 0, low: 0xFFFF << 32 | address.low)
    }
}
