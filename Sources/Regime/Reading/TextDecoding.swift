import Foundation
import Glibc

/// Text files as Chinese offices have them: UTF-8, UTF-16 with a byte order mark, GB 18030 (which holds GBK and GB 2312).
enum TextDecoding {
    /// Nil for what is no text.
    static func text(_ bytes: Data) -> String? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return String(bytes: bytes.dropFirst(3), encoding: .utf8) }
        if bytes.starts(with: [0xFF, 0xFE]) { return String(bytes: bytes.dropFirst(2), encoding: .utf16LittleEndian) }
        if bytes.starts(with: [0xFE, 0xFF]) { return String(bytes: bytes.dropFirst(2), encoding: .utf16BigEndian) }
        guard !bytes.contains(0) else { return nil }
        return String(bytes: bytes, encoding: .utf8) ?? gb18030(bytes)
    }

    /// Strict: a byte sequence that GB 18030 doesn't have makes it nil.
    private static func gb18030(_ bytes: Data) -> String? {
        let converter = iconv_open("UTF-8", "GB18030")
        guard converter != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        // Two bytes become at most three, four become at most four.
        var output = [CChar](repeating: 0, count: input.count * 2 + 16)
        var (left, room) = (input.count, output.count)
        let capacity = output.count
        let failed = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                var (from, to) = (source.baseAddress, target.baseAddress)
                return iconv(converter, &from, &left, &to, &room) == -1
            }
        }
        guard !failed, left == 0 else { return nil }
        return String(bytes: output.prefix(capacity - room).map { UInt8(bitPattern: $0) }, encoding: .utf8)
    }
}
