/// Compiles a parsed pattern to a program, from its end to its start, so that each part knows what follows it.
struct RegexCompiler {
    private var program = RegexProgram()
    private var setNumbers: [ByteSet: Int32] = [:]
    /// Parts compiled so far; repetitions of nothing emit nothing, and would else run on for ever.
    private var steps = 0

    static func compile(_ node: RegexNode, captures: Int) throws(RegularExpressionError) -> RegexProgram {
        var compiler = RegexCompiler()
        let match = try compiler.emit(.init(operation: .match))
        let close = try compiler.emit(.init(operation: .save, first: match, second: 1))
        let body = try compiler.compile(node, next: close)
        compiler.program.start = try compiler.emit(.init(operation: .save, first: body, second: 0))
        compiler.program.captureCount = captures + 1
        compiler.program.anchored = isAnchored(node)
        compiler.program.firstBytes = compiler.firstBytes()
        return compiler.program
    }

    private mutating func emit(_ instruction: RegexProgram.Instruction) throws(RegularExpressionError) -> Int32 {
        guard program.instructions.count < RegexProgram.instructionLimit else {
            throw RegularExpressionError(description: "the pattern is too large once its repetitions are written out", offset: 0)
        }
        program.instructions.append(instruction)
        return Int32(program.instructions.count - 1)
    }

    private mutating func compile(_ node: RegexNode, next: Int32) throws(RegularExpressionError) -> Int32 {
        steps += 1
        guard steps <= 2 * RegexProgram.instructionLimit else {
            throw RegularExpressionError(description: "the pattern is too large once its repetitions are written out", offset: 0)
        }
        switch node {
        case .empty: return next
        case .set(let set): return try compile(set, next: next)
        case .assertion(let assertion):
            program.hasAssertions = true
            return try emit(.init(operation: .assert, first: next, second: Int32(assertion.rawValue)))
        case .capture(let number, let inner):
            let close = try emit(.init(operation: .save, first: next, second: Int32(2 * number + 1)))
            let body = try compile(inner, next: close)
            return try emit(.init(operation: .save, first: body, second: Int32(2 * number)))
        case .sequence(let nodes):
            var entry = next
            for node in nodes.reversed() { entry = try compile(node, next: entry) }
            return entry
        case .alternatives(let nodes):
            var entry = try compile(nodes[nodes.count - 1], next: next)
            for node in nodes.dropLast().reversed() {
                let branch = try compile(node, next: next)
                entry = try emit(.init(operation: .split, first: branch, second: entry))
            }
            return entry
        case .repetition(let inner, let minimum, let maximum, let greedy):
            return try compile(inner, minimum, maximum, greedy, next: next)
        }
    }

    private mutating func compile(
        _ inner: RegexNode, _ minimum: Int, _ maximum: Int?, _ greedy: Bool, next: Int32
    ) throws(RegularExpressionError) -> Int32 {
        var entry = next
        if let maximum {
            for _ in minimum..<max(minimum, maximum) {
                let body = try compile(inner, next: entry)
                entry = try emit(.init(operation: .split, first: greedy ? body : next, second: greedy ? next : body))
            }
        } else {
            let loop = try emit(.init(operation: .split))
            let body = try compile(inner, next: loop)
            program.instructions[Int(loop)].first = greedy ? body : next
            program.instructions[Int(loop)].second = greedy ? next : body
            entry = loop
        }
        for _ in 0..<minimum { entry = try compile(inner, next: entry) }
        return entry
    }

    // MARK: Sets of scalars

