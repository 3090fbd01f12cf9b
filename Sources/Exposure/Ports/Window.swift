/// Work on many things, of which only so many are begun at once.
enum Window {
    /// - Returns: the results in the order of `inputs`; nil for those that a cancellation came before.
    static func map<Input: Sendable, Output: Sendable>(
        _ inputs: [Input], width: Int, _ work: @escaping @Sendable (Input) async -> Output
    ) async -> [Output?] {
        var results = [Output?](repeating: nil, count: inputs.count)
        await withTaskGroup(of: (Int, Output).self) { group in
            var next = 0
            func begin() {
                guard next < inputs.count, !Task.isCancelled else { return }
                let (index, input) = (next, inputs[next])
                next += 1
                group.addTask { (index, await work(input)) }
            }
            for _ in 0..<max(1, width) { begin() }
            while let (index, output) = await group.next() {
                results[index] = output
                begin()
            }
        }
        return results
    }
}
