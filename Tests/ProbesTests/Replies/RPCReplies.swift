import TestSupport

extension Replies {
    /// ONC RPC and NFS (RFC 5531, 1833, 1813, 7530).
    enum RPC {
        static func record(_ body: [UInt8]) -> [UInt8] { big(UInt32(body.count) | 0x8000_0000) + body }
        static func words(_ words: [UInt32]) -> [UInt8] { words.flatMap { big($0) } }
        static func opaque(_ bytes: [UInt8]) -> [UInt8] {
            big(UInt32(bytes.count)) + bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
        }
        static func text(_ text: String) -> [UInt8] { opaque(Array(text.utf8)) }

        static func success(_ call: UInt32, _ results: [UInt8] = []) -> [UInt8] { record(words([call, 1, 0, 0, 0, 0]) + results) }
        static func accepted(_ call: UInt32, _ state: UInt32, _ more: [UInt32] = []) -> [UInt8] {
            record(words([call, 1, 0, 0, 0, state] + more))
        }
        static func denied(_ call: UInt32, _ reason: UInt32) -> [UInt8] { record(words([call, 1, 1, 1, reason])) }

        /// Programs as (number, version, transport, port).
        static func programs(_ list: [[UInt32]]) -> [UInt8] { success(0x5377_0001, words(list.flatMap { [1] + $0 } + [0])) }

        static func exports(_ list: [(path: String, groups: [String])]) -> [UInt8] {
            var results: [UInt8] = []
            for export in list {
                results += words([1]) + text(export.path)
                for group in export.groups { results += words([1]) + text(group) }
                results += words([0])
            }
            return success(0x5377_0002, results + words([0]))
        }
    }

    enum NFS {
        struct Entry {
            var name: String
            /// 1 a file, 2 a folder.
            var type: UInt32 = 2
            var fileSystem: UInt64 = 0
            var error: UInt32 = 0
        }

        /// PUTROOTFH, `depth` LOOKUPs, GETATTR, READDIR, all well.
        static func listing(_ call: UInt32, depth: Int, fileSystem: UInt64, _ entries: [Entry]) -> [UInt8] {
            let walk = RPC.words([24, 0]) + (0..<depth).flatMap { _ in RPC.words([15, 0]) }
            let attributes = RPC.words([9, 0, 1, 0x100]) + RPC.opaque(big(fileSystem) + RPC.words([0, 0]))
            var read = RPC.words([26, 0, 0, 0])
            for (index, entry) in entries.enumerated() {
                read += RPC.words([1, 0, UInt32(index + 3)]) + RPC.text(entry.name) + RPC.words([1, 0x902])
                read += RPC.opaque(RPC.words([entry.type]) + big(entry.fileSystem) + RPC.words([0, 0, entry.error]))
            }
            read += RPC.words([0, 1])
            return RPC.success(call, RPC.words([0, 0, UInt32(depth + 3)]) + walk + attributes + read)
        }

        /// Fails at the last LOOKUP, or at PUTROOTFH.
        static func failed(_ call: UInt32, depth: Int, _ status: UInt32) -> [UInt8] {
            let names: [UInt32] = [24] + Array(repeating: 15, count: depth)
            let walk = names.enumerated().flatMap { RPC.words([$0.element, $0.offset == depth ? status : 0]) }
            return RPC.success(call, RPC.words([status, 0, UInt32(depth + 1)]) + walk)
        }

        /// The folder is there, but can't be listed.
        static func unreadable(_ call: UInt32, depth: Int, fileSystem: UInt64, _ status: UInt32) -> [UInt8] {
            let walk = RPC.words([24, 0]) + (0..<depth).flatMap { _ in RPC.words([15, 0]) }
            let attributes = RPC.words([9, 0, 1, 0x100]) + RPC.opaque(big(fileSystem) + RPC.words([0, 0]))
            return RPC.success(call, RPC.words([status, 0, UInt32(depth + 3)]) + walk + attributes + RPC.words([26, status]))
        }

        static let null: UInt32 = 0x5377_0010
        static let greeting = RPC.success(null)
        static let root = listing(null + 1, depth: 0, fileSystem: 0, [Entry(name: "export", fileSystem: 77)])
    }
}
