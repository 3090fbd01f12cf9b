/// Why a keyring can't be used: what, where and how to mend it. Never holds a secret.
package enum KeyringError: Error, Hashable, Sendable, CustomStringConvertible {
    case missing(path: String)
    case alreadyExists(path: String)
    case symbolicLink(path: String)
    case notARegularFile(path: String)
    /// Group or world may read or write it.
    case openToOthers(path: String, mode: UInt32)
    case foreignOwner(path: String)
    case tooLarge(path: String)
    /// A system call failed; its error number and what was being done.
    case system(path: String, doing: String, code: Int32)
    /// Another process is writing the keyring.
    case busy(path: String)
    /// Not laid out as docs/keyring.md says; `what` is wrong.
    case malformed(path: String, what: String)
    case unsupportedVersion(path: String, version: UInt16)
    /// The passphrase, key file or token is not the one, or a byte was changed: the two look alike by design.
    case notAuthentic(path: String)
    case otherRoot(path: String, needed: KeyringRootKind)
    /// Another process gave the keyring another root since it was opened.
    case rootChangedMeanwhile(path: String)
    /// The file is older than what this process has read before.
    case rolledBack(path: String)
    case badKeyFile(path: String)
    case weakPassphrase(minimum: Int)
    /// A name, reason or parameter that a keyring doesn't take.
    case invalid(what: String)
    case unknownKey(id: UInt32)
    case noEnabledKey(column: String, generation: Int?)
    case disabled(id: UInt32)
    /// Crypto-shredded: what it sealed can't be opened any more, by anybody.
    case destroyed(id: UInt32, at: Int64, by: String, why: String)
    case exhausted(id: UInt32)
    case full(path: String)
    /// The PKCS#11 module or token refused; without the PIN.
    case token(String)
    /// libgcrypt refused.
    case library(String)

    package var description: String {
        switch self {
        case .missing(let path): "\(path) doesn't exist; `suwen keys create` makes a keyring"
        case .alreadyExists(let path): "\(path) exists; choose another name, nothing is overwritten"
        case .symbolicLink(let path): "\(path) is a symbolic link, which is never followed; name the file itself"
        case .notARegularFile(let path): "\(path) is no regular file with one name"
        case .openToOthers(let path, let mode):
            "\(path) is open to others (mode \(String(mode & 0o7777, radix: 8))): chmod 600, and take its keys as read by whoever could"
        case .foreignOwner(let path): "\(path) belongs to another user; run as its owner, or chown it"
        case .tooLarge(let path): "\(path) is larger than any keyring or key file"
        case .system(let path, let doing, let code): "\(path): \(doing) failed: \(Self.explain(code))"
        case .busy(let path): "\(path) is being written by another process; try again"
        case .malformed(let path, let what): "\(path) is no keyring, or was damaged or changed: \(what); restore a backup"
        case .unsupportedVersion(let path, let version): "\(path) has format version \(version), which this version of Suwen doesn't know"
        case .notAuthentic(let path):
            "\(path) doesn't open: the passphrase, key file or token is not its own, or the file was damaged or changed (restore a backup)"
        case .otherRoot(let path, let needed): "\(path) is unlocked by \(needed.explanation)"
        case .rootChangedMeanwhile(let path): "\(path) was given another root meanwhile; start again with that"
        case .rolledBack(let path): "\(path) was replaced by an older copy meanwhile; find out why before you go on"
        case .badKeyFile(let path): "\(path) is no key file: it must hold exactly 32 bytes, random, not all alike"
        case .weakPassphrase(let minimum): "the passphrase is shorter than \(minimum) bytes"
        case .invalid(let what): what
        case .unknownKey(let id): "the keyring has no key \(KeyID.text(id))"
        case .noEnabledKey(let column, let generation?): "the keyring has no enabled key of generation \(generation) for column \(column)"
        case .noEnabledKey(let column, nil): "the keyring has no enabled key for column \(column); `suwen keys new` makes one"
        case .disabled(let id): "key \(KeyID.text(id)) is disabled; `suwen keys enable` takes that back"
        case .destroyed(let id, let at, let by, let why):
            "key \(KeyID.text(id)) was destroyed at \(UTCTime.text(at)) by \(by) (\(why)); what it sealed can't be opened any more"
        case .exhausted(let id): "key \(KeyID.text(id)) has sealed as much as one key may; `suwen keys new` makes a new generation"
        case .full(let path): "\(path) has as many keys as a keyring holds"
        case .token(let text): "PKCS#11: \(text)"
        case .library(let what): "libgcrypt: \(what) failed"
        }
    }

    private static func explain(_ code: Int32) -> String { SystemError.text(code) }
}

/// What unlocks a keyring.
package enum KeyringRootKind: String, Hashable, Sendable, CaseIterable {
    case passphrase
    case keyFile
    case token

    var explanation: String {
        switch self {
        case .passphrase: "a passphrase"
        case .keyFile: "a key file"
        case .token: "a PKCS#11 token"
        }
    }
}

/// How key ids are written: eight hexadecimal digits.
package enum KeyID {
    package static func text(_ id: UInt32) -> String {
        let digits = String(id, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// Nil for anything but eight hexadecimal digits, and for zero.
    package static func parse(_ text: String) -> UInt32? {
        guard text.utf8.count == 8, text.utf8.allSatisfy({ ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x66 || $0 >= 0x30 && $0 <= 0x39 }) else {
            return nil
        }
        return UInt32(text, radix: 16).flatMap { $0 == 0 ? nil : $0 }
    }
}
