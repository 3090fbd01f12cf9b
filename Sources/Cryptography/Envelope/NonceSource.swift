import CGcrypt

/// Random nonces (NIST SP 800-38D, section 8.2.2) from libgcrypt's strong generator, drawn many at a time: a call for each would cost more than
/// the sealing. A nonce is handed out once. Not for a process that forks and goes on sealing in both halves.
struct NonceSource {
    private static let batch = 512

    private var random: [UInt8]
    private var position: Int

    init() {
        random = [UInt8](repeating: 0, count: NonceSource.batch * AEAD.nonceLength)
        position = random.count
    }

    /// Lends the next nonce.
    @inline(__always)
    mutating func write(to output: UnsafeMutableRawBufferPointer) {
        if position == random.count { refill() }
        random.withUnsafeBytes { output.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + AEAD.nonceLength])) }
        position += AEAD.nonceLength
    }

    @inline(never)
    private mutating func refill() {
        random.withUnsafeMutableBytes { gcry_randomize($0.baseAddress, $0.count, GCRY_STRONG_RANDOM) }
        position = 0
    }
}
