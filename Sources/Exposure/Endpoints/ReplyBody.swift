import Glibc

/// What was read of a reply's body, up to a limit. Wiped when the last reference goes, and when it grows: a body may hold people's data.
///
/// - Important: what readers take out of it (texts of a JSON tree) isn't wiped; they drop it before they return.
package final class ReplyBody: @unchecked Sendable {
    // Written on one event loop until the reply is complete, and only read from then on.
    private var storage: [UInt8] = []
    package let limit: Int

    package init(limit: Int) { self.limit = limit }

    /// A whole body.
    package convenience init(_ bytes: [UInt8]) {
        self.init(limit: bytes.count)
        append(bytes)
    }

    deinit { Self.wipe(&storage) }

    package var bytes: [UInt8] { storage }
    package var count: Int { storage.count }
    package var isFull: Bool { storage.count >= limit }

    /// Takes as much as there is room for.
    package func append(_ bytes: some Collection<UInt8>) {
        let taken = bytes.prefix(limit - storage.count)
        if storage.count + taken.count > storage.capacity {
            var grown: [UInt8] = []
            grown.reserveCapacity(min(limit, max(4_096, 2 * (storage.count + taken.count))))
            grown += storage
            Self.wipe(&storage)
            storage = grown
        }
        storage += taken
    }

    private static func wipe(_ bytes: inout [UInt8]) {
        bytes.withUnsafeMutableBytes { buffer in
            if let base = buffer.baseAddress { explicit_bzero(base, buffer.count) }
        }
    }
}
