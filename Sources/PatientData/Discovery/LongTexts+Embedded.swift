extension LongTexts {
    private static let scanner = FreeTextScanner()
    /// Fewer texts make no column of notes.
    private static let fewest = 10
    /// One note in so many, and at least this many, must hold a kind: in running text now and then something looks like a name.
    private static let leastShare = 0.02
    private static let least = 3

    /// What notes hold here and there: kinds, and the share of the texts that hold one. Empty for columns that are of a kind of their own, but for
    /// those that tell of health in sentences.
    func embedded(in verdict: ColumnVerdict) -> [DataKind: Double] {
        guard values.count >= Self.fewest, verdict.kind == .none || verdict.kind.isHealth, verdict.protection != .empty else { return [:] }
        var texts: [DataKind: Int] = [:]
        for value in values {
            for kind in value.withUnsafeBufferPointer({ Self.scanner.summary(of: $0) }).keys { texts[kind, default: 0] += 1 }
        }
        texts[verdict.kind] = nil
        return texts.filter { $0.value >= Self.least && Double($0.value) >= Self.leastShare * Double(values.count) }
            .mapValues { Double($0) / Double(values.count) }
    }
}
