import Cryptography
import Testing

@Suite("FF1") struct FF1Tests {
    private static let key = "2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94"

    private static func numerals(_ text: String) -> [UInt16] { text.compactMap { UInt16($0.hexDigitValueOfBase36) } }

    /// NIST, "FF1 samples": samples 1 to 3 with AES-128, 4 to 6 with AES-192, 7 to 9 with AES-256.
    @Test(
        "agrees with NIST's samples 1 to 9, both ways",
        arguments: [
            (16, 10, "", "0123456789", "2433477484"), (16, 10, "39383736353433323130", "0123456789", "6124200773"),
            (16, 36, "3737373770717273373737", "0123456789abcdefghi", "a9tv40mll9kdu509eum"), (24, 10, "", "0123456789", "2830668132"),
            (24, 10, "39383736353433323130", "0123456789", "2496655549"),
            (24, 36, "3737373770717273373737", "0123456789abcdefghi", "xbj3kv35jrawxv32ysr"), (32, 10, "", "0123456789", "6657667009"),
            (32, 10, "39383736353433323130", "0123456789", "1001623463"),
            (32, 36, "3737373770717273373737", "0123456789abcdefghi", "xs8a0azh2avyalyzuwd"),
        ])
    func samples(_ keyLength: Int, _ radix: Int, _ tweak: String, _ plaintext: String, _ ciphertext: String) throws {
        let cipher = try FF1(key: Secret(bytes(Self.key).prefix(keyLength)), radix: radix)
        #expect(try cipher.encrypt(Self.numerals(plaintext), tweak: bytes(tweak)) == Self.numerals(ciphertext))
        #expect(try cipher.decrypt(Self.numerals(ciphertext), tweak: bytes(tweak)) == Self.numerals(plaintext))
    }

    @Test("decryption undoes encryption for radices and lengths from end to end", arguments: [2, 3, 10, 255, 256, 257, 65_535, 65_536])
    func roundTrip(_ radix: Int) throws {
        let cipher = try FF1(key: Secret(bytes(Self.key)), radix: radix)
        for length in [2, 3, 5, 6, 20, 21, 38, 57, 200] {
            let plaintext = (0..<length).map { UInt16(($0 * 7_919 + radix - 1) % radix) }
            do {
                let ciphertext = try cipher.encrypt(plaintext, tweak: [1, 2, 3])
                #expect(ciphertext.count == length && ciphertext.allSatisfy { Int($0) < radix })
                #expect(try cipher.decrypt(ciphertext, tweak: [1, 2, 3]) == plaintext)
                #expect(try cipher.encrypt(plaintext, tweak: [1, 2, 4]) != ciphertext)
            } catch FF1.Failure.domainTooSmall {
                #expect((0..<length).reduce(1) { product, _ in min(product * radix, 1_000_000) } < 1_000_000)
            }
        }
    }

    @Test("small domains, wrong keys, radices and numerals are refused")
    func refusals() throws {
        let cipher = try FF1(key: Secret(bytes(Self.key)), radix: 10)
        #expect(throws: FF1.Failure.domainTooSmall) { try cipher.encrypt([1, 2, 3, 4, 5]) }
        #expect(try cipher.encrypt([1, 2, 3, 4, 5, 6]).count == 6)
        #expect(throws: FF1.Failure.domainTooSmall) { try cipher.encrypt([]) }
        #expect(throws: FF1.Failure.notANumeral) { try cipher.encrypt([1, 2, 3, 4, 5, 10]) }
        #expect(throws: FF1.Failure.lengthTooLarge) { try cipher.encrypt([UInt16](repeating: 0, count: 4_097)) }
        #expect(throws: FF1.Failure.parameters) { try cipher.encrypt([1, 2, 3, 4, 5, 6], tweak: [UInt8](repeating: 0, count: 65_536)) }
        #expect(throws: FF1.Failure.parameters) { try FF1(key: Secret(bytes(Self.key)), radix: 1) }
        #expect(throws: FF1.Failure.parameters) { try FF1(key: Secret(bytes(Self.key)), radix: 65_537) }
        #expect(throws: FF1.Failure.wrongKeyLength) { try FF1(key: Secret([1]), radix: 10) }
        #expect(throws: FF1.Failure.domainTooSmall) { try FF1(key: Secret(bytes(Self.key)), radix: 65_536).encrypt([1]) }
    }
}

extension Character {
    fileprivate var hexDigitValueOfBase36: Int { Int(String(self), radix: 36) ?? 0 }
}

@Suite("Encryption that keeps the form") struct FormatPreservingTests {
    private static let key = DataKey(id: 1, algorithm: .sm4GCM, secret: Secret([UInt8](repeating: 5, count: 32)))

