/// How sensitive a table is.
package struct TableGrade: Hashable, Sendable {
    /// 1…5: the highest of its columns; at least 4 where identifiers stand beside health data.
    package var level: Int
    package var reason: Grade.Reason
    /// In the order of the standard.
    package var categories: [DataCategory]
    package var dataClass: DataClass
    package var sensitive: Bool

    /// - Parameter columns: of one table, with their grades.
    /// - Returns: nil when nothing about a person was found.
    package init?(_ columns: [(column: Grading.Column, grade: Grade?)]) {
        let grades = columns.compactMap(\.grade)
        guard let highest = grades.max(by: { $0.level < $1.level }) else { return nil }
        (level, reason) = (highest.level, highest.reason)
        categories = Set(grades.map(\.category)).sorted()
        dataClass = grades.map(\.dataClass).max() ?? .general
        sensitive = grades.contains(where: \.sensitive)
        let links = columns.contains { $0.column.identifies } && columns.contains { $0.column.tellsHealth }
        if links, level < 4 { (level, reason) = (4, .linkage) }
    }
}

/// How sensitive a store is.
package struct StoreGrade: Hashable, Sendable {
    /// 1…5: the highest of its tables.
    package var level: Int
    package var reason: Grade.Reason
    /// In the order of the standard.
    package var categories: [DataCategory]
    package var dataClass: DataClass
    package var sensitive: Bool

    /// - Parameter under14: persons under 14, where known: everything about them is sensitive (PIPL 28).
    /// - Returns: nil when nothing about a person was found in any table.
    package init?(_ tables: [TableGrade], under14: Int? = nil) {
        guard let highest = tables.max(by: { $0.level < $1.level }) else { return nil }
        (level, reason) = (highest.level, highest.reason)
        categories = Set(tables.flatMap(\.categories)).sorted()
        sensitive = tables.contains(where: \.sensitive) || under14 ?? 0 > 0
        dataClass = max(tables.map(\.dataClass).max() ?? .general, sensitive ? .sensitivePersonal : .general)
    }
}
