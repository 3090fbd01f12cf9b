import Probes
import TestSupport

/// Replies of databases, built as their specifications say.
extension Replies {
    enum SQLServer {
        /// The options of a PRELOGIN response: version 15.0.2000, encryption, an empty instance.
        static func prelogin(encryption: UInt8, type: UInt8 = 4) -> [UInt8] {
            let body: [UInt8] = [0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xFF, 15, 0, 7, 0xD0, 0, 0, encryption]
            return [type, 1] + Replies.big(UInt16(body.count + 8)) + [0, 0, 1, 0] + body
        }
    }

    enum Oracle {
        static func packet(_ type: UInt8, _ body: [UInt8]) -> [UInt8] {
            Replies.big(UInt16(body.count + 8)) + [0, 0, type, 0, 0, 0] + body
        }
        static func refusal(version: UInt32) -> [UInt8] {
            let text = "(DESCRIPTION=(TMP=)(VSNNUM=\(version))(ERR=12514)(ERROR_STACK=(ERROR=(CODE=12514)(EMFI=4))))"
            return packet(4, [4, 0] + Replies.big(UInt16(text.utf8.count)) + Array(text.utf8))
        }
    }

    enum Dameng {
        static func frame(_ type: UInt8, code: Int32, _ body: [UInt8]) -> [UInt8] {
            let head: [UInt8] = [0, 0, 0, 0, type, 0] + Replies.little(Int32(body.count)) + Replies.little(code) + [0, 0, 0, 0, 0]
            return head + [head.reduce(0, ^)] + [UInt8](repeating: 0, count: 44) + body
        }
        static let started = frame(
            228, code: 0,
            [UInt8](repeating: 0, count: 16) + Replies.little(Int32(8)) + Array("8.1.3.62".utf8) + Replies.little(Int32(-1))
                + Replies.little(Int32(64))
                + [UInt8](repeating: 0xBB, count: 64))
        static let refused = frame(
            187, code: -118, [UInt8](repeating: 0, count: 8) + Replies.little(Int32(22)) + Array("Invalid client version".utf8))
    }

    enum Cassandra {
        static func frame(_ opcode: UInt8, _ body: [UInt8] = [], version: UInt8 = 4, flags: UInt8 = 0) -> [UInt8] {
            [0x80 | version, flags, 0, 0, opcode] + Replies.big(UInt32(body.count)) + body
        }
        static func string(_ text: String) -> [UInt8] { Replies.big(UInt16(text.utf8.count)) + Array(text.utf8) }
        static func supported(_ extra: String? = nil, version: UInt8 = 4) -> [UInt8] {
            let keys = ["COMPRESSION", "CQL_VERSION"] + (extra.map { [$0] } ?? [])
            return frame(6, Replies.big(UInt16(keys.count)) + keys.flatMap { string($0) + [0, 1] + string("3.4.5") }, version: version)
        }
        static let ready = frame(2)
        static let authenticate = frame(3, string("org.apache.cassandra.auth.PasswordAuthenticator"))
        static let success = frame(0x10, [0xFF, 0xFF, 0xFF, 0xFF])
        static func error(_ code: UInt32, version: UInt8 = 4) -> [UInt8] {
            frame(0, Replies.big(code) + string("no"), version: version)
        }
        static func release(version: UInt8 = 4) -> [UInt8] {
            frame(
                8,
                Replies.big(UInt32(2)) + Replies.big(UInt32(1)) + Replies.big(UInt32(1)) + string("system") + string("local")
                    + string("release_version") + [0, 0x0D] + Replies.big(UInt32(1)) + Replies.big(UInt32(5)) + Array("4.1.3".utf8),
                version: version)
        }
    }

    enum Neo4j {
        static func message(_ tag: UInt8, _ fields: [[UInt8]]) -> [UInt8] {
            let body = [0xB0 | UInt8(fields.count), tag] + fields.flatMap { $0 }
            return Replies.big(UInt16(body.count)) + body + [0, 0]
        }
        static func text(_ text: String) -> [UInt8] { [0xD0, UInt8(text.utf8.count)] + Array(text.utf8) }
        static func map(_ members: [(String, [UInt8])]) -> [UInt8] { [0xA0 | UInt8(members.count)] + members.flatMap { text($0.0) + $0.1 } }

        static let version: [UInt8] = [0, 0, 4, 4]
        static func hello(_ server: String = "Neo4j/5.13.0") -> [UInt8] {
            message(0x70, [map([("server", text(server)), ("connection_id", text("bolt-1")), ("hints", [0xA0])])])
        }
        static func failure(_ code: String) -> [UInt8] { message(0x7F, [map([("code", text(code)), ("message", text("no"))])]) }
        /// 70,000 nodes, in an integer of 32 bits.
        static let count =
            message(0x70, [map([("t_first", [1]), ("fields", [0x91] + text("count(n)"))])])
            + message(0x71, [[0x91, 0xCA] + Replies.big(Int32(70_000))]) + message(0x70, [map([("type", text("r"))])])
    }

    enum ClickHouse {
        static func string(_ text: String) -> [UInt8] { [UInt8(text.utf8.count)] + Array(text.utf8) }
        /// 23.8.2, revision 54,465.
        static let hello = [0] + string("ClickHouse") + [23, 8, 0xC1, 0xA9, 0x03] + string("Asia/Shanghai") + string("node") + [2]
        /// 1.1, revision 54,000: without time zone and the rest.
        static let oldHello = [0] + string("ClickHouse server") + [1, 1, 0xF0, 0xA5, 0x03]
        static func exception(_ code: Int32) -> [UInt8] {
            [2] + Replies.little(code) + string("DB::Exception") + string("DB::Exception: no") + string("0. main") + [0]
        }
        static func block(_ type: String = "UInt64", rows: [UInt64]) -> [UInt8] {
            [1] + string("") + [1, 0, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0, 1, UInt8(rows.count)] + string("count()") + string(type)
                + rows.flatMap { Replies.little($0) }
        }
        static let answer = block(rows: []) + block(rows: [4]) + [6, 1, 1, 8, 0, 0, 0] + [3, 1, 8, 0] + [5]
    }
}
