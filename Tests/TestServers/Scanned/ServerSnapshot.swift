import Foundation

/// What a server holds and how it is set, part by part, in a form that can be compared and printed.
package struct ServerSnapshot: Equatable, Sendable, CustomStringConvertible {
    private var parts: [String: String] = [:]

    /// Setting nil leaves the part out.
    subscript(part: String) -> String? {
        get { parts[part] }
        set { parts[part] = newValue }
    }

    package var isEmpty: Bool { parts.isEmpty }

    package var description: String {
        parts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "\n")
    }

    /// The parts that are not as they were, each with what it was and is.
    package func changes(since earlier: ServerSnapshot) -> [String] {
        Set(parts.keys).union(earlier.parts.keys).sorted().filter { parts[$0] != earlier.parts[$0] }.map { part in
            "\(part): \(earlier.parts[part] ?? "nothing") → \(parts[part] ?? "nothing")"
        }
    }

    /// Every file below a folder: its path, its length and a checksum of its bytes.
    mutating func addFiles(below folder: String, except isLeftOut: (String) -> Bool = { _ in false }) {
        let names = (FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []).filter { !isLeftOut($0) }
        for name in names { addFile(folder + "/" + name, as: name) }
        self["files of \(folder)"] = "\(names.count)"
    }

    mutating func addFile(_ path: String, as name: String? = nil) {
        guard let bytes = FileManager.default.contents(atPath: path) else { return self["file \(name ?? path)"] = "a folder, or unreadable" }
        // FNV-1a, 64 bits: nobody tries to deceive it.
        let checksum = bytes.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        self["file \(name ?? path)"] = "\(bytes.count) bytes, \(String(checksum, radix: 16))"
    }

    /// A JSON document with sorted keys.
    /// - Parameters:
    ///   - only: the keys that count, at the top; all of them when empty.
    ///   - changing: keys, at any depth, that change by themselves.
    mutating func addJSON(_ document: Any?, as name: String, only: Set<String> = [], changing: Set<String> = []) throws {
        guard var document else { throw TestServerError.unexpected("no JSON: \(name)") }
        if !only.isEmpty, let object = document as? [String: Any] { document = object.filter { only.contains($0.key) } }
        let data = try JSONSerialization.data(withJSONObject: Self.steady(document, changing), options: [.sortedKeys, .fragmentsAllowed])
        self[name] = String(decoding: data, as: UTF8.self)
    }

    private static func steady(_ value: Any, _ changing: Set<String>) -> Any {
        if let object = value as? [String: Any] { return object.filter { !changing.contains($0.key) }.mapValues { steady($0, changing) } }
        if let list = value as? [Any] { return list.map { steady($0, changing) } }
        return value
    }
}
