import Cryptography

/// Seals values under a key that dies with it: base64 of nonce, ciphertext and tag.
final class ValueSealer {
    private static let overhead = AEAD.nonceLength + AEAD.tagLength

    private let cipher: AEAD
    /// A value in the clear, and behind it the same sealed.
    private let scratch: UnsafeMutableBufferPointer<UInt8>
    private let longest: Int
    private let start: UInt64
    private var counter: UInt64 = 0

    /// - Parameter longest: bytes of a value at most.
    init(longest: Int) throws {
        var system = SystemRandomNumberGenerator()
        let key = Secret((0..<SealingAlgorithm.aes256GCM.keyLength).map { _ in UInt8.random(in: .min ... .max, using: &system) })
        cipher = try AEAD(.aes256GCM, key: key)
        start = system.next()
        self.longest = longest
        scratch = .allocate(capacity: longest * 2 + ValueSealer.overhead)
        scratch.initialize(repeating: 0)
    }

    deinit { scratch.deallocate() }

    /// Characters of what ``append(to:_:)`` makes of a value of `length` bytes.
    static func sealedLength(of length: Int) -> Int { Base64.length(of: length + overhead) }

    /// Appends what `write` writes, sealed.
    @inline(__always)
    func append(to bytes: inout ByteCursor, _ write: (inout ByteCursor) -> Void) throws {
        guard var clear = ByteCursor(UnsafeMutableBufferPointer(rebasing: scratch[..<longest])) else { return }
        write(&clear)
        let sealed = UnsafeMutableBufferPointer(rebasing: scratch[longest..<longest + clear.count + ValueSealer.overhead])
        try seal(UnsafeBufferPointer(clear.written(from: 0)), into: sealed)
        Base64.append(UnsafeBufferPointer(sealed), to: &bytes)
    }

    private func seal(_ clear: UnsafeBufferPointer<UInt8>, into sealed: UnsafeMutableBufferPointer<UInt8>) throws {
        let output = UnsafeMutableRawBufferPointer(sealed)
        // A permuted counter: looks random, never comes twice. Nothing else has the key, which could use it again.
        counter += 1
        let unique = SampleRandom.mixed(start &+ counter)
        output.storeBytes(of: unique, as: UInt64.self)
        output.storeBytes(of: UInt32(truncatingIfNeeded: SampleRandom.mixed(unique)), toByteOffset: 8, as: UInt32.self)
        try cipher.seal(
            UnsafeRawBufferPointer(clear), nonce: UnsafeRawBufferPointer(rebasing: output[..<AEAD.nonceLength]),
            into: UnsafeMutableRawBufferPointer(rebasing: output[AEAD.nonceLength...]))
    }
}
