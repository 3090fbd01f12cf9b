import Sigma

/// An event of known fields, whose buffers live as long as it does.
final class PretendEvent: SigmaEvent {
    enum Value {
        case text(String)
        case bytes([UInt8])
        case integer(Int64)
    }

    private var memory: [UnsafeMutableRawBufferPointer] = []
    let rawLine: UnsafeRawBufferPointer
    private var known: [SigmaField: SigmaValue] = [:]
    private var named: [String: SigmaValue] = [:]
    var service: String?

    /// - Parameter line: the values in some order when it is nil.
    init(_ fields: [String: Value], line: [UInt8]? = nil) {
        var joined: [UInt8] = []
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
            joined += Array(name.utf8) + [0x3D]
            switch value {
            case .text(let text): joined += Array(text.utf8)
            case .bytes(let bytes): joined += bytes
            case .integer(let integer): joined += Array(String(integer).utf8)
            }
            joined.append(0x20)
        }
        let raw = PretendEvent.copy(line ?? joined)
        rawLine = UnsafeRawBufferPointer(raw)
        memory.append(raw)
        for (name, value) in fields {
            let given: SigmaValue
            switch value {
            case .text(let text): given = keep(Array(text.utf8))
            case .bytes(let bytes): given = keep(bytes)
            case .integer(let integer): given = .integer(integer)
            }
            if let field = SigmaField.named(name) { known[field] = given } else { named[name] = given }
        }
    }

    convenience init(line: String) { self.init([:], line: Array(line.utf8)) }

    deinit { for buffer in memory { buffer.deallocate() } }

    private func keep(_ bytes: [UInt8]) -> SigmaValue {
        let buffer = PretendEvent.copy(bytes)
        memory.append(buffer)
        return .bytes(UnsafeRawBufferPointer(buffer))
    }

    private static func copy(_ bytes: [UInt8]) -> UnsafeMutableRawBufferPointer {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        buffer.copyBytes(from: bytes)
        return buffer
    }

    func value(of field: SigmaField) -> SigmaValue { known[field] ?? .absent }

    func value(named name: UnsafeRawBufferPointer) -> SigmaValue { named[String(decoding: name, as: UTF8.self)] ?? .absent }

    func isOf(service: UnsafeRawBufferPointer) -> Bool { self.service.map { $0 == String(decoding: service, as: UTF8.self) } ?? true }
}

enum Rules {
    static let everywhere = SigmaTarget(
        categories: ["webserver", "proxy", "database", "application"], products: ["linux", "nginx"], services: ["sshd", "auditd"])

    /// One rule with this detection, indented as it stands.
    static func text(_ detection: String, head: String = "") -> String {
        """
        title: Pretend
        id: 00000000-0000-4000-8000-000000000001
        author: Somebody
        level: high
        tags: [attack.t1190, attack.initial-access, attack.t1505.003]
        \(head)
        logsource:
            category: webserver
        detection:
        \(detection.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }.joined(separator: "\n"))
        """
    }

    static func set(_ detection: String) -> SigmaRuleSet { SigmaRuleSet([("rule.yml", text(detection))]) }

    /// Whether the only rule matches: once by all rules, once by its candidates alone. Both must say the same.
    static func matches(_ set: SigmaRuleSet, _ event: PretendEvent) throws -> (all: Bool, candidates: Bool) {
        let matcher = try SigmaMatcher(set, for: everywhere)
        let scanner = try SigmaScanner(for: matcher)
        var all = false
        if scanner.considerAll() { matcher.match(event, scanner) { _ in all = true } }
        var found = false
        scanner.scan(event.rawLine)
        if scanner.takeCandidates(upTo: event.rawLine.count) { matcher.match(event, scanner) { _ in found = true } }
        return (all, found)
    }
}
