package import Findings
import Foundation

/// The words of the inventory, which stand in the catalogue: a capability holds no sentence.
package struct InventoryWords: Sendable {
    /// The heading of a column: `inventory.store`.
    package var heading: @Sendable (String) -> String
    /// How the language prints a fact.
    package var fact: @Sendable (Fact) -> String

    package init(heading: @escaping @Sendable (String) -> String, fact: @escaping @Sendable (Fact) -> String) {
        self.heading = heading
        self.fact = fact
    }
}

/// The inventory as tables of facts, before any file format.
struct InventorySheets {
    struct Sheet {
        /// A key under the terms.
        var title: String
        /// Keys of headings.
        var headings: [String]
        var rows: [[Fact]]
    }

    let inventory: DataInventory

    var all: [Sheet] { [columns, tables, stores, about] }

    /// What people have to fill in.
    private static let blanks = ["owner", "legalBasis", "retention"]
    private static let noted = blanks.map { _ in Fact.none }

    var columns: Sheet {
        let headings = [
            "store", "environment", "table", "tableComment", "column", "columnComment", "type", "kind", "category", "level", "reason", "class",
            "sensitive", "protection", "rows", "distinct", "share",
        ]
        return sheet("columns", headings + Self.blanks, inventory.columns.map(Self.row))
    }

    private static func row(_ entry: DataInventory.ColumnEntry) -> [Fact] {
        let place: [Fact] = [
            .text(entry.store), .term("environment.\(entry.environment)"), .text(entry.table), text(entry.tableComment), .text(entry.column),
            text(entry.comment), .text(entry.type),
        ]
        let grade: [Fact] = [
            .term(entry.kind.term), entry.category.map { .term($0.term) } ?? .none, count(entry.level),
            entry.reason.map { .term("grade.\($0)") } ?? .none, entry.dataClass.map { .term($0.term) } ?? .none, flag(entry.sensitive),
        ]
        let numbers: [Fact] = [
            .term("state.\(entry.protection)"), .count(entry.rows), count(entry.distinct), entry.share.map(Fact.share) ?? .none,
        ]
        return place + grade + numbers + noted
    }

    var tables: Sheet {
        let headings = [
            "store", "environment", "table", "tableComment", "columns", "gradedColumns", "rows", "category", "level", "reason", "class", "sensitive",
        ]
        let rows = inventory.tables.map { entry -> [Fact] in
            let row: [Fact] = [
                .text(entry.store), .term("environment.\(entry.environment)"), .text(entry.table), Self.text(entry.comment), .count(entry.columns),
                .count(entry.gradedColumns), .count(entry.rows), Self.categories(entry.categories), Self.count(entry.level),
                entry.reason.map { .term("grade.\($0)") } ?? .none, entry.dataClass.map { .term($0.term) } ?? .none, Self.flag(entry.sensitive),
            ]
            return row + Self.noted
        }
        return sheet("tables", headings + Self.blanks, rows)
    }

    var stores: Sheet {
        let headings = [
            "store", "environment", "product", "tables", "gradedTables", "columns", "gradedColumns", "rows", "category", "level", "class",
            "sensitive", "persons", "under14", "under18",
        ]
        let rows = inventory.stores.map { entry -> [Fact] in
            let counts = [entry.tables, entry.gradedTables, entry.columns, entry.gradedColumns, entry.rows].map(Fact.count)
            let grade: [Fact] = [
                Self.categories(entry.categories), Self.count(entry.level), entry.dataClass.map { .term($0.term) } ?? .none,
                Self.flag(entry.sensitive),
            ]
            let place: [Fact] = [.text(entry.store), .term("environment.\(entry.environment)"), .text(entry.product)]
            let persons: [Fact] = [.count(entry.persons), Self.count(entry.under14), Self.count(entry.under18)]
            return place + counts + grade + persons + Self.noted
        }
        return sheet("stores", headings + Self.blanks, rows)
    }

    var about: Sheet {
        let rows: [[Fact]] = [
            [.term("inventory.organisation"), .text(inventory.organisation)], [.term("inventory.date"), .day(inventory.date)],
            [.term("inventory.version"), .text(inventory.version)], [.term("inventory.reading"), .term(inventory.reading.term)],
            [.term("inventory.personsTotal"), Self.count(inventory.persons)],
            [.term("inventory.basis"), inventory.basis.map { .term("basis.\($0)") } ?? .none],
            [.term("inventory.note"), .term("inventory.noteText")],
        ]
        return sheet("about", ["item", "content"], rows)
    }

    private func sheet(_ name: String, _ headings: [String], _ rows: [[Fact]]) -> Sheet {
        Sheet(title: "inventory.sheet.\(name)", headings: headings.map { "inventory.\($0)" }, rows: rows)
    }

    private static func text(_ text: String?) -> Fact { text.map(Fact.text) ?? .none }
    private static func count(_ count: Int?) -> Fact { count.map(Fact.count) ?? .none }
    private static func flag(_ flag: Bool) -> Fact { .term(flag ? "inventory.yes" : "inventory.no") }
    private static func categories(_ categories: [DataCategory]) -> Fact { .list(categories.map { .term($0.term) }) }
}
