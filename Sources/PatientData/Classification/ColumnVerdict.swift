/// What a column holds, and how sure that is.
package struct ColumnVerdict: Hashable, Sendable {
    package var kind: DataKind
    /// Of the distinct values: how many are of the kind, readable or (by the column's name) protected. 0…1.
    package var share: Double
    /// Of the share among the readable values.
    package var confidence: WilsonInterval
    package var protection: Protection
    /// Of the rows: how many hold a readable value of the kind. 0…1; 0 when all are protected.
    package var clearShare: Double
    /// What the name or comment said, when it agrees.
    package var hint: ColumnHint?
    /// Names illnesses of level 5.
    package var isSpecial: Bool
    /// The id of the user's own kind (``DiscoveryRules``) that the values are of; then ``kind`` is ``DataKind/none``.
    package var customKind: String?
    /// Of the readable values that support it, masked; at most three.
    package var samples: [String]

    /// Whether readable values of the kind were found.
    package var isInClear: Bool { (kind != .none || customKind != nil) && clearShare > 0 }
}
