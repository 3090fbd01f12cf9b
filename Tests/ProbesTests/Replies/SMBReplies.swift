import TestSupport

extension Replies {
    /// SMB 2 as a server speaks it ([MS-SMB2], 2.2), in the order in which the probe asks.
    enum SMB {
        struct Share {
            var name: String
            var kind: UInt32 = 0
            /// What TREE_CONNECT comes to, and the opening of the top folder.
            var connect: UInt32 = 0
            var folder: UInt32 = 0
        }

        static let denied: UInt32 = 0xC000_0022
        static let session: UInt64 = 0x1234

        static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }
        static func words(_ words: [UInt32]) -> [UInt8] { words.flatMap { little($0) } }
        static func shorts(_ shorts: [UInt16]) -> [UInt8] { shorts.flatMap { little($0) } }

        static func frame(_ packet: [UInt8]) -> [UInt8] { big(UInt32(packet.count)) + packet }

        static func response(_ command: UInt16, _ message: UInt64, status: UInt32 = 0, session: UInt64 = session, _ body: [UInt8]) -> [UInt8] {
            var header: [UInt8] = [0xFE, 0x53, 0x4D, 0x42, 64, 0, 1, 0] + little(status)
            header += little(command) + [1, 0] + words([1, 0])
            header += little(message) + words([0, 5]) + little(session)
            return frame(header + zeros(16) + body)
        }

        /// What every refusal looks like.
        static let error: [UInt8] = [9, 0, 0, 0, 0, 0, 0, 0, 0]

        static func negotiated(dialect: UInt16 = 0x0311, mode: UInt16 = 1) -> [UInt8] {
            response(0, 0, session: 0, shorts([65, mode, dialect]) + zeros(59))
        }

        /// - Parameter build: of Windows; Samba says 6.1.0.
        static func challenge(major: UInt8 = 10, minor: UInt8 = 0, build: UInt16 = 17_763) -> [UInt8] {
            var token: [UInt8] = Array("NTLMSSP".utf8) + [0, 2, 0, 0, 0] + zeros(8)
            token += words([0x0200_8205]) + zeros(24)
            token += [major, minor] + little(build) + [0, 0, 0, 15]
            return response(1, 1, status: 0xC000_0016, shorts([9, 0, 72, UInt16(token.count)]) + token)
        }

        static func session(status: UInt32 = 0) -> [UInt8] { response(1, 2, status: status, status == 0 ? [9, 0, 2, 0, 72, 0, 0, 0] : error) }

        static func tree(_ message: UInt64, kind: UInt8, status: UInt32 = 0) -> [UInt8] {
            response(3, message, status: status, status == 0 ? [16, 0, kind, 0] + zeros(12) : error)
        }

        static func opened(_ message: UInt64, status: UInt32 = 0) -> [UInt8] {
            response(5, message, status: status, status == 0 ? [89, 0] + zeros(86) : error)
        }

        static func piped(_ message: UInt64, _ output: [UInt8], status: UInt32 = 0) -> [UInt8] {
            let counts = words([112, 0, 112, UInt32(output.count), 0, 0])
            return response(11, message, status: status, [49, 0, 0, 0] + words([0x0011_C017]) + zeros(16) + counts + output)
        }

        static func read(_ message: UInt64, _ output: [UInt8]) -> [UInt8] {
            response(8, message, [17, 0, 80, 0] + words([UInt32(output.count), 0, 0]) + output)
        }

        // MARK: DCE RPC

        static func packet(_ type: UInt8, call: UInt32, flags: UInt8 = 3, _ body: [UInt8]) -> [UInt8] {
            let head: [UInt8] = [5, 0, type, flags, 0x10, 0, 0, 0]
            return head + shorts([UInt16(16 + body.count), 0]) + little(call) + body
        }

        static func bound(result: UInt16 = 0) -> [UInt8] {
            let address = Array("\\PIPE\\srvsvc".utf8) + [0]
            let head: [UInt8] = shorts([4_280, 4_280, 1, 0, UInt16(address.count)]) + address
            return packet(12, call: 1, head + zeros((4 - head.count % 4) % 4) + [1, 0, 0, 0] + shorts([result, 0]) + zeros(20))
        }

        static func string(_ text: String) -> [UInt8] {
            let units = Array(text.utf16) + [0]
            let bytes = units.flatMap { little($0) }
            return words([UInt32(units.count), 0, UInt32(units.count)]) + bytes + zeros((4 - bytes.count % 4) % 4)
        }

        /// What NetrShareEnum returns.
        static func list(_ shares: [Share], result: UInt32 = 0) -> [UInt8] {
            guard result == 0 else { return words([1, 1, 0, 0, result]) }
            let count = UInt32(shares.count)
            let heads = words(shares.flatMap { [0x2_0010, $0.kind, 0x2_0014] })
            let names = shares.flatMap { string($0.name) + string("") }
            return words([1, 1, 0x2_0008, count, 0x2_000C, count]) + heads + names + words([count, 0, 0])
        }

        static func listed(_ shares: [Share], result: UInt32 = 0) -> [UInt8] {
            packet(2, call: 2, zeros(8) + list(shares, result: result))
        }

        // MARK: Conversations

        static let start = [negotiated(), challenge(), session(), tree(3, kind: 2), opened(4), piped(5, bound())]

        static func conversation(_ shares: [Share]) -> [[UInt8]] {
            var replies = start + [piped(6, listed(shares + [Share(name: "IPC$", kind: 0x8000_0003), Share(name: "C$", kind: 0x8000_0000)]))]
            for share in shares where share.kind == 0 {
                replies.append(tree(UInt64(replies.count), kind: 1, status: share.connect))
                if share.connect == 0 { replies.append(opened(UInt64(replies.count), status: share.folder)) }
            }
            return replies
        }

        /// An SMB 1 server's choice of its third dialect.
        static let old = frame(
            [0xFF, 0x53, 0x4D, 0x42, 0x72, 0, 0, 0, 0, 0x98] + zeros(22) + [17, 2, 0] + zeros(34))
    }
}