    private static func run(_ text: String, _ format: FormatPreservingCipher.Format, decrypt: Bool = false) throws -> String {
        let cipher = try FormatPreservingCipher(key: key, column: "t.c", format: format)
        var output: [UInt8] = []
        try Array(text.utf8).withUnsafeBytes { decrypt ? try cipher.decrypt($0, into: &output) : try cipher.encrypt($0, into: &output) }
        return String(decoding: output, as: UTF8.self)
    }

    private static func domain() throws -> ResidentIDDomain {
        try #require(ResidentIDDomain(regions: [440_106, 110_101, 310_101], days: -25_567...20_453))
    }

    private static func luhn(_ text: String) -> Bool {
        let digits = text.compactMap(\.wholeNumberValue).reversed().enumerated()
        return digits.reduce(0) { $0 + ($1.offset.isMultiple(of: 2) ? $1.element : $1.element * 2 / 10 + $1.element * 2 % 10) }.isMultiple(of: 10)
    }

    @Test("mobile numbers keep their first three digits and come back")
    func mobile() throws {
        var seen: Set<String> = []
        for index in 0..<500 {
            let number = "1380013\(8_000 + index)"
            let encrypted = try Self.run(number, .mobile)
            #expect(encrypted.count == 11 && encrypted.hasPrefix("138") && encrypted != number)
            #expect(try Self.run(encrypted, .mobile, decrypt: true) == number)
            seen.insert(encrypted)
        }
        #expect(seen.count == 500)
        for wrong in ["", "1380013800", "138001380000", "23800138000", "138-0138000", "1380013800x", "１3800138000"] {
            #expect(throws: FormatPreservingCipher.Failure.notOfTheFormat) { try Self.run(wrong, .mobile) }
        }
    }

    @Test("card numbers keep their issuer and a right check digit", arguments: ["6222020200112230003", "4111111111111111", "4222222222222"])
    func card(_ number: String) throws {
        // Makes the synthetic number valid, whatever its last digit was.
        let valid = try #require((0...9).map { number.dropLast() + "\($0)" }.first { Self.luhn(String($0)) })
        let encrypted = try Self.run(String(valid), .bankCard)
        #expect(encrypted.count == valid.count && encrypted.prefix(6) == valid.prefix(6) && Self.luhn(encrypted) && encrypted != valid)
        #expect(try Self.run(encrypted, .bankCard, decrypt: true) == valid)
    }

    @Test(
        "card numbers without a right check digit, or of a length with too few numbers, are refused",
        arguments: ["4111111111111112", "411111111117", "", "x"])
    func wrongCard(_ number: String) {
        #expect(throws: FormatPreservingCipher.Failure.notOfTheFormat) { try Self.run(number, .bankCard) }
    }

    @Test("resident IDs become other valid ones of the domain and come back")
    func residentID() throws {
        let domain = try Self.domain()
        var (seen, checked) = (Set<String>(), 0)
        for day in 10...28 {
            for sequence in ["001", "002", "123", "999"] {
                for check in "0123456789X" {
                    let number = "110101199003\(day)\(sequence)\(check)"
                    guard let encrypted = try? Self.run(number, .residentID(domain)) else { continue }
                    checked += 1
                    seen.insert(encrypted)
                    #expect(encrypted.count == 18 && ["440106", "110101", "310101"].contains(encrypted.prefix(6)))
                    // The domain reads only valid ones.
                    #expect(try Self.run(encrypted, .residentID(domain), decrypt: true) == number)
                }
            }
        }
        // Exactly one check character of eleven is right.
        #expect(checked == 19 * 4 && seen.count == checked)
    }

    @Test(
        "what isn't a resident ID of the domain is refused",
        arguments: [
            "", "11010119900307851", "110102199003078515", "110101199013078515", "110101199002308515", "11010119900307851x", "a10101199003078515",
        ])
    func wrongResidentID(_ number: String) throws {
        let domain = try Self.domain()
        #expect(throws: FormatPreservingCipher.Failure.notOfTheFormat) { try Self.run(number, .residentID(domain)) }
    }

    @Test("a domain of fewer than a million IDs, or of what isn't regions or days, is no domain; its fingerprint tells it apart")
    func domains() throws {
        #expect(ResidentIDDomain(regions: [110_101], days: 0...998) == nil)
        #expect(ResidentIDDomain(regions: [110_101], days: 0...999)?.count == 1_000_000)
        #expect(ResidentIDDomain(regions: [], days: 0...9_999) == nil)
        #expect(ResidentIDDomain(regions: [99_999], days: 0...9_999) == nil)
        #expect(ResidentIDDomain(regions: [110_101], days: 0...1_000_000) == nil)
        let other = try #require(ResidentIDDomain(regions: [110_101, 310_101], days: -25_567...20_453))
        #expect(try other.fingerprint != Self.domain().fingerprint)
        #expect(try Self.domain().fingerprint == Self.domain().fingerprint)
    }
}
