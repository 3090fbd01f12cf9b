import Datastores
import Findings

extension DatastoreError {
    var message: Message {
        switch problem {
        case .badURL(let why): Message("patient-data.bad-url", ["why": .text(why)])
        case .outOfScope(let host, let address):
            Message("patient-data.out-of-scope", ["host": .text(address.map { "\(host) (\($0))" } ?? host)])
        case .unresolvable(let host): Message("patient-data.unresolvable", ["host": .text(host)])
        case .unreachable(let why): Message("patient-data.unreachable", ["why": .text(why)])
        case .refused(let why): Message("patient-data.refused", ["why": .text(why)])
        case .insecure(let why): Message("patient-data.insecure", ["why": .text(why)])
        case .badFile(let why, let line?): Message("patient-data.bad-file-line", ["why": .text(why), "line": .count(line)])
        case .badFile(let why, nil): Message("patient-data.bad-file", ["why": .text(why)])
        case .failed(let why): Message("patient-data.failed", ["why": .text(why)])
        case .alreadyExists(let what): Message("patient-data.failed", ["why": .text(what)])
        }
    }

    /// Whether nothing more can be asked of the store.
    var endsConversation: Bool {
        switch problem {
        case .unreachable, .refused, .insecure, .outOfScope, .unresolvable: true
        default: false
        }
    }
}

extension DatastoreRemark {
    var message: Message {
        switch self {
        case .encodingAssumed(let encoding): Message("patient-data.encoding-assumed", ["encoding": .text(encoding)])
        case .invalidBytes(let count): Message("patient-data.invalid-bytes", ["count": .count(count)])
        case .truncated(let line): Message("patient-data.truncated", ["line": .count(line)])
        case .unevenRecords(let count): Message("patient-data.uneven-records", ["count": .count(count)])
        case .headerMissing: Message("patient-data.header-missing")
        case .unreadableRecords(let count): Message("patient-data.unreadable-records", ["count": .count(count)])
        case .unknownFields(let count): Message("patient-data.unknown-fields", ["count": .count(count)])
        case .elementsLeftOut(let count): Message("patient-data.elements-left-out", ["count": .count(count)])
        case .unreadableFile(let name, let why): Message("patient-data.unreadable-file", ["file": .text(name), "why": .text(why)])
        case .unsupportedFile(let name): Message("patient-data.unsupported-file", ["file": .text(name)])
        case .furtherFiles(let unreadable, let unsupported):
            Message("patient-data.further-files", ["unreadable": .count(unreadable), "unsupported": .count(unsupported)])
        case .inTable(let table, let remark): Message("patient-data.in-table", ["table": .text(table), "what": .message(remark.message)])
        }
    }

    /// Whether part of the data wasn't read, as opposed to read under an assumption.
    var isLoss: Bool {
        switch self {
        case .truncated, .unreadableRecords, .unknownFields, .elementsLeftOut, .unreadableFile: true
        case .encodingAssumed, .invalidBytes, .unevenRecords, .headerMissing, .unsupportedFile: false
        case .furtherFiles(let unreadable, _): unreadable > 0
        case .inTable(_, let remark): remark.isLoss
        }
    }
}
