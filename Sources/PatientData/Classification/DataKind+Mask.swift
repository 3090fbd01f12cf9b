import Findings

extension DataKind {
    /// What evidence may show of a value of this kind.
    func mask(_ value: String) -> String {
        switch self {
        case .idCard: Mask.idCard(value)
        case .name: Mask.name(value)
        case .mobile: Mask.mobile(value)
        case .email: Mask.email(value)
        case .bankCard: Mask.middle(value, head: 4, tail: 0)
        case .birthDate: Mask.middle(value, head: 3, tail: 0)
        default: Mask.text(value)
        }
    }
}
