/// Many texts looked for at once in a short one (Aho and Corasick, 1975), as a table of transitions.
///
/// Beside `PatternSet`, which is for whole chunks: a scan of a hundred bytes here needs no working memory of its own, and allocates nothing.
struct NeedleAutomaton: Sendable {
    /// Per byte the column of the table; 0 is every byte that stands in no needle.
    private let columns: [UInt8]
    private let width: Int
    /// Row by row: the next state.
    private let next: [UInt16]
    /// Per state the first of its outputs, 0 for none.
    private let firstOutput: [UInt16]
    private let outputs: [(needle: UInt16, next: UInt16)]

    /// - Parameter needles: small letters. States beyond 65,535 aren't to be had: needles that would need them are left out.
    init(_ needles: [[UInt8]]) {
        var columns = [UInt8](repeating: 0, count: 256)
        var width = 1
        for byte in needles.joined() where columns[Int(byte)] == 0 && width < 256 {
            columns[Int(byte)] = UInt8(truncatingIfNeeded: width)
            width += 1
        }
        var next = [UInt16](repeating: 0, count: width)
        var firstOutput: [UInt16] = [0]
        var outputs: [(needle: UInt16, next: UInt16)] = [(0, 0)]
        for (number, needle) in needles.enumerated() where !needle.isEmpty && firstOutput.count + needle.count < 0xFFFF {
            var state = 0
            for byte in needle {
                let cell = state * width + Int(columns[Int(byte)])
                if next[cell] == 0 {
                    next[cell] = UInt16(firstOutput.count)
                    firstOutput.append(0)
                    next += repeatElement(0, count: width)
                }
                state = Int(next[cell])
            }
            outputs.append((UInt16(truncatingIfNeeded: number), firstOutput[state]))
            firstOutput[state] = UInt16(truncatingIfNeeded: outputs.count - 1)
        }
        Self.complete(&next, &firstOutput, &outputs, width)
        (self.columns, self.width, self.next, self.firstOutput, self.outputs) = (columns, width, next, firstOutput, outputs)
    }

    /// Breadth first: where a state has no way on, that of its longest proper suffix is taken; the suffix's outputs are its own too.
    private static func complete(
        _ next: inout [UInt16], _ firstOutput: inout [UInt16], _ outputs: inout [(needle: UInt16, next: UInt16)], _ width: Int
    ) {
        var suffix = [Int](repeating: 0, count: firstOutput.count)
        var queue = (0..<width).map { Int(next[$0]) }.filter { $0 != 0 }
        var done = 0
        while done < queue.count {
            let state = queue[done]
            done += 1
            if firstOutput[state] == 0 {
                firstOutput[state] = firstOutput[suffix[state]]
            } else {
                // The chain of own outputs ends with 0: the suffix's goes on from there.
                var last = Int(firstOutput[state])
                while outputs[last].next != 0 { last = Int(outputs[last].next) }
                outputs[last].next = firstOutput[suffix[state]]
            }
            for column in 0..<width {
                let cell = state * width + column
                let fallback = next[suffix[state] * width + column]
                if next[cell] == 0 {
                    next[cell] = fallback
                } else {
                    suffix[Int(next[cell])] = Int(fallback)
                    queue.append(Int(next[cell]))
                }
            }
        }
    }

    /// Calls `hit` with the number of each needle and where it ends. Every byte is looked up as a small letter.
    @inline(__always)
    func scan(_ bytes: UnsafeRawBufferPointer, _ hit: (_ needle: Int, _ end: Int) -> Void) {
        columns.withUnsafeBufferPointer { columns in
            next.withUnsafeBufferPointer { next in
                firstOutput.withUnsafeBufferPointer { firstOutput in
                    var state = 0
                    for index in 0..<bytes.count {
                        state = Int(next[state &* width &+ Int(columns[Int(ASCII.lower(bytes[index]))])])
                        var output = Int(firstOutput[state])
                        while output != 0 {
                            hit(Int(outputs[output].needle), index &+ 1)
                            output = Int(outputs[output].next)
                        }
                    }
                }
            }
        }
    }
}
