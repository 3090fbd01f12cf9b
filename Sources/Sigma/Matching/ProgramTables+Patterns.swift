import Glibc

extension ProgramTables {
    /// Any of the test's patterns.
    func checkPatterns(_ test: UnsafePointer<SigmaProgram.Test>, _ value: UnsafeRawBufferPointer) -> Bool {
        // An empty buffer may have no address.
        var nothing: UInt8 = 0
        return withUnsafePointer(to: &nothing) { nothing in
            let text = value.baseAddress?.assumingMemoryBound(to: UInt8.self) ?? nothing
            let last = Int(test.pointee.first + test.pointee.count)
            for index in Int(test.pointee.first)..<last where matches(patterns + index, text, value.count, test.pointee.isCased) { return true }
            guard test.pointee.triesQuery, let base = value.baseAddress, let mark = memchr(base, 0x3F, value.count) else { return false }
            // The query proper, for rules that mean it.
            let start = UnsafeRawPointer(mark) - base + 1
            for index in Int(test.pointee.first)..<last
            where patterns[index].isAnchoredAtStart && matches(patterns + index, text + start, value.count - start, test.pointee.isCased) {
                return true
            }
            return false
        }
    }

    /// Between runs, the earliest place of each segment is the best: nothing is tried twice.
    private func matches(
        _ pattern: UnsafePointer<SigmaProgram.Pattern>, _ text: UnsafePointer<UInt8>, _ count: Int, _ isCased: Bool
    ) -> Bool {
        var first = Int(pattern.pointee.first)
        var last = first + Int(pattern.pointee.count)
        var position = 0
        guard first < last else { return !(pattern.pointee.isAnchoredAtStart && pattern.pointee.isAnchoredAtEnd) || count == 0 }
        if pattern.pointee.isAnchoredAtStart {
            guard let end = end(segments + first, text, 0, count, isCased) else { return false }
            if last - first == 1, pattern.pointee.isAnchoredAtEnd { return end == count }
            position = end
            first += 1
        }
        if pattern.pointee.isAnchoredAtEnd, first < last { last -= 1 }
        while first < last {
            guard let end = find(segments + first, text, position, count, isCased) else { return false }
            position = end
            first += 1
        }
        guard pattern.pointee.isAnchoredAtEnd, last < Int(pattern.pointee.first + pattern.pointee.count) else { return true }
        return ends(segments + last, text, position, count, isCased)
    }

    /// Where the segment ends when it begins at `start`.
    @inline(__always)
    private func end(
        _ segment: UnsafePointer<SigmaProgram.Segment>, _ text: UnsafePointer<UInt8>, _ start: Int, _ count: Int, _ isCased: Bool
    ) -> Int? {
        guard count - start >= Int(segment.pointee.shortest) else { return nil }
        var position = start
        for index in Int(segment.pointee.first)..<Int(segment.pointee.first + segment.pointee.count) {
            let piece = pieces[index]
            switch piece.kind {
            case .bytes:
                let length = Int(piece.count)
                guard count - position >= length, ByteMatching.equals(text + position, bytes + Int(piece.offset), length, isCased) else { return nil }
                position += length
            case .one:
                guard position < count else { return nil }
                position += ByteMatching.characterLength(text + position, count - position)
            case .dash:
                let length = ByteMatching.dashLength(text + position, count - position)
                guard length > 0 else { return nil }
                position += length
            }
        }
        return position
    }

    /// Where its first occurrence at or after `start` ends.
    private func find(
        _ segment: UnsafePointer<SigmaProgram.Segment>, _ text: UnsafePointer<UInt8>, _ start: Int, _ count: Int, _ isCased: Bool
    ) -> Int? {
        let last = count - Int(segment.pointee.shortest)
        guard start <= last else { return nil }
        let piece = pieces[Int(segment.pointee.first)]
        guard piece.kind == .bytes else {
            for position in start...last where !ByteMatching.isContinuation(text[position]) || position == start {
                if let end = end(segment, text, position, count, isCased) { return end }
            }
            return nil
        }
        let head = bytes[Int(piece.offset)]
        // memchr is many times as fast, but knows one case only.
        if isCased || head &- 0x61 >= 26 {
            var position = start
            while position <= last, let hit = memchr(text + position, Int32(head), last - position + 1) {
                position = UnsafeRawPointer(hit) - UnsafeRawPointer(text)
                if let end = end(segment, text, position, count, isCased) { return end }
                position += 1
            }
            return nil
        }
        for position in start...last where text[position] | 0x20 == head {
            if let end = end(segment, text, position, count, isCased) { return end }
        }
        return nil
    }

    /// Whether it can end where the text ends, beginning at or after `start`.
    private func ends(
        _ segment: UnsafePointer<SigmaProgram.Segment>, _ text: UnsafePointer<UInt8>, _ start: Int, _ count: Int, _ isCased: Bool
    ) -> Bool {
        let last = count - Int(segment.pointee.shortest)
        var position = max(start, count - Int(segment.pointee.longest))
        while position <= last {
            if end(segment, text, position, count, isCased) == count { return true }
            position += 1
        }
        return false
    }
}
