package import Cryptography
import ReferenceData

// How a store's state writes down what a column was sealed with: readable, and the same in every store.

extension ResidentIDDomain {
    /// All codes of GB/T 2260 that are or were in force, as far as this version of Suwen knows them, and the days from 1880-01-01 to 2049-12-31. A table's
    /// state keeps the domain that its column was sealed with, so that a later version with other codes opens it.
    package static let standard = ResidentIDDomain(regions: AdministrativeDivision.allCodes, days: -32_872...29_219)
}

extension Protection {
    package var text: String {
        switch self {
        case .envelope: "envelope"
        case .formatPreserving(.residentID(let domain)): "fpe resident-id \(domain.text)"
        case .formatPreserving(let format): "fpe \(format.name)"
        }
    }

    package init?(text: String) {
        let words = text.split(separator: " ")
        switch (words.first, words.dropFirst().first) {
        case ("envelope", nil): self = .envelope
        case ("fpe", "mobile"): self = .formatPreserving(.mobile)
        case ("fpe", "bank-card"): self = .formatPreserving(.bankCard)
        case ("fpe", "resident-id"):
            guard words.count == 3, let domain = ResidentIDDomain(text: String(words[2])) else { return nil }
            self = .formatPreserving(.residentID(domain))
        default: return nil
        }
    }
}

extension BlindIndexDefinition {
    /// `exact suffix=4 bits=12`, `exact whole full`.
    package var text: String {
        let width = if case .bits(let bits) = width { "bits=\(bits)" } else { "full" }
        return "\(normaliser.rawValue) \(partName) \(width)"
    }

    package init?(text: String) {
        let words = text.split(separator: " ")
        guard words.count == 3, let normaliser = BlindIndexNormaliser(rawValue: String(words[0])) else { return nil }
        func number(_ word: Substring, _ name: String) -> Int? { word.hasPrefix(name + "=") ? Int(word.dropFirst(name.count + 1)) : nil }
        let part: Part
        if words[1] == "whole" {
            part = .whole
        } else if let count = number(words[1], "prefix") {
            part = .prefix(count)
        } else if let count = number(words[1], "suffix") {
            part = .suffix(count)
        } else {
            return nil
        }
        let width: Width
        if words[2] == "full" { width = .full } else if let bits = number(words[2], "bits") { width = .bits(bits) } else { return nil }
        self.init(normaliser: normaliser, part: part, width: width)
    }

    package static func text(_ indexes: [Self]) -> String { indexes.map(\.text).joined(separator: ",") }

    /// Nil when one of them isn't a definition.
    package static func list(text: String) -> [Self]? {
        let parts = text.split(separator: ",")
        let indexes = parts.compactMap { Self(text: String($0)) }
        return indexes.count == parts.count ? indexes : nil
    }
}
