/// Messages of SMB 2 and 3 ([MS-SMB2], 2.2), unsigned, over direct TCP.
enum SMB2Wire {
    enum Command: UInt16 { case negotiate = 0, sessionSetup = 1, logoff = 2, treeConnect = 3, create = 5, read = 8, ioctl = 11 }

    /// What all requests of one connection carry.
    struct Context {
        var message: UInt64 = 0
        var session: UInt64 = 0
        var tree: UInt32 = 0
    }

    enum Status {
        static let success: UInt32 = 0
        static let pending: UInt32 = 0x103
        static let bufferOverflow: UInt32 = 0x8000_0005
        static let moreProcessing: UInt32 = 0xC000_0016

        /// The statuses with which a server turns away who may not: [MS-ERREF], 2.3.1.
        static let refusals: [UInt32: String] = [
            0xC000_0022: "ACCESS_DENIED", 0xC000_0064: "NO_SUCH_USER", 0xC000_006A: "WRONG_PASSWORD", 0xC000_006D: "LOGON_FAILURE",
            0xC000_006E: "ACCOUNT_RESTRICTION", 0xC000_0072: "ACCOUNT_DISABLED", 0xC000_00CA: "NETWORK_ACCESS_DENIED",
            0xC000_015B: "LOGON_TYPE_NOT_GRANTED", 0xC000_0418: "NTLM_BLOCKED",
        ]

        static func name(_ status: UInt32) -> String { refusals[status] ?? "0x" + String(status, radix: 16, uppercase: true) }
    }

    private static let headerLength: UInt16 = 64
    /// No answer to what is asked here is longer than the 64 KiB that it asks for, and its headers.
    static let longest = 128 << 10
    static let mostOutput: UInt32 = 64 << 10

    // MARK: Requests

    static func negotiate(_ context: Context) -> [UInt8] {
        var body: [UInt8] = []
        let dialects: [UInt16] = [0x0202, 0x0210, 0x0300, 0x0302, 0x0311]
        for word in [36, UInt16(dialects.count), 1, 0] as [UInt16] { body.appendLittle(word) }
        body.appendLittle(UInt32(0))
        body += Array("suwen-exposure-1".utf8)
        // Where the one negotiate context begins: 8-aligned, after the dialects.
        body.appendLittle(UInt32(112))
        body.appendLittle(UInt32(1))
        for dialect in dialects { body.appendLittle(dialect) }
        body += [0, 0]
        // SMB2_PREAUTH_INTEGRITY_CAPABILITIES: SHA-512 and a salt. A session of nobody has no keys that it could bind.
        for word in [1, 38, 0, 0, 1, 32, 1] as [UInt16] { body.appendLittle(word) }
        body += Array("suwen-exposure-1suwen-exposure-1".utf8)
        return packet(.negotiate, context, body)
    }

    static func sessionSetup(_ context: Context, token: [UInt8]) -> [UInt8] {
        var body: [UInt8] = []
        body.appendLittle(UInt16(25))
        body += [0, 1]
        body.appendLittle(UInt64(0))
        body.appendLittle(headerLength + 24)
        body.appendLittle(UInt16(truncatingIfNeeded: token.count))
        body.appendLittle(UInt64(0))
        return packet(.sessionSetup, context, body + token)
    }

    /// - Parameter share: a name in UTF-16, little-endian.
    static func treeConnect(_ context: Context, host: String, share: [UInt8]) -> [UInt8] {
        let path = utf16("\\\\\(host)\\") + share
        var body: [UInt8] = []
        for word in [9, 0, headerLength + 8, UInt16(truncatingIfNeeded: path.count)] as [UInt16] { body.appendLittle(word) }
        return packet(.treeConnect, context, body + path)
    }

    enum Opening { case pipe, folder }

