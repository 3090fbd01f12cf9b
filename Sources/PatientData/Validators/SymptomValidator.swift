/// Symptoms and chief complaints: a symptom with how long it has lasted (反复咳嗽3天), or alone in a short text. A symptom alone is a diagnosis as well (失眠):
/// for that, the column's name decides.
enum SymptomValidator {
    enum Form: Hashable, Sendable {
        /// With its duration: nobody writes anything else so.
        case complaint
        case shape
    }

    static func form(_ text: TextScalars, _ terms: TextTerms) -> Form? {
        guard terms.topics.contains(.symptom), (2...80).contains(text.count) else { return nil }
        return terms.topics.contains(.duration) && terms.directions == 0 && !terms.topics.contains(.strength) ? .complaint : .shape
    }
}
