/// The protocol data units of the DICOM upper layer (PS3.8 9.3), as a server sends them. Nothing that breaks the standard's structure is taken.
enum DICOMWire {
    enum Unit: Hashable, Sendable {
        case accepted(Acceptance)
        case rejected(Rejection)
        /// Presentation data values of a P-DATA-TF.
        case data([Value])
        case releaseRequest, releaseReply, aborted
    }

    struct Acceptance: Hashable, Sendable {
        /// Ids of the presentation contexts that were accepted.
        var contexts: Set<UInt8> = []
        /// As sent; digits and points only.
        var implementationClass: String?
        var implementationVersion: [UInt8] = []
    }

    /// Of an A-ASSOCIATE-RJ (table 9-21).
    struct Rejection: Hashable, Sendable {
        var result: UInt8
        var source: UInt8
        var reason: UInt8
    }

    struct Value: Hashable, Sendable {
        var context: UInt8
        var isCommand: Bool
        var isLast: Bool
        var fragment: [UInt8]
    }

    enum Read: Hashable, Sendable {
        case incomplete, invalid
        case unit(Unit, length: Int)
    }

    /// Reads the first unit of `bytes`; what can't become one is told by its first bytes.
    static func read(_ bytes: [UInt8]) -> Read {
        var reader = ByteReader(bytes)
        guard let type = reader.byte() else { return .incomplete }
        guard let lengths = lengths(of: type) else { return .invalid }
        guard let reserved = reader.byte() else { return .incomplete }
        guard reserved == 0 else { return .invalid }
        guard let length = reader.big(4) else { return .incomplete }
        guard let length = Int(exactly: length), lengths.contains(length) else { return .invalid }
        guard let body = reader.take(length) else { return .incomplete }
        return unit(type, body).map { .unit($0, length: 6 + length) } ?? .invalid
    }

    /// A unit with its header.
    static func unit(_ type: UInt8, _ body: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [type, 0]
        bytes.appendBig(UInt32(truncatingIfNeeded: body.count))
        return bytes + body
    }

    /// An item or sub-item with its header.
    static func item(_ type: UInt8, _ body: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [type, 0]
        bytes.appendBig(UInt16(truncatingIfNeeded: body.count))
        return bytes + body
    }

    static let releaseRequest = unit(0x05, [0, 0, 0, 0])
    /// By the service user.
    static let abort = unit(0x07, [0, 0, 0, 0])

    /// Nil for what no server sends.
    private static func lengths(of type: UInt8) -> ClosedRange<Int>? {
        switch type {
        case 0x02: 68...65_536
        case 0x04: 6...DICOMAssociation.longestData
        case 0x03, 0x05, 0x06, 0x07: 4...4
        default: nil
        }
    }

    private static func unit(_ type: UInt8, _ body: ArraySlice<UInt8>) -> Unit? {
        switch type {
        case 0x02: acceptance(body).map { .accepted($0) }
        case 0x03: rejection(body).map { .rejected($0) }
        case 0x04: values(body).map { .data($0) }
        case 0x05: .releaseRequest
        case 0x06: .releaseReply
        default: isAbort(body) ? .aborted : nil
        }
    }

    // MARK: - Association

    private static func acceptance(_ body: ArraySlice<UInt8>) -> Acceptance? {
        var reader = ByteReader(body)
        // Bit 0 of the version; the titles, and the reserved bytes, are not to be tested (9.3.3).
        guard let version = reader.big(2), version & 1 == 1, reader.take(66) != nil else { return nil }
        var acceptance = Acceptance()
        var answered: Set<UInt8> = []
        var (hasApplication, hasUser) = (false, false)
        while !reader.isAtEnd {
            guard let (type, content) = item(&reader) else { return nil }
            switch type {
            case 0x10:
                guard !hasApplication, text(content).elementsEqual(DICOMAssociation.applicationContext.utf8) else { return nil }
                hasApplication = true
            case 0x21:
                guard let (id, isAccepted) = context(content), answered.insert(id).inserted else { return nil }
                if isAccepted { acceptance.contexts.insert(id) }
            case 0x50:
                guard !hasUser, user(content, &acceptance) else { return nil }
                hasUser = true
            default: return nil
            }
        }
        return hasApplication && hasUser && !answered.isEmpty ? acceptance : nil
    }

