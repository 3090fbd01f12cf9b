/// Finds matches and their groups: Pike's machine, all threads in step, the leftmost match with Perl's preferences, as Go's regexp package chooses.
///
/// Time is bytes times instructions at worst; the budget bounds that product.
struct RegexMachine {
    /// Thread steps per call.
    static let stepBudget = 60_000_000

    private struct Threads {
        var list: [Int32] = []
        var captured: [[Int32]] = []
        var marks: [UInt32]
        var generation: UInt32 = 1

        init(count: Int) { marks = Array(repeating: 0, count: count) }

        mutating func clear() {
            list.removeAll(keepingCapacity: true)
            captured.removeAll(keepingCapacity: true)
            generation &+= 1
        }

        /// Adds the threads reachable without a byte, best first. Gives the steps taken. The stack is explicit: patterns nest
        /// as deep as their author likes.
        mutating func add(
            _ program: RegexProgram, _ start: Int32, _ slots: [Int32], _ text: UnsafeBufferPointer<UInt8>, _ position: Int
        ) -> Int {
            var steps = 0
            var pending: [(Int32, [Int32])] = [(start, slots)]
            while let (index, slots) = pending.popLast() {
                guard marks[Int(index)] != generation else { continue }
                marks[Int(index)] = generation
                steps += 1
                let instruction = program.instructions[Int(index)]
                switch instruction.operation {
                case .split:
                    pending.append((instruction.second, slots))
                    pending.append((instruction.first, slots))
                case .save:
                    var slots = slots
                    if Int(instruction.second) < slots.count { slots[Int(instruction.second)] = Int32(clamping: position) }
                    pending.append((instruction.first, slots))
                case .assert: if RegexMachine.holds(instruction.second, text, position) { pending.append((instruction.first, slots)) }
                case .range, .set, .match:
                    list.append(index)
                    captured.append(slots)
                }
            }
            return steps
        }
    }

    private let program: RegexProgram
    private var stepsLeft = RegexMachine.stepBudget
    private var current: Threads
    private var next: Threads

    init(_ program: RegexProgram) {
        self.program = program
        current = Threads(count: program.instructions.count)
        next = Threads(count: program.instructions.count)
    }

    /// The slots of the leftmost match at or after `from`: pairs of offsets, -1 where a group took no part. Nil when there is none or the budget ran out.
    mutating func match(_ text: UnsafeBufferPointer<UInt8>, from: Int) -> [Int32]? {
        current.clear()
        next.clear()
        var found: [Int32]?
        var position = from
        while true {
            if current.list.isEmpty {
                if found != nil { break }
                if program.anchored, position > 0 { break }
                if let first = program.firstBytes {
                    while position < text.count, !first.contains(text[position]) { position += 1 }
                    if position >= text.count { break }
                }
            }
            if found == nil, !program.anchored || position == 0 {
                stepsLeft -= current.add(program, program.start, Array(repeating: -1, count: 2 * program.captureCount), text, position)
            }
            guard stepsLeft > 0 else { return nil }
            advance(text, position, &found)
            if position >= text.count { break }
            position += 1
            swap(&current, &next)
            next.clear()
        }
        return found
    }

    private mutating func advance(_ text: UnsafeBufferPointer<UInt8>, _ position: Int, _ found: inout [Int32]?) {
        let byte: UInt8? = position < text.count ? text[position] : nil
        for index in current.list.indices {
            stepsLeft -= 1
            let instruction = program.instructions[Int(current.list[index])]
            switch instruction.operation {
            case .match:
                // Threads behind this one are worse.
                found = current.captured[index]
                return
            case .range:
                if let byte, instruction.low <= byte, byte <= instruction.high {
                    stepsLeft -= next.add(program, instruction.first, current.captured[index], text, position + 1)
                }
            case .set:
                if let byte, program.sets[Int(instruction.second)].contains(byte) {
                    stepsLeft -= next.add(program, instruction.first, current.captured[index], text, position + 1)
                }
            default: break
            }
        }
    }

    private static func holds(_ assertion: Int32, _ text: UnsafeBufferPointer<UInt8>, _ position: Int) -> Bool {
        let before: UInt8? = position > 0 ? text[position - 1] : nil
        let after: UInt8? = position < text.count ? text[position] : nil
        let boundary = (before.map(RegexAlphabet.isWord) ?? false) != (after.map(RegexAlphabet.isWord) ?? false)
        switch RegexNode.Assertion(rawValue: UInt8(truncatingIfNeeded: assertion)) {
        case .textStart: return before == nil
        case .textEnd: return after == nil
        case .lineStart: return before == nil || before == 0x0A
        case .lineEnd: return after == nil || after == 0x0A
        case .wordBoundary: return boundary
        case .notWordBoundary: return !boundary
        case nil: return false
        }
    }
}
