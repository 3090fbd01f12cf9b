/// Java's remote method invocation over JRMP (Java RMI Specification, 10) and the part of its object streams (Java Object Serialization
/// Specification, 6) that the replies below are made of. No object is ever built from them.
enum RMIWire {
    /// Which object is called: a number, and 14 bytes that tell one life of the server from the next.
    struct ObjectID: Hashable {
        var bytes: [UInt8]

        /// The registry's own (`ObjID.REGISTRY_ID`).
        static let registry = ObjectID(bytes: [UInt8](repeating: 0, count: 22))
    }

    /// A reference to an object, and the port where it is called.
    struct Reference: Hashable {
        var port: UInt64
        var object: ObjectID
    }

    enum Method {
        /// Operations of the registry by number, with its interface's hash.
        case list, lookup
        /// Methods by the hash of their signature: `RMIServer.newClient(Object)` and `RMIConnection.close()`.
        case newClient, close

        var operation: Int32 {
            switch self {
            case .list: 1
            case .lookup: 2
            case .newClient, .close: -1
            }
        }

        var hash: UInt64 {
            switch self {
            case .list, .lookup: 0x4415_4DC9_D4E6_3BDF
            case .newClient: 0xF0E0_74EA_AD0C_AEA8
            case .close: 0xBE2E_5BC7_809D_0DCC
            }
        }
    }

    private enum Mark {
        static let null: UInt8 = 0x70
        static let reference: UInt8 = 0x71
        static let classDescription: UInt8 = 0x72
        static let object: UInt8 = 0x73
        static let string: UInt8 = 0x74
        static let array: UInt8 = 0x75
        static let block: UInt8 = 0x77
        static let end: UInt8 = 0x78
    }

    /// Magic, version 2, the stream protocol.
    static let handshake: [UInt8] = [0x4A, 0x52, 0x4D, 0x49, 0, 2, 0x4B]
    /// The client's own endpoint: no name, no port.
    static let endpoint: [UInt8] = [0, 0, 0, 0, 0, 0]

    static func call(_ object: ObjectID, _ method: Method) -> [UInt8] {
        var block = object.bytes
        block.appendBig(method.operation)
        block.appendBig(method.hash)
        let start: [UInt8] = [0x50, 0xAC, 0xED, 0, 5, Mark.block, UInt8(truncatingIfNeeded: block.count)]
        switch method {
        case .list, .close: return start + block
        case .lookup: return start + block + [Mark.string, 0, 6] + Array("jmxrmi".utf8)
        // Credentials: none.
        case .newClient: return start + block + [Mark.null]
        }
    }

    enum Failure: Error { case incomplete, invalid }

    /// The server's answer to the handshake: ProtocolAck, the client's name and port as it sees them.
    static func readAcknowledgement(_ bytes: [UInt8]) throws(Failure) -> Int {
        var reader = Reader(bytes)
        try reader.expect([0x4E])
        guard try reader.string().count <= 255 else { throw .invalid }
        _ = try reader.take(4)
        return bytes.count - reader.remaining
    }

    struct Names: Hashable {
        var count: Int
        var hasManagement: Bool
    }

    /// What `list` returns: an array of strings.
    static func readNames(_ bytes: [UInt8]) throws(Failure) -> Names {
        var reader = Reader(bytes)
        guard try reader.isNormalReturn() else { throw .invalid }
        try reader.expect([Mark.array, Mark.classDescription, 0, 19])
        try reader.expect(Array("[Ljava.lang.String;".utf8))
        // The class's serialVersionUID, "serializable", no fields.
        try reader.expect([0xAD, 0xD2, 0x56, 0xE7, 0xE9, 0x1D, 0x7B, 0x47, 2, 0, 0])
        try reader.skipAnnotations()
        try reader.expect([Mark.null])
        let count = try reader.number(4)
        guard count <= 4_096 else { throw .invalid }
        var names = Names(count: Int(count), hasManagement: false)
        for _ in 0..<count {
            switch try reader.number(1) {
            case UInt64(Mark.string): if try reader.string().elementsEqual("jmxrmi".utf8) { names.hasManagement = true }
            case UInt64(Mark.reference): _ = try reader.take(4)
            default: throw .invalid
            }
        }
        guard reader.remaining == 0 else { throw .invalid }
        return names
    }

