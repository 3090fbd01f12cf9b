import CGcrypt

/// libgcrypt's form of keys, data and signatures. Released with the last reference; one that was built from secure memory lies in secure memory,
/// which libgcrypt wipes when it is released.
final class SExpression {
    let handle: gcry_sexp_t

    /// - Parameters:
    ///   - format: as `gcry_sexp_build` takes it; each `%b` stands for the next of `parts`.
    init(_ format: String, _ parts: [UnsafeRawBufferPointer]) throws(CryptographyFailure) {
        var counts = parts.map { Int32(truncatingIfNeeded: $0.count) }
        // An empty part has no address of its own; a length of zero must still point somewhere.
        var empty: UInt8 = 0
        var built: gcry_sexp_t?
        let code = withUnsafePointer(to: &empty) { nothing in
            var addresses: [UnsafeRawPointer] = parts.map { $0.baseAddress ?? UnsafeRawPointer(nothing) }
            return counts.withUnsafeMutableBytes { counts in
                addresses.withUnsafeMutableBytes { addresses in
                    var arguments: [UnsafeMutableRawPointer?] = []
                    for index in parts.indices {
                        arguments.append(counts.baseAddress.map { $0 + index * MemoryLayout<Int32>.stride })
                        arguments.append(addresses.baseAddress.map { $0 + index * MemoryLayout<UnsafeRawPointer>.stride })
                    }
                    return gcry_sexp_build_array(&built, nil, format, &arguments)
                }
            }
        }
        guard code == 0, let built else { throw .library(code: code) }
        handle = built
    }

    init(taking handle: gcry_sexp_t) { self.handle = handle }

    deinit { gcry_sexp_release(handle) }

    /// The bytes behind `token` in a list such as `(sig-val (eddsa (r …) (s …)))`; nil when there are not exactly `count`.
    func bytes(of token: String, count: Int) -> [UInt8]? {
        guard let list = gcry_sexp_find_token(handle, token, 0) else { return nil }
        defer { gcry_sexp_release(list) }
        var length = 0
        guard let data = gcry_sexp_nth_data(list, 1, &length), length == count else { return nil }
        return Array(UnsafeRawBufferPointer(start: data, count: length))
    }
}

/// A copy of a secret in libgcrypt's secure memory: locked where the system permits it, wiped when it goes.
final class SecureCopy {
    private let storage: UnsafeMutableRawPointer
    private let count: Int

    init(_ secret: Secret) throws(CryptographyFailure) {
        guard let storage = gcry_malloc_secure(max(1, secret.count)) else { throw .library(code: 0) }
        secret.withBytes { bytes in
            if let source = bytes.baseAddress { storage.copyMemory(from: source, byteCount: bytes.count) }
        }
        self.storage = storage
        count = secret.count
    }

    // gcry_free wipes what came from secure memory.
    deinit { gcry_free(storage) }

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws(CryptographyFailure) -> Result) throws(CryptographyFailure) -> Result {
        try body(UnsafeRawBufferPointer(start: storage, count: count))
    }
}
