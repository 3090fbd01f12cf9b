import Findings
import Foundation

extension DataInventory {
    /// What kept the inventory from being written.
    package struct WriteError: Error, Hashable, Sendable, CustomStringConvertible {
        package var path: String
        package var reason: String
        package var description: String { "\(path): \(reason)" }
    }

    /// Writes the inventory, whole or not at all, readable by its owner only (mode 0600): `.csv` holds the columns (UTF-8 with byte order mark, as
    /// Excel wants it, RFC 4180), `.xlsx` (ECMA-376) the tables, the stores and a page about it as well.
    /// - Throws: ``WriteError``: another suffix, a folder that isn't there or can't be written to, more rows than a sheet holds.
    package func write(to path: String, words: InventoryWords) throws(WriteError) {
        let sheets = InventorySheets(inventory: self)
        let bytes: [UInt8]
        switch path.split(separator: ".").last?.lowercased() {
        case "csv": bytes = CSVFile.bytes(Self.rendered(sheets.columns, words))
        case "xlsx":
            do throws(SpreadsheetError) {
                bytes = try Workbook.bytes(sheets.all.map { Self.rendered($0, words) })
            } catch {
                throw WriteError(path: path, reason: error.reason)
            }
        default: throw WriteError(path: path, reason: "an inventory is written as .csv or .xlsx")
        }
        do throws(InventoryFile.Failure) {
            try InventoryFile(path: path).write(bytes)
        } catch {
            throw WriteError(path: path, reason: error.reason)
        }
    }

    private static func rendered(_ sheet: InventorySheets.Sheet, _ words: InventoryWords) -> Spreadsheet {
        Spreadsheet(
            title: words.fact(.term(sheet.title)), headings: sheet.headings.map(words.heading),
            rows: sheet.rows.map { row in
                row.map { fact in
                    switch fact {
                    case .none: .empty
                    case .count(let count): .number(count)
                    case .share(let share): .share(share, words.fact(fact))
                    default: .text(words.fact(fact))
                    }
                }
            })
    }
}

/// One sheet, ready to be written.
struct Spreadsheet {
    enum Cell: Hashable {
        case empty
        case text(String)
        case number(Int)
        /// 0…1, and how people write it.
        case share(Double, String)
    }

    var title: String
    var headings: [String]
    var rows: [[Cell]]
}

struct SpreadsheetError: Error {
    let reason: String
}
