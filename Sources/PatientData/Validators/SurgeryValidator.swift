/// Operations and procedures, by how their names end. Only a column's name makes one, as price lists name them too.
enum SurgeryValidator {
    static func matches(_ text: TextScalars, _ terms: TextTerms) -> Bool { (2...120).contains(text.count) && terms.topics.contains(.surgery) }
}
