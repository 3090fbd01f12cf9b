package import Datastores
import Estate
import Foundation

/// One grant of `suwen discover --json`: who may do what with a table that holds something about persons.
package struct AccessRow: Codable, Hashable, Sendable {
    package var store: String
    package var table: String
    /// `PUBLIC` for everybody; a person's name in it is masked.
    package var grantee: String
    package var privileges: [AccessPrivilege]
    package var `public`: Bool
    package var superuser: Bool
    /// Roles that it comes through.
    package var via: [String]
    /// 1…5: the highest of the columns that it covers.
    package var level: Int
    /// ISO 8601: the account logged in at some time after this. Nil where the server doesn't tell.
    package var lastLogin: String?
    /// ISO 8601: the account didn't log in since. Nil where it did, or the server doesn't tell.
    package var noLoginSince: String?
}

extension AccessJudge {
    /// By table, everybody first, then by account.
    var rows: [AccessRow] {
        access.flatMap { table in
            table.holders.map { holder in
                let grant = holder.grant
                var row = AccessRow(
                    store: store.name, table: table.table.name, grantee: "PUBLIC", privileges: grant.privileges.sorted(), public: grant.isPublic,
                    superuser: grant.isSuperuser, via: grant.viaRoles.map { AccountName($0).safe }, level: holder.level)
                if case .account(let name) = grant.grantee { row.grantee = AccountName(name).safe }
                switch holder.account?.lastLogin {
                case .after(let date)?: row.lastLogin = date.formatted(.iso8601)
                case .notSince(let date)?: row.noLoginSince = date.formatted(.iso8601)
                case .unknown?, nil: break
                }
                return row
            }
        }
    }
}

extension DiscoveryResult {
    /// Who may do what with the tables that hold something about persons, store by store.
    package var grants: [AccessRow] {
        stores.flatMap { store, result -> [AccessRow] in
            guard case .examined(let examination) = result, case .read(let rights) = examination.access else { return [] }
            return AccessJudge(store: store, rights: rights, tables: examination.tables).rows
        }
    }
}
