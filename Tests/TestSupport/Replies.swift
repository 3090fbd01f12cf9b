/// Replies of the services, built as their servers build them.
package enum Replies {
    package static func little<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }
    package static func big<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }

    package enum Redis {
        package static let information = "# Server\r\nredis_version:7.0.15\r\nredis_mode:standalone\r\n"
        package static let open = [":42\r\n", "$\(information.utf8.count)\r\n\(information)\r\n"]
    }

    package enum PostgreSQL {
        package static func message(_ type: Character, _ body: [UInt8]) -> [UInt8] { [type.asciiValue ?? 0] + big(UInt32(body.count + 4)) + body }
        package static let ok = message("R", big(UInt32(0)))
        package static let scram = message("R", big(UInt32(10)) + Array("SCRAM-SHA-256".utf8) + [0, 0])
        package static let version = message("S", Array("server_version".utf8) + [0] + Array("15.8 (Debian 15.8-0+deb12u1)".utf8) + [0])
        package static let ready = message("Z", [0x49])
        package static let row =
            message("T", [0, 0]) + message("D", [0, 1] + big(UInt32(4)) + Array("15.8".utf8)) + message("C", Array("SHOW".utf8) + [0]) + ready
        package static func error(_ code: String) -> [UInt8] {
            message("E", Array("SFATAL".utf8) + [0] + Array("C\(code)".utf8) + [0] + Array("Mno".utf8) + [0, 0])
        }
        package static let session = ok + version + message("K", [UInt8](repeating: 1, count: 8)) + ready
    }

    package enum MySQL {
        package static func packet(_ sequence: UInt8, _ payload: [UInt8]) -> [UInt8] {
            Array(little(UInt32(payload.count)).prefix(3)) + [sequence] + payload
        }
        package static func greeting(tls: Bool = false, version: String = "8.0.36") -> [UInt8] {
            let capabilities: UInt16 = tls ? 0xFFFF : 0xF7FF
            let head: [UInt8] = [10] + Array(version.utf8) + [0, 1, 0, 0, 0] + [UInt8](repeating: 7, count: 8) + [0]
            let tail: [UInt8] =
                little(capabilities) + [33, 2, 0, 0xFF, 0xC1, 21] + [UInt8](repeating: 0, count: 10) + [UInt8](repeating: 7, count: 12)
            return packet(0, head + tail + [0] + Array("caching_sha2_password".utf8) + [0])
        }
        package static let ok = packet(2, [0, 0, 0, 2, 0, 0, 0])
        package static func error(_ code: UInt16, sequence: UInt8 = 2) -> [UInt8] {
            packet(sequence, [0xFF] + little(code) + Array("#28000Access denied".utf8))
        }
        package static func authenticationSwitch(_ method: String) -> [UInt8] {
            packet(2, [0xFE] + Array(method.utf8) + [0] + [UInt8](repeating: 9, count: 20) + [0])
        }
        package static let schemas =
            packet(1, [1]) + packet(2, [3] + Array("def".utf8) + [UInt8](repeating: 0, count: 20)) + packet(3, [0xFE, 0, 0, 2, 0])
            + packet(4, [1] + Array("5".utf8)) + packet(5, [0xFE, 0, 0, 2, 0])
    }

    package enum MongoDB {
        package static func document(_ elements: [[UInt8]]) -> [UInt8] {
            let body = elements.joined()
            return little(Int32(body.count + 5)) + body + [0]
        }
        package static func double(_ name: String, _ value: Double) -> [UInt8] { [1] + Array(name.utf8) + [0] + little(value.bitPattern) }
        package static func int(_ name: String, _ value: Int32) -> [UInt8] { [0x10] + Array(name.utf8) + [0] + little(value) }
        package static func text(_ name: String, _ value: String) -> [UInt8] {
            [2] + Array(name.utf8) + [0] + little(Int32(value.utf8.count + 1)) + Array(value.utf8) + [0]
        }
        package static func array(_ name: String) -> [UInt8] { [4] + Array(name.utf8) + [0] + document([text("0", "global")]) }

        /// The reply to `request` with the given fields, in the request's dialect.
        package static func reply(to request: [UInt8], _ elements: [[UInt8]]) -> [UInt8] {
            let id = Array(request[4..<8])
            let isQuery = request[12] == 0xD4
            let body = (isQuery ? [UInt8](repeating: 0, count: 16) + little(Int32(1)) : [0, 0, 0, 0, 0]) + document(elements)
            return little(Int32(16 + body.count)) + [1, 0, 0, 0] + id + little(Int32(isQuery ? 1 : 2013)) + body
        }

        /// What a server answers to one command.
        package static func answer(_ request: [UInt8], authenticated: Bool) -> [UInt8] {
            func names(_ command: String) -> Bool { String(decoding: request, as: UTF8.self).contains(command) }
            if names("getLog") {
                let refused = [
                    double("ok", 0), text("errmsg", "command getLog requires authentication"), int("code", 13), text("codeName", "Unauthorized"),
                ]
                return reply(to: request, authenticated ? [array("names"), double("ok", 1)] : refused)
            }
            if names("buildInfo") { return reply(to: request, [text("version", "7.0.14"), array("modules"), double("ok", 1)]) }
            return reply(to: request, [int("maxWireVersion", 21), [8] + Array("isWritablePrimary".utf8) + [0, 1], double("ok", 1)])
        }
    }

    package enum HTTP {
        package static func response(_ status: String, _ body: String, type: String = "application/json", headers: [String] = []) -> String {
            let lines = ["HTTP/1.1 \(status)", "Content-Type: \(type)", "Content-Length: \(body.utf8.count)", "Connection: close"] + headers
            return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
        }
        package static let greeting = response(
            "200 OK", #"{"name":"n","cluster_name":"c","version":{"number":"8.12.2","lucene_version":"9.9.2"},"tagline":"You Know, for Search"}"#)
        package static let statistics = response(
            "200 OK", #"{"_shards":{"total":4,"successful":2,"failed":0},"_all":{"primaries":{"docs":{"count":1234,"deleted":0}}}}"#)
        package static let denied = response(
            "401 Unauthorized", #"{"error":{"type":"security_exception","reason":"missing authentication credentials"},"status":401}"#,
            headers: [#"WWW-Authenticate: Basic realm="security" charset="UTF-8""#])
    }
}
