/// Answers whether a program matches anywhere, in one pass over the bytes, with a deterministic automaton whose states are built as they are met.
///
/// A state holds the instructions that wait for the next byte and the kind of the byte before, so that assertions are decided when the next byte is
/// known. States are bounded: beyond the limit all are forgotten and built anew; beyond the step budget the answer is nil.
struct RegexAutomaton {
    /// States kept at once.
    static let stateLimit = 2_000
    /// Instructions visited while states are built, per search; reached only by patterns made to blow up.
    static let stepBudget = 20_000_000

    private enum Before: UInt8 {
        case start, newline, word, other
    }

    private struct State: Hashable {
        var waiting: [Int32]
        var before: Before
    }

    private let program: RegexProgram
    /// Bytes that the program never tells apart share a class; the class after the last is the end of the text.
    private let classes: [UInt8]
    private let representatives: [UInt8]
    private var states: [State] = []
    private var numbers: [State: Int32] = [:]
    /// Per state and class: the next state, ``matched``, or ``unknown``.
    private var transitions: [Int32] = []
    private var marks: [UInt32]
    private var generation: UInt32 = 0
    private var stepsLeft = RegexAutomaton.stepBudget

    private static let unknown: Int32 = -1
    private static let matched: Int32 = -2

    init(_ program: RegexProgram, _ alphabet: RegexAlphabet) {
        self.program = program
        classes = alphabet.classes
        representatives = alphabet.representatives
        marks = Array(repeating: 0, count: program.instructions.count)
    }

    private var width: Int { representatives.count + 1 }

    /// True when some part of `text` matches; nil when the budget ran out.
    mutating func search(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
        let start = number(of: State(waiting: [program.start], before: .start))
        var current = start
        for byte in text {
            let symbol = Int(classes[Int(byte)])
            var next = transitions[Int(current) * width + symbol]
            if next == RegexAutomaton.unknown { next = step(&current, symbol: symbol) }
            if next == RegexAutomaton.matched { return true }
            guard next >= 0 else { return nil }
            if program.anchored, states[Int(next)].waiting.isEmpty { return false }
            current = next
        }
        let end = width - 1
        var last = transitions[Int(current) * width + end]
        if last == RegexAutomaton.unknown { last = step(&current, symbol: end) }
        return last == RegexAutomaton.matched ? true : (last >= 0 ? false : nil)
    }

    private mutating func number(of state: State) -> Int32 {
        if let number = numbers[state] { return number }
        let number = Int32(states.count)
        states.append(state)
        numbers[state] = number
        transitions += Array(repeating: RegexAutomaton.unknown, count: width)
        return number
    }

    /// Builds the transition of `current` on a class. Returns -4 once the budget is spent.
    private mutating func step(_ current: inout Int32, symbol: Int) -> Int32 {
        if states.count >= RegexAutomaton.stateLimit {
            let kept = states[Int(current)]
            states = []
            numbers = [:]
            transitions = []
            current = number(of: kept)
        }
        let state = states[Int(current)]
        let next: UInt8? = symbol < representatives.count ? representatives[symbol] : nil
        guard let closed = closure(state, next: next) else {
            transitions[Int(current) * width + symbol] = RegexAutomaton.matched
            return RegexAutomaton.matched
        }
        guard stepsLeft > 0 else { return -4 }
        var waiting: [Int32] = []
        if let next {
            generation &+= 1
            for index in closed {
                let instruction = program.instructions[Int(index)]
                let takes =
                    instruction.operation == .range
                    ? instruction.low <= next && next <= instruction.high : program.sets[Int(instruction.second)].contains(next)
                if takes, marks[Int(instruction.first)] != generation {
                    marks[Int(instruction.first)] = generation
                    waiting.append(instruction.first)
                }
            }
            // A match may begin at every place.
            if !program.anchored, marks[Int(program.start)] != generation { waiting.append(program.start) }
        }
        waiting.sort()
        let result = number(of: State(waiting: waiting, before: next.map { before($0) } ?? .other))
        transitions[Int(current) * width + symbol] = result
        return result
    }

    private func before(_ byte: UInt8) -> Before {
        guard program.hasAssertions else { return .other }
        if byte == 0x0A { return .newline }
        return RegexAlphabet.isWord(byte) ? .word : .other
    }

    /// The instructions that consume a byte, reached from the state's; nil when the match instruction is reached.
    private mutating func closure(_ state: State, next: UInt8?) -> [Int32]? {
        generation &+= 1
        var consuming: [Int32] = []
        var pending = state.waiting
        while let index = pending.popLast() {
            guard marks[Int(index)] != generation else { continue }
            marks[Int(index)] = generation
            stepsLeft -= 1
            let instruction = program.instructions[Int(index)]
            switch instruction.operation {
            case .range, .set: consuming.append(index)
            case .split:
                pending.append(instruction.second)
                pending.append(instruction.first)
            case .save: pending.append(instruction.first)
            case .assert: if holds(instruction.second, state.before, next) { pending.append(instruction.first) }
            case .match: return nil
            }
        }
        return consuming
    }

    private func holds(_ assertion: Int32, _ before: Before, _ next: UInt8?) -> Bool {
        switch RegexNode.Assertion(rawValue: UInt8(truncatingIfNeeded: assertion)) {
        case .textStart: before == .start
        case .textEnd: next == nil
        case .lineStart: before == .start || before == .newline
        case .lineEnd: next == nil || next == 0x0A
        case .wordBoundary: (before == .word) != next.map(RegexAlphabet.isWord) ?? false
        case .notWordBoundary: (before == .word) == next.map(RegexAlphabet.isWord) ?? false
        case nil: false
        }
    }
}

/// Which bytes a program treats alike.
struct RegexAlphabet: Sendable {
    let classes: [UInt8]
    let representatives: [UInt8]

    static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
        default: false
        }
    }

    init(_ program: RegexProgram) {
        // A boundary at b parts b - 1 from b.
        var boundaries = [Bool](repeating: false, count: 257)
        boundaries[0] = true
        func part(_ low: UInt8, _ high: UInt8) {
            boundaries[Int(low)] = true
            boundaries[Int(high) + 1] = true
        }
        for instruction in program.instructions where instruction.operation == .range { part(instruction.low, instruction.high) }
        for set in program.sets {
            for byte in 1...255 where set.contains(UInt8(byte)) != set.contains(UInt8(byte - 1)) { boundaries[byte] = true }
        }
        if program.hasAssertions {
            part(0x0A, 0x0A)
            part(0x30, 0x39)
            part(0x41, 0x5A)
            part(0x5F, 0x5F)
            part(0x61, 0x7A)
        }
        var classes = [UInt8](repeating: 0, count: 256)
        var representatives: [UInt8] = []
        for byte in 0..<256 {
            if boundaries[byte] { representatives.append(UInt8(byte)) }
            classes[byte] = UInt8(truncatingIfNeeded: representatives.count - 1)
        }
        self.classes = classes
        self.representatives = representatives
    }
}
