/// The Basic Encoding Rules (ITU-T X.690), as far as LDAP and SNMP use them: low tag numbers, definite lengths.
enum BER {
    static let integer: UInt8 = 0x02
    static let octetString: UInt8 = 0x04
    static let null: UInt8 = 0x05
    static let objectIdentifier: UInt8 = 0x06
    static let enumerated: UInt8 = 0x0A
    static let sequence: UInt8 = 0x30
    static let set: UInt8 = 0x31

    enum Extent {
        case incomplete, invalid
        /// The whole element, its header included.
        case length(Int)
    }

    /// How long the element at the start of `bytes` is.
    static func extent(of bytes: [UInt8], longest: Int) -> Extent {
        guard bytes.count >= 2 else { return .incomplete }
        guard bytes[0] & 0x1F != 0x1F else { return .invalid }
        let first = bytes[1]
        guard first & 0x80 != 0 else { return .length(2 + Int(first)) }
        let count = Int(first & 0x7F)
        guard (1...4).contains(count) else { return .invalid }
        guard bytes.count >= 2 + count else { return .incomplete }
        let length = bytes[2..<2 + count].reduce(0) { $0 << 8 | Int($1) }
        return length <= longest ? .length(2 + count + length) : .invalid
    }

    static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        var length: [UInt8] = []
        if content.count < 0x80 {
            length = [UInt8(content.count)]
        } else {
            var digits: [UInt8] = []
            digits.appendBig(UInt32(truncatingIfNeeded: content.count))
            let needed = Array(digits.drop { $0 == 0 })
            length = [0x80 | UInt8(needed.count)] + needed
        }
        return [tag] + length + content
    }

    static func sequence(_ parts: [UInt8]...) -> [UInt8] { element(sequence, Array(parts.joined())) }

    /// A number that isn't negative.
    static func number(_ value: UInt32, tag: UInt8 = integer) -> [UInt8] {
        var digits: [UInt8] = []
        digits.appendBig(value)
        var needed = Array(digits.drop { $0 == 0 })
        if needed.first.map({ $0 & 0x80 != 0 }) ?? true { needed.insert(0, at: 0) }
        return element(tag, needed)
    }

    static func octets(_ text: String, tag: UInt8 = octetString) -> [UInt8] { element(tag, Array(text.utf8)) }
}

extension ByteReader {
    /// The next element, whole; nil when there is none or its length is wrong.
    mutating func element() -> (tag: UInt8, content: ArraySlice<UInt8>)? {
        guard let tag = byte(), tag & 0x1F != 0x1F, let first = byte() else { return nil }
        var length = UInt64(first)
        if first & 0x80 != 0 {
            let count = Int(first & 0x7F)
            guard (1...4).contains(count), let long = big(count) else { return nil }
            length = long
        }
        return take(Int(length)).map { (tag, $0) }
    }

    /// The next element, when it has this tag.
    mutating func element(_ tag: UInt8) -> ArraySlice<UInt8>? {
        guard rest.first == tag else { return nil }
        return element()?.content
    }

    /// An INTEGER or ENUMERATED of at most 4 bytes.
    mutating func number(_ tag: UInt8 = BER.integer) -> Int? {
        guard let content = element(tag), (1...4).contains(content.count), let first = content.first else { return nil }
        return content.reduce(first & 0x80 != 0 ? -1 : 0) { $0 << 8 | Int($1) }
    }
}
