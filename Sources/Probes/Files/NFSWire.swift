/// COMPOUND requests of NFS version 4.0 (RFC 7530) that read a folder: they open nothing, and leave no state on the server.
enum NFSWire {
    private enum Operation {
        static let getAttributes: UInt32 = 9
        static let lookup: UInt32 = 15
        static let putRootHandle: UInt32 = 24
        static let readFolder: UInt32 = 26
    }

    private enum Attribute {
        static let type: UInt32 = 1
        static let fileSystem: UInt32 = 8
        static let readError: UInt32 = 11
    }

    /// The file system's id of the folder at `path`, and the folder's first entries.
    static func list(_ path: [[UInt8]]) -> [UInt8] {
        var body: [UInt8] = []
        // No tag; minor version 0.
        for word in [0, 0, UInt32(truncatingIfNeeded: path.count + 3), Operation.putRootHandle] { body.appendBig(word) }
        for name in path {
            body.appendBig(Operation.lookup)
            body.appendOpaque(name)
        }
        for word in [Operation.getAttributes, 1, 1 << Attribute.fileSystem] { body.appendBig(word) }
        body.appendBig(Operation.readFolder)
        // From the start, with no verifier; at most 32 KiB.
        body += [UInt8](repeating: 0, count: 16)
        for word in [8 << 10, 32 << 10, 1, 1 << Attribute.type | 1 << Attribute.fileSystem | 1 << Attribute.readError] as [UInt32] {
            body.appendBig(word)
        }
        return body
    }

    struct Entry {
        /// Never shown.
        var name: [UInt8]
        var kind: Kind
        /// Nil when the server didn't tell.
        var fileSystem: FileSystem?
        /// Why the server told nothing of it: an `nfsstat4`.
        var error: UInt64?
    }

    enum Kind { case folder, file, other }

    struct FileSystem: Hashable {
        var major: UInt64
        var minor: UInt64
    }

    enum Answer {
        case listing(FileSystem, [Entry])
        /// The folder is there for this client, but can't be listed.
        case unreadable(FileSystem, status: UInt64)
        /// `nfsstat4` of RFC 7530, 13.
        case failed(status: UInt64)
    }

    private static let mostEntries = 4_096

    /// Nil when it can't be read.
    static func read(_ results: ArraySlice<UInt8>, depth: Int) -> Answer? {
        var reader = ByteReader(results)
        guard let status = reader.big(4), let tag = reader.opaque(), tag.count <= 1_024, let count = reader.big(4), count <= UInt64(depth + 3) else {
            return nil
        }
        // PUTROOTFH and the LOOKUPs answer with a status alone.
        for index in 0...depth {
            guard index < count else { return status == 0 ? nil : .failed(status: status) }
            guard reader.big(4) == UInt64(index == 0 ? Operation.putRootHandle : Operation.lookup), let result = reader.big(4) else { return nil }
            guard result == 0 else { return .failed(status: result) }
        }
        guard reader.big(4) == UInt64(Operation.getAttributes), let result = reader.big(4) else { return status == 0 ? nil : .failed(status: status) }
        guard result == 0 else { return .failed(status: result) }
        guard let attributes = attributes(&reader), let fileSystem = attributes.fileSystem else { return nil }
        guard reader.big(4) == UInt64(Operation.readFolder), let listed = reader.big(4) else { return nil }
        guard listed == 0 else { return .unreadable(fileSystem, status: listed) }
        guard reader.take(8) != nil, let entries = entries(&reader) else { return nil }
        return .listing(fileSystem, entries)
    }

    private static func entries(_ reader: inout ByteReader) -> [Entry]? {
        var entries: [Entry] = []
        while let more = reader.flag() {
            guard more else { return reader.flag() == nil ? nil : entries }
            guard entries.count < mostEntries, reader.take(8) != nil, let name = reader.opaque(), (1...1_024).contains(name.count),
                let attributes = attributes(&reader)
            else { return nil }
            // With an error, whatever else is said of it means nothing.
            entries.append(
                attributes.error == nil
                    ? Entry(name: Array(name), kind: attributes.kind, fileSystem: attributes.fileSystem)
                    : Entry(name: Array(name), kind: .other, error: attributes.error))
        }
        return nil
    }

    private struct Attributes {
        var kind = Kind.other
        var fileSystem: FileSystem?
        var error: UInt64?
    }

    /// Values come in the order of their bits.
    private static func attributes(_ reader: inout ByteReader) -> Attributes? {
        guard let words = reader.big(4), words <= 3 else { return nil }
        var bits: UInt64 = 0
        for index in 0..<words {
            guard let word = reader.big(4) else { return nil }
            if index == 0 { bits = word } else if word != 0 { return nil }
        }
        guard let values = reader.opaque(), bits & ~UInt64(1 << Attribute.type | 1 << Attribute.fileSystem | 1 << Attribute.readError) == 0 else {
            return nil
        }
        var content = ByteReader(values)
        var attributes = Attributes()
        if bits & 1 << UInt64(Attribute.type) != 0 {
            guard let type = content.big(4) else { return nil }
            // NF4REG, NF4DIR.
            attributes.kind = type == 2 ? .folder : type == 1 ? .file : .other
        }
        if bits & 1 << UInt64(Attribute.fileSystem) != 0 {
            guard let major = content.big(8), let minor = content.big(8) else { return nil }
            attributes.fileSystem = FileSystem(major: major, minor: minor)
        }
        if bits & 1 << UInt64(Attribute.readError) != 0 {
            guard let error = content.big(4) else { return nil }
            if error != 0 { attributes.error = error }
        }
        return content.isAtEnd ? attributes : nil
    }
}
