import Datastores

/// Who gets at one table that holds something about persons.
struct TableAccess {
    struct Holder {
        var grant: AccessGrant
        /// Nil for everybody.
        var account: AccessAccount?
        /// 1…5: the highest of the columns that it may read; all of them when it may only write.
        var level: Int
        var reason: Grade.Reason

        var reaches: Bool { !grant.privileges.isDisjoint(with: [.read, .write]) }
    }

    let table: TableExamination
    let holders: [Holder]
    /// Whether any of the values can be read as they stand.
    let isInClear: Bool

    /// Tables without anything about persons are left out.
    static func all(_ rights: AccessRights, _ tables: [TableExamination]) -> [TableAccess] {
        let resolver = AccessResolver(rights)
        let accounts = Dictionary(rights.accounts.map { ($0.name, $0) }) { first, _ in first }
        return tables.compactMap { table in
            guard let schema = table.table.schema, table.grade != nil else { return nil }
            let grants = resolver.grants(schema: schema, table: table.table.name)
            let holders = grants.compactMap { holder($0, table, accounts) }
            return TableAccess(table: table, holders: holders, isInClear: table.columns.contains(where: \.verdict.isInClear))
        }
    }

    /// Nil when all that it may read is about nobody.
    private static func holder(_ grant: AccessGrant, _ table: TableExamination, _ accounts: [String: AccessAccount]) -> Holder? {
        let columns = table.columns.filter { column in grant.columns.map { $0.contains(column.column.name) } ?? true }
        guard let grade = columns.compactMap(\.grade).max(by: { $0.level < $1.level }) else { return nil }
        let account: AccessAccount? = if case .account(let name) = grant.grantee { accounts[name] } else { nil }
        return Holder(grant: grant, account: account, level: grade.level, reason: grade.reason)
    }
}

extension TableExamination {
    /// Nil when nothing about a person was found.
    var grade: TableGrade? {
        TableGrade(columns.map { ($0.gradingColumn, $0.grade) })
    }
}

extension ColumnExamination {
    var gradingColumn: Grading.Column {
        Grading.Column(kind: verdict.kind, protection: verdict.protection, isSpecial: verdict.isSpecial, embedded: Set(embedded.keys))
    }
}
