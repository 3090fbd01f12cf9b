/// Names that nobody uses: for what must not meet anything that is there.
enum RandomName {
    /// That many lower-case letters.
    static func letters(_ count: Int) -> String { String((0..<count).map { _ in "abcdefghijklmnopqrstuvwxyz".randomElement() ?? "x" }) }
}
