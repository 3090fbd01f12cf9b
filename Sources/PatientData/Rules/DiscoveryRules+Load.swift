import Cryptography
import Foundation
import Yams

/// What is wrong with a file of rules, where, and how to mend it.
package struct RulesError: Error, Hashable, Sendable, CustomStringConvertible {
    package var file: String
    /// From 1; nil when the file as a whole is meant.
    package var line: Int?
    /// `kinds[0].pattern`; empty for the whole file.
    package var key: String
    package var problem: String

    package var description: String {
        [file + (line.map { ":\($0)" } ?? ""), key, problem].filter { !$0.isEmpty }.joined(separator: ": ")
    }
}

/// Everything that is wrong with a file of rules, in the order of its lines; never empty.
package struct RulesErrors: Error, Hashable, Sendable, CustomStringConvertible {
    package var errors: [RulesError]
    package var description: String { errors.map(\.description).joined(separator: "\n") }
}

extension DiscoveryRules {
    /// In bytes.
    private static let sizeLimit = 1 << 20

    /// Reads a file of rules: YAML with the keys `terms`, `kinds` and `suppressions`, each optional.
    ///
    /// ```yaml
    /// terms:
    ///   columns: {idCard: [cbzjh, 参保证件], name: [hzmc]}   # words of column names, by kind
    ///   surnames: [邸, 逯]
    ///   diseases: [渐冻人]
    ///   drugs: [安宫牛黄]
    /// kinds:
    ///   - id: clinicCard
    ///     title: 诊疗卡号
    ///     pattern: "ZL[0-9]{10}"       # of the whole value
    ///     validator: none              # none, luhn, mod11-2, mod31-3
    ///     context: [诊疗卡, card]       # one of them in the column's name or comment
    ///     minimumShare: 0.5            # of the readable values
    ///     level: 4
    ///     category: personalAttribute
    /// suppressions:
    ///   - {store: "test*", table: demo_*, column: "*"}
    ///   - {values: "TEST-.*"}
    /// ```
    /// - Throws: ``RulesErrors``, each with file, line and key.
    package static func load(_ path: String) throws(RulesErrors) -> DiscoveryRules {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw RulesErrors(errors: [RulesError(file: path, key: "", problem: "there is no such file, or it can't be read")])
        }
        guard data.count <= sizeLimit, let text = String(bytes: data, encoding: .utf8) else {
            let problem = data.count > sizeLimit ? "is larger than 1 MiB" : "is not UTF-8; save it as UTF-8"
            throw RulesErrors(errors: [RulesError(file: path, key: "", problem: problem)])
        }
        return try parse(text, file: path)
    }

    /// As ``load(_:)``, for text at hand.
    package static func parse(_ text: String, file: String) throws(RulesErrors) -> DiscoveryRules {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw RulesErrors(errors: [yamlError(error, file: file)])
        }
        // An empty file adds nothing.
        guard let root, !(root.scalar?.string.isEmpty ?? false) else { return DiscoveryRules() }
        var reader = RulesReader(file: file)
        var rules = reader.rules(root)
        rules.digest = SHA256.hex(text)
        guard reader.errors.isEmpty else { throw RulesErrors(errors: reader.errors.sorted { ($0.line ?? 0) < ($1.line ?? 0) }) }
        return rules
    }

    private static func yamlError(_ error: any Error, file: String) -> RulesError {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            RulesError(file: file, line: mark.line, key: "", problem: "is no YAML here: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            RulesError(file: file, line: context.mark.line, key: keys.map { "\($0)" }.joined(separator: ", "), problem: "stands twice; keep one")
        default: RulesError(file: file, key: "", problem: "is no YAML")
        }
    }
}
