/// The languages that reports are written in.
package enum Language: String, Codable, CaseIterable, Sendable {
    case zh
    case en
}

/// One sentence in every language of the reports.
package struct LocalizedText: Codable, Hashable, Sendable {
    package var zh: String
    package var en: String

    package init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    package subscript(language: Language) -> String {
        switch language {
        case .zh: zh
        case .en: en
        }
    }
}
