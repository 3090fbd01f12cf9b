import CGcrypt
import Glibc

/// Random bytes from libgcrypt, which seeds its generator from getrandom(2).
enum RandomBytes {
    /// Public ones: nonces, salts, identifiers.
    static func bytes(_ count: Int) -> [UInt8] {
        _ = Libgcrypt.ready
        var bytes = [UInt8](repeating: 0, count: count)
        gcry_randomize(&bytes, count, GCRY_STRONG_RANDOM)
        return bytes
    }

    /// A new key of `count` bytes.
    static func secret(_ count: Int) -> Secret {
        _ = Libgcrypt.ready
        var bytes = [UInt8](repeating: 0, count: count)
        defer { bytes.wipe() }
        gcry_randomize(&bytes, count, GCRY_VERY_STRONG_RANDOM)
        return Secret(bytes)
    }
}

extension [UInt8] {
    /// Overwrites the bytes in a way that the compiler keeps. Only for an array that nobody else holds.
    mutating func wipe() {
        withUnsafeMutableBytes { bytes in if let base = bytes.baseAddress { explicit_bzero(base, bytes.count) } }
    }
}

/// Comparison whose time tells nothing of where two values differ.
enum ConstantTime {
    static func areEqual(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
