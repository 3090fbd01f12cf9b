/// `--name value` pairs; anything else ends the program.
struct Arguments {
    private var values: [String: String] = [:]

    init(_ words: ArraySlice<String>, allowed: Set<String>) {
        var rest = words
        while let word = rest.popFirst() {
            guard word.hasPrefix("--"), allowed.contains(String(word.dropFirst(2))) else { stop("unknown: \(word)") }
            guard let value = rest.popFirst() else { stop("\(word) needs a value") }
            values[String(word.dropFirst(2))] = value
        }
    }

    func text(_ name: String, _ standard: String) -> String { values[name] ?? standard }

    /// `3000000`, `550M`, `20G` (decimal).
    func number(_ name: String, _ standard: Int) -> Int {
        guard let value = values[name] else { return standard }
        let factors: [Character: Int] = ["K": 1_000, "M": 1_000_000, "G": 1_000_000_000]
        let factor = value.last.flatMap { factors[$0] }
        guard let number = Int(factor == nil ? value : String(value.dropLast())), number >= 0 else { stop("--\(name): not a number: \(value)") }
        return number * (factor ?? 1)
    }
}
