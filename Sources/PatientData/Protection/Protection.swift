/// How a column's values are kept.
package enum Protection: Hashable, Sendable {
    case plaintext
    case masked
    case hashed
    case encrypted
    /// Encrypted by Suwen.
    case sealed
    /// No value at all.
    case empty
    /// More than one of the above; shares of the values, each more than 0.
    case mixed(Shares)

    package struct Shares: Hashable, Sendable {
        package var plaintext: Double
        package var masked: Double
        package var hashed: Double
        package var encrypted: Double
        package var sealed: Double = 0
    }

    /// The key of its name in the wording.
    package var term: String {
        switch self {
        case .plaintext: "state.plaintext"
        case .masked: "state.masked"
        case .hashed: "state.hashed"
        case .encrypted: "state.encrypted"
        case .sealed: "state.sealed"
        case .empty: "state.empty"
        case .mixed: "state.mixed"
        }
    }
}

extension Protection {
    /// How a column's values are kept. Readable values of the kind make a mixture, however few; others don't unless they are many: now and then
    /// a ciphertext looks like a word.
    init(of tally: ColumnTally, hasClearValues: Bool) {
        let total = Double(max(1, tally.distinct))
        // Digests have one length; the lengths of ciphertexts follow those of what they hide.
        let digestsAreHashes = tally.digestLengths.count <= 1
        let encrypted = tally.encrypted.distinct + tally.random.distinct
        let shares = Shares(
            plaintext: Double(tally.plaintext.distinct + tally.uuids.distinct) / total, masked: Double(tally.masked.distinct) / total,
            hashed: Double(tally.hashed.distinct + (digestsAreHashes ? tally.digestLike.distinct : 0)) / total,
            encrypted: Double(encrypted + (digestsAreHashes ? 0 : tally.digestLike.distinct)) / total, sealed: Double(tally.sealed.distinct) / total)
        self = Protection(shares, hasClearValues: hasClearValues)
    }

    init(_ shares: Shares, hasClearValues: Bool) {
        switch shares {
        case _ where tallyIsEmpty(shares): self = .empty
        case _ where shares.plaintext >= 0.98: self = .plaintext
        case _ where hasClearValues: self = .mixed(shares)
        case _ where shares.masked >= 0.9: self = .masked
        case _ where shares.hashed >= 0.9: self = .hashed
        case _ where shares.sealed >= 0.9: self = .sealed
        case _ where shares.encrypted >= 0.9: self = .encrypted
        default: self = .mixed(shares)
        }
    }
}

private func tallyIsEmpty(_ shares: Protection.Shares) -> Bool {
    shares.plaintext + shares.masked + shares.hashed + shares.encrypted + shares.sealed == 0
}
