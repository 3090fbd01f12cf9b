/// ONC remote procedure calls, version 2 (RFC 5531), over TCP with record marking.
enum SunRPC {
    enum Program {
        static let portmapper: UInt32 = 100_000
        static let nfs: UInt32 = 100_003
        static let mount: UInt32 = 100_005
    }

    enum Credential {
        case none
        /// AUTH_SYS as nobody: it names a user, and proves nothing.
        case nobody
    }

    /// One call, with its record mark.
    static func call(
        _ number: UInt32, _ program: UInt32, version: UInt32, procedure: UInt32, credential: Credential = .none, _ arguments: [UInt8] = []
    ) -> [UInt8] {
        var body: [UInt8] = []
        for word in [number, 0, 2, program, version, procedure] { body.appendBig(word) }
        switch credential {
        case .none: body += [UInt8](repeating: 0, count: 8)
        case .nobody:
            var system: [UInt8] = []
            system.appendBig(UInt32(0))
            system.appendOpaque(Array("suwen".utf8))
            for word in [65_534, 65_534, 0] as [UInt32] { system.appendBig(word) }
            body.appendBig(UInt32(1))
            body.appendOpaque(system)
        }
        // The verifier: AUTH_NONE.
        body += [UInt8](repeating: 0, count: 8)
        body += arguments
        var record: [UInt8] = []
        record.appendBig(UInt32(truncatingIfNeeded: body.count) | 0x8000_0000)
        return record + body
    }

    enum Reply {
        case success(ArraySlice<UInt8>)
        case programUnavailable
        /// The versions that the server has.
        case versionMismatch(low: UInt64, high: UInt64)
        /// `auth_stat` of RFC 5531, 9.
        case authenticationError(UInt64)
        case otherError
    }

    enum Progress {
        case incomplete, invalid
        case reply(Reply)
    }

    /// Reads replies from bytes that come in pieces.
    struct Replies {
        private var buffer: [UInt8] = []
        private var record: [UInt8] = []

        private static let longest = 512 << 10

        var isEmpty: Bool { buffer.isEmpty && record.isEmpty }

        mutating func append(_ bytes: [UInt8]) { buffer += bytes }

        /// The reply to call `number`.
        mutating func next(_ number: UInt32) -> Progress {
            while true {
                var reader = ByteReader(buffer)
                guard let mark = reader.big(4) else { return .incomplete }
                let length = Int(mark & 0x7FFF_FFFF)
                guard length > 0, record.count + length <= Self.longest else { return .invalid }
                // A reply says so in its second word: whatever doesn't is somebody else, however long it claims to be.
                if record.isEmpty, reader.remaining >= 8 {
                    var head = reader
                    guard head.big(4) == UInt64(number), head.big(4) == 1 else { return .invalid }
                }
                guard let fragment = reader.take(length) else { return .incomplete }
                record += fragment
                buffer.removeFirst(4 + length)
                guard mark & 0x8000_0000 != 0 else { continue }
                defer { record = [] }
                return SunRPC.reply(record, number).map { .reply($0) } ?? .invalid
            }
        }
    }

    private static func reply(_ record: [UInt8], _ number: UInt32) -> Reply? {
        var reader = ByteReader(record)
        guard reader.big(4) == UInt64(number), reader.big(4) == 1, let state = reader.big(4) else { return nil }
        switch state {
        case 0:
            guard reader.big(4) != nil, let verifier = reader.opaque(), verifier.count <= 400, let status = reader.big(4) else { return nil }
            switch status {
            case 0: return .success(reader.rest)
            case 1: return .programUnavailable
            case 2:
                guard let low = reader.big(4), let high = reader.big(4), low <= high else { return nil }
                return .versionMismatch(low: low, high: high)
            case 3...5: return .otherError
            default: return nil
            }
        case 1:
            switch reader.big(4) {
            case 0: return .otherError
            case 1: return reader.big(4).map { .authenticationError($0) }
            default: return nil
            }
        default: return nil
        }
    }
}

extension ByteReader {
    /// XDR's variable-length opaque data (RFC 4506, 4.10), its padding taken as well.
    mutating func opaque() -> ArraySlice<UInt8>? {
        guard let length = big(4), length <= UInt64(remaining), let bytes = take(Int(length)) else { return nil }
        return take((4 - Int(length) % 4) % 4) == nil ? nil : bytes
    }

    /// XDR's boolean (RFC 4506, 4.4).
    mutating func flag() -> Bool? {
        switch big(4) {
        case 0: false
        case 1: true
        default: nil
        }
    }
}

extension Array where Element == UInt8 {
    /// XDR's variable-length opaque data.
    mutating func appendOpaque(_ bytes: some Collection<UInt8>) {
        appendBig(UInt32(truncatingIfNeeded: bytes.count))
        append(contentsOf: bytes)
        append(contentsOf: repeatElement(0, count: (4 - bytes.count % 4) % 4))
    }
}
