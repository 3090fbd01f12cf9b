/// Looks for very many short strings in a text at once: a rolling hash per needle length (Karp and Rabin 1987), then a comparison.
struct NeedleSearch {
    private var byLength: [Int: [UInt64: [[UInt8]]]] = [:]
    private static let base: UInt64 = 0x0000_0100_0000_01B3

    init(_ needles: some Sequence<String>) {
        for needle in Set(needles) {
            let bytes = Array(needle.utf8)
            guard !bytes.isEmpty else { continue }
            byLength[bytes.count, default: [:]][Self.hash(bytes[...]), default: []].append(bytes)
        }
    }

    /// The needles that stand somewhere in `text`.
    func found(in text: [UInt8]) -> Set<String> {
        var found: Set<String> = []
        for (length, needles) in byLength where length <= text.count {
            var power: UInt64 = 1
            for _ in 1..<length { power = power &* Self.base }
            var hash = Self.hash(text[0..<length])
            var start = 0
            while true {
                if let candidates = needles[hash], let match = candidates.first(where: { $0.elementsEqual(text[start..<start + length]) }) {
                    found.insert(String(decoding: match, as: UTF8.self))
                }
                guard start + length < text.count else { break }
                hash = (hash &- UInt64(text[start]) &* power) &* Self.base &+ UInt64(text[start + length])
                start += 1
            }
        }
        return found
    }

    private static func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 &* base &+ UInt64($1) } }
}
