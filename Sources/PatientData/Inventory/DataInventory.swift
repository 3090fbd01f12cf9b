package import Foundation

/// The data-asset inventory that an organisation files: every column of every store, graded, with room for what only people know. Holds no value.
///
/// GB/T 43697-2024, 7.2 (results of classifying and grading), GB/T 22239-2019, 8.1.10.2 (inventory of assets).
package struct DataInventory: Codable, Hashable, Sendable {
    package struct StoreEntry: Codable, Hashable, Sendable {
        package var store: String
        /// `production`, `test`, `analytics`, `research`, `backup`.
        package var environment: String
        package var product: String
        package var tables: Int
        package var gradedTables: Int
        package var columns: Int
        package var gradedColumns: Int
        package var rows: Int
        package var categories: [DataCategory]
        /// 1…5; nil where nothing about a person was found.
        package var level: Int?
        package var dataClass: DataClass?
        package var sensitive: Bool
        /// Lower bounds.
        package var persons: Int
        package var under14: Int?
        package var under18: Int?
    }

    package struct TableEntry: Codable, Hashable, Sendable {
        package var store: String
        package var environment: String
        package var table: String
        package var comment: String?
        package var columns: Int
        package var gradedColumns: Int
        package var rows: Int
        package var categories: [DataCategory]
        package var level: Int?
        /// The raw value of ``Grade/Reason``.
        package var reason: String?
        package var dataClass: DataClass?
        package var sensitive: Bool
    }

    package struct ColumnEntry: Codable, Hashable, Sendable {
        package var store: String
        package var environment: String
        package var table: String
        package var tableComment: String?
        package var column: String
        package var comment: String?
        package var type: String
        package var kind: DataKind
        package var category: DataCategory?
        package var level: Int?
        package var reason: String?
        package var dataClass: DataClass?
        package var sensitive: Bool
        /// `plaintext`, `masked`, `hashed`, `encrypted`, `sealed`, `empty`, `mixed`.
        package var protection: String
        package var rows: Int
        /// Nil where it wasn't counted.
        package var distinct: Int?
        /// Of the distinct values that are of the kind: 0…1; nil for ``DataKind/none``.
        package var share: Double?
    }

    package var organisation: String
    package var date: Date
    /// Of Suwen.
    package var version: String
    package var reading: Grading.Reading
    /// Of all stores, each person once; a lower bound.
    package var persons: Int?
    package var under14: Int?
    package var under18: Int?
    /// The raw value of ``PersonBasis``.
    package var basis: String?
    package var stores: [StoreEntry]
    package var tables: [TableEntry]
    package var columns: [ColumnEntry]
}
