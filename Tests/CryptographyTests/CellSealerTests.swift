import Cryptography
import Testing

@Suite("Sealed cells") struct CellSealerTests {
    private static let column = "clinic.patients.id_card"
    private static let value = Array("110101199003078515".utf8)

    private static func key(_ algorithm: SealingAlgorithm = .aes256GCM, id: UInt32 = 0x0102_0304, byte: UInt8 = 7) -> DataKey {
        DataKey(id: id, algorithm: algorithm, secret: Secret([UInt8](repeating: byte, count: 32)))
    }

    private static func seal(_ sealer: CellSealer, _ value: [UInt8], _ row: String = "1") throws -> [UInt8] {
        var output: [UInt8] = []
        try PrimaryKeyBytes([row]).withBytes { primaryKey in
            try value.withUnsafeBytes { try sealer.seal($0, primaryKey: primaryKey, into: &output) }
        }
        return output
    }

    private static func open(_ sealer: CellSealer, _ envelope: [UInt8], _ row: String = "1") throws -> [UInt8] {
        var output: [UInt8] = []
        try PrimaryKeyBytes([row]).withBytes { primaryKey in
            try envelope.withUnsafeBytes { try sealer.open($0, primaryKey: primaryKey, into: &output) }
        }
        return output
    }

    private static func failure(_ body: () throws -> [UInt8]) -> SealingFailure? {
        do {
            _ = try body()
            return nil
        } catch { return error as? SealingFailure }
    }

    @Test("what was sealed is opened again, of any length, in each form and algorithm", arguments: SealingAlgorithm.allCases, EnvelopeForm.allCases)
    func roundTrip(_ algorithm: SealingAlgorithm, _ form: EnvelopeForm) throws {
        let sealer = try CellSealer(key: Self.key(algorithm), column: Self.column, form: form)
        for length in [0, 1, 2, 3, 15, 16, 17, 18, 300, 1_000_000] {
            let value = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let envelope = try Self.seal(sealer, value)
            #expect(envelope.count == form.envelopeLength(of: length))
            #expect(try Self.open(sealer, envelope) == value)
            #expect(envelope.withUnsafeBytes { CellSealer.isEnvelope($0) })
            #expect(envelope.withUnsafeBytes { CellSealer.keyID(of: $0) } == 0x0102_0304)
            let prefix = form == .binary ? [0x53, 0x57, 1, algorithm.rawValue, 1, 2, 3, 4] : Array("suwen:1:".utf8)
            #expect(envelope.starts(with: prefix))
        }
    }

    @Test("each sealing of a value has another nonce, so that equal values don't show")
    func nonces() throws {
        let sealer = try CellSealer(key: Self.key(), column: Self.column, form: .binary)
        // More than one batch of random bytes.
        let nonces = try (0..<2_000).map { _ in Array(try Self.seal(sealer, Self.value)[8..<20]) }
        #expect(Set(nonces).count == nonces.count)
    }

    @Test(
        "a byte changed in any way at any position is refused, and nothing is handed out", arguments: SealingAlgorithm.allCases, EnvelopeForm.allCases
    )
    func changedBytes(_ algorithm: SealingAlgorithm, _ form: EnvelopeForm) throws {
        let sealer = try CellSealer(key: Self.key(algorithm), column: Self.column, form: form)
        let envelope = try Self.seal(sealer, Self.value)
        for index in envelope.indices {
            for change in 1...UInt8.max {
                var changed = envelope
                changed[index] ^= change
                #expect(Self.failure { try Self.open(sealer, changed) } != nil, "position \(index), change \(change)")
            }
        }
    }

