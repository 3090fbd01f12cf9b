/// RFC 4648, section 4, with padding.
enum Base64 {
    static func length(of count: Int) -> Int { (count + 2) / 3 * 4 }

    @inline(__always)
    static func append(_ input: UnsafeBufferPointer<UInt8>, to bytes: inout ByteCursor) {
        var target = UnsafeMutableRawPointer(bytes.advance(length(of: input.count)))
        let whole = input.count / 3 * 3
        pairs.withUnsafeBufferPointer { pairs in
            for index in stride(from: 0, to: whole, by: 3) {
                let word = Int(input[index]) << 16 | Int(input[index + 1]) << 8 | Int(input[index + 2])
                target.storeBytes(of: pairs[word >> 12], as: UInt16.self)
                target.storeBytes(of: pairs[word & 4095], toByteOffset: 2, as: UInt16.self)
                target += 4
            }
            guard whole < input.count else { return }
            let hasTwo = whole + 1 < input.count
            let word = Int(input[whole]) << 16 | (hasTwo ? Int(input[whole + 1]) << 8 : 0)
            target.storeBytes(of: pairs[word >> 12], as: UInt16.self)
            target.storeBytes(of: pairs[word & 4095], toByteOffset: 2, as: UInt16.self)
            target.storeBytes(of: 0x3D, toByteOffset: 3, as: UInt8.self)
            if !hasTwo { target.storeBytes(of: 0x3D, toByteOffset: 2, as: UInt8.self) }
        }
    }

    /// For each 12 bits two digits, the first one in the lower address.
    private static let pairs: [UInt16] = {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8).map(UInt16.init)
        return (0..<4096).map { (digits[$0 & 63] << 8 | digits[$0 >> 6]).littleEndian }
    }()
}
