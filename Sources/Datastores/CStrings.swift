import Cryptography
import Glibc

/// Lends Swift strings as the C arrays that database libraries take.
enum CStrings {
    /// Keywords and values, each closed by a null pointer.
    static func with<Result>(
        _ pairs: [(String, String)], secret: (String, Secret)?,
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<UnsafePointer<CChar>?>?) -> Result
    ) -> Result {
        let keys = pairs.map(\.0) + (secret.map { [$0.0] } ?? [])
        return with(keys) { keys in
            guard let secret else { return with(pairs.map(\.1)) { body(keys, $0) } }
            // The secret is lent, never copied into a string of ours.
            return secret.1.withCString { value in with(pairs.map(\.1), closing: value) { body(keys, $0) } }
        }
    }

    static func with<Result>(
        _ strings: [String], closing last: UnsafePointer<CChar>? = nil, _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        var pointers = copies.map { UnsafePointer($0) }
        if let last { pointers.append(last) }
        pointers.append(nil)
        return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