    /// Opens what exists: the pipe of the server service, or the share's top folder for listing.
    static func create(_ context: Context, _ opening: Opening) -> [UInt8] {
        let name = opening == .pipe ? utf16("srvsvc") : []
        var body: [UInt8] = []
        body.appendLittle(UInt16(57))
        body += [0, 0]
        // Impersonation.
        body.appendLittle(UInt32(2))
        body.appendLittle(UInt64(0))
        body.appendLittle(UInt64(0))
        // FILE_READ_DATA | FILE_WRITE_DATA, as a pipe is written to with questions; FILE_LIST_DIRECTORY.
        body.appendLittle(UInt32(opening == .pipe ? 3 : 1))
        body.appendLittle(UInt32(0))
        // Shared with everybody, FILE_OPEN (never creates), FILE_DIRECTORY_FILE for a folder.
        for word in [7, 1, opening == .pipe ? 0 : 1] as [UInt32] { body.appendLittle(word) }
        body.appendLittle(headerLength + 56)
        body.appendLittle(UInt16(truncatingIfNeeded: name.count))
        body.appendLittle(UInt64(0))
        return packet(.create, context, body + (name.isEmpty ? [0] : name))
    }

    /// FSCTL_PIPE_TRANSCEIVE.
    static func transceive(_ context: Context, _ file: [UInt8], _ input: [UInt8]) -> [UInt8] {
        var body: [UInt8] = []
        body.appendLittle(UInt16(57))
        body.appendLittle(UInt16(0))
        body.appendLittle(UInt32(0x0011_C017))
        body += file
        for word in [UInt32(headerLength + 56), UInt32(truncatingIfNeeded: input.count), 0, 0, 0, mostOutput, 1, 0] { body.appendLittle(word) }
        return packet(.ioctl, context, body + input)
    }

    static func read(_ context: Context, _ file: [UInt8]) -> [UInt8] {
        var body: [UInt8] = []
        body.appendLittle(UInt16(49))
        body += [0, 0]
        body.appendLittle(mostOutput)
        body.appendLittle(UInt64(0))
        body += file
        for word in [0, 0, 0, 0] as [UInt32] { body.appendLittle(word) }
        return packet(.read, context, body + [0])
    }

    static func logoff(_ context: Context) -> [UInt8] { packet(.logoff, context, [4, 0, 0, 0]) }

    private static func packet(_ command: Command, _ context: Context, _ body: [UInt8]) -> [UInt8] {
        var header: [UInt8] = [0xFE, 0x53, 0x4D, 0x42]
        header.appendLittle(headerLength)
        header.appendLittle(UInt16(1))
        header.appendLittle(UInt32(0))
        header.appendLittle(command.rawValue)
        // Credits.
        header.appendLittle(UInt16(16))
        header.appendLittle(UInt64(0))
        header.appendLittle(context.message)
        header.appendLittle(UInt32(0))
        header.appendLittle(context.tree)
        header.appendLittle(context.session)
        header += [UInt8](repeating: 0, count: 16)
        return framed(header + body)
    }

    /// The direct TCP transport's header ([MS-SMB2], 2.1).
    static func framed(_ packet: [UInt8]) -> [UInt8] {
        var frame: [UInt8] = []
        frame.appendBig(UInt32(truncatingIfNeeded: packet.count) & 0xFF_FFFF)
        return frame + packet
    }

