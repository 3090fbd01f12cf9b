import ReferenceData

/// Ethnic groups of GB/T 3304: with 族 or without. Only a column's name, or persons beside it, make it one.
enum EthnicityValidator {
    private static let words = WordSet(
        (EthnicGroups.names.map { "\($0)族" } + EthnicGroups.names.filter { $0.count >= 2 || $0 == "汉" } + EthnicGroups.others).joined(separator: " "))

    static func matches(_ text: TextScalars) -> Bool { (1...10).contains(text.count) && text.isOne(of: words) }
}
