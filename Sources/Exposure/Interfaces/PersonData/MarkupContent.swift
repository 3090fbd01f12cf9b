/// What XML and HTML hold between their tags. Entities are left as they are, and what a script holds is no text.
enum MarkupContent {
    /// XML: the texts of each kind of element, as the fields of one table. Nil when there is none.
    static func tables(_ bytes: [UInt8], subject: String) -> [BodyContent.Table]? {
        var fields: [BodyContent.Field] = []
        var places: [[UInt8]: Int] = [:]
        walk(bytes) { tag, text in
            let name = Array(tag.prefix(64))
            guard !name.isEmpty else { return true }
            let place: Int
            if let known = places[name] {
                place = known
            } else {
                guard fields.count < BodyTables.mostFields else { return true }
                place = fields.count
                places[name] = place
                let local = name.split(separator: UInt8(ascii: ":")).last.map(Array.init) ?? name
                fields.append(BodyContent.Field(name: String(decoding: local, as: UTF8.self), values: []))
            }
            if fields[place].values.count < BodyTables.mostRecords { fields[place].values.append(Array(text.prefix(BodyContent.longestValue))) }
            return true
        }
        return fields.isEmpty ? nil : [BodyContent.Table(name: subject, fields: fields)]
    }

    /// HTML: what people read, one line for each piece.
    static func text(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        walk(bytes) { tag, piece in
            let tag = String(decoding: tag.prefix(16), as: UTF8.self).lowercased()
            if tag != "script", tag != "style" {
                text += piece.prefix(BodyContent.longestText - text.count)
                text.append(0x0A)
            }
            return text.count < BodyContent.longestText
        }
        return text
    }

    /// Each text that isn't blank, with the name of the tag before it. `body` says whether to go on.
    private static func walk(_ bytes: [UInt8], _ body: (ArraySlice<UInt8>, ArraySlice<UInt8>) -> Bool) {
        var tag: ArraySlice<UInt8> = []
        var index = 0
        while index < bytes.count {
            let end = bytes[index...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
            let piece = trimmed(bytes[index..<end])
            if !piece.isEmpty, !body(tag, piece) { return }
            guard end < bytes.count, let close = bytes[end...].firstIndex(of: UInt8(ascii: ">")) else { return }
            let inside = bytes[(end + 1)..<close]
            index = close + 1
            // CDATA is text of the element that it stands in, up to its own end or the next angle bracket.
            if inside.starts(with: "![CDATA[".utf8) {
                let text = trimmed(inside.dropFirst(8).prefix { $0 != UInt8(ascii: "]") })
                if !text.isEmpty, !body(tag, text) { return }
            } else {
                tag = inside.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }
            }
        }
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let first = bytes.firstIndex(where: { $0 > 0x20 }), let last = bytes.lastIndex(where: { $0 > 0x20 }) else { return [] }
        return bytes[first...last]
    }
}
