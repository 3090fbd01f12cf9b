import ArgumentParser
import Cryptography
import Estate
import Foundation

extension SecretSource: ExpressibleByArgument {
    /// `env:NAME` or `file:PATH`, relative to the working folder.
    public init?(argument: String) {
        self.init(argument, relativeTo: URL(fileURLWithPath: FileManager.default.currentDirectoryPath, isDirectory: true))
    }
}

extension SealingAlgorithm: ExpressibleByArgument {
    /// The algorithm's name, such as `sm4-gcm`.
    public init?(argument: String) { self.init(name: argument) }
}

/// What unlocks a keyring.
struct KeyringUnlockOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The passphrase: env:NAME or file:PATH. Asked for on the terminal without it.", valueName: "source"))
    var passphraseFrom: SecretSource?
    @Option(help: ArgumentHelp("The key file: 32 random bytes, mode 0600.", valueName: "path"), completion: .file())
    var keyFile: String?
    @Option(help: ArgumentHelp("The absolute path of the token's PKCS#11 module, such as /usr/lib/softhsm/libsofthsm2.so.", valueName: "module"))
    var pkcs11: String?
    @Option(help: ArgumentHelp("The token's PIN: env:NAME or file:PATH. Asked for on the terminal without it.", valueName: "source"))
    var pinFrom: SecretSource?

    func validate() throws {
        let roots = [passphraseFrom != nil, keyFile != nil, pkcs11 != nil].count { $0 }
        guard roots <= 1 else { throw ValidationError("--passphrase-from, --key-file and --pkcs11 exclude each other") }
        guard pinFrom == nil || pkcs11 != nil else { throw ValidationError("--pin-from goes with --pkcs11") }
    }

    var isGiven: Bool { passphraseFrom != nil || keyFile != nil || pkcs11 != nil }

    /// Opens the keyring, asking on the terminal for a passphrase or PIN that no option names.
    func open(_ path: String) throws -> Keyring {
        // What it needs is read from the file before anybody is asked.
        try Keyring.open(path, unlock: try unlock(isGiven ? nil : KeyringInfo.unverified(path).root, path: path))
    }

    /// - Parameter kind: what the file says that unlocks it; nil when an option says so.
    func unlock(_ kind: KeyringRootKind?, path: String) throws -> KeyringUnlock {
        if let kind, !isGiven, kind != .passphrase {
            throw Failure.input("\(path) is unlocked by \(kind == .keyFile ? "a key file: --key-file PATH" : "a token: --pkcs11 MODULE")")
        }
        if let keyFile { return .keyFile(path: keyFile) }
        if let pkcs11 { return .token(module: pkcs11, pin: try Self.secret(pinFrom, "PIN", "--pin-from", twice: false)) }
        return .passphrase(try Self.secret(passphraseFrom, "Passphrase", "--passphrase-from", twice: false))
    }

    static func secret(_ source: SecretSource?, _ question: String, _ option: String, twice: Bool) throws -> Secret {
        if let source { return try source.load() }
        guard let secret = try PassphrasePrompt.ask(question, twice: twice) else {
            throw Failure.input("no terminal to ask for the \(question.lowercased()) on: \(option) env:NAME or file:PATH")
        }
        return secret
    }
}
