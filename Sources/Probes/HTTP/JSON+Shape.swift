extension JSON {
    /// Nil unless it is an array.
    var list: [JSON]? { if case .array(let elements) = self { elements } else { nil } }
    /// Nil unless it is an object.
    var fields: [(key: String, value: JSON)]? { if case .object(let members) = self { members } else { nil } }
    var flag: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// It is an object that has all of these.
    func has(_ keys: String...) -> Bool { keys.allSatisfy { self[$0] != nil } }

    /// How many elements an array has, when each is as it should be.
    func count(where isRight: (JSON) -> Bool) -> Int? {
        guard let list, list.allSatisfy(isRight) else { return nil }
        return list.count
    }

    /// How many texts an array of texts has.
    var textCount: Int? { count { $0.text != nil } }
}
