import CGcrypt

/// Argon2id (RFC 9106) over libgcrypt: the key of a passphrase, dear to guess.
package enum Argon2id {
    /// Costs, bounded on both sides: a keyring from a stranger can neither ask for all memory nor for hours.
    package struct Parameters: Hashable, Sendable {
        /// Memory in KiB.
        package let memory: UInt32
        package let passes: UInt32
        package let lanes: UInt32

        /// 64 MiB, 3 passes, 1 lane: about RFC 9106's second recommended option (section 4), on one core.
        package static let standard = Parameters(unchecked: 65_536, 3, 1)
        /// 64 MiB … 1 GiB.
        package static let memoryBounds: ClosedRange<UInt32> = 65_536...1_048_576
        package static let passesBounds: ClosedRange<UInt32> = 1...16
        package static let lanesBounds: ClosedRange<UInt32> = 1...8

        /// Nil outside the bounds.
        package init?(memory: UInt32, passes: UInt32, lanes: UInt32) {
            guard Self.memoryBounds ~= memory, Self.passesBounds ~= passes, Self.lanesBounds ~= lanes else { return nil }
            self.init(unchecked: memory, passes, lanes)
        }

        /// Outside the bounds too: for known answers, and for files that the bounds must refuse.
        package init(unchecked memory: UInt32, _ passes: UInt32, _ lanes: UInt32) {
            self.memory = memory
            self.passes = passes
            self.lanes = lanes
        }
    }

    /// The key of a passphrase.
    /// - Parameters:
    ///   - salt: 16 random bytes.
    ///   - key, associatedData: RFC 9106's optional secret and associated data; a keyring has neither.
    package static func derive(
        _ passphrase: Secret, salt: [UInt8], parameters: Parameters, count: Int, key: [UInt8] = [], associatedData: [UInt8] = []
    ) throws(KeyringError) -> Secret {
        guard Libgcrypt.ready else { throw .library("initialisation") }
        let costs = [UInt(count), UInt(parameters.passes), UInt(parameters.memory), UInt(parameters.lanes)]
        var handle: gcry_kdf_hd_t?
        let opened = passphrase.withBytes { passphrase in
            gcry_kdf_open(
                &handle, Int32(GCRY_KDF_ARGON2.rawValue), Int32(GCRY_KDF_ARGON2ID.rawValue), costs, UInt32(costs.count), passphrase.baseAddress,
                passphrase.count, salt, salt.count, key, key.count, associatedData, associatedData.count)
        }
        guard opened == 0, let handle else { throw .library("argon2id (\(parameters.memory / 1024) MiB of memory)") }
        defer { gcry_kdf_close(handle) }
        var derived = [UInt8](repeating: 0, count: count)
        defer { derived.wipe() }
        guard gcry_kdf_compute(handle, nil) == 0, gcry_kdf_final(handle, count, &derived) == 0 else { throw .library("argon2id") }
        return Secret(derived)
    }
}