    enum Outcome: Hashable {
        case reference(Reference)
        /// The name of the exception's class.
        case exception(String)
    }

    /// Whatever `close` returns: that it did is enough.
    static func readEnd(_ bytes: [UInt8]) throws(Failure) {
        var reader = Reader(bytes)
        _ = try reader.isNormalReturn()
    }

    /// What a call returns that gives a reference to a remote object of JMX.
    static func readOutcome(_ bytes: [UInt8]) throws(Failure) -> Outcome {
        var reader = Reader(bytes)
        let isNormal = try reader.isNormalReturn()
        try reader.expect([Mark.object, Mark.classDescription])
        let name = try reader.string()
        guard (1...200).contains(name.count) else { throw .invalid }
        guard isNormal else { return .exception(name.text) }
        guard name.starts(with: "javax.management.remote.rmi.RMI".utf8) else { throw .invalid }
        return .reference(try reader.reference())
    }

    /// Takes bytes off the front of a reply that may not be all there yet.
    private struct Reader {
        private var reader: ByteReader

        init(_ bytes: [UInt8]) { reader = ByteReader(bytes) }

        var remaining: Int { reader.remaining }

        mutating func take(_ count: Int) throws(Failure) -> ArraySlice<UInt8> {
            guard let bytes = reader.take(count) else { throw .incomplete }
            return bytes
        }

        mutating func number(_ count: Int) throws(Failure) -> UInt64 { try take(count).reduce(0) { $0 << 8 | UInt64($1) } }

        mutating func expect(_ bytes: [UInt8]) throws(Failure) {
            guard bytes.starts(with: reader.rest.prefix(bytes.count)) else { throw .invalid }
            _ = try take(bytes.count)
        }

        mutating func string() throws(Failure) -> ArraySlice<UInt8> { try take(Int(number(2))) }

        /// ReturnData, the stream's header, a block with the kind of return and its UID.
        mutating func isNormalReturn() throws(Failure) -> Bool {
            try expect([0x51, 0xAC, 0xED, 0, 5, Mark.block, 15])
            let kind = try number(1)
            guard kind == 1 || kind == 2 else { throw .invalid }
            _ = try take(14)
            return kind == 1
        }

        /// Where the class may be loaded from: nothing, or a text.
        mutating func skipAnnotations() throws(Failure) {
            for _ in 0..<4 {
                switch try number(1) {
                case UInt64(Mark.end): return
                case UInt64(Mark.null): break
                case UInt64(Mark.string): _ = try string()
                default: throw .invalid
                }
            }
            throw .invalid
        }

        /// The rest of a stub: the description of its classes, then a block that begins with `UnicastRef` or `UnicastRef2`.
        mutating func reference() throws(Failure) -> Reference {
            let mark = Array("UnicastRef".utf8)
            guard let place = reader.rest.prefix(2_048).firstRange(of: mark) else {
                throw reader.remaining < 2_048 ? .incomplete : .invalid
            }
            _ = try take(place.upperBound - reader.rest.startIndex)
            if reader.rest.first == UInt8(ascii: "2") {
                // With a format: 0, no socket factory; 1, one follows the port, which is not read.
                _ = try take(1)
                guard try number(1) == 0 else { throw .invalid }
            }
            guard try string().count <= 255 else { throw .invalid }
            let port = try number(4)
            let object = ObjectID(bytes: Array(try take(22)))
            // Not a result stream's; the end of the block and of the object.
            _ = try take(1)
            try expect([Mark.end])
            guard port <= 65_535 else { throw .invalid }
            return Reference(port: port, object: object)
        }
    }
}
