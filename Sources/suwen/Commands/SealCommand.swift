import ArgumentParser
import Cryptography
import Datastores
import Estate
import Findings
import Foundation
import Network
import Sealing

/// Encrypts columns of a table.
struct SealCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal", abstract: "Encrypt columns of a table in place, beside its writers.",
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
        @Option(help: "The language of the plan: zh or en.") var language = Language.zh

        func run() async throws {
            let (plan, request) = try await wanted.plan(place)
            if json { try printJSON(SealView.json(plan, request, language)) } else { print(try SealView.text(plan, request, language)) }
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
            let engine = try place.engine()
            var report = try await SealView.withProgress("sealing \(request.displayName)") {
                try await engine.seal(request, keys: sealingKeys, progress: $0)
            }
            report.add(
                try await SealView.withProgress("opening \(request.displayName)") {
                    try await engine.verify(request, keys: sealingKeys, progress: $0)
                })
            try SealView.show(report, json: json)
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Tell how far a table is, from what runs have recorded in its database.")

        @OptionGroup var place: SealedTableOptions
        @Flag(help: "Print one JSON document.") var json = false

        func run() async throws {
            let request = try place.request()
            try SealView.show(try await place.engine().status(request), of: request, json: json)
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open every sealed cell of a table, and compute its indexes anew.",
            discussion: """
                With --remanence, look for cleartext that stayed behind in a stopped copy of the database's files, or in a backup, instead.

                EXAMPLES
                  suwen seal verify postgresql://owner@127.0.0.1/his --table public.patients --keyring clinic.keyring
                  suwen seal verify postgresql://owner@127.0.0.1/his --table public.patients --keyring clinic.keyring --remanence /mnt/copy/15/main
                """)

        @OptionGroup var place: SealedTableOptions
        @OptionGroup var keys: SealKeyOptions
        @Option(
            help: ArgumentHelp("Look for leftovers in this folder or file: a stopped copy of the data files, or a backup.", valueName: "path"),
            completion: .directory)
        var remanence: String?
        @Flag(help: "Print one JSON document.") var json = false

        func run() async throws {
            let request = try place.request()
            let engine = try place.engine()
            let sealingKeys = try await SealKeyOptions.keys(try keys.open(), of: request, on: engine)
            if let remanence {
                let search = RemanenceSearch(engine: engine, request: request, keys: sealingKeys)
                return try RemanenceView.show(await search.run(in: remanence), of: request, json: json)
            }
            let result = try await SealView.withProgress("opening \(request.displayName)") {
                try await engine.verify(request, keys: sealingKeys, progress: $0)
            }
            try SealView.show(result, of: request, json: json)
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
    @OptionGroup var load: SealLoadOptions
    @Flag(help: "Print one JSON document.") var json = false

    func run() async throws {
        var request = try place.request()
        load.apply(to: &request)
        let (engine, wanted) = (try place.engine(), request)
        let sealingKeys = try await SealKeyOptions.keys(try keys.open(), of: wanted, on: engine)
        let report = try await SealView.withProgress("unsealing \(wanted.displayName)") {
            try await engine.unseal(wanted, keys: sealingKeys, progress: $0)
        }
        try SealView.show(report, json: json)
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
    @OptionGroup var load: SealLoadOptions
    @Flag(help: "Print one JSON document.") var json = false

    func run() async throws {
        var request = try place.request()
        load.apply(to: &request)
        let (engine, wanted, keyring) = (try place.engine(), request, try keys.open())
        let sealingKeys = try await SealKeyOptions.keys(keyring, of: wanted, on: engine)
        // Counted before they are made: a run that is killed counts too many and never too few.
        let rows = try await engine.plan(wanted).estimate.rows ?? 0
        for (column, key) in sealingKeys.current where keyring.generations(of: wanted.logicalName(of: column)) > 1 {
            try keyring.noteSeals(id: key.id, count: rows)
        }
        try keyring.save()
        let report = try await SealView.withProgress("rotating \(wanted.displayName)") {
            try await engine.rotate(wanted, keys: sealingKeys, progress: $0)
        }
        try SealView.show(report, json: json)
    }
}

extension SealMode: ExpressibleByArgument {}

extension Keyring {
    fileprivate func generations(of column: String) -> Int { info.keys.count { $0.column == column } }
}
