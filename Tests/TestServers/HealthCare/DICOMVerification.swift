/// An association for verification (PS3.8, 9.3.2), by which a DICOM server is known to serve.
enum DICOMVerification {
    /// Whether the server accepts or rejects it, or breaks it off: all are DICOM's own answers.
    static func isAnswered(_ port: UInt16) -> Bool {
        guard let first = Loopback.exchange(port: port, request: request)?.first else { return false }
        return [2, 3, 7].contains(first)
    }

    /// The kind of message that a line of DCMTK's log shows as received.
    static func message(in line: Substring) -> String? {
        line.firstMatch(of: /Message Type +: (C-[A-Z]+|N-[A-Z-]+) RQ/).map { String($0.1) }
    }

    private static var request: [UInt8] {
        let syntaxes = item(0x30, uid("1.2.840.10008.1.1")) + item(0x40, uid("1.2.840.10008.1.2"))
        let user = item(0x51, [0, 0, 0x40, 0]) + item(0x52, uid("2.25.7"))
        let items = item(0x10, uid("1.2.840.10008.3.1.1.1")) + item(0x20, [1, 0, 0, 0] + syntaxes) + item(0x50, user)
        let content = [0, 1, 0, 0] + title("SUWEN-TESTS") + title("SUWEN-TESTS") + [UInt8](repeating: 0, count: 32) + items
        return [1, 0, 0, 0, 0, UInt8(truncatingIfNeeded: content.count)] + content
    }

    private static func uid(_ text: String) -> [UInt8] { Array(text.utf8) }
    private static func title(_ text: String) -> [UInt8] { Array(text.utf8) + [UInt8](repeating: 0x20, count: 16 - text.utf8.count) }
    private static func item(_ kind: UInt8, _ value: [UInt8]) -> [UInt8] { [kind, 0, 0, UInt8(truncatingIfNeeded: value.count)] + value }
}