    /// One answer to a presentation context (9.3.3.2).
    private static func context(_ content: ArraySlice<UInt8>) -> (id: UInt8, isAccepted: Bool)? {
        var reader = ByteReader(content)
        guard let id = reader.byte(), DICOMAssociation.kind(of: id) != nil, reader.byte() != nil, let result = reader.byte(), result <= 4,
            reader.byte() != nil
        else { return nil }
        // The transfer syntax is of no significance in a refusal.
        guard result == 0 else { return (id, false) }
        guard let (type, syntax) = item(&reader), type == 0x40, reader.isAtEnd,
            DICOMAssociation.transferSyntaxes.contains(where: { text(syntax).elementsEqual($0.utf8) })
        else { return nil }
        return (id, true)
    }

    /// The user information (PS3.7 D.3.3): the maximum length must be there.
    private static func user(_ content: ArraySlice<UInt8>, _ acceptance: inout Acceptance) -> Bool {
        var reader = ByteReader(content)
        var hasLength = false
        while !reader.isAtEnd {
            guard let (type, value) = item(&reader), (0x51...0x5A).contains(type) else { return false }
            switch type {
            case 0x51:
                guard !hasLength, value.count == 4 else { return false }
                hasLength = true
            case 0x52:
                let uid = text(value)
                guard acceptance.implementationClass == nil, (1...64).contains(uid.count), uid.allSatisfy({ isOfUID($0) }) else { return false }
                acceptance.implementationClass = String(decoding: uid, as: UTF8.self)
            case 0x55:
                guard acceptance.implementationVersion.isEmpty, (1...16).contains(value.count) else { return false }
                acceptance.implementationVersion = Array(text(value))
            default: break
            }
        }
        return hasLength
    }

    private static func rejection(_ body: ArraySlice<UInt8>) -> Rejection? {
        var reader = ByteReader(body)
        guard reader.byte() != nil, let result = reader.byte(), let source = reader.byte(), let reason = reader.byte() else { return nil }
        let reasons: ClosedRange<UInt8>
        switch source {
        case 1: reasons = 1...10
        case 2: reasons = 1...2
        case 3: reasons = 0...7
        default: return nil
        }
        guard result == 1 || result == 2, reasons.contains(reason) else { return nil }
        return Rejection(result: result, source: source, reason: reason)
    }

    private static func isAbort(_ body: ArraySlice<UInt8>) -> Bool {
        guard let reason = body.last, let source = body.dropLast().last else { return false }
        return (source == 0 || source == 2) && reason <= 6
    }

    // MARK: - Data

    private static func values(_ body: ArraySlice<UInt8>) -> [Value]? {
        var reader = ByteReader(body)
        var values: [Value] = []
        while !reader.isAtEnd {
            guard let length = reader.big(4), length >= 2, let length = Int(exactly: length), let content = reader.take(length) else { return nil }
            var value = ByteReader(content)
            guard let id = value.byte(), let control = value.byte(), control <= 3 else { return nil }
            values.append(Value(context: id, isCommand: control & 1 == 1, isLast: control & 2 == 2, fragment: Array(value.rest)))
        }
        return values
    }

    // MARK: - Items

    private static func item(_ reader: inout ByteReader) -> (type: UInt8, content: ArraySlice<UInt8>)? {
        guard let type = reader.byte(), reader.byte() != nil, let length = reader.big(2), let content = reader.take(Int(length)) else { return nil }
        return (type, content)
    }

    /// Without the NUL or space that some implementations pad with.
    private static func text(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes
        while let last = bytes.last, last == 0 || last == 0x20 { bytes.removeLast() }
        return bytes
    }

    private static func isOfUID(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || byte == UInt8(ascii: ".") }
}
