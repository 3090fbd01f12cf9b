/// The outline of an XML document: the root's child elements, counted. Entities and what they stand for are not looked at.
enum XMLShape {
    private static let deepest = 256

    /// Nil when it is HTML or not well nested.
    static func read(_ bytes: [UInt8], truncated: Bool) -> BodyShape? {
        var index = 0
        var open: [ArraySlice<UInt8>] = []
        var root: ArraySlice<UInt8>?
        var children = 0
        var names: [String] = []
        var hasText = false
        while let start = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
            if !open.isEmpty, bytes[index..<start].contains(where: { $0 > 0x20 }) { hasText = true }
            if let after = skip(bytes, start) {
                index = after
                if bytes[start..<after].starts(with: "<![CDATA[".utf8), after - start > 12 { hasText = true }
                continue
            }
            guard let end = bytes[start...].firstIndex(of: UInt8(ascii: ">")) else {
                guard truncated else { return nil }
                break
            }
            let tag = bytes[(start + 1)..<end]
            index = end + 1
            if tag.first == UInt8(ascii: "/") {
                guard let last = open.popLast(), tag.dropFirst().prefix(while: { $0 > 0x20 }).elementsEqual(last) else { return nil }
                continue
            }
            let name = tag.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }
            guard !name.isEmpty else { return nil }
            if open.isEmpty {
                guard root == nil, !String(decoding: name, as: UTF8.self).lowercased().hasSuffix("html") else { return nil }
                root = name
            } else if open.count == 1 {
                children += 1
                names.append(String(decoding: name, as: UTF8.self))
                if names.count > 200 { names.removeLast() }
            }
            if tag.last != UInt8(ascii: "/") { open.append(name) }
            guard open.count <= deepest else { return nil }
        }
        guard root != nil, truncated || open.isEmpty else { return nil }
        guard children > 0, hasText else { return .empty }
        var shown: [String] = []
        for name in names where !shown.contains(name) { shown.append(name) }
        return .records(count: children, fields: FieldNames.ofHeading(shown))
    }

    /// Where a declaration, comment, CDATA section or processing instruction that begins at `start` ends; nil when none begins there.
    private static func skip(_ bytes: [UInt8], _ start: Int) -> Int? {
        for (opening, closing) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")] where bytes[start...].starts(with: opening.utf8)
        {
            let mark = Array(closing.utf8)
            var index = start + opening.utf8.count
            while index + mark.count <= bytes.count {
                if bytes[index..<index + mark.count].elementsEqual(mark) { return index + mark.count }
                index += 1
            }
            return bytes.count
        }
        return nil
    }
}