    @Test("a prefix, and anything behind the end, is refused", arguments: EnvelopeForm.allCases)
    func lengths(_ form: EnvelopeForm) throws {
        let sealer = try CellSealer(key: Self.key(), column: Self.column, form: form)
        for length in [0, 1, 2, 18] {
            let envelope = try Self.seal(sealer, Array(Self.value.prefix(length)))
            for count in envelope.indices { #expect(Self.failure { try Self.open(sealer, Array(envelope.prefix(count))) } != nil) }
            for tail in [[0], [0x41], [0x3D], [0x0A], Array("AAAA".utf8)] as [[UInt8]] {
                #expect(Self.failure { try Self.open(sealer, envelope + tail) } != nil)
            }
        }
    }

    @Test("random changes, cuts and insertions are refused or, undone, opened; nothing traps", arguments: EnvelopeForm.allCases)
    func randomDamage(_ form: EnvelopeForm) throws {
        let sealer = try CellSealer(key: Self.key(), column: Self.column, form: form)
        let envelope = try Self.seal(sealer, Self.value)
        for _ in 0..<20_000 {
            var damaged = envelope
            for _ in 0..<Int.random(in: 1...4) {
                let index = Int.random(in: 0...damaged.count)
                switch Int.random(in: 0..<3) {
                case 0: damaged.insert(UInt8.random(in: .min ... .max), at: index)
                case 1: damaged.removeLast(min(damaged.count, Int.random(in: 0...9)))
                default: if index < damaged.count { damaged[index] = UInt8.random(in: .min ... .max) }
                }
            }
            _ = damaged.withUnsafeBytes { (CellSealer.isEnvelope($0), CellSealer.keyID(of: $0)) }
            #expect((Self.failure { try Self.open(sealer, damaged) } == nil) == (damaged == envelope))
        }
    }

    @Test("swapped cells, another row, another column and another key are refused")
    func moved() throws {
        let sealer = try CellSealer(key: Self.key(), column: Self.column, form: .text)
        let (first, second) = (try Self.seal(sealer, Self.value, "1"), try Self.seal(sealer, Self.value, "2"))
        #expect(try Self.open(sealer, first, "1") == Self.value)
        #expect(Self.failure { try Self.open(sealer, first, "2") } == .notAuthentic)
        #expect(Self.failure { try Self.open(sealer, second, "1") } == .notAuthentic)
        let other = try CellSealer(key: Self.key(), column: "clinic.patients.mobile", form: .text)
        #expect(Self.failure { try Self.open(other, first, "1") } == .notAuthentic)
        let sameNumber = try CellSealer(key: Self.key(byte: 8), column: Self.column, form: .text)
        #expect(Self.failure { try Self.open(sameNumber, first, "1") } == .notAuthentic)
        let otherNumber = try CellSealer(key: Self.key(id: 5), column: Self.column, form: .text)
        #expect(Self.failure { try Self.open(otherNumber, first, "1") } == .wrongKey(id: 0x0102_0304))
        let otherAlgorithm = try CellSealer(key: Self.key(.sm4GCM), column: Self.column, form: .text)
        #expect(Self.failure { try Self.open(otherAlgorithm, first, "1") } == .wrongKey(id: 0x0102_0304))
    }

    @Test("what isn't an envelope, or a later one, is told apart")
    func failures() throws {
        let sealer = try CellSealer(key: Self.key(), column: Self.column, form: .binary)
        let envelope = try Self.seal(sealer, Self.value)
        func changed(_ index: Int, to byte: UInt8) -> [UInt8] {
            var result = envelope
            result[index] = byte
            return result
        }
        #expect(Self.failure { try Self.open(sealer, Self.value) } == .malformed)
        #expect(Self.failure { try Self.open(sealer, []) } == .malformed)
        #expect(Self.failure { try Self.open(sealer, Array("suwen:1:".utf8)) } == .malformed)
        #expect(Self.failure { try Self.open(sealer, Array("suwen:1:AAAA".utf8)) } == .malformed)
        #expect(Self.failure { try Self.open(sealer, Array("suwen:1:U1c".utf8)) } == .truncated)
        #expect(Self.failure { try Self.open(sealer, Array(envelope.prefix(35))) } == .truncated)
        #expect(Self.failure { try Self.open(sealer, changed(2, to: 2)) } == .unknownVersion)
        #expect(Self.failure { try Self.open(sealer, changed(3, to: 0)) } == .unknownAlgorithm)
        #expect(!changed(3, to: 0).withUnsafeBytes { CellSealer.isEnvelope($0) })
        #expect(!Self.value.withUnsafeBytes { CellSealer.isEnvelope($0) })
        #expect(!Array("suwen:1:".utf8).withUnsafeBytes { CellSealer.isEnvelope($0) })
        #expect(![].withUnsafeBytes { CellSealer.isEnvelope($0) })
    }

    @Test("a short key and an empty primary key are refused")
    func shortKeys() throws {
        let short = DataKey(id: 1, algorithm: .aes256GCM, secret: Secret([1, 2, 3]))
        #expect(throws: SealingFailure.wrongLength) { try CellSealer(key: short, column: Self.column, form: .text) }
        let sealer = try CellSealer(key: Self.key(), column: Self.column, form: .text)
        var output: [UInt8] = []
        #expect(throws: SealingFailure.wrongLength) {
            try [].withUnsafeBytes { try sealer.seal($0, primaryKey: UnsafeRawBufferPointer(start: nil, count: 0), into: &output) }
        }
        #expect(output.isEmpty)
    }

    @Test("composite primary keys don't run into each other")
    func compositeKeys() {
        func encoded(_ parts: [String]) -> [UInt8] { PrimaryKeyBytes(parts).withBytes { Array($0) } }
        #expect(encoded(["1", "23"]) == bytes("00000001 31 00000002 3233"))
        #expect(encoded(["1", "23"]) != encoded(["12", "3"]))
        #expect(encoded(["1", ""]) != encoded(["1"]))
        var reused = PrimaryKeyBytes(["x"])
        reused.removeAll()
        reused.append(Array("1".utf8))
        #expect(reused.withBytes { Array($0) } == encoded(["1"]))
    }

    @Test("uses, columns and algorithms have sub-keys of their own")
    func subkeys() throws {
        var seen: Set<[UInt8]> = []
        for purpose in DataKey.Purpose.allCases {
            for qualifiers in [[], ["a"], ["a", "b"], ["ab"], ["ab", ""]] {
                let subkey = try Self.key().subkey(for: purpose, qualifiers, count: 16)
                seen.insert(subkey.withBytes { Array($0) })
            }
        }
        #expect(seen.count == DataKey.Purpose.allCases.count * 5)
    }

    /// The same computed from its parts, as the format is documented.
    @Test("an envelope opens with nothing but the documented layout", arguments: SealingAlgorithm.allCases)
    func layout(_ algorithm: SealingAlgorithm) throws {
        let key = Self.key(algorithm)
        let envelope = try Self.seal(CellSealer(key: key, column: Self.column, form: .binary), Self.value, "42")
        func prefixed(_ part: [UInt8]) -> [UInt8] { [0, 0, 0, UInt8(part.count)] + part }
        let info = [0, 0, 0, 3] + prefixed(Array("suwen/1/seal".utf8)) + prefixed(Array(algorithm.name.utf8)) + prefixed(Array(Self.column.utf8))
        let associatedData =
            [0, 0, 0, 4] + prefixed(Array("suwen/1".utf8)) + prefixed(Array(envelope[..<8])) + prefixed(Array(Self.column.utf8))
            + prefixed(prefixed(Array("42".utf8)))
        let cipher = try AEAD(algorithm, key: HKDF.derive(key.secret, info: info, count: algorithm.keyLength))
        #expect(try cipher.open(Array(envelope[20...]), nonce: Array(envelope[8..<20]), associatedData: associatedData) == Self.value)
    }
}
