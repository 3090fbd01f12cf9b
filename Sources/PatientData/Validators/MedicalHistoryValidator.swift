/// Histories: of the present illness, past ones, the family's. Only a column's name makes a text one, or that most texts are narratives.
enum MedicalHistoryValidator {
    static func matches(_ text: TextScalars, _ terms: TextTerms) -> Bool {
        text.count >= 2 && !terms.topics.isDisjoint(with: [.history, .illness, .symptom, .surgery])
    }

    /// Tells of an illness, its signs and how it went: 患者3天前无明显诱因出现咳嗽.
    static func isNarrative(_ text: TextScalars, _ terms: TextTerms) -> Bool {
        text.count >= 8 && terms.topics.contains(.narrative) && !terms.topics.isDisjoint(with: [.illness, .symptom])
            && !terms.topics.contains(.article)
    }
}
