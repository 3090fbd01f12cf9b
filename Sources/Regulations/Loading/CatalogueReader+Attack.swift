extension CatalogueReader {
    /// Read before the wording, whose checks name techniques.
    mutating func readAttack(_ root: Entry) {
        root.allow(["version", "techniques"])
        let version = root.required("version")?.text
        guard let techniques = root.required("techniques"), let version else { return }
        attack.version = version
        for (number, entry) in techniques.pairs {
            if !AttackMatrix.isNumber(number) { entry.complain("is no technique's number; write T1190 or T1078.001") }
            attack.techniques[number] = entry.localized
        }
    }

    /// The techniques that a check names: each must be known, and none may stand twice.
    func readTechniques(_ list: Entry) -> [String] {
        var seen: Set<String> = []
        let elements = list.elements
        if elements.isEmpty { list.complain("names no technique") }
        return elements.compactMap { element in
            guard let number = element.text else { return nil }
            if !AttackMatrix.isNumber(number) {
                element.complain("'\(number)' is no technique's number; write T1190 or T1078.001")
            } else if attack.techniques[number] == nil {
                element.complain("'\(number)' is no technique of attack.yaml")
            }
            if !seen.insert(number).inserted { element.complain("'\(number)' stands twice") }
            return number
        }
    }
}
