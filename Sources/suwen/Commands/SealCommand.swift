import ArgumentParser
import Cryptography
import Datastores
import Estate
import Foundation
import Network
import Sealing

/// Encrypts columns of a table. PostgreSQL; other stores come later.
struct SealCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal", abstract: "Encrypt columns of a PostgreSQL table in place, beside its writers.",
        discussion: """
            Every value becomes an envelope that is bound to its column and row. A run that is killed goes on when it is started again; `suwen unseal` \
            gives the table back as it was. Look at the plan first.

            EXAMPLES
              suwen seal plan postgresql://owner@127.0.0.1/his --table public.patients --column id_card:index --column name
              suwen seal run postgresql://owner@127.0.0.1/his --table public.patients --column id_card:index --column name \\
                --keyring clinic.keyring --passphrase-from env:KEYRING
              suwen seal verify postgresql://owner@127.0.0.1/his --table public.patients --keyring clinic.keyring
            """,
        subcommands: [Plan.self, Run.self, Status.self, Verify.self])

    struct Plan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what sealing would do, what stands against it, what the indexes reveal and where plaintext stays behind. Changes nothing.")

        @OptionGroup var place: SealedTableOptions
        @OptionGroup var wanted: SealOptions
        @Flag(help: "Print one JSON document.") var json = false

        func run() async throws {
            let (plan, request) = try await wanted.plan(place)
            if json { try printJSON(SealView.json(plan, request)) } else { print(SealView.text(plan, request)) }
            if !plan.isPossible { throw ExitCode(2) }
        }
    }

    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Seal the columns, or go on with a run that was stopped.",
            discussion: "Columns that have no key yet get one in the keyring. Every cell is opened again at the end.")

        @OptionGroup var place: SealedTableOptions
        @OptionGroup var wanted: SealOptions
        @OptionGroup var keys: SealKeyOptions
        @Flag(help: "Print one JSON document.") var json = false

        func run() async throws {
            let (plan, request) = try await wanted.plan(place)
            guard plan.isPossible else { throw SealingError.blocked(plan.blockers) }
            let keyring = try keys.open()
            let current = try SealKeyOptions.current(keyring, request, rows: plan.estimate.rows ?? 0)
            let sealingKeys = SealKeyOptions.keys(keyring, current)
            let target = try place.target()
            var report =
                switch request.mode {
                case .online: try await OnlineMigration(target: target, request: request, keys: sealingKeys).seal()
                case .rewrite: try await RewriteMigration(target: target, request: request, keys: sealingKeys).seal()
                }
            report.add(try await SealVerifier.verify(target, request, keys: sealingKeys))
            try SealView.show(report, json: json)
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Tell how far a table is, from what runs have recorded in its database.")

        @OptionGroup var place: SealedTableOptions
        @Flag(help: "Print one JSON document.") var json = false

        func run() async throws {
            let request = try place.request(columns: [])
            let status = try await SealStatus.read(place.target(), schema: request.schema, table: request.table)
            if json {
                let columns = status.columns.map { ["column": $0.name, "state": $0.state, "originalType": $0.declaration] }
                try printJSON([
                    "schema": "suwen.seal-status/1", "table": request.displayName, "columns": columns, "pagesLeft": status.pagesLeft,
                    "rowsDone": status.rowsDone,
                ])
            } else {
                let rows = status.columns.map { [$0.name, $0.state, $0.declaration] }
                print(TextTable(headings: ["COLUMN", "STATE", "ORIGINAL TYPE"], rows: rows).text())
                if status.pagesLeft > 0 { print("\(status.pagesLeft) pages left; \(status.rowsDone) rows done by the run that was stopped") }
            }
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Open every sealed cell of a table, and compute its indexes anew.")

        @OptionGroup var place: SealedTableOptions
        @OptionGroup var keys: SealKeyOptions
        @Flag(help: "Print one JSON document.") var json = false

        func run() async throws {
            let request = try place.request(columns: [])
            let result = try await SealVerifier.verify(place.target(), request, keys: SealKeyOptions.keys(keys.open(), of: request))
            if json {
                try printJSON([
                    "schema": "suwen.seal-verify/1", "table": request.displayName, "rows": result.rows, "verified": result.opened,
                    "nulls": result.nulls, "plaintext": result.plaintext, "failed": result.failed, "wrongIndexes": result.wrongCompanions,
                    "failures": result.failures.map(\.description),
                ])
            } else {
                print(
                    "\(request.displayName): \(result.rows) rows, \(result.opened) cells opened, \(result.nulls) null, \(result.plaintext) in plaintext, "
                        + "\(result.failed) don't open, \(result.wrongCompanions) wrong indexes")
                for failure in result.failures { print("  \(failure)") }
            }
            if !result.isSound { throw ExitCode(3) }
        }
    }
}

struct UnsealCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unseal", abstract: "Give a sealed table back as it was: values, types, constraints and indexes.",
        discussion: """
            EXAMPLE
              suwen unseal postgresql://owner@127.0.0.1/his --table public.patients --keyring clinic.keyring --passphrase-from env:KEYRING
            """)

    @OptionGroup var place: SealedTableOptions
    @OptionGroup var keys: SealKeyOptions
    @Flag(help: "Print one JSON document.") var json = false

    func run() async throws {
        let request = try place.request(columns: [])
        let migration = OnlineMigration(target: try place.target(), request: request, keys: SealKeyOptions.keys(try keys.open(), of: request))
        try SealView.show(try await migration.unseal(), json: json)
    }
}

struct RotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Seal anew, under the newest generation of each column's key, what is sealed under older ones.",
        discussion: """
            Make the new generation first: suwen keys rotate KEYRING --column SCHEMA.TABLE.COLUMN. Both stay readable meanwhile.

            EXAMPLE
              suwen rotate postgresql://owner@127.0.0.1/his --table public.patients --keyring clinic.keyring
            """)

    @OptionGroup var place: SealedTableOptions
    @OptionGroup var keys: SealKeyOptions
    @Flag(help: "Print one JSON document.") var json = false

    func run() async throws {
        let request = try place.request(columns: [])
        let keyring = try keys.open()
        let sealingKeys = SealKeyOptions.keys(keyring, of: request)
        let migration = OnlineMigration(target: try place.target(), request: request, keys: sealingKeys)
        // Counted before they are made: a run that is killed counts too many and never too few.
        let rows = try await migration.plan().estimate.rows ?? 0
        for (column, key) in sealingKeys.current where keyring.generations(of: request.logicalName(of: column)) > 1 {
            try keyring.noteSeals(id: key.id, count: rows)
        }
        try keyring.save()
        try SealView.show(try await migration.rotate(), json: json)
    }
}

extension SealMode: ExpressibleByArgument {}

extension Keyring {
    fileprivate func generations(of column: String) -> Int { info.keys.count { $0.column == column } }
}
