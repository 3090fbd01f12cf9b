import TestSupport

/// What DICOM and HL7 servers reply, built as the standards say.
enum HealthCareReplies {
    // MARK: - DICOM (PS3.8 9.3)

    static func unit(_ type: UInt8, _ body: [UInt8]) -> [UInt8] { [type, 0] + Replies.big(UInt32(body.count)) + body }
    static func item(_ type: UInt8, _ body: [UInt8]) -> [UInt8] { [type, 0] + Replies.big(UInt16(body.count)) + body }

    /// One answer to a presentation context.
    static func context(_ id: UInt8, result: UInt8 = 0, syntax: String = "1.2.840.10008.1.2") -> [UInt8] {
        item(0x21, [id, 0, result, 0] + item(0x40, Array(syntax.utf8)))
    }

    static let applicationContext = item(0x10, Array("1.2.840.10008.3.1.1.1".utf8))

    static func user(implementation: String = "1.2.276.0.7230010.3.0.3.6.7", version: String = "OFFIS_DCMTK_367") -> [UInt8] {
        item(
            0x50, item(0x51, [0, 0, 0x40, 0]) + item(0x52, Array(implementation.utf8)) + item(0x55, Array(version.utf8)))
    }

    /// The fixed part of an A-ASSOCIATE-AC.
    static let head: [UInt8] = [0, 1, 0, 0] + [UInt8](repeating: 0x20, count: 32) + [UInt8](repeating: 0, count: 32)

    /// - Parameter accepted: ids of the contexts that are accepted; the others of the first 28 are not.
    static func acceptance(_ accepted: [UInt8], user: [UInt8] = user()) -> [UInt8] {
        let contexts = stride(from: UInt8(1), through: 55, by: 2).flatMap { context($0, result: accepted.contains($0) ? 0 : 3) }
        return unit(0x02, head + applicationContext + contexts + user)
    }

    static func rejection(source: UInt8, reason: UInt8, result: UInt8 = 1) -> [UInt8] { unit(0x03, [0, result, source, reason]) }

    static func command(_ elements: [(UInt16, [UInt8])]) -> [UInt8] {
        let body = elements.reduce(into: [UInt8]()) { body, element in
            body += [0, 0] + Replies.little(element.0)
            body += Replies.little(UInt32(element.1.count)) + element.1
        }
        return [0, 0, 0, 0, 4, 0, 0, 0] + Replies.little(UInt32(body.count)) + body
    }

    static func echo(status: UInt16, message: UInt16 = 1, field: UInt16 = 0x8030) -> [UInt8] {
        command([
            (0x0002, Array("1.2.840.10008.1.1".utf8) + [0]), (0x0100, Replies.little(field)), (0x0120, Replies.little(message)),
            (0x0800, Replies.little(UInt16(0x0101))), (0x0900, Replies.little(status)),
        ])
    }

    /// A P-DATA-TF with one value.
    static func data(_ fragment: [UInt8], context: UInt8 = 1, control: UInt8 = 3) -> [UInt8] {
        unit(0x04, Replies.big(UInt32(fragment.count + 2)) + [context, control] + fragment)
    }

    static let releaseReply = unit(0x06, [0, 0, 0, 0])
    static let abort = unit(0x07, [0, 0, 2, 1])

    // MARK: - HL7 over MLLP

    static func block(_ text: String) -> [UInt8] { [0x0B] + Array(text.utf8) + [0x1C, 0x0D] }

    static func acknowledgement(_ code: String, version: String = "2.5.1") -> [UInt8] {
        block("MSH|^~\\&|ENGINE|SITE|||20250601120000||ACK|1|P|\(version)\rMSA|\(code)||empty\r")
    }
}
