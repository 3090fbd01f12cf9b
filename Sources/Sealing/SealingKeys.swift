package import Cryptography

/// The keys of a table's columns.
package struct SealingKeys: Sendable {
    /// The generation to seal under, by column.
    package var current: [String: DataKey]
    /// The key that an envelope names; nil when it can't be had (destroyed, disabled, unknown).
    package var named: @Sendable (UInt32) -> DataKey?

    package init(current: [String: DataKey], named: @escaping @Sendable (UInt32) -> DataKey?) {
        self.current = current
        self.named = named
    }

    /// Keys that know no older generation.
    package init(_ current: [String: DataKey]) {
        let known = Dictionary(current.values.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.init(current: current) { known[$0] }
    }
}
