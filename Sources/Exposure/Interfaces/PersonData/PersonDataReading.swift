package import Findings
import Probes

/// Whether an interface gives person data to a caller without credentials.
package enum PersonDataReading: Hashable, Sendable {
    /// Nobody looked, or there was no answer that decides it.
    case undecided
    /// It was refused, or what came holds nothing of a person.
    case none
    case found(Evidence)

    package struct Evidence: Hashable, Sendable {
        package var status: Int
        package var contentType: String
        /// As far as it was read.
        package var bytes: Int
        package var kinds: [PersonDataKind]

        package init(status: Int, contentType: String, bytes: Int, kinds: [PersonDataKind]) {
            self.status = status
            self.contentType = contentType
            self.bytes = bytes
            self.kinds = kinds
        }
    }

    /// Looks at what a conversation without credentials ended with.
    /// - Parameter subject: the URL's last word, which names what an unnamed list holds.
    init(_ talk: Conversation, _ examiner: (any PersonDataExaminer)?, subject: String) {
        self = .undecided
        guard let examiner else { return }
        if talk.authentication == .required { self = .none }
        guard let last = talk.last else { return }
        // An error says nothing, nor does "not found" about a record that was guessed, nor an empty list: another caller, or another number, may get data.
        guard (200..<300).contains(last.reply.status), last.reply.shape != .empty, last.reply.shape != .refusal else { return }
        let kinds = examiner.kinds(in: BodyContent(last.body.bytes, last.reply, subject: subject)).filter { $0.count > 0 }
        guard kinds.contains(where: { $0.weight >= .name }) else {
            if talk.authentication != .required { self = last.reply.isTruncated && last.reply.shape == .other ? .undecided : .none }
            return
        }
        self = .found(
            Evidence(
                status: last.reply.status, contentType: last.reply.contentType, bytes: last.reply.bytes, kinds: kinds.sorted { $0.weight > $1.weight }
            ))
    }
}

extension PersonDataReading.Evidence {
    /// The highest weight decides, and what health it stands beside.
    package var severity: Severity {
        let weights = Set(kinds.map(\.weight))
        if weights.contains(.identity) { return .critical }
        if weights.contains(.health) { return .critical }
        return weights.contains(.contact) ? .high : .medium
    }

    package var message: Message {
        let list = kinds.map { kind in
            let shown = kind.fields.filter(FieldNames.isIdentifier).prefix(6)
            let fields = shown.isEmpty ? Fact.term("exposure.not-shown") : .list(shown.map(Fact.text))
            return Fact.message(Message("exposure.person-kind", ["kind": .term(kind.term), "count": .count(kind.count), "fields": fields]))
        }
        return Message(
            "exposure.person-data", ["status": .text("\(status)"), "type": .text(contentType), "bytes": .bytes(bytes), "kinds": .list(list)])
    }
}
