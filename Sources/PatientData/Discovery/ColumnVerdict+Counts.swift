extension ColumnVerdict {
    /// The sample's verdict, with the shares that all rows have.
    func settled(by counts: ColumnCounts) -> ColumnVerdict {
        guard counts.values > 0 else {
            var empty = self
            (empty.share, empty.clearShare, empty.protection) = (0, 0, .empty)
            return empty
        }
        var settled = self
        var confirmed = counts.confirmed
        if kind == .none, let late = Self.late(counts) {
            settled.kind = late.kind
            confirmed = late.rows
        }
        let covered = counts.masked + counts.hashed + counts.encrypted + counts.sealed
        // Values that can't be read are of the kind where the column's name says so.
        let known = confirmed + (hint != nil || confirmed == 0 ? covered : 0)
        settled.share = settled.kind == .none ? 0 : min(1, Double(known) / Double(counts.values))
        settled.confidence = WilsonInterval(matches: confirmed, of: max(1, counts.readable), isComplete: true)
        settled.clearShare = settled.kind == .none ? 0 : Double(confirmed) / Double(max(1, counts.rows))
        settled.isSpecial = isSpecial || (kind.isHealth && counts.special > 0)
        settled.protection = Protection(
            counts, hasClearValues: confirmed > 0 && settled.kind != .none, digestsAreCiphers: protection == .encrypted)
        return settled
    }

    /// What a sample can miss, and a check digit proves: a few identity numbers among many remarks. The shares are far above those that chance
    /// gives to numbers of that length (one in 50,000 of 18 digits passes the check of a resident ID, one in ten the one of a card).
    private static let lateShares: [(DataKind, share: Double, rows: Int)] = [
        (.idCard, 0.001, 20), (.email, 0.01, 20), (.bankCard, 0.2, 100), (.mobile, 0.8, 100),
    ]

    private static func late(_ counts: ColumnCounts) -> (kind: DataKind, rows: Int)? {
        for (kind, share, least) in lateShares {
            let rows = counts.count(of: kind)
            if rows >= least, Double(rows) >= share * Double(max(1, counts.readable)) { return (kind, rows) }
        }
        return nil
    }
}

extension Protection {
    /// By all values of a column. Readable values of the kind make a mixture, however few; others don't unless they are many.
    /// - Parameter digestsAreCiphers: what looks like a digest is a ciphertext, for the column has them of several lengths.
    init(_ counts: ColumnCounts, hasClearValues: Bool, digestsAreCiphers: Bool) {
        let total = Double(max(1, counts.values))
        let hashed = digestsAreCiphers ? 0 : counts.hashed
        let encrypted = counts.encrypted + counts.hashed - hashed
        let shares = Shares(
            plaintext: Double(counts.readable) / total, masked: Double(counts.masked) / total, hashed: Double(hashed) / total,
            encrypted: Double(encrypted) / total)
        if shares.plaintext >= 0.98 {
            self = .plaintext
        } else if !hasClearValues, shares.masked >= 0.9 {
            self = .masked
        } else if !hasClearValues, shares.hashed >= 0.9 {
            self = .hashed
        } else if !hasClearValues, shares.encrypted >= 0.9 {
            self = .encrypted
        } else {
            self = .mixed(shares)
        }
    }
}
