import LogFormats

/// Code from elsewhere as the value of a parameter that names a file: `?page=http://203.0.113.9/x.txt?`.
enum InclusionCheck {
    static func matches(_ value: UnsafeRawBufferPointer) -> Bool {
        guard
            value.has("http://", at: 0) || value.has("https://", at: 0) || value.has("ftp://", at: 0) || value.has("\\\\", at: 0)
                || value.has("//", at: 0)
        else { return false }
        let last = value.byte(value.count - 1)
        // The question mark or the zero byte that takes the ending away which the script would add.
        if last == 0 || last == UInt8(ascii: "?") && hasFile(value) { return true }
        return isNumericHost(value) && (ends(value, ".txt") || ends(value, ".php") || ends(value, ".inc")) || ends(value, ".php.txt")
            || ends(value, ".inc")
            || value.has("\\\\", at: 0) && ends(value, ".php")
    }

    private static func ends(_ value: UnsafeRawBufferPointer, _ ending: StaticString) -> Bool {
        value.has(ending, at: value.count - ending.utf8CodeUnitCount)
    }

    /// Something with an ending stands before the question mark.
    private static func hasFile(_ value: UnsafeRawBufferPointer) -> Bool {
        let end = value.count - 1
        return [".txt", ".php", ".jpg", ".gif", ".png", ".inc", ".dat", ".log", ".asp", ".html", ".htm"].contains { (ending: StaticString) in
            value.has(ending, at: end - ending.utf8CodeUnitCount)
        }
    }

    private static func isNumericHost(_ value: UnsafeRawBufferPointer) -> Bool {
        guard let slashes = value.next(0x2F, from: 0), slashes + 2 < value.count else { return false }
        var index = slashes + 2
        var dots = 0
        while index < value.count, ASCII.isDigit(value[index]) || value[index] == 0x2E {
            dots += value[index] == 0x2E ? 1 : 0
            index += 1
        }
        return dots == 3 && (index == value.count || value[index] == 0x2F || value[index] == 0x3A)
    }
}
