/// What is to be remarked of a file, however often and in whichever parts it is read.
struct RemarkLedger {
    /// What one reading of a part found.
    struct Figures {
        var invalidBytes = 0
        var unevenRecords = 0
        var unreadableRecords = 0
        var unknownFields = 0
        var elementsLeftOut = 0
        /// The line before which the file is cut off.
        var truncation: Int?

        mutating func add(_ other: Figures) {
            invalidBytes += other.invalidBytes
            unevenRecords += other.unevenRecords
            unreadableRecords += other.unreadableRecords
            unknownFields += other.unknownFields
            elementsLeftOut += other.elementsLeftOut
            truncation = [truncation, other.truncation].compactMap(\.self).min()
        }

        var remarks: [DatastoreRemark] {
            var remarks: [DatastoreRemark] = []
            if invalidBytes > 0 { remarks.append(.invalidBytes(invalidBytes)) }
            if unevenRecords > 0 { remarks.append(.unevenRecords(unevenRecords)) }
            if unreadableRecords > 0 { remarks.append(.unreadableRecords(unreadableRecords)) }
            if unknownFields > 0 { remarks.append(.unknownFields(unknownFields)) }
            if elementsLeftOut > 0 { remarks.append(.elementsLeftOut(elementsLeftOut)) }
            if let truncation { remarks.append(.truncated(line: truncation)) }
            return remarks
        }
    }

    var isHeaderMissing = false
    private var assumedEncoding: String?
    private var figures: [TableChunk: Figures] = [:]

    mutating func note(_ window: TextWindow) {
        if window.isEncodingAssumed { assumedEncoding = window.encoding?.rawValue }
    }

    /// The newest reading of a part counts: a sample may have come first.
    mutating func note(_ new: Figures, of chunk: TableChunk) { figures[chunk] = new }

    var remarks: [DatastoreRemark] {
        var sum = Figures()
        // With parts, what the whole said would be counted twice.
        let parts = figures.filter { $0.key != .whole }
        for part in parts.isEmpty ? figures : parts { sum.add(part.value) }
        return (isHeaderMissing ? [.headerMissing] : []) + (assumedEncoding.map { [.encodingAssumed($0)] } ?? []) + sum.remarks
    }
}
