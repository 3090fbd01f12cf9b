package import Cryptography

/// The keys of a table's columns.
package struct SealingKeys: Sendable {
    /// The generation to seal under, by column.
    package var current: [String: DataKey]
    /// Every generation that can be had, by column: while a rotation is under way, a value's rows are found under the older ones, too. Where a column is
    /// missing, its current key alone is looked under.
    package var all: [String: [DataKey]] = [:]
    /// The key that an envelope names. Throws when it can't be had: destroyed, disabled, unknown.
    private let named: @Sendable (UInt32) throws -> DataKey

    package init(current: [String: DataKey], named: @escaping @Sendable (UInt32) throws -> DataKey) {
        self.current = current
        self.named = named
    }

    /// Keys that know no older generation.
    package init(_ current: [String: DataKey]) {
        let known = Dictionary(current.values.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.init(current: current) { id in
            guard let key = known[id] else { throw Unknown() }
            return key
        }
    }

    /// - Throws: ``SealingError/keyMissing(column:id:reason:)``.
    func key(_ id: UInt32, of column: String) throws -> DataKey {
        do { return try named(id) } catch { throw SealingError.keyMissing(column: column, id: id, reason: "\(error)") }
    }

    /// The keys under which a column's rows may have been sealed, the current one first.
    func generations(of column: String) -> [DataKey] {
        var seen: Set<UInt32> = []
        return ([current[column]].compactMap(\.self) + all[column, default: []]).filter { seen.insert($0.id).inserted }
    }

    /// Throws when a column has no key to seal under.
    func require(_ columns: [SealColumn]) throws {
        for column in columns where current[column.name] == nil { throw SealingError.noKey(column: column.name) }
    }

    private struct Unknown: Error, CustomStringConvertible { var description: String { "no such key" } }
}
