/// Encrypts telephone numbers, card numbers and resident IDs to others of the same form, which old validators and column types accept.
///
/// Equal values of a column give equal ones, and a value isn't bound to its row: choose it only where the form must stay. Nothing tells a sealed value
/// from a plain one, and a wrong key gives a wrong value of the right form. One instance serves one thread.
package final class FormatPreservingCipher {
    package enum Format: Hashable, Sendable {
        /// 11 digits; the first three, the operator's segment, stay.
        case mobile
        /// 13 to 19 digits; the first six, the issuer's, stay; the last is Luhn's check digit before and after.
        case bankCard
        /// 18 characters; any ID of the domain becomes any other.
        case residentID(ResidentIDDomain)

        /// Stands in the label of the key.
        package var name: String {
            switch self {
            case .mobile: "mobile"
            case .bankCard: "bank-card"
            case .residentID: "resident-id"
            }
        }
    }

    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// The value hasn't the form: another length, other characters, a wrong check digit, a region or day that the domain doesn't have.
        case notOfTheFormat
        case domainTooSmall
        case library(SealingFailure)

        package var description: String {
            switch self {
            case .notOfTheFormat: "doesn't have the form that is to be kept"
            case .domainTooSmall: "has too few possible values (fewer than 1,000,000) to be encrypted within its form"
            case .library(let failure): failure.description
            }
        }
    }

    private static let issuerDigits = 6
    private static let segmentDigits = 3

    private let format: Format
    private let cipher: FF1

    /// The sub-key is of AES-256 whatever the key's algorithm: FF1 is specified for AES only.
    package init(key: DataKey, column: String, format: Format) throws(Failure) {
        do {
            let subkey = try key.subkey(for: .formatPreserving, [column, format.name, "aes-256"], count: 32)
            if case .residentID = format { cipher = try FF1(key: subkey, radix: 2) } else { cipher = try FF1(key: subkey, radix: 10) }
        } catch let failure as CryptographyFailure {
            throw .library(SealingFailure(failure))
        } catch {
            throw FormatPreservingCipher.failure(error)
        }
        self.format = format
    }

    /// Appends the encrypted value; nothing when it throws.
    package func encrypt(_ value: UnsafeRawBufferPointer, into output: inout [UInt8]) throws(Failure) {
        try process(value, into: &output, encrypting: true)
    }

    package func decrypt(_ value: UnsafeRawBufferPointer, into output: inout [UInt8]) throws(Failure) {
        try process(value, into: &output, encrypting: false)
    }

    private func process(_ value: UnsafeRawBufferPointer, into output: inout [UInt8], encrypting: Bool) throws(Failure) {
        switch format {
        case .mobile:
            guard value.count == 11, value[0] == 0x31 else { throw .notOfTheFormat }
            try digits(value, keeping: FormatPreservingCipher.segmentDigits, through: 11, into: &output, encrypting)
        case .bankCard:
            guard (13...19).contains(value.count), FormatPreservingCipher.checkDigit(value.dropLast()) == value.last else { throw .notOfTheFormat }
            let start = output.count
            try digits(value, keeping: FormatPreservingCipher.issuerDigits, through: value.count - 1, into: &output, encrypting)
            // One check digit for the digits before it: recomputing it loses nothing.
            let check = output[start...].withUnsafeBytes { FormatPreservingCipher.checkDigit($0[...]) }
            output.append(check ?? 0x30)
        case .residentID(let domain):
            guard let rank = domain.rank(of: value) else { throw .notOfTheFormat }
            domain.append(rank: try walk(rank, below: domain.count, encrypting), to: &output)
        }
    }

    /// The digits up to `kept` stay and are the tweak; those up to `end` are encrypted.
    private func digits(
        _ value: UnsafeRawBufferPointer, keeping kept: Int, through end: Int, into output: inout [UInt8], _ encrypting: Bool
    ) throws(Failure) {
        guard value[..<end].allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { throw .notOfTheFormat }
        let tweak = Array(value[..<kept])
        let numerals = value[kept..<end].map { UInt16($0 - 0x30) }
        let result = try run(numerals, tweak: tweak, encrypting)
        output.append(contentsOf: tweak)
        output.append(contentsOf: result.map { 0x30 + UInt8($0) })
    }

    /// Cycle walking (Black and Rogaway): FF1 over the next power of two, again until the number is one of the domain. Fewer than two rounds on average.
    private func walk(_ rank: UInt64, below count: UInt64, _ encrypting: Bool) throws(Failure) -> UInt64 {
        let width = 64 - (count - 1).leadingZeroBitCount
        var number = rank
        repeat {
            let bits = (0..<width).map { UInt16(truncatingIfNeeded: number >> UInt64(width - 1 - $0) & 1) }
            number = try run(bits, tweak: [], encrypting).reduce(0) { $0 << 1 | UInt64($1) }
        } while number >= count
        return number
    }

    private func run(_ numerals: [UInt16], tweak: [UInt8], _ encrypting: Bool) throws(Failure) -> [UInt16] {
        do {
            return encrypting ? try cipher.encrypt(numerals, tweak: tweak) : try cipher.decrypt(numerals, tweak: tweak)
        } catch {
            throw FormatPreservingCipher.failure(error)
        }
    }

    private static func failure(_ error: any Error) -> Failure {
        switch error {
        case FF1.Failure.domainTooSmall: .domainTooSmall
        case FF1.Failure.library(let code): .library(.library(code: code))
        default: .notOfTheFormat
        }
    }

    /// ISO/IEC 7812-1, annex B; nil when they aren't all digits.
    private static func checkDigit(_ digits: Slice<UnsafeRawBufferPointer>) -> UInt8? {
        var sum = 0
        var double = true
        for byte in digits.reversed() {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            let value = Int(byte - 0x30) << (double ? 1 : 0)
            sum += value > 9 ? value - 9 : value
            double.toggle()
        }
        return 0x30 + UInt8((10 - sum % 10) % 10)
    }
}
