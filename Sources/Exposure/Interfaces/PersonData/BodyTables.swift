import Probes

/// Turns JSON records into columns, so that a detector sees all values of a field together with its name and its neighbours.
///
/// Members named by values (`{"13812345678": {…}}`) are a list whose names are values themselves.
struct BodyTables {
    private(set) var tables: [BodyContent.Table] = []
    private let subject: String
    private var places: [String: Int] = [:]
    /// By table: where a field stands.
    private var fieldPlaces: [[String: Int]] = []
    private var values = 0

    static let mostRecords = 2_000
    static let mostFields = 128
    private static let mostTables = 64
    private static let mostValues = 200_000
    private static let deepest = 12
    /// An object with more members than this is a list.
    private static let mostMembers = 80

    init(_ subject: String) { self.subject = subject }

    mutating func add(_ json: JSON) { add(json, path: "", name: subject, depth: 0) }

    /// One of several texts of the same kind.
    mutating func addRecord(_ json: JSON) { add(json, path: "[]", name: subject, depth: 0) }

    private mutating func add(_ json: JSON, path: String, name: String, depth: Int) {
        guard depth < Self.deepest else { return }
        switch json {
        case .array(let elements):
            for element in elements.prefix(Self.mostRecords) { add(element, path: path + "[]", name: name, depth: depth + 1) }
        case .object(let members) where Self.isKeyed(members):
            for (key, value) in members.prefix(Self.mostRecords) {
                note(Array(key.utf8), "key", path: path + "{}", name: name)
                add(value, path: path + "{}", name: name, depth: depth + 1)
            }
        case .object(let members):
            for (key, value) in members {
                switch value {
                case .array(let elements) where !elements.contains(where: \.isContainer):
                    for element in elements.prefix(Self.mostRecords) { element.scalar.map { note($0, key, path: path, name: name) } }
                case .array, .object: add(value, path: "\(path).\(key.prefix(64))", name: Self.isEnvelope(key) ? name : key, depth: depth + 1)
                case .null, .bool, .number, .string: value.scalar.map { note($0, key, path: path, name: name) }
                }
            }
        case .string, .number: json.scalar.map { note($0, "value", path: path, name: name) }
        case .null, .bool: break
        }
    }

    private mutating func note(_ value: [UInt8], _ field: String, path: String, name: String) {
        guard values < Self.mostValues, !value.isEmpty else { return }
        let table: Int
        if let known = places[path] {
            table = known
        } else {
            guard tables.count < Self.mostTables else { return }
            table = tables.count
            places[path] = table
            fieldPlaces.append([:])
            tables.append(BodyContent.Table(name: name, fields: []))
        }
        let place: Int
        if let known = fieldPlaces[table][field] {
            place = known
        } else {
            guard tables[table].fields.count < Self.mostFields else { return }
            place = tables[table].fields.count
            fieldPlaces[table][field] = place
            tables[table].fields.append(BodyContent.Field(name: String(field.prefix(64)), values: []))
        }
        tables[table].fields[place].values.append(Array(value.prefix(BodyContent.longestValue)))
        values += 1
    }

    /// Names that are values: too many, without a letter most of them, or all in Chinese and each with an object of its own.
    private static func isKeyed(_ members: [(key: String, value: JSON)]) -> Bool {
        guard members.count <= mostMembers else { return true }
        let odd = members.filter { key, value in
            if case .object = value, key.utf8.allSatisfy({ $0 >= 0x80 }) { return true }
            return !key.utf8.contains { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 >= 0x80 }
        }
        return !members.isEmpty && odd.count * 2 > members.count
    }

    /// `{"data": {"list": […]}}`: what the URL calls it says more.
    private static func isEnvelope(_ key: String) -> Bool {
        ["data", "result", "results", "payload", "body", "content", "list", "rows", "records", "items", "page", "entry", "value", "values", "object"]
            .contains(key.lowercased())
    }
}

extension JSON {
    fileprivate var isContainer: Bool {
        switch self {
        case .array, .object: true
        case .null, .bool, .number, .string: false
        }
    }

    /// The text of a value; nil for what says nothing of a person.
    fileprivate var scalar: [UInt8]? {
        switch self {
        case .string(let text): return text.isEmpty ? nil : Array(text.utf8)
        case .number(let number):
            // Numbers of one digit are flags. A telephone or a card may come as a number, and is exact below 2^53.
            guard let whole = Int(exactly: number) else { return Array("\(number)".utf8) }
            return whole.magnitude < 10 ? nil : Array("\(whole)".utf8)
        case .null, .bool, .array, .object: return nil
        }
    }
}
