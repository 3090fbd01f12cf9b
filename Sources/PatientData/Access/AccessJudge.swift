import Datastores
import Estate
import Findings
import Foundation

/// Turns the rights of one store into findings: of each table that everybody gets at, and of each account that has more than it needs, belongs
/// to nobody, or isn't used.
struct AccessJudge {
    let store: Store
    let rights: AccessRights
    /// Of tables that hold something about persons.
    let access: [TableAccess]

    init(store: Store, rights: AccessRights, tables: [TableExamination]) {
        self.store = store
        self.rights = rights
        access = TableAccess.all(rights, tables)
    }

    /// By which coverage knows that the accounts of a store were seen: apart from its tables, because they may be hidden while those are read.
    static func subject(_ store: Store) -> String { "\(store.name)/@" }
    static func loginSubject(_ store: Store) -> String { "\(store.name)/@login" }

    /// Levels from which on rights are judged: what identifies nobody may be read by many.
    private static let judgedLevel = 3
    /// Product default; no clause says how long is too long.
    static let dormantDays = 90

    /// Findings by check.
    var findings: [CheckID: [Finding]] {
        let accounts = accountAccess
        return [
            PatientDataInspector.publicCheck: access.compactMap(publicFinding),
            PatientDataInspector.excessiveCheck: accounts.compactMap(excessiveFinding),
            PatientDataInspector.sharedCheck: accounts.compactMap(sharedFinding),
            PatientDataInspector.dormantCheck: accounts.compactMap(dormantFinding),
        ]
    }

    // MARK: Everybody

    private func publicFinding(_ table: TableAccess) -> Finding? {
        guard let holder = table.holders.first(where: { $0.grant.isPublic && $0.reaches && $0.level >= Self.judgedLevel }) else { return nil }
        return Finding(
            check: PatientDataInspector.publicCheck, subject: Self.subject(store), asset: "\(store.name)/\(table.table.name)",
            severity: holder.level >= 4 && table.isInClear ? nil : .high,
            facts: [
                "table": .text(table.table.name), "grantee": .term("grantee.everybody"), "privileges": Self.fact(holder.grant.privileges),
                "level": .count(holder.level),
            ],
            evidence: [granted(holder, .term("grantee.everybody")), level(holder.level, holder.reason)])
    }

    // MARK: Accounts

    /// One account and the tables that it gets at.
    struct AccountAccess {
        var account: AccessAccount
        /// At least one; the most sensitive first.
        var tables: [(table: TableExamination, holder: TableAccess.Holder)]

        var name: AccountName { AccountName(account.name) }
        var level: Int { tables.first?.holder.level ?? 0 }
    }

    /// By name; accounts that get at nothing of the judged levels are left out.
    var accountAccess: [AccountAccess] {
        var byName: [String: AccountAccess] = [:]
        for table in access {
            for holder in table.holders where holder.reaches && holder.level >= Self.judgedLevel {
                guard let account = holder.account else { continue }
                byName[account.name, default: AccountAccess(account: account, tables: [])].tables.append((table.table, holder))
            }
        }
        return byName.values.map { access in
            var access = access
            access.tables.sort { ($1.holder.level, $0.table.name) < ($0.holder.level, $1.table.name) }
            return access
        }.sorted { $0.account.name < $1.account.name }
    }

    private func excessiveFinding(_ access: AccountAccess) -> Finding? {
        let purpose = access.name.purpose
        guard !access.account.isBuiltIn, purpose != .administration else { return nil }
        let grants = access.tables.map(\.holder.grant)
        let excess: String
        var severity = Severity.high
        if grants.contains(where: \.isSuperuser) {
            excess = "superuser"
            if purpose != .unknown { severity = .critical }
        } else if grants.contains(where: { $0.breadth == .server }) {
            excess = "everything"
        } else if grants.contains(where: { $0.breadth == .schemas }) {
            excess = "wildcard"
        } else if grants.contains(where: { $0.privileges.contains(.delegate) && !$0.privileges.contains(.define) }) {
            // Who owns a table may pass on rights by owning it; an account that doesn't was given that right for no reason that we see.
            excess = "delegate"
            severity = .medium
        } else {
            return nil
        }
        return finding(PatientDataInspector.excessiveCheck, access, severity: severity, facts: ["excess": .term("excess.\(excess)")])
    }

