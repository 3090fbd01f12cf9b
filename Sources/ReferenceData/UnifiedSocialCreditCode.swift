/// The unified social credit code of GB 32100-2015: registration authority, category of organisation, six digits of region, nine characters of
/// organisation code (GB 11714), and a check character by MOD 31-3.
package enum UnifiedSocialCreditCode {
    /// Without I, O, S, V and Z.
    private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
    private static let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(truncatingIfNeeded: value) }
        return values
    }()
    /// Registration authorities: 1 organs and institutions, 2 foreign affairs, 3 justice, 4 culture, 5 civil affairs, 6 tourism, 7 religion,
    /// 8 trade unions, 9 market regulation, A the army, N agriculture, Y others.
    private static let authorities = Set("123456789ANY".utf8)

    /// Whether `bytes` are 18 capital letters and digits with a known authority, a region of ``AdministrativeDivision`` (or 100000, the State
    /// itself) and the right check character.
    @specialized(where Bytes == UnsafeBufferPointer<UInt8>)
    @specialized(where Bytes == [UInt8])
    package static func isValid<Bytes: Collection<UInt8>>(_ bytes: Bytes) -> Bool {
        guard bytes.count == 18, let first = bytes.first, authorities.contains(first) else { return false }
        var sum = 0
        var region: UInt32 = 0
        var position = 0
        for byte in bytes {
            let value = values[Int(byte)]
            guard value != 0xFF else { return false }
            if (2..<8).contains(position) {
                guard value < 10 else { return false }
                region = region * 10 + UInt32(value)
            }
            if position < 17 {
                sum += Int(value) * weights[position]
            } else {
                guard (31 - sum % 31) % 31 == Int(value) else { return false }
            }
            position += 1
        }
        return region == 100_000 || AdministrativeDivision.isCode(region)
    }

    /// The check character for 17 characters; nil when they aren't of the alphabet.
    package static func checkCharacter(of bytes: some Collection<UInt8>) -> UInt8? {
        guard bytes.count == 17 else { return nil }
        var sum = 0
        for (position, byte) in bytes.enumerated() {
            let value = values[Int(byte)]
            guard value != 0xFF else { return nil }
            sum += Int(value) * weights[position]
        }
        return alphabet[(31 - sum % 31) % 31]
    }
}
