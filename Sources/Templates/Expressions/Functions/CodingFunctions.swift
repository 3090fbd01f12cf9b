extension ExpressionFunction {
    static let codingFunctions: [ExpressionFunction] = [
        map("base64") { Base64.encode($0) },
        map("base64_decode") { (bytes) throws(EvaluationError) in
            guard let decoded = Base64.decode(bytes) else { throw .argument("no Base64") }
            return decoded
        },
        map("base64_py") { Base64.encodeInLines($0) },
        map("hex_encode") { Bytes.hexadecimal($0) },
        map("hex_decode") { (bytes) throws(EvaluationError) in
            guard let decoded = Bytes.fromHexadecimal(bytes) else { throw .argument("no hexadecimal") }
            return decoded
        },
        map("url_encode") { URLCoding.encode($0) },
        map("url_decode") { (bytes) throws(EvaluationError) in
            guard let decoded = URLCoding.decode(bytes) else { throw .argument("a bad percent escape") }
            return decoded
        },
        map("html_escape") { bytes in
            bytes.flatMap { byte -> [UInt8] in
                switch byte {
                case 0x26: Array("&amp;".utf8)
                case 0x3C: Array("&lt;".utf8)
                case 0x3E: Array("&gt;".utf8)
                case 0x22: Array("&#34;".utf8)
                case 0x27: Array("&#39;".utf8)
                default: [byte]
                }
            }
        },
        map("html_unescape") { HTMLCoding.unescape($0) },
        map("json_minify") { JSONSpacing.minify($0) },
        ExpressionFunction(name: "xor", arguments: 2...64) { (values, _) throws(EvaluationError) in
            var result = values.bytes(0)
            for value in values.dropFirst() {
                let other = value.bytes
                guard other.count == result.count else { throw .argument("texts of different lengths") }
                result = zip(result, other).map { $0 ^ $1 }
            }
            return .text(result)
        },
    ]
}

/// Base64 (RFC 4648).
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 0xFF, count: 256)
        for (value, character) in alphabet.enumerated() { table[Int(character)] = UInt8(value) }
        table[0x2D] = 62
        table[0x5F] = 63
        return table
    }()

    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let left = bytes.count - start
            let a = bytes[start]
            let b = left > 1 ? bytes[start + 1] : 0
            let c = left > 2 ? bytes[start + 2] : 0
            result.append(alphabet[Int(a >> 2)])
            result.append(alphabet[Int((a & 3) << 4 | b >> 4)])
            result.append(left > 1 ? alphabet[Int((b & 15) << 2 | c >> 6)] : 0x3D)
            result.append(left > 2 ? alphabet[Int(c & 63)] : 0x3D)
        }
        return result
    }

    /// As Python's `base64.encodebytes` writes it: a line break after every 76 characters and at the end. Favicon hashes are taken over this form.
    static func encodeInLines(_ bytes: [UInt8]) -> [UInt8] {
        let encoded = encode(bytes)
        var result: [UInt8] = []
        result.reserveCapacity(encoded.count + encoded.count / 76 + 1)
        for start in stride(from: 0, to: encoded.count, by: 76) {
            result += encoded[start..<min(start + 76, encoded.count)]
            result.append(0x0A)
        }
        return result
    }

    /// Standard and URL alphabets, with or without padding, line breaks allowed.
    static func decode(_ bytes: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes where byte != 0x0A && byte != 0x0D {
            if byte == 0x3D { continue }
            let value = values[Int(byte)]
            guard value != 0xFF else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 1
            if count == 4 {
                result += [UInt8(bits >> 16 & 0xFF), UInt8(bits >> 8 & 0xFF), UInt8(bits & 0xFF)]
                bits = 0
                count = 0
            }
        }
        switch count {
        case 0: break
        case 2: result.append(UInt8(bits >> 4 & 0xFF))
        case 3: result += [UInt8(bits >> 10 & 0xFF), UInt8(bits >> 2 & 0xFF)]
        default: return nil
        }
        return result
    }
}

/// Percent encoding as forms use it (application/x-www-form-urlencoded).
enum URLCoding {
    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        bytes.flatMap { byte -> [UInt8] in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: [byte]
            case 0x20: [0x2B]
            default: [0x25] + Bytes.hexadecimal([byte]).map(Bytes.uppercase)
            }
        }
    }

    static func decode(_ bytes: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        var position = 0
        while position < bytes.count {
            switch bytes[position] {
            case 0x25:
                guard position + 2 < bytes.count, let decoded = Bytes.fromHexadecimal(bytes[(position + 1)...(position + 2)]) else { return nil }
                result += decoded
                position += 2
            case 0x2B: result.append(0x20)
            default: result.append(bytes[position])
            }
            position += 1
        }
        return result
    }
}

/// HTML character references: the five of XML, the non-breaking space, and numbers.
enum HTMLCoding {
    private static let names: [String: UInt32] = ["amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "nbsp": 0xA0, "copy": 0xA9]

    static func unescape(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var position = 0
        while position < bytes.count {
            if bytes[position] == 0x26, let end = bytes[position..<min(position + 12, bytes.count)].firstIndex(of: 0x3B),
                let scalar = scalar(Bytes.string(bytes[(position + 1)..<end]))
            {
                result += Array(String(Character(scalar)).utf8)
                position = end + 1
            } else {
                result.append(bytes[position])
                position += 1
            }
        }
        return result
    }

    private static func scalar(_ reference: String) -> Unicode.Scalar? {
        if let value = names[reference] { return Unicode.Scalar(value) }
        guard reference.hasPrefix("#") else { return nil }
        let digits = reference.dropFirst()
        let value = digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return value.flatMap(Unicode.Scalar.init)
    }
}

/// JSON without the white space between its tokens.
enum JSONSpacing {
    static func minify(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var quoted = false
        var escaped = false
        for byte in bytes {
            if quoted {
                result.append(byte)
                if escaped {
                    escaped = false
                } else if byte == 0x5C {
                    escaped = true
                } else if byte == 0x22 {
                    quoted = false
                }
            } else if !Bytes.isSpace(byte) {
                result.append(byte)
                quoted = byte == 0x22
            }
        }
        return result
    }
}
