import Findings
import Foundation
import Regulations

/// A table of measurements; bars and spans of time are drawn in cells of their own, so that the words stay words at every width.
struct ExhibitTable: Sendable {
    let title: String
    let columns: [Column]
    let rows: [Row]
    let rowsLeft: [String]
    let isEmpty: Bool
    /// What the drawings' left and right edge stand for: no or one sentence.
    let scale: [String]

    struct Column: Sendable {
        let name: String
        let isDrawing: Bool
        /// Per cent of the table where drawings are left out.
        let width: Int
    }

    struct Row: Sendable {
        let cells: [Cell]
    }

    struct Cell: Sendable {
        let columnName: String
        let text: String
        let isNumber: Bool
        /// No or one drawing.
        let drawing: [Drawing]
    }

    /// Rectangles over a width of 1000.
    struct Drawing: Sendable {
        let rectangles: [Rectangle]
    }

    struct Rectangle: Sendable {
        let x: Int
        let width: Int
        let colour: String
    }

    init(_ exhibit: Exhibit, _ words: Words, _ limits: PageLimits) {
        title = PlainText.clean(words.wording.exhibitTitle(exhibit.id, words.language))
        let names = exhibit.columns.map { PlainText.clean(words.wording.columnTitle($0, words.language)) }
        let shown = Array(exhibit.rows.prefix(limits.exhibitRows))
        let artist = ExhibitArtist(exhibit.form, shown)
        let drawingName = words[exhibit.form == .timeline ? "label.timeline" : "label.share-of-greatest"]
        // The drawing stands right after the label.
        let width = 100 / max(names.count, 1)
        var columns = names.map { Column(name: $0, isDrawing: false, width: width) }
        if artist.draws { columns.insert(Column(name: drawingName, isDrawing: true, width: width), at: min(1, columns.count)) }
        self.columns = columns
        rows = shown.map { row in
            var cells = zip(names, row).enumerated().map { index, pair in
                Cell(
                    columnName: pair.0, text: Self.text(pair.1, isGaps: exhibit.form == .timeline && index == 3, words),
                    isNumber: Self.isNumber(pair.1), drawing: [])
            }
            // A row that is short of cells would shift the table.
            for name in names.dropFirst(cells.count) { cells.append(Cell(columnName: name, text: "", isNumber: false, drawing: [])) }
            if artist.draws {
                let drawing = Cell(columnName: drawingName, text: "", isNumber: false, drawing: [artist.draw(row)])
                cells.insert(drawing, at: min(1, cells.count))
            }
            return Row(cells: cells)
        }
        isEmpty = rows.isEmpty
        scale = artist.span.map { [words.sentence("timeline-scale", ["first": .time($0.lowerBound), "last": .time($0.upperBound)])] } ?? []
        let left = exhibit.rows.count - shown.count
        rowsLeft = left > 0 ? [words.sentence("rows-left", ["count": .count(left)])] : []
    }

    private static func text(_ fact: Fact, isGaps: Bool, _ words: Words) -> String {
        guard isGaps, case .list(let gaps) = fact else { return words.fact(fact) }
        guard !gaps.isEmpty else { return words["label.none"] }
        let most = 12
        var texts = gaps.prefix(most).map { gap in
            guard case .list(let ends) = gap, ends.count == 2 else { return words.fact(gap) }
            return words.sentence("span", ["first": ends[0], "last": ends[1]])
        }
        if gaps.count > most { texts.append(words.sentence("gaps-left", ["count": .count(gaps.count - most)])) }
        return words.list(texts)
    }

    private static func isNumber(_ fact: Fact) -> Bool {
        switch fact {
        case .count, .share, .bytes, .days: true
        default: false
        }
    }
}

/// Turns an exhibit's rows into rectangles.
struct ExhibitArtist {
    private let form: Exhibit.Form
    private let greatest: Double
    /// The time that a timeline's drawings cover.
    let span: ClosedRange<Date>?

    init(_ form: Exhibit.Form, _ rows: [[Fact]]) {
        self.form = form
        greatest = form == .bars ? rows.compactMap { $0.count > 1 ? Self.magnitude($0[1]) : nil }.max() ?? 0 : 0
        let spans = form == .timeline ? rows.compactMap(Self.span) : []
        if let first = spans.map(\.lowerBound).min(), let last = spans.map(\.upperBound).max(), first < last {
            span = first...last
        } else {
            span = nil
        }
    }

    var draws: Bool { form == .bars ? greatest > 0 : span != nil }

    func draw(_ row: [Fact]) -> ExhibitTable.Drawing {
        guard form == .timeline else {
            let value = row.count > 1 ? Self.magnitude(row[1]) ?? 0 : 0
            return .init(rectangles: [.init(x: 0, width: Bars.length(value, of: greatest), colour: Colours.fill("bar"))])
        }
        guard let own = Self.span(row) else { return .init(rectangles: []) }
        var rectangles = [rectangle(own, "span")]
        if row.count > 3, case .list(let gaps) = row[3] {
            // A drawing can't show more than its width has room for.
            rectangles += gaps.prefix(500).compactMap(Self.pair).map { rectangle($0, "gap") }
        }
        return .init(rectangles: rectangles.filter { $0.width > 0 })
    }

    private func rectangle(_ range: ClosedRange<Date>, _ tone: String) -> ExhibitTable.Rectangle {
        guard let span else { return .init(x: 0, width: 0, colour: Colours.fill(tone)) }
        let length = span.upperBound.timeIntervalSince(span.lowerBound)
        func place(_ date: Date) -> Int { Int((min(max(date.timeIntervalSince(span.lowerBound) / length, 0), 1) * 1000).rounded()) }
        let first = min(place(range.lowerBound), 996)
        return .init(x: first, width: max(place(range.upperBound) - first, 4), colour: Colours.fill(tone))
    }

    private static func span(_ row: [Fact]) -> ClosedRange<Date>? { row.count > 2 ? range(row[1], row[2]) : nil }

    private static func pair(_ fact: Fact) -> ClosedRange<Date>? {
        guard case .list(let ends) = fact, ends.count == 2 else { return nil }
        return range(ends[0], ends[1])
    }

    private static func range(_ first: Fact, _ last: Fact) -> ClosedRange<Date>? {
        guard let first = date(first), let last = date(last), first <= last else { return nil }
        return first...last
    }

    private static func date(_ fact: Fact) -> Date? {
        switch fact {
        case .time(let date), .day(let date): date
        default: nil
        }
    }

    private static func magnitude(_ fact: Fact) -> Double? {
        switch fact {
        case .count(let number), .bytes(let number), .days(let number): Double(number)
        case .share(let share): share.isFinite ? share : nil
        default: nil
        }
    }
}
