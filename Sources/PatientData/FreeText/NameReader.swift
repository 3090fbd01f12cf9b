/// The names that the lattice chose, those left out beside which too little speaks for a person.
struct NameReader {
    let units: [UInt16]
    let tokens: [WordLattice.Token]
    let vocabulary: Vocabulary

    /// Tenths of nats.
    private static let leastEvidence: Int16 = 20

    func read(into findings: inout WindowFindings) {
        for token in tokens where token.isName && token.evidence >= NameReader.leastEvidence {
            let confidence = 1 - 0.5 / (1 + Double(token.evidence - NameReader.leastEvidence) / 20)
            findings.add(token.start, token.end, .name, confidence)
        }
    }
}
