/// Makes text from anywhere fit for a document.
enum PlainText {
    /// Sentences beyond this many characters are cut: report.json holds them whole.
    static let sentenceLimit = 1_000
    /// As above, for names: a title, an asset, an owner. They stand in narrow columns, where a long one makes pages.
    static let nameLimit = 160

    /// Drops what XML forbids or what lets a name show itself backwards (control characters, bidirectional controls), folds line breaks into
    /// spaces, and cuts what is too long.
    ///
    /// The template engine escapes by grapheme cluster, and a quotation mark with a combining accent is a cluster that it doesn't know: such
    /// a cluster is reduced to its mark.
    static func clean(_ text: String) -> String { clean(text, limit: sentenceLimit) }

    static func name(_ text: String) -> String { clean(text, limit: nameLimit) }

    private static func clean(_ text: String, limit: Int) -> String {
        var result = ""
        var count = 0
        for character in text {
            count += 1
            guard count <= limit else { return result + "…" }
            let scalars = character.unicodeScalars
            if scalars.count == 1 {
                if let kept = scalars.first.flatMap(keep) { result.unicodeScalars.append(kept) }
            } else if scalars.contains(where: isMarkup) {
                result.unicodeScalars.append(contentsOf: scalars.filter(isMarkup))
            } else {
                // A cluster of a thousand accents is no letter of any language.
                result.unicodeScalars.append(contentsOf: scalars.prefix(16).compactMap(keep))
            }
        }
        return result
    }

    private static func keep(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: " "
        case 0x00...0x1F, 0x7F...0x9F: nil
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: nil
        case 0xFFFE...0xFFFF, 0xFDD0...0xFDEF: nil
        case let value where value & 0xFFFE == 0xFFFE: nil
        default: scalar
        }
    }

    private static func isMarkup(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "<", ">", "&", "\"", "'": true
        default: false
        }
    }
}
