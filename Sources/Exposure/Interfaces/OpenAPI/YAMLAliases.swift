/// Tells whether a YAML text uses an anchor by an alias (YAML 1.2, 7.1), before anything parses it: with aliases in aliases a page of text
/// describes more nodes than any memory holds, and merely hashing such a node never ends.
enum YAMLAliases {
    /// May say so of a text that has `&name` and `*name` as words of its own; that is rare, and safe.
    static func areUsed(in bytes: [UInt8]) -> Bool {
        let anchors = names(after: UInt8(ascii: "&"), in: bytes)
        return !anchors.isEmpty && !anchors.isDisjoint(with: names(after: UInt8(ascii: "*"), in: bytes))
    }

    /// The names that follow `mark` where a node may begin.
    private static func names(after mark: UInt8, in bytes: [UInt8]) -> Set<ArraySlice<UInt8>> {
        var names: Set<ArraySlice<UInt8>> = []
        var index = 0
        while let place = bytes[index...].firstIndex(of: mark) {
            index = place + 1
            guard place == 0 || " \t\n\r[{,:-?\u{FEFF}".utf8.contains(bytes[place - 1]) else { continue }
            let name = bytes[index...].prefix { isNameByte($0) }
            if !name.isEmpty { names.insert(name) }
        }
        return names
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "-")
    }
}
