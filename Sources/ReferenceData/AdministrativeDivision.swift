/// A division of GB/T 2260, 中华人民共和国行政区划代码: the first six digits of a resident ID, and the beginning of an address.
package struct AdministrativeDivision: Hashable, Sendable {
    /// Six digits: two each for province, prefecture and county.
    package let code: UInt32
    /// `广东省`, `北京市`, `新疆维吾尔自治区`.
    package let province: String
    /// `广州市`; nil in municipalities and where a county stands directly under its province.
    package let prefecture: String?
    /// `天河区`; nil for a province or a prefecture.
    package let county: String?

    /// Whether `code` is or was, as far as the tables know, a code of GB/T 2260, of any level, retired ones included, or the prefix of a residence permit for Hong Kong
    /// (810000), Macau (820000) or Taiwan (830000) residents. Constant time.
    package static func isCode(_ code: UInt32) -> Bool { codes.contains(code) }

    /// Whether `code` is in force, as far as the table knows. Constant time.
    package static func isCurrent(_ code: UInt32) -> Bool { currentCodes.contains(code) }

    /// The lowest divisions in force that issue resident IDs: counties, districts, county-level cities, and the few prefectures without any
    /// (东莞, 中山, 儋州, 嘉峪关). Ordered by code.
    package static let counties: [AdministrativeDivision] = readCounties()

    /// Every code of which ``isCode(_:)`` is true, ascending.
    package static let allCodes: [UInt32] = Set(readCurrent().map(\.code) + readRetired()).sorted()

    private static let currentCodes = CodeSet(readCurrent().map(\.code))
    private static let codes = CodeSet(allCodes)
}

extension AdministrativeDivision {
    private static func readCurrent() -> [(code: UInt32, name: String)] {
        var result: [(code: UInt32, name: String)] = []
        result.reserveCapacity(3500)
        for entry in currentData.split(whereSeparator: \.isWhitespace) {
            let digits = entry.utf8.prefix { (0x30...0x39).contains($0) }
            guard var code = UInt32(Substring(digits)) else { continue }
            if digits.count == 2, let last = result.last { code += last.code / 100 * 100 }
            result.append((code, String(entry.dropFirst(digits.count))))
        }
        return result
    }

    private static func readRetired() -> [UInt32] {
        retiredData.split(whereSeparator: \.isWhitespace).flatMap { entry -> [UInt32] in
            let digits = entry.utf8.map { UInt32($0) - 0x30 }
            guard digits.count >= 6, digits.count.isMultiple(of: 2) else { return [] }
            let prefix = digits[0..<4].reduce(0) { $0 * 10 + $1 } * 100
            return stride(from: 4, to: digits.count, by: 2).map { prefix + digits[$0] * 10 + digits[$0 + 1] }
        }
    }

    private static func readCounties() -> [AdministrativeDivision] {
        let current = readCurrent()
        let names = Dictionary(current.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
        let withCounties = Set(current.lazy.filter { !$0.code.isMultiple(of: 100) }.map { $0.code / 100 })
        return current.compactMap { code, name in
            guard !code.isMultiple(of: 10_000), code / 10_000 < 71, let province = names[code / 10_000 * 10_000] else { return nil }
            if code.isMultiple(of: 100) {
                guard !withCounties.contains(code / 100) else { return nil }
                return AdministrativeDivision(code: code, province: province, prefecture: name, county: nil)
            }
            return AdministrativeDivision(code: code, province: province, prefecture: names[code / 100 * 100], county: name)
        }
        .sorted { $0.code < $1.code }
    }
}

/// A set of six-digit codes: one bit each.
private struct CodeSet: Sendable {
    private var words = [UInt64](repeating: 0, count: 1_000_000 / 64)

    init(_ codes: [UInt32]) {
        for code in codes where code < 1_000_000 { words[Int(code / 64)] |= 1 << UInt64(code % 64) }
    }

    func contains(_ code: UInt32) -> Bool {
        code < 1_000_000 && words[Int(code / 64)] & 1 << UInt64(code % 64) != 0
    }
}
