/// Allergies: what somebody can't bear, or that he can. Only a column's name makes a word one.
enum AllergyValidator {
    static func matches(_ text: TextScalars, _ terms: TextTerms) -> Bool { text.count >= 2 && terms.topics.contains(.allergy) }
}