    private func sharedFinding(_ access: AccountAccess) -> Finding? {
        if access.account.hasPassword == false {
            return finding(PatientDataInspector.sharedCheck, access, severity: .critical, facts: ["why": .term("shared.no-password")])
        }
        let anywhere = access.account.fromAnywhere == true
        guard !access.account.isBuiltIn, access.name.purpose == .shared || (anywhere && access.name.isGeneric) else { return nil }
        return finding(
            PatientDataInspector.sharedCheck, access, severity: anywhere ? .high : .medium,
            facts: ["why": .term(anywhere ? "shared.generic-anywhere" : "shared.generic")])
    }

    private func dormantFinding(_ access: AccountAccess) -> Finding? {
        guard !access.account.isBuiltIn else { return nil }
        if let expires = access.account.expires, expires < rights.readAt {
            return finding(
                PatientDataInspector.dormantCheck, access, severity: nil,
                facts: ["why": .message(Message("patient-data.account-expired", ["day": .day(expires)]))])
        }
        guard case .notSince(let since) = access.account.lastLogin else { return nil }
        let days = Int(rights.readAt.timeIntervalSince(since) / 86_400)
        guard days >= Self.dormantDays else { return nil }
        return finding(
            PatientDataInspector.dormantCheck, access, severity: nil,
            facts: ["why": .message(Message("patient-data.account-idle", ["days": .days(days)]))], subject: Self.loginSubject(store))
    }

    private func finding(
        _ check: CheckID, _ access: AccountAccess, severity: Severity?, facts: [String: Fact], subject: String? = nil
    ) -> Finding {
        let name = access.name.safe
        let privileges = access.tables.reduce(into: Set<AccessPrivilege>()) { $0.formUnion($1.holder.grant.privileges) }
        let tables = access.tables.prefix(5).map { entry in
            Fact.message(Message("patient-data.access-table", ["table": .text(entry.table.name), "level": .count(entry.holder.level)]))
        }
        var evidence: [Message] = []
        if let first = access.tables.first {
            evidence = [
                granted(first.holder, .text(name), privileges),
                Message("patient-data.access-tables", ["count": .count(access.tables.count), "tables": .list(Array(tables))]),
                level(first.holder.level, first.holder.reason),
            ]
        }
        let own: [String: Fact] = [
            "grantee": .text(name), "tables": .count(access.tables.count), "level": .count(access.level), "privileges": Self.fact(privileges),
        ]
        // The name tells accounts apart; it is hashed, and where it isn't safe the masked one stands for it.
        return Finding(
            check: check, subject: subject ?? Self.subject(store), asset: "\(store.name)/@\(name)", severity: severity,
            facts: facts.merging(own) { first, _ in first }, evidence: evidence)
    }

    private func granted(_ holder: TableAccess.Holder, _ grantee: Fact, _ privileges: Set<AccessPrivilege>? = nil) -> Message {
        let facts: [String: Fact] = ["grantee": grantee, "privileges": Self.fact(privileges ?? holder.grant.privileges)]
        guard !holder.grant.viaRoles.isEmpty else { return Message("patient-data.access-granted", facts) }
        let roles = holder.grant.viaRoles.map { Fact.text(AccountName($0).safe) }
        return Message("patient-data.access-granted-via", facts.merging(["roles": .list(roles)]) { first, _ in first })
    }

    private func level(_ level: Int, _ reason: Grade.Reason) -> Message {
        Message("patient-data.graded", ["grade": .count(level), "reason": .term(reason.term)])
    }

    static func fact(_ privileges: Set<AccessPrivilege>) -> Fact { .list(privileges.sorted().map { .term($0.term) }) }
}
