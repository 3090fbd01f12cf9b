import Glibc

/// Bytes that must not be shown: no description, no copy that outlives it, wiped when the last reference goes.
package final class Secret: @unchecked Sendable {
    // Never written after init; the pointer is only read, so that sharing between threads is safe.
    private let storage: UnsafeMutableRawBufferPointer

    package init(_ bytes: some Collection<UInt8>) {
        // One byte more, zero, so that C libraries can read it as a string.
        storage = .allocate(byteCount: bytes.count + 1, alignment: 1)
        storage.copyBytes(from: bytes)
        storage[bytes.count] = 0
    }

    deinit {
        if let base = storage.baseAddress { explicit_bzero(base, storage.count) }
        storage.deallocate()
    }

    package var count: Int { storage.count - 1 }

    /// Lends the bytes, without the closing zero. They must not be kept.
    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try body(UnsafeRawBufferPointer(rebasing: storage[0..<count]))
    }

    /// Lends the bytes as a C string.
    package func withCString<Result>(_ body: (UnsafePointer<CChar>) throws -> Result) rethrows -> Result {
        guard let base = storage.baseAddress else { return try body("") }
        return try body(UnsafePointer(base.assumingMemoryBound(to: CChar.self)))
    }
}
