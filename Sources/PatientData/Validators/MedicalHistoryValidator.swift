/// Histories: of the present illness, past ones, the family's. Only a column's name makes a text one.
enum MedicalHistoryValidator {
    static func matches(_ text: TextScalars, _ terms: TextTerms) -> Bool {
        text.count >= 2 && !terms.topics.isDisjoint(with: [.history, .illness, .symptom, .surgery])
    }
}
