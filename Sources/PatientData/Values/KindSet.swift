/// A set of kinds in one word; room for 64.
struct KindSet: OptionSet, Hashable, Sendable {
    let rawValue: UInt64

    static let idCard = KindSet(rawValue: 1 << 0)
    static let name = KindSet(rawValue: 1 << 1)
    static let mobile = KindSet(rawValue: 1 << 2)
    static let email = KindSet(rawValue: 1 << 3)
    static let address = KindSet(rawValue: 1 << 4)
    static let bankCard = KindSet(rawValue: 1 << 5)
    static let birthDate = KindSet(rawValue: 1 << 6)
    static let diagnosis = KindSet(rawValue: 1 << 7)
    static let drug = KindSet(rawValue: 1 << 8)
    static let prescription = KindSet(rawValue: 1 << 9)

    /// The kinds that a value can show by itself.
    static let members: [(kind: DataKind, set: KindSet)] = [
        (.idCard, .idCard), (.name, .name), (.mobile, .mobile), (.email, .email), (.address, .address), (.bankCard, .bankCard),
        (.birthDate, .birthDate), (.diagnosis, .diagnosis), (.drug, .drug), (.prescription, .prescription),
    ]
}
