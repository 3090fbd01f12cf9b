import Foundation

/// A table that fits the terminal and knows how wide Chinese is. (TextTable, the package, counts characters.)
struct TextTable {
    var headings: [String]
    var rows: [[String]]

    /// - Parameter width: columns of the terminal; wide columns are wrapped until the table fits.
    func text(width: Int = Terminal.width) -> String {
        let cells = [headings] + rows
        var widths = headings.indices.map { column in cells.map { column < $0.count ? DisplayWidth.of($0[column]) : 0 }.max() ?? 0 }
        let gaps = 2 * max(0, widths.count - 1)
        while widths.reduce(gaps, +) > width, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }), widths[widest] > 8 {
            widths[widest] -= 1
        }
        var lines = format(headings, widths)
        lines.append(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "))
        for row in rows { lines += format(row, widths) }
        return lines.joined(separator: "\n")
    }

    private func format(_ row: [String], _ widths: [Int]) -> [String] {
        let wrapped = widths.indices.map { column in column < row.count ? DisplayWidth.wrap(row[column], widths[column]) : [""] }
        let height = wrapped.map(\.count).max() ?? 1
        return (0..<height).map { line in
            let parts = widths.indices.map { column in
                let text = line < wrapped[column].count ? wrapped[column][line] : ""
                return text + String(repeating: " ", count: max(0, widths[column] - DisplayWidth.of(text)))
            }
            return String(parts.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
        }
    }
}

enum Terminal {
    /// Columns of standard output's terminal; 100 where there is none.
    static var width: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 100 }
        return Int(size.ws_col)
    }
}
