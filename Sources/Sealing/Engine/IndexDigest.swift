package import Cryptography

/// Computes the companion of a value: a keyed digest (HMAC-SHA-256 under a sub-key of its own) of the whole value or of its last characters.
package final class IndexDigest {
    package enum Value: Hashable, Sendable {
        case number(Int64)
        case bytes([UInt8])
    }

    private let mac: HMAC
    private let index: SearchIndex
    private let digest = UnsafeMutableRawBufferPointer.allocate(byteCount: HMAC.length, alignment: 8)

    /// - Parameter column: the logical name.
    package init(_ index: SearchIndex, key: DataKey, column: String) throws {
        self.index = index
        mac = try HMAC(key: key.subkey(for: .blindIndex, [column, index.suffix], count: HMAC.length))
    }

    deinit { digest.deallocate() }

    package func value(of plaintext: UnsafeRawBufferPointer) throws -> Value {
        switch index {
        case .unique:
            try mac.authenticate(plaintext, into: digest)
            return .bytes(Array(digest))
        case .blind(let bits): return .number(try cut(plaintext, to: bits))
        case .suffix(let characters, let bits): return .number(try cut(Self.last(characters, of: plaintext), to: bits))
        }
    }

    private func cut(_ bytes: UnsafeRawBufferPointer, to bits: Int) throws -> Int64 {
        try mac.authenticate(bytes, into: digest)
        return Int64(bitPattern: UInt64(bigEndian: digest.load(as: UInt64.self)) >> UInt64(64 - max(1, min(63, bits))))
    }

    /// The last characters of UTF-8 text: cut before a byte that begins one.
    static func last(_ characters: Int, of text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var place = text.count
        var left = characters
        while place > 0, left > 0 {
            place -= 1
            if text[place] & 0xC0 != 0x80 { left -= 1 }
        }
        return UnsafeRawBufferPointer(rebasing: text[place...])
    }
}
