/// One block of HL7's minimal lower layer protocol (HL7 transport specification MLLP, releases 1 and 2): VT, content, FS, CR.
enum HL7Frame: Hashable, Sendable {
    /// A message that holds an acknowledgement (MSA): its code, and the version that MSH-12 states.
    case acknowledgement(code: String, version: String?)
    /// Any other message. Nothing of it is kept.
    case message
    /// The commit acknowledgements of release 2.
    case committed, notCommitted

    enum Read: Hashable, Sendable {
        case incomplete, invalid
        case frame(HL7Frame)
    }

    /// VT FS CR: a block without content, and so without a message that could be filed.
    static let empty: [UInt8] = [startOfBlock, endOfBlock, carriageReturn]

    /// A block longer than this is none of ours to read.
    static let longest = 1 << 16
    private static let startOfBlock: UInt8 = 0x0B
    static let endOfBlock: UInt8 = 0x1C
    private static let carriageReturn: UInt8 = 0x0D

    static func read(_ bytes: [UInt8]) -> Read {
        guard let first = bytes.first else { return .incomplete }
        guard first == startOfBlock else { return .invalid }
        let content = bytes.dropFirst()
        guard let kind = content.first else { return .incomplete }
        guard kind != 0x06, kind != 0x15 else { return commit(kind, content.dropFirst()) }
        guard zip(content, "MSH".utf8).allSatisfy({ $0 == $1 }) else { return .invalid }
        guard let end = content.firstIndex(of: endOfBlock) else { return content.count <= longest ? .incomplete : .invalid }
        guard end + 1 < content.endIndex else { return .incomplete }
        guard content[end + 1] == carriageReturn else { return .invalid }
        return message(content[..<end]).map { .frame($0) } ?? .invalid
    }

    /// ACK or NAK, and the end of the block.
    private static func commit(_ kind: UInt8, _ end: ArraySlice<UInt8>) -> Read {
        guard zip(end, [endOfBlock, carriageReturn]).allSatisfy({ $0 == $1 }) else { return .invalid }
        return end.count < 2 ? .incomplete : .frame(kind == 0x06 ? .committed : .notCommitted)
    }

    /// HL7 2.x chapter 2: segments of three letters or digits, the separators in MSH-1 and MSH-2.
    private static func message(_ content: ArraySlice<UInt8>) -> HL7Frame? {
        // Some engines send CR LF, or LF alone.
        let segments = content.split { $0 == carriageReturn || $0 == 0x0A }
        guard let header = segments.first, header.count >= 8 else { return nil }
        let separator = header[header.startIndex + 3]
        guard isPunctuation(separator) else { return nil }
        let fields = header.split(separator: separator, omittingEmptySubsequences: false)
        guard fields.count >= 2, (4...5).contains(fields[1].count), Set(fields[1]).count == fields[1].count, fields[1].allSatisfy(isPunctuation)
        else { return nil }
        guard segments.allSatisfy({ isSegment($0, separator) }) else { return nil }
        guard let answer = segments.first(where: { $0.starts(with: "MSA".utf8) }) else { return .message }
        let code = answer.split(separator: separator, omittingEmptySubsequences: false).dropFirst().first.map { String(decoding: $0, as: UTF8.self) }
        // HL7 table 0008.
        guard let code, ["AA", "AE", "AR", "CA", "CE", "CR"].contains(code) else { return nil }
        return .acknowledgement(code: code, version: fields.count > 11 ? version(fields[11]) : nil)
    }

    private static func isSegment(_ segment: ArraySlice<UInt8>, _ separator: UInt8) -> Bool {
        let name = segment.prefix(3)
        guard name.count == 3, name.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }) else { return false }
        return segment.count == 3 || segment[segment.startIndex + 3] == separator
    }

    /// MSH-12 is a version such as 2.5.1; anything else isn't shown.
    private static func version(_ field: ArraySlice<UInt8>) -> String? {
        let text = field.prefix { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
        guard text.count <= 8, text.starts(with: "2.".utf8) else { return nil }
        return PeerText.version(text)
    }

    private static func isPunctuation(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }
}
