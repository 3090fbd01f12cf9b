import ArgumentParser
import Cryptography
import Foundation

struct KeyringPlace: ParsableArguments {
    @Argument(help: ArgumentHelp("The keyring's file.", valueName: "keyring"), completion: .file()) var keyring: String

    /// Also when it is a link that leads nowhere.
    var exists: Bool {
        var status = stat()
        return lstat(keyring, &status) == 0
    }
}

/// One key of a keyring.
struct KeyChoice: ParsableArguments {
    @OptionGroup var place: KeyringPlace
    @Argument(help: ArgumentHelp("The key's id, eight hexadecimal digits (suwen keys list).", valueName: "id")) var id: String
    @OptionGroup var unlock: KeyringUnlockOptions

    func validate() throws {
        guard KeyID.parse(id) != nil else { throw ValidationError("a key's id has eight hexadecimal digits, as `suwen keys list` prints it") }
    }

    func open() throws -> (Keyring, UInt32) {
        guard let id = KeyID.parse(id) else { throw ValidationError("'\(id.prefix(20))' is no key id") }
        let keyring = try unlock.open(place.keyring)
        guard keyring.info.keys.contains(where: { $0.id == id }) else { throw KeyringError.unknownKey(id: id) }
        return (keyring, id)
    }

    func change(_ output: KeysOutput, _ did: String, _ body: (Keyring, UInt32) throws -> Void) throws {
        let (keyring, id) = try open()
        try body(keyring, id)
        try output.show(keyring.info, place.keyring, did: "\(did) key \(KeyID.text(id))", key: id)
    }
}

/// What a passphrase costs whoever guesses it.
struct ArgonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("argon2id's memory in MiB, 64 to 1024.", valueName: "mib")) var argonMemory: UInt32 = 64
    @Option(help: ArgumentHelp("argon2id's passes, 1 to 16.", valueName: "passes")) var argonPasses: UInt32 = 3

    func parameters() throws -> Argon2id.Parameters {
        let memory = argonMemory.multipliedReportingOverflow(by: 1024)
        guard !memory.overflow, let parameters = Argon2id.Parameters(memory: memory.partialValue, passes: argonPasses, lanes: 1) else {
            throw Failure.input("argon2id takes 64 to 1024 MiB of memory and 1 to 16 passes")
        }
        return parameters
    }
}

/// Keyrings for people and for programs.
struct KeysOutput: ParsableArguments {
    @Flag(help: "Print one JSON document instead of a table.") var json = false

    /// - Parameters:
    ///   - did: what was done; nil when something was only looked at.
    ///   - key: the one key that it was done to.
    func show(_ info: KeyringInfo, _ path: String, did: String?, key: UInt32? = nil, dryRun: Bool = false) throws {
        guard json else {
            if let did { print("\(path): \(did)") }
            return print(Self.text(info, path, only: key))
        }
        var document = Self.document(info, path)
        if let did { document["did"] = did }
        if let key { document["key"] = KeyID.text(key) }
        if dryRun { document["dryRun"] = true }
        try printJSON(document)
    }

    private static func text(_ info: KeyringInfo, _ path: String, only: UInt32?) -> String {
        let keys = info.keys.filter { only == nil || $0.id == only }
        let rows = keys.map { key in
            [
                KeyID.text(key.id), key.column, key.algorithm.name, String(key.generation), key.state.name, String(key.seals),
                // The day: the document has the second.
                String(UTCTime.text(key.createdAt).prefix(10)), note(key),
            ]
        }
        let root = info.tokenLabel.map { "token '\($0)'" } ?? (info.root == .keyFile ? "key file" : "passphrase")
        let head =
            "\(path): keyring \(info.identifier), revision \(info.revision), root \(root), KEK generation \(info.kekGeneration)"
            + (info.isVerified ? "" : " (not verified: it was not unlocked)")
        guard !rows.isEmpty else { return "\(head)\nno keys" }
        let headings = ["ID", "COLUMN", "ALGORITHM", "GENERATION", "STATE", "SEALS", "CREATED", "NOTE"]
        return "\(head)\n\(TextTable(headings: headings, rows: rows).text())"
    }

    private static func note(_ key: KeyringInfo.Key) -> String {
        if let by = key.destroyedBy { return "\(UTCTime.text(key.changedAt).prefix(10)) \(by): \(key.destroyedWhy ?? "")" }
        if key.isExhausted { return "exhausted: make a new generation" }
        return key.isDue ? "a new generation is due" : ""
    }

    private static func document(_ info: KeyringInfo, _ path: String) -> [String: Any] {
        var root: [String: Any] = ["kind": info.root.rawValue]
        root["tokenLabel"] = info.tokenLabel
        if let costs = info.passphraseCosts {
            root["argon2id"] = ["memoryKiB": Int(costs.memory), "passes": Int(costs.passes), "lanes": Int(costs.lanes)]
        }
        return [
            "schema": "suwen.keys/1", "keyring": path, "identifier": info.identifier, "revision": info.revision, "verified": info.isVerified,
            "createdAt": UTCTime.text(info.createdAt), "root": root,
            "kek": ["generation": info.kekGeneration, "createdAt": UTCTime.text(info.kekCreatedAt)] as [String: Any],
            "keys": info.keys.map { key in
                var item: [String: Any] = [
                    "id": KeyID.text(key.id), "column": key.column, "algorithm": key.algorithm.name, "generation": key.generation,
                    "state": key.state.name, "seals": key.seals, "newGenerationDue": key.isDue, "exhausted": key.isExhausted,
                    "createdAt": UTCTime.text(key.createdAt), "changedAt": UTCTime.text(key.changedAt),
                ]
                if let by = key.destroyedBy { item["destroyed"] = ["by": by, "why": key.destroyedWhy ?? "", "at": UTCTime.text(key.changedAt)] }
                return item
            },
        ]
    }
}
