import ArgumentParser
import Cryptography
import Estate

extension KeysCommand {
    struct Rotate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Replace the KEK, the root, or a column's key.",
            discussion: """
                --kek and --root wrap the keys anew and touch no sealed row. --column makes the column's next generation; rows keep the old one until
                they are sealed anew.

                EXAMPLES
                  suwen keys rotate clinic.keyring --kek
                  suwen keys rotate clinic.keyring --root --new-passphrase-from env:NEW
                  suwen keys rotate clinic.keyring --root --new-key-file clinic.key --make-key-file
                  suwen keys rotate clinic.keyring --column public.patients.name
                """)

        @OptionGroup var place: KeyringPlace
        @OptionGroup var unlock: KeyringUnlockOptions
        @Flag(help: "A new KEK.") var kek = false
        @Flag(help: "Another root: the --new- options say which; a passphrase is asked for without them.") var root = false
        @Option(help: "The column whose next generation is made, with the algorithm of its newest.") var column: String?
        @Option(help: ArgumentHelp("The new passphrase: env:NAME or file:PATH.", valueName: "source")) var newPassphraseFrom: SecretSource?
        @Option(help: ArgumentHelp("The new key file.", valueName: "path"), completion: .file()) var newKeyFile: String?
        @Flag(help: "Write the new key file first.") var makeKeyFile = false
        @Option(help: ArgumentHelp("The new token's PKCS#11 module.", valueName: "module")) var newPkcs11: String?
        @Option(help: ArgumentHelp("The new token's label.", valueName: "label")) var newToken: String?
        @Option(help: ArgumentHelp("The new token's PIN: env:NAME or file:PATH.", valueName: "source")) var newPinFrom: SecretSource?
        @OptionGroup var costs: ArgonOptions
        @OptionGroup var output: KeysOutput

        func validate() throws {
            guard [kek, root, column != nil].count(where: { $0 }) == 1 else { throw ValidationError("one of --kek, --root and --column") }
            let roots = [newPassphraseFrom != nil, newKeyFile != nil, newPkcs11 != nil].count { $0 }
            guard roots <= (root ? 1 : 0) else { throw ValidationError("one --new- root, with --root") }
            guard (newPkcs11 == nil) == (newToken == nil), newPinFrom == nil || newPkcs11 != nil else {
                throw ValidationError("--new-pkcs11 and --new-token go together, --new-pin-from with them")
            }
            guard !makeKeyFile || newKeyFile != nil else { throw ValidationError("--make-key-file goes with --new-key-file") }
        }

        func run() throws {
            let keyring = try unlock.open(place.keyring)
            if let column {
                guard let newest = keyring.info.keys.last(where: { $0.column == column }) else {
                    throw KeyringError.noEnabledKey(column: column, generation: nil)
                }
                let key = try keyring.newGeneration(column: column, algorithm: newest.algorithm)
                return try output.show(keyring.info, place.keyring, did: "made key \(KeyID.text(key.id))", key: key.id)
            }
            if kek {
                try keyring.rotateKEK()
            } else {
                try keyring.rotateRoot(try newRoot())
            }
            try output.show(keyring.info, place.keyring, did: kek ? "made a new KEK" : "changed the root")
        }

        private func newRoot() throws -> KeyringNewRoot {
            if let newKeyFile {
                if makeKeyFile { try KeyFile.create(newKeyFile) }
                return .keyFile(path: newKeyFile)
            }
            if let newPkcs11, let newToken {
                let pin = try KeyringUnlockOptions.secret(newPinFrom, "New token's PIN", "--new-pin-from", twice: false)
                return .token(module: newPkcs11, label: newToken, pin: pin)
            }
            let passphrase = try KeyringUnlockOptions.secret(newPassphraseFrom, "New passphrase", "--new-passphrase-from", twice: true)
            return .passphrase(passphrase, try costs.parameters())
        }
    }
}
