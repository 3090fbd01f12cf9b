import ReferenceData

/// Writes numbers of payment cards: an issuer's prefix, random digits, the check digit.
struct BankCardNumbers {
    private let prefixes: ByteTable
    /// Digits of the whole number, for each of `prefixes`.
    private let lengths: [Int]

    init() {
        // Three debit cards for a credit card.
        let issuers = BankIssuer.all.flatMap { Array(repeating: $0, count: $0.kind == .debit ? 3 : 1) }
        prefixes = ByteTable(issuers.map { String($0.prefix) })
        lengths = issuers.map(\.length)
    }

    @inline(__always)
    func append(to bytes: inout ByteCursor, _ random: inout SampleRandom) {
        let issuer = random.below(prefixes.count)
        let start = bytes.count
        prefixes.append(issuer, to: &bytes)
        let middle = lengths[issuer] - (bytes.count - start) - 1
        bytes.appendDecimal(random.below(100_000), digits: 5)
        bytes.appendDecimal(random.below(1 << 30), digits: middle - 5)
        bytes.append(Luhn.checkDigit(of: UnsafeBufferPointer(bytes.written(from: start))) ?? 0x30)
    }
}
