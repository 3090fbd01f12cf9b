import Findings

/// What proves the verdict on a column.
struct ColumnEvidence {
    let column: ColumnExamination
    let table: TableExamination
    /// Columns that make it worse by standing in the same table.
    let others: [ColumnExamination]

    var messages: [Message] {
        let verdict = column.verdict
        var messages: [Message] = []
        if verdict.confidence.lower == verdict.confidence.upper {
            messages.append(
                Message("patient-data.values-all", ["rows": .count(table.rows), "share": .share(verdict.confidence.lower)]))
        } else {
            messages.append(
                Message(
                    "patient-data.values-sampled",
                    [
                        "rows": .count(table.sampledRows), "total": .count(table.rows), "lower": .share(verdict.confidence.lower),
                        "upper": .share(verdict.confidence.upper),
                    ]))
        }
        if !verdict.samples.isEmpty { messages.append(Message("patient-data.samples", ["samples": .list(verdict.samples.map(Fact.text))])) }
        if let hint = verdict.hint { messages.append(Message(hint.source == .name ? "patient-data.named" : "patient-data.commented")) }
        if case .mixed(let shares) = verdict.protection {
            messages.append(
                Message(
                    "patient-data.mixed",
                    [
                        "plaintext": .share(shares.plaintext), "masked": .share(shares.masked), "hashed": .share(shares.hashed),
                        "encrypted": .share(shares.encrypted + shares.sealed),
                    ]))
        }
        if !others.isEmpty {
            let columns = others.map { other in
                Fact.message(Message("patient-data.column", ["column": .text(other.displayName), "kind": .term(other.verdict.kind.term)]))
            }
            messages.append(Message("patient-data.beside", ["columns": .list(columns)]))
        }
        if let grade = column.grade {
            messages.append(Message("patient-data.graded", ["grade": .count(grade.level), "reason": .term(grade.reason.term)]))
        }
        return messages
    }
}
