import CGcrypt
import Glibc

/// FF1 (NIST SP 800-38G, algorithms 7 and 8): encrypts strings of numerals to strings of the same radix and length.
///
/// The second public draft of revision 1 (February 2025) keeps FF1, drops FF3, and requires a domain of at least 1,000,000 strings, which is refused
/// here too. Numerals are numbers from 0 to radix − 1, the most significant first. One instance serves one thread.
package final class FF1 {
    package enum Failure: Error, Hashable, Sendable {
        /// The key hasn't 16, 24 or 32 bytes.
        case wrongKeyLength
        /// The radix isn't 2 to 65,536, or the tweak is longer than 65,535 bytes.
        case parameters
        /// Shorter than two numerals, longer than 4,096, or fewer than 1,000,000 strings of this length.
        case domainTooSmall
        case lengthTooLarge
        /// A numeral isn't below the radix.
        case notANumeral
        /// libgcrypt refused; its error code.
        case library(code: UInt32)
    }

    package static let minimumDomain = 1_000_000
    package static let maximumLength = 4_096
    private static let block = 16

    package let radix: Int
    private let handle: gcry_cipher_hd_t
    /// What depends on the length only; for the last length used.
    private var shape = Shape(length: 0, numeralBytes: 0, moduli: nil)
    /// One block for the cipher to work in.
    private let state: UnsafeMutableRawBufferPointer

    private struct Shape {
        let length: Int
        /// The standard's b: bytes that hold any number of ⌈n/2⌉ numerals.
        let numeralBytes: Int
        /// The standard's d.
        var roundBytes: Int { (numeralBytes + 3) / 4 * 4 + 4 }
        /// radix^⌊n/2⌋ and radix^⌈n/2⌉, when 64 bits hold them: then a half is one machine number.
        let moduli: (left: UInt64, right: UInt64)?
    }

    /// - Parameters:
    ///   - key: 16, 24 or 32 bytes of AES; 32 in Suwen.
    ///   - radix: 2 to 65,536.
    package init(key: Secret, radix: Int) throws(Failure) {
        guard (2...65_536).contains(radix) else { throw .parameters }
        let algorithm: Int32
        switch key.count {
        case 16: algorithm = Int32(GCRY_CIPHER_AES.rawValue)
        case 24: algorithm = Int32(GCRY_CIPHER_AES192.rawValue)
        case 32: algorithm = Int32(GCRY_CIPHER_AES256.rawValue)
        default: throw .wrongKeyLength
        }
        guard Libgcrypt.ready else { throw .library(code: 0) }
        var opened: gcry_cipher_hd_t?
        let code = gcry_cipher_open(&opened, algorithm, Int32(GCRY_CIPHER_MODE_ECB.rawValue), 0)
        guard code == 0, let opened else { throw .library(code: code) }
        handle = opened
        state = .allocate(byteCount: FF1.block, alignment: 8)
        self.radix = radix
        let keyCode = key.withBytes { gcry_cipher_setkey(opened, $0.baseAddress, $0.count) }
        guard keyCode == 0 else { throw .library(code: keyCode) }
    }

    deinit {
        gcry_cipher_close(handle)
        if let base = state.baseAddress { explicit_bzero(base, state.count) }
        state.deallocate()
    }

    package func encrypt(_ numerals: [UInt16], tweak: [UInt8] = []) throws(Failure) -> [UInt16] {
        try process(numerals, tweak: tweak, encrypting: true)
    }

    package func decrypt(_ numerals: [UInt16], tweak: [UInt8] = []) throws(Failure) -> [UInt16] {
        try process(numerals, tweak: tweak, encrypting: false)
    }

    private func process(_ numerals: [UInt16], tweak: [UInt8], encrypting: Bool) throws(Failure) -> [UInt16] {
        guard tweak.count <= 65_535 else { throw .parameters }
        guard numerals.allSatisfy({ Int($0) < radix }) else { throw .notANumeral }
        try prepare(numerals.count)
        if let moduli = shape.moduli { return try processShort(numerals, tweak: tweak, moduli, encrypting: encrypting) }
        let left = numerals.count / 2
        var (a, b) = (Array(numerals[..<left]), Array(numerals[left...]))
        let first = try encrypted(initialBlock(left: left, tweak: tweak.count))
        var message = self.message(tweak: tweak)
        for step in 0..<10 {
            let round = encrypting ? step : 9 - step
            // Encryption: C = A + F(B); (A, B) = (B, C). Decryption runs it backwards.
            let source = encrypting ? b : a
            write(source, round: round, to: &message)
            let stream = try roundOutput(message, after: first)
            let width = round.isMultiple(of: 2) ? left : numerals.count - left
            let value = remainder(of: stream, numerals: width)
            if encrypting {
                (a, b) = (b, sum(a, value))
            } else {
                (a, b) = (difference(b, value), a)
            }
        }
        return a + b
    }

    /// The same for short strings, all that Suwen encrypts: arithmetic on machine numbers, no allocation in a round.
    private func processShort(
        _ numerals: [UInt16], tweak: [UInt8], _ moduli: (left: UInt64, right: UInt64), encrypting: Bool
    ) throws(Failure) -> [UInt16] {
        let left = numerals.count / 2
        // Horner's rule can't overflow: the numbers stay below the moduli.
        var a = numerals[..<left].reduce(0 as UInt64) { $0 &* UInt64(radix) &+ UInt64($1) }
        var b = numerals[left...].reduce(0 as UInt64) { $0 &* UInt64(radix) &+ UInt64($1) }
        let first = try encrypted(initialBlock(left: left, tweak: tweak.count))
        var message = self.message(tweak: tweak)
        for step in 0..<10 {
            let round = encrypting ? step : 9 - step
            let stream = try roundNumber(encrypting ? b : a, round: round, &message, after: first)
            let modulus = UInt128(round.isMultiple(of: 2) ? moduli.left : moduli.right)
            if encrypting {
                (a, b) = (b, UInt64(truncatingIfNeeded: (UInt128(a) + stream) % modulus))
            } else {
                (a, b) = (UInt64(truncatingIfNeeded: (UInt128(b) + modulus - stream % modulus) % modulus), a)
            }
        }
        var result = numerals
        for (range, half) in [(0..<left, a), (left..<numerals.count, b)] {
            var rest = half
            for index in range.reversed() {
                result[index] = UInt16(truncatingIfNeeded: rest % UInt64(radix))
                rest /= UInt64(radix)
            }
        }
        return result
    }

    /// The standard's y: at most 12 bytes of one block, since the number has at most 8.
    private func roundNumber(_ number: UInt64, round: Int, _ message: inout [UInt8], after first: [UInt8]) throws(Failure) -> UInt128 {
        let end = message.count - shape.numeralBytes
        message[end - 1] = UInt8(truncatingIfNeeded: round)
        for index in 0..<shape.numeralBytes {
            message[message.count - 1 - index] = UInt8(truncatingIfNeeded: number >> UInt64(index * 8))
        }
        state.copyBytes(from: first)
        for start in stride(from: 0, to: message.count, by: FF1.block) {
            for index in 0..<FF1.block { state[index] ^= message[start + index] }
            let code = gcry_cipher_encrypt(handle, state.baseAddress, state.count, nil, 0)
            guard code == 0 else { throw .library(code: code) }
        }
        let block = UInt128(bigEndian: UnsafeRawBufferPointer(state).loadUnaligned(as: UInt128.self))
        return block >> UInt128((FF1.block - shape.roundBytes) * 8)
    }

    /// Checks the length and finds how many bytes its halves need.
    private func prepare(_ length: Int) throws(Failure) {
        if shape.length == length { return }
        guard length >= 2 else { throw .domainTooSmall }
        guard length <= FF1.maximumLength else { throw .lengthTooLarge }
        var domain = 1
        for _ in 0..<length where domain < FF1.minimumDomain { domain *= radix }
        guard domain >= FF1.minimumDomain else { throw .domainTooSmall }
        // ⌈⌈v·log2(radix)⌉ / 8⌉ exactly: the bytes of the largest number of v numerals, found without logarithms.
        let half = length - length / 2
        var largest = [UInt8](repeating: 0, count: half * 2)
        largest.withUnsafeMutableBytes { FF1.number([UInt16](repeating: UInt16(radix - 1), count: half), radix: radix, into: $0) }
        let (left, right) = (power(length / 2), power(half))
        shape = Shape(
            length: length, numeralBytes: half * 2 - (largest.firstIndex { $0 != 0 } ?? 0),
            moduli: left.flatMap { left in right.map { (left, $0) } })
    }

    /// radix^exponent; nil when 64 bits don't hold it.
    private func power(_ exponent: Int) -> UInt64? {
        var result: UInt64 = 1
        for _ in 0..<exponent {
            let (product, overflow) = result.multipliedReportingOverflow(by: UInt64(radix))
            if overflow { return nil }
            result = product
        }
        return result
    }

    /// The standard's P.
    private func initialBlock(left: Int, tweak: Int) -> [UInt8] {
        let length = shape.length
        var block: [UInt8] = [1, 2, 1]
        for shift in [16, 8, 0] { block.append(UInt8(truncatingIfNeeded: radix >> shift)) }
        block += [10, UInt8(truncatingIfNeeded: left)]
        for number in [length, tweak] {
            for shift in [24, 16, 8, 0] { block.append(UInt8(truncatingIfNeeded: number >> shift)) }
        }
        return block
    }

    /// The standard's Q, with room for the round and the number at its end.
    private func message(tweak: [UInt8]) -> [UInt8] {
        let used = tweak.count + 1 + shape.numeralBytes
        return tweak + [UInt8](repeating: 0, count: (FF1.block - used % FF1.block) % FF1.block + 1 + shape.numeralBytes)
    }

    private func write(_ numerals: [UInt16], round: Int, to message: inout [UInt8]) {
        let end = message.count - shape.numeralBytes
        message[end - 1] = UInt8(truncatingIfNeeded: round)
        message.withUnsafeMutableBytes { FF1.number(numerals, radix: radix, into: UnsafeMutableRawBufferPointer(rebasing: $0[end...])) }
    }

    /// The standard's S: the PRF's output (CBC-MAC over P and Q), stretched in counter mode.
    private func roundOutput(_ message: [UInt8], after first: [UInt8]) throws(Failure) -> [UInt8] {
        var state = first
        for start in stride(from: 0, to: message.count, by: FF1.block) {
            for index in 0..<FF1.block { state[index] ^= message[start + index] }
            state = try encrypted(state)
        }
        var output = state
        var counter = 1
        while output.count < shape.roundBytes {
            var block = state
            for index in 0..<8 { block[15 - index] ^= UInt8(truncatingIfNeeded: counter >> (index * 8)) }
            output += try encrypted(block)
            counter += 1
        }
        output.removeLast(output.count - shape.roundBytes)
        return output
    }

    private func encrypted(_ block: [UInt8]) throws(Failure) -> [UInt8] {
        var block = block
        let code = gcry_cipher_encrypt(handle, &block, block.count, nil, 0)
        guard code == 0 else { throw .library(code: code) }
        return block
    }

    /// The number that the numerals mean, big-endian; wide enough by the caller's care.
    private static func number(_ numerals: [UInt16], radix: Int, into output: UnsafeMutableRawBufferPointer) {
        for index in output.indices { output[index] = 0 }
        for numeral in numerals {
            var carry = Int(numeral)
            for index in output.indices.reversed() {
                carry += Int(output[index]) * radix
                output[index] = UInt8(truncatingIfNeeded: carry)
                carry >>= 8
            }
        }
    }

    /// The number in `bytes` modulo radix^count, as numerals.
    private func remainder(of bytes: [UInt8], numerals count: Int) -> [UInt16] {
        var quotient = bytes
        var result = [UInt16](repeating: 0, count: count)
        for position in result.indices.reversed() {
            var remainder = 0
            for index in quotient.indices {
                remainder = remainder << 8 | Int(quotient[index])
                quotient[index] = UInt8(truncatingIfNeeded: remainder / radix)
                remainder %= radix
            }
            result[position] = UInt16(truncatingIfNeeded: remainder)
        }
        return result
    }

    /// Modulo radix^count; both have the same count.
    private func sum(_ left: [UInt16], _ right: [UInt16]) -> [UInt16] {
        var result = left
        var carry = 0
        for index in result.indices.reversed() {
            carry += Int(left[index]) + Int(right[index])
            result[index] = UInt16(truncatingIfNeeded: carry % radix)
            carry /= radix
        }
        return result
    }

    private func difference(_ left: [UInt16], _ right: [UInt16]) -> [UInt16] {
        var result = left
        var borrow = 0
        for index in result.indices.reversed() {
            var value = Int(left[index]) - Int(right[index]) - borrow
            borrow = value < 0 ? 1 : 0
            if value < 0 { value += radix }
            result[index] = UInt16(truncatingIfNeeded: value)
        }
        return result
    }
}
