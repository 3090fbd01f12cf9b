import Findings

extension SQLiteBlocker {
    var message: Message {
        switch self {
        case .libraryTooOld(let version):
            Message("sealing.blocker.sqlite-too-old", ["version": .text("\(version / 1_000_000).\(version / 1_000 % 1_000)")])
        case .readOnlyFile: Message("sealing.blocker.read-only-file")
        case .virtualTable: Message("sealing.blocker.virtual-table")
        case .fullTextTable(let table, let column): Message("sealing.blocker.full-text-table", ["table": .text(table), "column": .text(column)])
        case .nullInKey(let column): Message("sealing.blocker.null-in-key", ["column": .text(column)])
        case .strictNumber(let column, let type): Message("sealing.blocker.strict-number", ["column": .text(column), "type": .text(type)])
        case .uniqueByOtherRules(let column, let index):
            Message("sealing.blocker.unique-by-other-rules", ["column": .text(column), "index": .text(index)])
        }
    }
}

extension SQLiteWarning {
    var message: Message {
        switch self {
        case .insertsNeedNames: Message("sealing.warning.inserts-need-names")
        case .needsRoom(let bytes): Message("sealing.warning.needs-room", ["bytes": .bytes(bytes)])
        case .numbersBecomeBytes(let column): Message("sealing.warning.numbers-become-bytes", ["column": .text(column)])
        case .triggerReads(let trigger, let column): Message("sealing.warning.trigger-reads", ["trigger": .text(trigger), "column": .text(column)])
        case .constraintStays(let index, let column): Message("sealing.warning.constraint-stays", ["index": .text(index), "column": .text(column)])
        case .rowNumbersChange: Message("sealing.warning.row-numbers-change")
        case .writersWait: Message("sealing.warning.sqlite-writers-wait")
        }
    }
}

extension SQLiteRemanence {
    var message: Message {
        switch self {
        case .freePages: Message("sealing.remanence.free-pages")
        case .writeAheadLog: Message("sealing.remanence.sqlite-wal")
        case .journal: Message("sealing.remanence.sqlite-journal")
        }
    }
}
