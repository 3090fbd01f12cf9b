import LogFormats

/// Steps out of a folder: `../`, `..\`, `..;/`, however they were encoded.
///
/// One or two plain steps are what sloppy links and careless crawlers have; more, hidden ones, or ones that lead to a file of the system are not.
struct TraversalCheck {
    /// A path or a value, decoded and in small letters.
    let text: UnsafeRawBufferPointer

    private(set) var steps = 0
    private(set) var mostInARow = 0
    /// How far above the beginning it gets.
    private(set) var above = 0
    /// With a backslash or a semicolon, or from a name's end (`/static../`): no link has these.
    private(set) var isOdd = false

    init(_ text: UnsafeRawBufferPointer) {
        self.text = text
        var from = 0
        var depth = 0
        var row = 0
        var last = -1
        var counted = 0
        while let dot = text.next(0x2E, from: from) {
            from = dot + 1
            guard text.byte(dot + 1) == 0x2E, text.byte(dot + 2) != 0x2E || text.byte(dot - 1) == 0x2E else { continue }
            let after = text.byte(dot + 2)
            let before = text.byte(dot - 1)
            let endsText = dot + 2 == text.count
            guard after == 0x2F || after == 0x5C || after == 0x3B || endsText && (before == 0x2F || before == 0x5C) else { continue }
            let beginsSegment = dot == 0 || before == 0x2F || before == 0x5C || before == 0x2E || before == 0x3D
            if !beginsSegment {
                if before < 0x80, ASCII.isLetter(before), after == 0x2F { isOdd = true }
                continue
            }
            if after == 0x5C || after == 0x3B || before == 0x5C { isOdd = true }
            for index in counted..<dot where text[index] == 0x2F || text[index] == 0x5C { depth += index > 0 && text[index - 1] != 0x2F ? 1 : 0 }
            counted = dot + 3
            row = last == dot || last == dot - 1 ? row + 1 : 1
            last = dot + 3
            steps += 1
            depth -= 1
            above = max(above, -depth)
            mostInARow = max(mostInARow, row)
            from = min(dot + 3, text.count)
        }
    }

    /// - Parameters:
    ///   - isPath: of a request's path, which browsers clear of steps before they send it.
    ///   - isHidden: dots or slashes came encoded more often than need be.
    ///   - isSensitive: the name of a file that attackers want stands in it.
    func isTraversal(isPath: Bool, isHidden: Bool, isSensitive: Bool) -> Bool {
        guard steps > 0 || isOdd else { return false }
        if isSensitive || isHidden && steps > 0 { return true }
        if isPath { return isOdd || above >= 2 || mostInARow >= 3 }
        return mostInARow >= 3 || isOdd && steps >= 1
    }
}
