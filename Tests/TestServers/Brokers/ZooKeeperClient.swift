import Foundation

/// As much of ZooKeeper's protocol (zookeeper.jute) as the tests need: a session, nodes and their data.
struct ZooKeeperClient {
    private let conversation: LoopbackConversation
    private var number: Int32 = 0

    private enum Operation: Int32 { case create = 1, getData = 4, getChildren = 8, closeSession = -11, auth = 100 }

    /// - Parameter login: proves the tests' name by the scheme `digest`.
    init(port: UInt16, login: Bool) throws {
        conversation = try LoopbackConversation(port: port)
        // Protocol version, last zxid seen, time-out in milliseconds, session, its password, read-only.
        try send(
            Self.bytes(Int32(0)) + Self.bytes(Int64(0)) + Self.bytes(Int32(30_000)) + Self.bytes(Int64(0))
                + Self.buffer([UInt8](repeating: 0, count: 16)) + [0])
        _ = try receive()
        guard login else { return }
        let name = "\(ServerVariant.user):\(ServerVariant.password)"
        let packet = Self.bytes(Int32(0)) + Self.buffer(Array("digest".utf8)) + Self.buffer(Array(name.utf8))
        try send(Self.bytes(Int32(-4)) + Self.bytes(Operation.auth.rawValue) + packet)
        _ = try receive()
    }

    mutating func create(_ path: String, _ data: String) throws {
        let anybody = Self.bytes(Int32(1)) + Self.bytes(Int32(31)) + Self.buffer(Array("world".utf8)) + Self.buffer(Array("anyone".utf8))
        _ = try ask(.create, Self.buffer(Array(path.utf8)) + Self.buffer(Array(data.utf8)) + anybody + Self.bytes(Int32(0)))
    }

    /// A node's data, and the numbers of its last changes.
    mutating func node(_ path: String) throws -> String {
        let reply = try ask(.getData, Self.buffer(Array(path.utf8)) + [0])
        let count = Int(max(0, Self.number(reply[...])))
        let data = reply.dropFirst(4).prefix(count)
        // Stat: czxid, mzxid, ctime, mtime, version, cversion, aversion, …
        let stat = reply.dropFirst(4 + count)
        let numbers = [stat.dropFirst(32), stat.dropFirst(36), stat.dropFirst(40)].map(Self.number)
        return "data \(String(decoding: data, as: UTF8.self)), changed \(stat.dropFirst(8).prefix(8)), versions \(numbers)"
    }

    mutating func children(of path: String) throws -> [String] {
        var rest = try ask(.getChildren, Self.buffer(Array(path.utf8)) + [0])[...]
        let count = Self.number(rest)
        rest = rest.dropFirst(4)
        return (0..<max(0, count)).map { _ in
            let length = Int(max(0, Self.number(rest)))
            defer { rest = rest.dropFirst(4 + length) }
            return String(decoding: rest.dropFirst(4).prefix(length), as: UTF8.self)
        }
    }

    mutating func close() throws { _ = try ask(.closeSession, []) }

    private mutating func ask(_ operation: Operation, _ body: [UInt8]) throws -> [UInt8] {
        number += 1
        try send(Self.bytes(number) + Self.bytes(operation.rawValue) + body)
        let reply = try receive()
        // Number, zxid, error.
        let code = Self.number(reply.dropFirst(12))
        guard code == 0 else { throw TestServerError.unexpected("ZooKeeper answers \(code) to \(operation)") }
        return Array(reply.dropFirst(16))
    }

    private func send(_ bytes: [UInt8]) throws { try conversation.send(Self.buffer(bytes)) }

    private func receive() throws -> [UInt8] { try conversation.read(Int(max(0, Self.number(try conversation.read(4)[...])))) }

    private static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }

    private static func buffer(_ bytes: [UInt8]) -> [UInt8] { self.bytes(Int32(truncatingIfNeeded: bytes.count)) + bytes }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int32 {
        Int32(bitPattern: bytes.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
    }
}
