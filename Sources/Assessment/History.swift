package import Findings
package import Foundation
import GRDB

/// The runs of one estate and what became of their findings, in a SQLite file of mode 0600. Holds masked evidence only.
package struct History: Sendable {
    private let database: DatabaseQueue

    /// Opens the file, or makes it.
    /// - Throws: ``HistoryError``.
    package init(at url: URL) throws(HistoryError) {
        let path = url.path
        do {
            try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            if !FileManager.default.fileExists(atPath: path) {
                // Made with its mode, so that there is no moment in which others can read it.
                guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
                    throw HistoryError(path: path, problem: "can't be written; name another place with `history:` in the estate")
                }
            }
            var configuration = Configuration()
            configuration.busyMode = .timeout(10)
            database = try DatabaseQueue(path: path, configuration: configuration)
            try Self.migrator.migrate(database)
        } catch let error as HistoryError {
            throw error
        } catch {
            throw HistoryError(path: path, problem: "is no history of Suwen, or is damaged (\(Self.brief(error))); move it away to begin a new one")
        }
    }

    private static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: runs, findings, acceptances") { database in
            try database.create(table: "run") { table in
                table.autoIncrementedPrimaryKey("id")
                table.column("assessedAt", .double).notNull()
                table.column("summary", .text).notNull()
            }
            try database.create(table: "finding") { table in
                table.primaryKey("fingerprint", .text)
                table.column("inspector", .text).notNull()
                table.column("finding", .text).notNull()
                table.column("firstSeen", .double).notNull()
                table.column("lastSeen", .double).notNull()
                table.column("fixedAt", .double)
            }
            try database.create(table: "acceptance") { table in
                table.primaryKey("fingerprint", .text)
                table.column("acceptance", .text).notNull()
            }
        }
        migrator.registerMigration("2: persons measured") { database in
            try database.alter(table: "run") { $0.add(column: "persons", .integer) }
        }
        return migrator
    }()

    /// Joins this run's inspections with what is known, and keeps the outcome, in one transaction.
    package func record(_ inspections: [Inspection], at now: Date) throws(HistoryError) -> RecordedRun {
        try wrapped {
            try database.write { database in
                let previous = try Double.fetchOne(database, sql: "SELECT max(assessedAt) FROM run")
                let tracker = Tracker(known: try Self.known(database), acceptances: try Self.acceptances(database), now: now)
                let tracked = tracker.track(inspections)
                let inspectors = Dictionary(
                    inspections.flatMap { inspection in inspection.checks.map { ($0.check, inspection.inspector) } },
                    uniquingKeysWith: { first, _ in first })
                for entry in tracked where entry.wasExamined {
                    let inspector = inspectors[entry.finding.check] ?? tracker.known[entry.finding.fingerprint]?.inspector
                    guard let inspector else { continue }
                    try Self.store(entry, inspector, now, database)
                }
                let counts = Dictionary(grouping: tracked, by: \.status.rawValue).mapValues(\.count)
                try database.execute(
                    sql: "INSERT INTO run (assessedAt, summary, persons) VALUES (?, ?, ?)",
                    arguments: [now.timeIntervalSince1970, try Self.json(counts), inspections.compactMap(\.persons).max()])
                return RecordedRun(previousRun: previous.map(Date.init(timeIntervalSince1970:)), findings: tracked)
            }
        }
    }

    private static func store(_ entry: TrackedFinding, _ inspector: InspectorID, _ now: Date, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO finding (fingerprint, inspector, finding, firstSeen, lastSeen, fixedAt) VALUES (:print, :inspector, :finding, :first, :now, :fixed)
                ON CONFLICT (fingerprint) DO UPDATE SET
                    finding = :finding, lastSeen = CASE WHEN :fixed IS NULL THEN :now ELSE lastSeen END, fixedAt = :fixed
                """,
            arguments: [
                "print": entry.finding.fingerprint, "inspector": inspector.rawValue, "finding": try json(entry.finding),
                "first": entry.firstSeen.timeIntervalSince1970, "now": now.timeIntervalSince1970,
                "fixed": entry.status == .fixed ? now.timeIntervalSince1970 : nil,
            ])
    }

    /// Accepts the risk of an open finding; `fingerprint` may be shortened to 8 digits or more.
    /// - Returns: the finding.
    package func accept(_ fingerprint: String, _ acceptance: Acceptance) throws(HistoryError) -> Finding {
        try change(fingerprint) { database, finding in
            try database.execute(
                sql: "INSERT INTO acceptance VALUES (?, ?) ON CONFLICT DO UPDATE SET acceptance = excluded.acceptance",
                arguments: [finding.fingerprint, try Self.json(acceptance)])
        }
    }

    /// Takes an acceptance back.
    package func reopen(_ fingerprint: String) throws(HistoryError) -> Finding {
        try change(fingerprint) { database, finding in
            try database.execute(sql: "DELETE FROM acceptance WHERE fingerprint = ?", arguments: [finding.fingerprint])
        }
    }

    /// The findings that are open or accepted, as the last runs left them.
    package func openFindings(at now: Date) throws(HistoryError) -> [TrackedFinding] {
        try wrapped {
            try database.read { database in
                // With nothing examined, everything that was open stays as it is.
                Tracker(known: try Self.known(database), acceptances: try Self.acceptances(database), now: now).track([])
            }
        }
    }

    /// Persons that the last run that counted them found; nil when none did. The law asks more of those who hold more.
    package func personsMeasured() throws(HistoryError) -> Int? {
        try wrapped {
            try database.read { try Int.fetchOne($0, sql: "SELECT persons FROM run WHERE persons IS NOT NULL ORDER BY id DESC LIMIT 1") }
        }
    }

    private func change(_ fingerprint: String, _ body: @Sendable @escaping (Database, Finding) throws -> Void) throws(HistoryError) -> Finding {
        let prefix = fingerprint.lowercased()
        guard prefix.utf8.count >= 8, prefix.allSatisfy(\.isHexDigit) else {
            throw HistoryError(path: database.path, problem: "\"\(fingerprint.prefix(40))\" is no fingerprint; give at least its first 8 digits")
        }
        return try wrapped {
            try database.write { database in
                let matches = try Self.known(database).values.filter { $0.isOpen && $0.finding.fingerprint.hasPrefix(prefix) }
                guard let match = matches.first, matches.count == 1 else {
                    let problem =
                        matches.isEmpty
                        ? "no open finding has the fingerprint \(prefix); `suwen finding list` shows them"
                        : "more than one finding begins with \(prefix); give more digits"
                    throw HistoryError(path: self.database.path, problem: problem)
                }
                try body(database, match.finding)
                return match.finding
            }
        }
    }

    private static func known(_ database: Database) throws -> [String: KnownFinding] {
        var known: [String: KnownFinding] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT fingerprint, inspector, finding, firstSeen, fixedAt FROM finding") {
            guard let inspector = InspectorID(rawValue: row["inspector"]) else { continue }
            let finding = try JSONDecoder().decode(Finding.self, from: Data((row["finding"] as String).utf8))
            known[row["fingerprint"]] = KnownFinding(
                finding: finding, inspector: inspector, firstSeen: Date(timeIntervalSince1970: row["firstSeen"]), isOpen: row["fixedAt"] == nil)
        }
        return known
    }

    private static func acceptances(_ database: Database) throws -> [String: Acceptance] {
        var found: [String: Acceptance] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT fingerprint, acceptance FROM acceptance") {
            found[row["fingerprint"]] = try JSONDecoder().decode(Acceptance.self, from: Data((row["acceptance"] as String).utf8))
        }
        return found
    }

    private func wrapped<Result>(_ body: () throws -> Result) throws(HistoryError) -> Result {
        do {
            return try body()
        } catch let error as HistoryError {
            throw error
        } catch {
            throw HistoryError(path: database.path, problem: Self.brief(error))
        }
    }

    private static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private static func brief(_ error: any Error) -> String { (error as? DatabaseError)?.message ?? "\(type(of: error))" }
}

package struct HistoryError: Error, Hashable, Sendable, CustomStringConvertible {
    package var path: String
    package var problem: String
    package var description: String { "\(path): \(problem)" }
}