    /// One byte for ASCII, UTF-8 sequences for the rest. As in Go an invalid byte counts as U+FFFD, so sets that hold it also take one lone byte.
    private mutating func compile(_ set: ScalarSet, next: Int32) throws(RegularExpressionError) -> Int32 {
        var single = ByteSet()
        var entries: [Int32] = []
        var bytes: [ClosedRange<UInt8>] = []
        for range in set.ranges {
            if range.lowerBound < 0x80 { bytes.append(UInt8(range.lowerBound)...UInt8(min(range.upperBound, 0x7F))) }
            guard range.upperBound >= 0x80 else { continue }
            for sequence in UTF8Sequences.covering(max(range.lowerBound, 0x80)...range.upperBound) {
                var entry = next
                for part in sequence.reversed() {
                    entry = try emit(.init(operation: .range, low: part.lowerBound, high: part.upperBound, first: entry))
                }
                entries.append(entry)
            }
        }
        if set.contains(0xFFFD) { bytes.append(0x80...0xFF) }
        for range in bytes { single.insert(range) }
        if bytes.count == 1 {
            entries.append(try emit(.init(operation: .range, low: bytes[0].lowerBound, high: bytes[0].upperBound, first: next)))
        } else if !bytes.isEmpty {
            entries.append(try emit(.init(operation: .set, first: next, second: number(of: single))))
        }
        guard var entry = entries.popLast() else {
            // An empty set matches nothing.
            return try emit(.init(operation: .set, first: next, second: number(of: ByteSet())))
        }
        for branch in entries.reversed() { entry = try emit(.init(operation: .split, first: branch, second: entry)) }
        return entry
    }

    private mutating func number(of set: ByteSet) -> Int32 {
        if let number = setNumbers[set] { return number }
        let number = Int32(program.sets.count)
        program.sets.append(set)
        setNumbers[set] = number
        return number
    }

    // MARK: What can be told beforehand

    private static func isAnchored(_ node: RegexNode) -> Bool {
        switch node {
        case .assertion(.textStart): true
        case .capture(_, let inner): isAnchored(inner)
        case .sequence(let nodes): nodes.first.map(isAnchored) ?? false
        case .alternatives(let nodes): nodes.allSatisfy(isAnchored)
        case .repetition(let inner, let minimum, _, _): minimum > 0 && isAnchored(inner)
        default: false
        }
    }

    private func firstBytes() -> ByteSet? {
        var found = ByteSet()
        var seen = Set<Int32>()
        var pending = [program.start]
        while let index = pending.popLast() {
            guard seen.insert(index).inserted else { continue }
            let instruction = program.instructions[Int(index)]
            switch instruction.operation {
            case .range: found.insert(instruction.low...instruction.high)
            case .set: for byte in UInt8.min...UInt8.max where program.sets[Int(instruction.second)].contains(byte) { found.insert(byte) }
            case .split: pending += [instruction.first, instruction.second]
            case .save: pending.append(instruction.first)
            case .assert, .match: return nil
            }
        }
        return found
    }
}

/// Ranges of scalars as sequences of byte ranges (the usual way: split where the length changes, then where a trailing byte wraps).
enum UTF8Sequences {
    static func covering(_ range: ClosedRange<UInt32>) -> [[ClosedRange<UInt8>]] {
        var result: [[ClosedRange<UInt8>]] = []
        let classes: [ClosedRange<UInt32>] = [0x80...0x7FF, 0x800...0xD7FF, 0xE000...0xFFFF, 0x10000...0x10FFFF]
        for part in classes {
            let low = max(part.lowerBound, range.lowerBound)
            let high = min(part.upperBound, range.upperBound)
            if low <= high { split(low, high, &result) }
        }
        return result
    }

    private static func split(_ low: UInt32, _ high: UInt32, _ result: inout [[ClosedRange<UInt8>]]) {
        let length = low < 0x800 ? 2 : (low < 0x10000 ? 3 : 4)
        for trailing in 1..<length {
            let mask: UInt32 = (1 << UInt32(6 * trailing)) - 1
            guard low & ~mask != high & ~mask else { continue }
            if low & mask != 0 {
                split(low, low | mask, &result)
                split((low | mask) + 1, high, &result)
                return
            }
            if high & mask != mask {
                split(low, (high & ~mask) - 1, &result)
                split(high & ~mask, high, &result)
                return
            }
        }
        result.append(zip(encode(low, length), encode(high, length)).map { $0...$1 })
    }

    private static func encode(_ value: UInt32, _ length: Int) -> [UInt8] {
        let lead: UInt32 = length == 2 ? 0xC0 : (length == 3 ? 0xE0 : 0xF0)
        return (0..<length).map { index in
            let bits = value >> UInt32(6 * (length - 1 - index))
            return UInt8(truncatingIfNeeded: index == 0 ? lead | bits : 0x80 | bits & 0x3F)
        }
    }
}
