import Datastores
import Estate
import Findings

/// Gathers what the rights of all stores come to.
struct AccessReport {
    private var findings: [CheckID: [Finding]] = [:]
    /// Tables whose rights were read, with or without something about persons in them.
    private var tables = 0
    /// Stores that have accounts, or may have.
    private var hasServers = false
    private var unseenAccounts: [String] = []
    private var unseenLogins: [String] = []
    private var exhibitRows: [[Fact]] = []
    /// Subjects of findings whose disappearance means that they are fixed.
    private(set) var examined: [String] = []
    private(set) var unexamined: [Unexamined] = []

    /// A store that could not be opened.
    mutating func addUnopened(_ store: Store) {
        guard (try? StoreLocation(store.url))?.server != nil else { return }
        noteUnseen(store)
    }

    mutating func add(_ store: Store, _ examination: StoreExamination) {
        switch examination.access {
        case .unasked: addUnopened(store)
        case .failed(let reason):
            noteUnseen(store)
            unexamined.append(Unexamined(AccessJudge.subject(store), Message("patient-data.access-failed", ["why": .message(reason)])))
        case .read(let rights):
            guard rights.hasAccounts else { return }
            // Of a table that could not be read, nobody knows whether its rights matter.
            add(store, rights, examination.tables, isComplete: examination.problems.isEmpty)
        }
    }

    private mutating func add(_ store: Store, _ rights: AccessRights, _ tables: [TableExamination], isComplete: Bool) {
        hasServers = true
        self.tables += tables.count
        let judge = AccessJudge(store: store, rights: rights, tables: tables)
        findings.merge(judge.findings) { $0 + $1 }
        exhibitRows += judge.exhibitRows
        let seesAccounts = isComplete && rights.gaps.isDisjoint(with: [.otherAccounts, .roles])
        let seesLogins = seesAccounts && !rights.gaps.contains(.logins)
        if seesAccounts { examined.append(AccessJudge.subject(store)) } else { unseenAccounts.append(store.name) }
        if seesLogins { examined.append(AccessJudge.loginSubject(store)) } else { unseenLogins.append(store.name) }
        // That PostgreSQL keeps no times of logins is no failure of this run: the check says it. Hidden accounts are.
        for gap in rights.gaps.sorted(by: { $0.rawValue < $1.rawValue }) where gap != .logins {
            unexamined.append(Unexamined(AccessJudge.subject(store), Message("patient-data.access-gap", ["gap": .term(gap.term)])))
        }
    }

    private mutating func noteUnseen(_ store: Store) {
        hasServers = true
        unseenAccounts.append(store.name)
        unseenLogins.append(store.name)
    }

    var checks: [CheckResult] {
        PatientDataInspector.accessChecks.map { check in
            guard hasServers else { return CheckResult(check, .notApplicable(Message("patient-data.no-accounts")), examined: 0) }
            let isAboutLogins = check == PatientDataInspector.dormantCheck
            let unseen = isAboutLogins ? unseenLogins : unseenAccounts
            let key = isAboutLogins ? "patient-data.logins-unseen" : "patient-data.accounts-unseen"
            let reason = unseen.isEmpty ? nil : Message(key, ["stores": .list(unseen.map(Fact.text))])
            return CheckResult.judged(check, examined: tables, findings: findings[check] ?? [], unexamined: reason)
        }
    }

    var exhibit: Exhibit? {
        guard !exhibitRows.isEmpty else { return nil }
        let keys = ["store", "grantee", "privileges", "tables", "grade", "breadth", "login"].map { "patient-data.\($0)" }
        return Exhibit("patient-data.access", .table, columns: keys, rows: exhibitRows)
    }
}

extension AccessJudge {
    /// One row per account, so that the table stays readable in a store of a thousand tables; everybody first.
    fileprivate var exhibitRows: [[Fact]] {
        let open = access.flatMap(\.holders).filter { $0.grant.isPublic && $0.reaches }
        var rows: [[Fact]] = []
        if !open.isEmpty { rows.append(row(.term("grantee.everybody"), open, login: .none)) }
        for access in accountAccess { rows.append(row(.text(access.name.safe), access.tables.map(\.holder), login: login(access.account))) }
        return rows
    }

    private func row(_ grantee: Fact, _ holders: [TableAccess.Holder], login: Fact) -> [Fact] {
        let privileges = holders.reduce(into: Set<AccessPrivilege>()) { $0.formUnion($1.grant.privileges) }
        let breadth = holders.contains(where: \.grant.isSuperuser) ? "superuser" : "\(holders.map(\.grant.breadth).max() ?? .table)"
        return [
            .text(store.name), grantee, Self.fact(privileges), .count(holders.count), .count(holders.map(\.level).max() ?? 0),
            .term("breadth.\(breadth)"), login,
        ]
    }

    private func login(_ account: AccessAccount) -> Fact {
        switch account.lastLogin {
        case .unknown: .none
        case .after(let date): .message(Message("patient-data.login-after", ["day": .day(date)]))
        case .notSince(let date): .message(Message("patient-data.no-login-since", ["day": .day(date)]))
        }
    }
}
