/// The numbering plan of Chinese mobile numbers (11 digits), as it is commonly known; ranges that the Ministry of Industry and Information
/// Technology opened lately may be missing.
package enum MobilePrefixes {
    package enum Assignment: UInt8, Hashable, Sendable {
        case mobile, unicom, telecom, broadnet
        /// Resellers of the networks above.
        case virtual
        case satellite
        /// Cards that only carry data.
        case data
    }

    /// To whom the range of an 11-digit number belongs; nil for anything that isn't 11 ASCII digits of an assigned range.
    package static func assignment(of number: some Collection<UInt8>) -> Assignment? {
        var prefix = 0
        var count = 0
        for byte in number {
            guard count < 11, byte >= 0x30, byte <= 0x39 else { return nil }
            if count < 5 { prefix = prefix * 10 + Int(byte - 0x30) }
            count += 1
        }
        guard count == 11, (first..<first + table.count).contains(prefix) else { return nil }
        return Assignment(rawValue: table[prefix - first])
    }

    package static func isAssigned(_ number: some Collection<UInt8>) -> Bool { assignment(of: number) != nil }

    /// Three-digit prefixes whose whole range people's telephones use: for synthetic numbers. The first ones are the commonest.
    package static let personal: [[UInt8]] =
        """
        138 139 136 137 135 150 151 152 158 159 187 188 182 183 184 178 198 195 130 131 132 155 156 185 186 176 175 166 196 133 153 180 181
        189 177 173 199 191 193 190 192
        """.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) }

    private static let first = 13_000
    private static let unassigned = UInt8.max

    /// For each of the first five digits from 13000 to 19999 the assignment.
    private static let table: [UInt8] = {
        var table = [UInt8](repeating: unassigned, count: 7_000)
        for (assignment, prefixes) in ranges {
            for prefix in prefixes.split(separator: " ") {
                guard let value = Int(prefix), prefix.count <= 5 else { continue }
                let width = [1, 10, 100, 1_000, 10_000][5 - prefix.count]
                for index in (value * width)..<((value + 1) * width) where (first..<first + table.count).contains(index) {
                    table[index - first] = assignment.rawValue
                }
            }
        }
        return table
    }()

    /// Later entries overrule earlier ones.
    private static let ranges: [(Assignment, String)] = [
        (.mobile, "134 135 136 137 138 139 150 151 152 157 158 159 172 178 182 183 184 187 188 195 197 198"),
        (.unicom, "130 131 132 155 156 166 175 176 185 186 196"),
        (.telecom, "133 1349 153 173 17400 17401 17402 17403 17404 17405 177 180 181 189 190 191 193 199"),
        (.broadnet, "192"),
        (.virtual, "162 165 167 170 171"),
        (.satellite, "1749 17406 17407 17408 17409 17410 17411 17412"),
        (.data, "145 147 149"),
    ]
}