    static func utf16(_ text: String) -> [UInt8] { text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] } }

    // MARK: Responses

    struct Response {
        let command: UInt16
        let status: UInt32
        let message: UInt64
        let tree: UInt32
        let session: UInt64
        /// From the header on: offsets in bodies count from there.
        let packet: ArraySlice<UInt8>

        init?(_ packet: ArraySlice<UInt8>) {
            var reader = ByteReader(packet)
            guard reader.take(4)?.elementsEqual([0xFE, 0x53, 0x4D, 0x42]) == true, reader.little(2) == 64, reader.take(2) != nil,
                let status = reader.little(4), let command = reader.little(2), reader.take(2) != nil, let flags = reader.little(4), flags & 1 == 1,
                reader.take(4) != nil, let message = reader.little(8), reader.take(4) != nil, let tree = reader.little(4),
                let session = reader.little(8), reader.take(16) != nil
            else { return nil }
            (self.command, self.status, self.message) = (UInt16(command), UInt32(status), message)
            (self.tree, self.session, self.packet) = (UInt32(tree), session, packet)
        }

        var body: ByteReader { ByteReader(packet.dropFirst(64)) }

        /// `count` bytes at `offset` from the header.
        func bytes(at offset: UInt64?, count: UInt64?) -> ArraySlice<UInt8>? {
            guard let offset, let count, offset >= 64, offset <= UInt64(packet.count), count <= UInt64(packet.count) - offset else { return nil }
            return packet.dropFirst(Int(offset)).prefix(Int(count))
        }
    }

    struct Negotiated {
        let requiresSigning: Bool
        let dialect: String

        init?(_ response: Response) {
            var body = response.body
            guard body.little(2) == 65, let mode = body.little(2), let dialect = body.little(2), let name = Self.dialects[dialect] else { return nil }
            requiresSigning = mode & 2 != 0
            self.dialect = name
        }

        private static let dialects: [UInt64: String] = [
            0x0202: "2.0.2", 0x0210: "2.1", 0x0300: "3.0", 0x0302: "3.0.2", 0x0311: "3.1.1",
        ]
    }

    static func securityToken(_ response: Response) -> ArraySlice<UInt8>? {
        var body = response.body
        guard body.little(2) == 9, body.little(2) != nil else { return nil }
        return response.bytes(at: body.little(2), count: body.little(2))
    }

    /// True when a session was set up; the flags say for whom (guest, nobody), which makes no difference here.
    static func isSession(_ response: Response) -> Bool {
        var body = response.body
        return body.little(2) == 9 && response.session != 0
    }

    enum ShareKind: UInt8 { case disk = 1, pipe = 2, printer = 3 }

    static func shareKind(_ response: Response) -> ShareKind? {
        var body = response.body
        guard body.little(2) == 16, let kind = body.byte() else { return nil }
        return ShareKind(rawValue: kind)
    }

    static func file(_ response: Response) -> [UInt8]? {
        var body = response.body
        guard body.little(2) == 89, body.take(62) != nil, let file = body.take(16) else { return nil }
        return Array(file)
    }

    /// What a pipe said, to a transceive or a read.
    static func output(_ response: Response) -> ArraySlice<UInt8>? {
        var body = response.body
        if response.command == Command.read.rawValue {
            guard body.little(2) == 17, let offset = body.byte(), body.byte() != nil else { return nil }
            return response.bytes(at: UInt64(offset), count: body.little(4))
        }
        guard body.little(2) == 49, body.take(30) != nil else { return nil }
        return response.bytes(at: body.little(4), count: body.little(4))
    }

    // MARK: SMB 1

    /// An SMB_COM_NEGOTIATE ([MS-CIFS], 2.2.4.52) for servers that know nothing newer.
    static let oldNegotiate: [UInt8] = {
        let header: [UInt8] = [0xFF, 0x53, 0x4D, 0x42, 0x72, 0, 0, 0, 0, 0x18, 0x01, 0x48] + [UInt8](repeating: 0, count: 20)
        var dialects: [UInt8] = []
        for name in ["LANMAN1.0", "LM1.2X002", "NT LM 0.12"] {
            dialects.append(2)
            dialects.appendTerminated(name)
        }
        return framed(header + [0, UInt8(dialects.count), 0] + dialects)
    }()

    static func isOldNegotiation(_ packet: ArraySlice<UInt8>) -> Bool {
        var reader = ByteReader(packet)
        guard reader.take(5)?.elementsEqual([0xFF, 0x53, 0x4D, 0x42, 0x72]) == true, reader.little(4) == 0, let flags = reader.byte(),
            flags & 0x80 != 0, reader.take(22) != nil, let words = reader.byte(), [13, 17].contains(words), let dialect = reader.little(2)
        else { return false }
        return dialect < 3
    }
}
