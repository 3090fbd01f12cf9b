import ArgumentParser
import Cryptography
import Foundation

struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Make, list, rotate, disable and destroy the keys of sealed columns.",
        discussion: """
            A keyring is one file, mode 0600. A passphrase, a key file or a PKCS#11 token unlocks it; no secret is taken from the command line.

            EXAMPLES
              suwen keys create clinic.keyring
              suwen keys new clinic.keyring --column public.patients.name
              suwen keys list clinic.keyring
              suwen keys rotate clinic.keyring --kek
              suwen keys destroy clinic.keyring 0a1b2c3d --by 张三 --why 保存期满 --yes
              suwen keys backup clinic.keyring /mnt/backup/clinic.keyring
            """,
        subcommands: [
            Create.self, List.self, New.self, Rotate.self, Disable.self, Enable.self, Destroy.self, ExportPublicInfo.self, Backup.self,
        ])

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a keyring without keys. What exists is not overwritten.",
            discussion: """
                EXAMPLES
                  suwen keys create clinic.keyring                                       asks for a passphrase
                  suwen keys create clinic.keyring --passphrase-from file:/etc/suwen/passphrase
                  suwen keys create clinic.keyring --key-file /mnt/usb/clinic.key --make-key-file
                  suwen keys create clinic.keyring --pkcs11 /usr/lib/softhsm/libsofthsm2.so --token clinic --pin-from env:PIN
                """)

        @OptionGroup var place: KeyringPlace
        @OptionGroup var root: KeyringUnlockOptions
        @Option(help: "The label of the PKCS#11 token, in which a new key is made.") var token: String?
        @Flag(help: "Write a new key file first.") var makeKeyFile = false
        @OptionGroup var costs: ArgonOptions
        @OptionGroup var output: KeysOutput

        func validate() throws {
            guard (root.pkcs11 == nil) == (token == nil) else { throw ValidationError("--pkcs11 and --token go together") }
            guard !makeKeyFile || root.keyFile != nil else { throw ValidationError("--make-key-file goes with --key-file") }
        }

        func run() throws {
            // Asked before a key file is made that nothing would need.
            guard !place.exists else { throw KeyringError.alreadyExists(path: place.keyring) }
            let keyring = try Keyring.create(place.keyring, root: try newRoot())
            try output.show(keyring.info, place.keyring, did: "created")
        }

        private func newRoot() throws -> KeyringNewRoot {
            if let path = root.keyFile {
                if makeKeyFile { try KeyFile.create(path) }
                return .keyFile(path: path)
            }
            if let module = root.pkcs11, let token {
                return .token(module: module, label: token, pin: try KeyringUnlockOptions.secret(root.pinFrom, "PIN", "--pin-from", twice: false))
            }
            let passphrase = try KeyringUnlockOptions.secret(root.passphraseFrom, "New passphrase", "--passphrase-from", twice: true)
            return .passphrase(passphrase, try costs.parameters())
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List keys with their states and counts, after verifying the file.",
            discussion: "EXAMPLE\n  suwen keys list clinic.keyring --json")

        @OptionGroup var place: KeyringPlace
        @OptionGroup var unlock: KeyringUnlockOptions
        @OptionGroup var output: KeysOutput

        func run() throws { try output.show(try unlock.open(place.keyring).info, place.keyring, did: nil) }
    }

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a column's first key, or its next generation.",
            discussion: "EXAMPLE\n  suwen keys new clinic.keyring --column public.patients.name --algorithm sm4-gcm")

        @OptionGroup var place: KeyringPlace
        @OptionGroup var unlock: KeyringUnlockOptions
        @Option(help: "The column's logical name.") var column: String
        @Option(help: "aes-256-gcm or sm4-gcm.") var algorithm = SealingAlgorithm.aes256GCM
        @OptionGroup var output: KeysOutput

        func run() throws {
            let keyring = try unlock.open(place.keyring)
            let key = try keyring.newGeneration(column: column, algorithm: algorithm)
            try output.show(keyring.info, place.keyring, did: "made key \(KeyID.text(key.id))", key: key.id)
        }
    }

    struct Disable: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep a key from sealing and opening until it is enabled again.",
            discussion: "EXAMPLE\n  suwen keys disable clinic.keyring 0a1b2c3d")

        @OptionGroup var key: KeyChoice
        @OptionGroup var output: KeysOutput

        func run() throws { try key.change(output, "disabled") { try $0.disable($1) } }
    }

    struct Enable: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a disabled key seal and open again.", discussion: "EXAMPLE\n  suwen keys enable clinic.keyring 0a1b2c3d")

        @OptionGroup var key: KeyChoice
        @OptionGroup var output: KeysOutput

        func run() throws { try key.change(output, "enabled") { try $0.enable($1) } }
    }

    struct Destroy: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Destroy a key for good (crypto-shredding): what it sealed can't be opened any more.",
            discussion: """
                Without --yes it only says what would be lost. Backups of the keyring still hold the key: destroy them, too.

                EXAMPLE
                  suwen keys destroy clinic.keyring 0a1b2c3d --by 张三 --why 保存期满 --yes
                """)

        @OptionGroup var key: KeyChoice
        @Option(help: "Who answers for it; recorded.") var by: String
        @Option(help: "Why; recorded. No patient's data.") var why: String
        @Flag(help: "Do it.") var yes = false
        @OptionGroup var output: KeysOutput

        func run() throws {
            if yes { return try key.change(output, "destroyed") { try $0.destroy($1, by: by, why: why) } }
            let (keyring, id) = try key.open()
            // Refused now for the reasons for which it would be refused then.
            if case .destroyed? = keyring.info.keys.first(where: { $0.id == id })?.state { _ = try keyring.dataKey(id: id) }
            try output.show(
                keyring.info, key.place.keyring, did: "dry run, nothing was destroyed; --yes destroys key \(KeyID.text(id))", key: id, dryRun: true)
        }
    }

    struct ExportPublicInfo: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export-public-info", abstract: "Print what may be shown to anybody: no secret, wrapped or not, is in it.",
            discussion: """
                Without an option that unlocks the keyring it is read unverified, and says so.

                EXAMPLE
                  suwen keys export-public-info clinic.keyring --json
                """)

        @OptionGroup var place: KeyringPlace
        @OptionGroup var unlock: KeyringUnlockOptions
        @OptionGroup var output: KeysOutput

        func run() throws {
            let info = unlock.isGiven ? try unlock.open(place.keyring).info : try KeyringInfo.unverified(place.keyring)
            try output.show(info, place.keyring, did: nil)
        }
    }

    struct Backup: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Verify the keyring and copy it, sealed as it is, to a new file.",
            discussion: "EXAMPLE\n  suwen keys backup clinic.keyring /mnt/backup/clinic.keyring")

        @OptionGroup var place: KeyringPlace
        @Argument(help: ArgumentHelp("The new file.", valueName: "target"), completion: .file()) var target: String
        @OptionGroup var unlock: KeyringUnlockOptions
        @OptionGroup var output: KeysOutput

        func run() throws {
            let keyring = try unlock.open(place.keyring)
            try keyring.backup(to: target)
            try output.show(keyring.info, place.keyring, did: "backed up to \(target)")
        }
    }
}
