extension ColumnVerdict {
    /// The sample's verdict, with the shares that all rows have.
    /// - Parameter mayBeLate: whether a kind may be found that the sample didn't see.
    func settled(by counts: ColumnCounts, mayBeLate: Bool = true) -> ColumnVerdict {
        var settled = self
        guard counts.values > 0 else {
            (settled.share, settled.clearShare, settled.protection) = (0, 0, .empty)
            return settled
        }
        // What a user's pattern found, and what is random by nature, only the sample can judge.
        guard customKind == nil, kind != .passwordHash, !kind.isRandomByNature else { return settled }
        var confirmed = counts.confirmed
        if kind == .none, mayBeLate, let late = Self.late(counts) {
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
            Protection.Shares(of: counts, digestsAreCiphers: protection == .encrypted), hasClearValues: confirmed > 0 && settled.kind != .none)
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

extension Protection.Shares {
    /// Of all values of a column.
    /// - Parameter digestsAreCiphers: what looks like a digest is a ciphertext, for the column has them of several lengths.
    fileprivate init(of counts: ColumnCounts, digestsAreCiphers: Bool) {
        let total = Double(max(1, counts.values))
        let hashed = digestsAreCiphers ? 0 : counts.hashed
        self.init(
            plaintext: Double(counts.readable) / total, masked: Double(counts.masked) / total, hashed: Double(hashed) / total,
            encrypted: Double(counts.encrypted + counts.hashed - hashed) / total, sealed: Double(counts.sealed) / total)
    }
}
