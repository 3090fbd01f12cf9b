/// Shell patterns of one segment: `*` for anything, `?` for one character; upper and lower case alike.
enum Glob {
    /// - Parameter pattern: nil matches everything.
    static func matches(_ pattern: String?, _ text: String) -> Bool {
        guard let pattern else { return true }
        return matches(Array(pattern.lowercased()), Array(text.lowercased()))
    }

    /// Without recursion: only the last star is gone back to, so that the time is at most the product of both lengths.
    private static func matches(_ pattern: [Character], _ text: [Character]) -> Bool {
        var at = 0
        var position = 0
        var star: (pattern: Int, text: Int)?
        while position < text.count {
            if at < pattern.count, pattern[at] == "*" {
                star = (at, position)
                at += 1
            } else if at < pattern.count, pattern[at] == "?" || pattern[at] == text[position] {
                at += 1
                position += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                (at, position) = (last.pattern + 1, last.text + 1)
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == "*" }
    }
}
