import Foundation

/// Writes small databases in the MaxMind DB format, version 2.0 (https://maxmind.github.io/MaxMind-DB/), for tests: an IPv6 tree of 24-bit records,
/// IPv4 blocks below `::/96`.
struct MaxMindWriter {
    indirect enum Value {
        case string(String)
        case double(Double)
        case uint16(UInt16)
        case uint32(UInt32)
        case uint64(UInt64)
        case boolean(Bool)
        case array([Value])
        case map([(String, Value)])
    }

    var type = "Test-City"
    var epoch: UInt64 = 1_700_000_000
    private var nodes: [(left: Int, right: Int)] = [(0, 0)]
    private var data: [UInt8] = []
    /// Children: 0 is none yet, positive a node, negative the data at −(offset + 1).
    init() {}

    mutating func insert(v4 bits: UInt32, prefix: Int, _ value: Value) {
        insert((0..<96).map { _ in false } + (0..<prefix).map { bits >> UInt32(31 - $0) & 1 == 1 }, value)
    }

    mutating func insert(v6High high: UInt64, prefix: Int, _ value: Value) {
        insert((0..<prefix).map { high >> UInt64(63 - $0) & 1 == 1 }, value)
    }

    private mutating func insert(_ path: [Bool], _ value: Value) {
        let offset = data.count
        encode(value, into: &data)
        var node = 0
        for (depth, bit) in path.enumerated() {
            let isLast = depth == path.count - 1
            var child = bit ? nodes[node].right : nodes[node].left
            if isLast {
                child = -(offset + 1)
            } else if child <= 0 {
                // A block within another keeps what the outer one said beside it.
                nodes.append((child, child))
                child = nodes.count - 1
            }
            if bit { nodes[node].right = child } else { nodes[node].left = child }
            node = isLast ? node : child
        }
    }

    var bytes: [UInt8] {
        var output: [UInt8] = []
        func record(_ child: Int) {
            let value = child == 0 ? nodes.count : child > 0 ? child : nodes.count + 16 + (-child - 1)
            output += [UInt8(value >> 16 & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF)]
        }
        for node in nodes {
            record(node.left)
            record(node.right)
        }
        output += [UInt8](repeating: 0, count: 16) + data
        output += [0xAB, 0xCD, 0xEF] + Array("MaxMind.com".utf8)
        encode(
            .map([
                ("binary_format_major_version", .uint16(2)), ("binary_format_minor_version", .uint16(0)), ("build_epoch", .uint64(epoch)),
                ("database_type", .string(type)), ("description", .map([("en", .string("synthetic"))])), ("ip_version", .uint16(6)),
                ("languages", .array([.string("en")])), ("node_count", .uint32(UInt32(nodes.count))), ("record_size", .uint16(24)),
            ]), into: &output)
        return output
    }

    private func encode(_ value: Value, into output: inout [UInt8]) {
        func head(_ type: Int, _ size: Int) {
            // Types above 7 stand in a byte of their own.
            output.append(UInt8((type <= 7 ? type : 0) << 5 | min(size, 29)))
            if type > 7 { output.append(UInt8(type - 7)) }
            if size >= 29 { output.append(UInt8(size - 29)) }
        }
        func number(_ type: Int, _ value: UInt64) {
            let bytes = withUnsafeBytes(of: value.bigEndian) { Array($0.drop { $0 == 0 }) }
            head(type, bytes.count)
            output += bytes
        }
        switch value {
        case .string(let text):
            head(2, text.utf8.count)
            output += text.utf8
        case .double(let value):
            head(3, 8)
            output += withUnsafeBytes(of: value.bitPattern.bigEndian) { Array($0) }
        case .uint16(let value): number(5, UInt64(value))
        case .uint32(let value): number(6, UInt64(value))
        case .map(let members):
            head(7, members.count)
            for (key, value) in members {
                encode(.string(key), into: &output)
                encode(value, into: &output)
            }
        case .uint64(let value): number(9, value)
        case .array(let items):
            head(11, items.count)
            for item in items { encode(item, into: &output) }
        case .boolean(let value): head(14, value ? 1 : 0)
        }
    }

    func write(to path: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

    static func country(_ code: String) -> Value { .map([("country", .map([("iso_code", .string(code))]))]) }

    static func city(_ code: String, _ latitude: Double, _ longitude: Double, radius: UInt16, isAnycast: Bool = false) -> Value {
        .map([
            ("country", .map([("iso_code", .string(code))])),
            ("location", .map([("accuracy_radius", .uint16(radius)), ("latitude", .double(latitude)), ("longitude", .double(longitude))])),
            ("traits", .map([("is_anycast", .boolean(isAnycast))])),
        ])
    }
}
