/// Makes what a peer says about itself fit to be printed: whatever it sends, no control character, no markup and no long number gets through.
package enum PeerText {
    /// Up to 32 letters, digits and `.+-_~` from the start; nil when nothing is left, or when a run of more than 8 digits could be somebody's number.
    package static func version(_ bytes: some Sequence<UInt8>) -> String? {
        var text = ""
        var digits = 0
        for byte in bytes {
            guard text.utf8.count < 32, isPlain(byte) else { break }
            digits = (0x30...0x39).contains(byte) ? digits + 1 : 0
            guard digits <= 8 else { return nil }
            text.unicodeScalars.append(Unicode.Scalar(byte))
        }
        return text.isEmpty ? nil : text
    }

    package static func version(_ text: String?) -> String? { text.flatMap { version($0.utf8) } }

    /// An error code such as `NOAUTH`: upper-case letters only, at most 24.
    package static func code(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: bytes.prefix(24).prefix { (0x41...0x5A).contains($0) }, as: UTF8.self)
    }

    /// A host name's or address's own characters, at most 253; each digit of a run of more than 8 is hidden.
    package static func host(_ text: String) -> String {
        let kept = text.utf8.prefix(253).map { isPlain($0) || $0 == UInt8(ascii: ":") ? $0 : UInt8(ascii: "?") }
        let words = kept.split(omittingEmptySubsequences: false) { !(0x30...0x39).contains($0) }
        guard words.contains(where: { $0.count > 8 }) else { return String(decoding: kept, as: UTF8.self) }
        return String(decoding: kept.map { (0x30...0x39).contains($0) ? UInt8(ascii: "*") : $0 }, as: UTF8.self)
    }

    /// One line of at most 160 characters without control characters, for texts that somebody wrote (names of templates, requests): each digit of a run of
    /// more than 8 is hidden.
    package static func line(_ text: String) -> String {
        var shown = ""
        var run = ""
        func flush() {
            shown += run.count > 8 ? String(repeating: "*", count: run.count) : run
            run = ""
        }
        for scalar in text.unicodeScalars.prefix(160) {
            if (0x30...0x39).contains(scalar.value) {
                run.unicodeScalars.append(scalar)
                continue
            }
            flush()
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: shown += " "
            default: shown.unicodeScalars.append(scalar)
            }
        }
        flush()
        return shown
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
    }
}
