/// The elements of an HTML or XML text, as far as they tell a product: read tag by tag, so that a word in a text or a script is no element.
struct Markup: Sendable {
    /// The first element's name as it is written.
    private(set) var root: String?
    /// Names in lower case.
    private var counts: [String: Int] = [:]
    /// What follows the first element of each name, up to the next tag.
    private var texts: [String: String] = [:]
    private var inputs: Set<String> = []
    private var ids: Set<String> = []

    private static let mostNames = 200
    private static let longestText = 200

    func count(_ element: String) -> Int { counts[element.lowercased()] ?? 0 }
    func text(_ element: String) -> String? { texts[element.lowercased()] }
    /// A field of a form.
    func hasInput(_ name: String) -> Bool { inputs.contains(name) }
    func hasElement(id: String) -> Bool { ids.contains(id) }

    init(_ bytes: [UInt8]) {
        var scanner = TagScanner(bytes)
        while let tag = scanner.next() {
            guard counts.count < Self.mostNames || counts[tag.name] != nil else { continue }
            if root == nil { root = tag.written }
            counts[tag.name, default: 0] += 1
            if texts[tag.name] == nil { texts[tag.name] = scanner.text(longest: Self.longestText) }
            if let id = tag.attributes["id"], ids.count < Self.mostNames { ids.insert(id) }
            if tag.name == "input", let name = tag.attributes["name"], inputs.count < Self.mostNames { inputs.insert(name) }
            if tag.name == "script" || tag.name == "style" { scanner.skip(to: tag.name) }
        }
    }
}

/// Goes over the bytes once.
private struct TagScanner {
    struct Tag {
        var name: String
        var written: String
        var attributes: [String: String] = [:]
    }

    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next element that is opened; its attributes' names in lower case.
    mutating func next() -> Tag? {
        while let open = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
            index = open + 1
            guard let first = peek() else { return nil }
            if first == UInt8(ascii: "!") {
                bytes[index...].starts(with: "!--".utf8) ? skip(past: Array("-->".utf8)) : skip(past: [UInt8(ascii: ">")])
            } else if Self.isLetter(first) {
                let written = word()
                var tag = Tag(name: written.lowercased(), written: written)
                while let attribute = attribute() { tag.attributes[attribute.name] = attribute.value }
                return tag
            }
        }
        index = bytes.count
        return nil
    }

    /// From here to the next tag.
    func text(longest: Int) -> String {
        let text = bytes[index...].prefix(longest).prefix { $0 != UInt8(ascii: "<") }
        let words = text.split { $0 <= 0x20 }
        return words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }

    /// To the end of a script or a style sheet, in which tags are none.
    mutating func skip(to name: String) {
        let end = Array("</\(name)".utf8)
        while index < bytes.count {
            guard let open = bytes[index...].firstIndex(of: UInt8(ascii: "<")) else { break }
            index = open
            if bytes[index...].prefix(end.count).elementsEqual(end, by: { $0 | 0x20 == $1 | 0x20 }) { return }
            index += 1
        }
        index = bytes.count
    }

    /// Nil once the tag is closed.
    private mutating func attribute() -> (name: String, value: String)? {
        while let byte = peek(), byte <= 0x20 || byte == UInt8(ascii: "/") { index += 1 }
        guard let byte = peek() else { return nil }
        guard byte != UInt8(ascii: ">") else {
            index += 1
            return nil
        }
        let name = until { $0 <= 0x20 || $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "/") }
        guard peek() == UInt8(ascii: "=") else {
            // A byte that begins no name is passed over.
            if name.isEmpty { index += 1 }
            return (name.lowercased(), "")
        }
        index += 1
        if let quote = peek(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            index += 1
            let value = until { $0 == quote }
            if index < bytes.count { index += 1 }
            return (name.lowercased(), value)
        }
        return (name.lowercased(), until { $0 <= 0x20 || $0 == UInt8(ascii: ">") })
    }

    private mutating func word() -> String {
        until { !Self.isLetter($0) && !(0x30...0x3A).contains($0) && $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }
    }

    private mutating func until(_ isEnd: (UInt8) -> Bool) -> String {
        let start = index
        while index < bytes.count, !isEnd(bytes[index]) { index += 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func skip(past end: [UInt8]) {
        while index < bytes.count {
            if bytes[index] == end[0], bytes[index...].starts(with: end) {
                index += end.count
                return
            }
            index += 1
        }
    }

    private func peek() -> UInt8? { index < bytes.count ? bytes[index] : nil }
    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) && byte & 0x40 != 0 }
}
