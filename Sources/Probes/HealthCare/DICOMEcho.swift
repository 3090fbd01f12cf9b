/// C-ECHO (PS3.7 9.1.5, 9.3.5): the request that verifies a connection, and changes nothing.
enum DICOMEcho {
    private static let message: UInt16 = 1

    /// A P-DATA-TF with one C-ECHO-RQ. Command sets are always in implicit VR little endian (PS3.7 6.3.1).
    static func request(context: UInt8) -> [UInt8] {
        let elements =
            element(0x0002, Array("1.2.840.10008.1.1".utf8) + [0]) + element(0x0100, little(0x0030)) + element(0x0110, little(message))
            // No data set follows.
            + element(0x0800, little(0x0101))
        var length: [UInt8] = []
        length.appendLittle(UInt32(truncatingIfNeeded: elements.count))
        let command = element(0x0000, length) + elements
        var value: [UInt8] = []
        value.appendBig(UInt32(truncatingIfNeeded: command.count + 2))
        return DICOMWire.unit(0x04, value + [context, 0x03] + command)
    }

    /// The status that a C-ECHO-RSP to our request states; nil for any other command.
    static func status(of command: [UInt8]) -> UInt16? {
        var reader = ByteReader(command)
        var fields: [UInt16: UInt16] = [:]
        while !reader.isAtEnd {
            guard let group = reader.little(2), group == 0, let number = reader.little(2), let length = reader.little(4),
                let length = Int(exactly: length), let value = reader.take(length)
            else { return nil }
            if value.count == 2 { fields[UInt16(truncatingIfNeeded: number)] = value.reversed().reduce(0) { $0 << 8 | UInt16($1) } }
        }
        guard fields[0x0100] == 0x8030, fields[0x0120] == message else { return nil }
        return fields[0x0900]
    }

    private static func element(_ number: UInt16, _ value: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [0, 0]
        bytes.appendLittle(number)
        bytes.appendLittle(UInt32(truncatingIfNeeded: value.count))
        return bytes + value
    }

    private static func little(_ value: UInt16) -> [UInt8] { [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)] }
}
