import Datastores
import Estate
package import Foundation

/// Takes an inventory of what was examined, store by store.
struct DataInventoryBuilder {
    private var inventory: DataInventory

    init(organisation: String, date: Date, version: String, reading: Grading.Reading = .gbt45574) {
        inventory = DataInventory(
            organisation: organisation, date: date, version: version, reading: reading, stores: [], tables: [], columns: [])
    }

    mutating func add(_ store: Store, _ examination: StoreExamination) {
        for table in examination.tables { add(table, of: store) }
        let grades = examination.tables.compactMap(\.grade)
        let count = examination.persons
        let grade = StoreGrade(grades, under14: count?.numbers.under14)
        inventory.stores.append(
            DataInventory.StoreEntry(
                store: store.name, environment: store.environment.rawValue, product: examination.product, tables: examination.tables.count,
                gradedTables: grades.count, columns: examination.columnCount,
                gradedColumns: examination.tables.reduce(0) { $0 + $1.columns.count { $0.grade != nil } },
                rows: examination.tables.reduce(0) { $0 + $1.rows }, categories: grade?.categories ?? [], level: grade?.level,
                dataClass: grade?.dataClass, sensitive: grade?.sensitive ?? false, persons: count?.numbers.persons ?? 0,
                under14: count?.numbers.under14, under18: count?.numbers.under18))
    }

    private mutating func add(_ table: TableExamination, of store: Store) {
        let comment = SafeNames.comment(table.table.comment)
        let grade = table.grade
        inventory.tables.append(
            DataInventory.TableEntry(
                store: store.name, environment: store.environment.rawValue, table: table.name, comment: comment, columns: table.columns.count,
                gradedColumns: table.columns.count { $0.grade != nil }, rows: table.rows, categories: grade?.categories ?? [], level: grade?.level,
                reason: grade?.reason.rawValue, dataClass: grade?.dataClass, sensitive: grade?.sensitive ?? false))
        for column in table.columns {
            let verdict = column.verdict
            inventory.columns.append(
                DataInventory.ColumnEntry(
                    store: store.name, environment: store.environment.rawValue, table: table.name, tableComment: comment, column: column.displayName,
                    comment: SafeNames.comment(column.column.comment), type: column.path == nil ? column.column.type : "", kind: verdict.kind,
                    category: column.grade?.category,
                    level: column.grade?.level, reason: column.grade?.reason.rawValue, dataClass: column.grade?.dataClass,
                    sensitive: column.grade?.sensitive ?? false,
                    protection: String(verdict.protection.term.drop { $0 != "." }.dropFirst()), rows: table.rows,
                    distinct: column.isCounted ? column.distinct : nil,
                    share: verdict.kind == .none ? nil : verdict.share))
        }
    }

    /// - Parameter persons: of all stores together.
    func result(persons: PersonCount?) -> DataInventory {
        var result = inventory
        guard let persons else { return result }
        result.persons = persons.numbers.persons
        result.under14 = persons.numbers.under14
        result.under18 = persons.numbers.under18
        result.basis = persons.basis.rawValue
        return result
    }
}

extension DiscoveryResult {
    /// The inventory of the stores that could be examined.
    /// - Parameters:
    ///   - date: on which it holds.
    ///   - version: of Suwen.
    ///   - reading: the one that the columns were graded by.
    package func inventory(organisation: String, date: Date, version: String, reading: Grading.Reading = .gbt45574) -> DataInventory {
        var builder = DataInventoryBuilder(organisation: organisation, date: date, version: version, reading: reading)
        for (store, result) in stores {
            if case .examined(let examination) = result { builder.add(store, examination) }
        }
        return builder.result(persons: persons)
    }
}
