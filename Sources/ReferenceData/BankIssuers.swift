/// Issuer identification numbers (ISO/IEC 7812) of Chinese bank cards: the first six digits, and how long such a card's number is.
package struct BankIssuer: Hashable, Sendable {
    package enum Kind: Hashable, Sendable { case debit, credit }

    /// Six digits.
    package let prefix: UInt32
    /// Digits of the whole number, check digit included.
    package let length: Int
    package let kind: Kind
    /// The bank's short Chinese name.
    package let bank: String

    /// The main issuers, as they are commonly known: neither complete nor from the registry, so that a number of another issuer may be a bank
    /// card as well.
    package static let all: [BankIssuer] = read()

    /// The issuer of a card number by prefix and length; nil when the table has none. Doesn't check the check digit: see ``Luhn``.
    package static func issuer(of number: some Collection<UInt8>) -> BankIssuer? {
        var prefix: UInt32 = 0
        var count = 0
        for byte in number {
            guard count < 19, byte >= 0x30, byte <= 0x39 else { return nil }
            if count < 6 { prefix = prefix * 10 + UInt32(byte - 0x30) }
            count += 1
        }
        return byPrefix[prefix]?.first { $0.length == count }
    }

    /// Whether `number` begins like a card of UnionPay (62) and is as long as one (16 to 19 digits); check digit not looked at.
    package static func isUnionPay(_ number: some Collection<UInt8>) -> Bool {
        (16...19).contains(number.count) && number.starts(with: [0x36, 0x32])
    }

    private static let byPrefix = Dictionary(grouping: all, by: \.prefix)

    private static func read() -> [BankIssuer] {
        table.split(separator: "\n").flatMap { line -> [BankIssuer] in
            let fields = line.split(separator: " ")
            guard fields.count > 3, let length = Int(fields[2]) else { return [] }
            let kind = fields[1] == "debit" ? Kind.debit : .credit
            return fields[3...].compactMap { UInt32($0) }.map { BankIssuer(prefix: $0, length: length, kind: kind, bank: String(fields[0])) }
        }
    }

    private static let table = """
        工商银行 debit 19 622202 621226 621225 622200 622203 621281 622208 621288 620200
        工商银行 credit 16 622230 622235 622210 622215 622220 622225
        农业银行 debit 19 622848 622845 622846 622847 622844 622840 622841 622824 622826 622821 623052 620059
        农业银行 credit 16 622836 622837
        中国银行 debit 19 621660 621661 621662 621663 621665 621666 621667 621668 621669 601382 621785 621786 621787 621788 621790 621756 621757
        中国银行 credit 16 622760 622752 622753 622755 622756 622757 622758 622759 622761 622762 622763
        建设银行 debit 19 621700 622700 622280 623668 621081 621466 621488 621499 623211 436742 622966
        建设银行 credit 16 622166 622168 622725 622728
        交通银行 debit 19 622260 622262 622261
        交通银行 credit 16 622252 622250 622251 622253 622254
        邮储银行 debit 19 622188 621799 621798 621096 621098 621095 622150 622151 622199 623218 623219
        招商银行 debit 16 622580 622588 621483 622609 621485 621486 621286 690755 622598
        招商银行 credit 16 622575 622576 622577 622578 622579 622581 622582
        中信银行 debit 16 622690 622691 622692 622696 622698 621771 621772 621773 433670 433680
        中信银行 credit 16 622678 622679 622680 622688 622689
        光大银行 debit 16 622660 622661 622662 622663 622664 622665 622666 622667 622668 622669 622670 622671 622672 622673
        光大银行 credit 16 622650 622655 622658
        民生银行 debit 16 622615 622617 622619 622622 621691 415599 421393
        民生银行 credit 16 622600 622601 622602 622603
        华夏银行 debit 16 622630 622631 622632 622633
        广发银行 debit 19 622568 621462
        广发银行 credit 16 622555 622556 622557 622558 622559 622560
        平安银行 debit 19 622298 621626 623058
        平安银行 credit 16 622155 622156 622525 622526
        兴业银行 debit 18 622908 622909 966666 438588
        兴业银行 credit 16 622901 622902 622922
        浦发银行 debit 16 622518 622521 622522 622523 621791 621792 621793
        上海银行 debit 18 622892
        杭州银行 debit 18 622878
        渤海银行 debit 16 622884
        徽商银行 debit 19 622877 622879
        浙江农信 debit 19 622858
        江西农信 debit 19 622681 622682
        长春银行 debit 19 622865
        重庆农信 debit 16 622867 622885
        """
}
