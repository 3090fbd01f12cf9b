import Foundation

/// The scripts that a page loads from its own origin.
enum ScriptLinks {
    private static let most = 200

    /// In the order of the page, each once: `<script src>` and `<link href>` of `modulepreload`, `preload` and `prefetch` of scripts.
    static func of(_ page: [UInt8], at url: URL) -> [URL] {
        let text = SecretText(page)
        var links: [URL] = []
        let tags = (text.places(of: "<script", most: most) + text.places(of: "<SCRIPT", most: most) + text.places(of: "<link", most: most)).sorted()
        for place in tags {
            let tag = text.run(from: place + 1, most: 2_048) { $0 != UInt8(ascii: ">") }
            let isLink = tag.first.map { $0 | 0x20 } == UInt8(ascii: "l")
            guard let target = attribute(isLink ? "href" : "src", of: tag), let link = URL(string: target, relativeTo: url)?.absoluteURL,
                !isLink || link.pathExtension == "js" || link.pathExtension == "mjs", link.hasSameOrigin(as: url), !links.contains(link)
            else { continue }
            links.append(link)
        }
        return links
    }

    /// Quoted or not; entities but `&amp;` are left.
    private static func attribute(_ name: String, of tag: ArraySlice<UInt8>) -> String? {
        let mark = Array(name.utf8)
        var index = tag.startIndex
        while index + mark.count < tag.endIndex {
            defer { index += 1 }
            guard tag[index] <= 0x20, tag[(index + 1)...].prefix(mark.count).map({ $0 | 0x20 }) == mark else { continue }
            var rest = tag[(index + 1 + mark.count)...].drop { $0 <= 0x20 }
            guard rest.first == UInt8(ascii: "=") else { continue }
            rest = rest.dropFirst().drop { $0 <= 0x20 }
            let value: ArraySlice<UInt8>
            if let quote = rest.first, SecretText.isQuote(quote) {
                value = rest.dropFirst().prefix { $0 != quote }
            } else {
                value = rest.prefix { $0 > 0x20 }
            }
            return value.isEmpty ? nil : String(decoding: value, as: UTF8.self).replacing("&amp;", with: "&")
        }
        return nil
    }

    /// A path fit to be shown, and the same from build to build: digests in names, queries and odd parts are left out.
    static func safePath(_ url: URL) -> String {
        let parts = url.pathComponents.filter { $0 != "/" }.prefix(8).map { part -> String in
            let words = part.prefix(80).split(separator: ".", omittingEmptySubsequences: false).flatMap {
                $0.split(separator: "-", omittingEmptySubsequences: false)
            }
            let isPlain = part.utf8.allSatisfy { SecretText.isAlphanumeric($0) || "._-~@".utf8.contains($0) } && part.utf8.count <= 80
            guard isPlain else { return "*" }
            var safe = part
            for word in words where isDigest(word) { safe = safe.replacing(word, with: "*") }
            return safe
        }
        return "/" + parts.joined(separator: "/")
    }

    /// Five digits or more; or, in a word of six letters and more, digits or letters of both sizes after the first.
    private static func isDigest(_ word: Substring) -> Bool {
        let digits = word.utf8.filter(SecretText.isDigit).count
        let isMixed = word.utf8.contains(where: SecretText.isLower) && word.utf8.dropFirst().contains(where: SecretText.isUpper)
        return digits >= 5 || word.utf8.count >= 6 && (digits >= 1 || isMixed)
    }
}
