import CGcrypt

/// Points of edwards25519 (RFC 8032, section 5.1), checked before libgcrypt computes with them: version 1.10 aborts the process when a coordinate is
/// not below the field's prime, or has a leading zero word, which no honest key has (1 in 2^63) and a forger can choose. Public numbers only.
enum Ed25519Point {
    /// Whether the bytes encode a point that can be computed with.
    static func isUsable(_ bytes: [UInt8]) -> Bool {
        guard Libgcrypt.ready, bytes.count == Ed25519.keyLength, let top = bytes.last else { return false }
        let isOdd = top & 0x80 != 0
        guard let prime = Number(hexadecimal: "7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFED"),
            let d = Number(hexadecimal: "52036CEE2B6FFE738CC740797779E89800700A4D4141D8AB75EB4DCA135978A3"),
            // (p + 3) / 8 and (p − 1) / 4: p is 5 modulo 8.
            let rootExponent = Number(hexadecimal: "0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFE"),
            let imaginaryExponent = Number(hexadecimal: "1FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFB"),
            let y = Number(bytes: Array(bytes.dropLast()) + [top & 0x7F]), let one = Number(1), let two = Number(2), y.isBelow(prime), y.isLong
        else { return false }
        // x² = (y² − 1) / (d·y² + 1)
        let square = y.times(y, prime)
        guard let inverse = square.times(d, prime).plus(one, prime).inverse(prime) else { return false }
        let target = square.minus(one, prime).times(inverse, prime)
        var x = target.power(rootExponent, prime)
        if !x.times(x, prime).isEqual(target) { x = x.times(two.power(imaginaryExponent, prime), prime) }
        guard x.times(x, prime).isEqual(target) else { return false }
        if x.isOdd != isOdd { x = Number.zero.minus(x, prime) }
        return x.isLong
    }

    /// One of libgcrypt's whole numbers; released with its last reference.
    private final class Number {
        let value: gcry_mpi_t

        private init(value: gcry_mpi_t) { self.value = value }

        convenience init?(_ small: UInt) {
            guard let value = gcry_mpi_set_ui(nil, small) else { return nil }
            self.init(value: value)
        }

        convenience init?(hexadecimal: String) {
            guard let bytes = Hexadecimal.decode(hexadecimal) else { return nil }
            self.init(bytes: bytes.reversed())
        }

        /// Little-endian.
        convenience init?(bytes: [UInt8]) {
            let bigEndian = Array(bytes.reversed())
            var scanned: gcry_mpi_t?
            guard gcry_mpi_scan(&scanned, GCRYMPI_FMT_USG, bigEndian, bigEndian.count, nil) == 0, let scanned else { return nil }
            self.init(value: scanned)
        }

        deinit { gcry_mpi_release(value) }

        /// gcry_mpi_new ends the process rather than give nothing.
        static var zero: Number { Number(value: gcry_mpi_new(256)) }

        /// All four words of 64 bits are in use.
        var isLong: Bool { gcry_mpi_get_nbits(value) > 192 }
        var isOdd: Bool { gcry_mpi_test_bit(value, 0) != 0 }
        func isBelow(_ other: Number) -> Bool { gcry_mpi_cmp(value, other.value) < 0 }
        func isEqual(_ other: Number) -> Bool { gcry_mpi_cmp(value, other.value) == 0 }

        func times(_ other: Number, _ modulus: Number) -> Number { made { gcry_mpi_mulm($0, value, other.value, modulus.value) } }
        func plus(_ other: Number, _ modulus: Number) -> Number { made { gcry_mpi_addm($0, value, other.value, modulus.value) } }
        func minus(_ other: Number, _ modulus: Number) -> Number { made { gcry_mpi_subm($0, value, other.value, modulus.value) } }
        func power(_ exponent: Number, _ modulus: Number) -> Number { made { gcry_mpi_powm($0, value, exponent.value, modulus.value) } }

        func inverse(_ modulus: Number) -> Number? {
            let result = Number.zero
            return gcry_mpi_invm(result.value, value, modulus.value) != 0 ? result : nil
        }

        private func made(_ body: (gcry_mpi_t) -> Void) -> Number {
            let result = Number.zero
            body(result.value)
            return result
        }
    }
}
