import Foundation

extension SchemaNode {
    /// The schema as JSON Schema (draft 2020-12), for editors.
    package static func jsonSchema() throws -> String {
        var schema = SchemaNode.estate.json
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        schema["title"] = "Suwen estate"
        let data = try JSONSerialization.data(withJSONObject: schema, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        return String(decoding: data, as: UTF8.self) + "\n"
    }

    private var json: [String: Any] {
        switch self {
        case .object(let fields):
            var properties: [String: Any] = [:]
            for field in fields { properties[field.key] = field.node.json.merging(["description": field.note]) { $1 } }
            var schema: [String: Any] = ["type": "object", "additionalProperties": false, "properties": properties]
            let required = fields.filter(\.isRequired).map(\.key)
            if !required.isEmpty { schema["required"] = required }
            return schema
        case .list(let element, let count):
            var schema: [String: Any] = ["type": "array", "items": element.json]
            if let count { (schema["minItems"], schema["maxItems"]) = (count.lowerBound, count.upperBound) }
            return schema
        case .dictionary(let keys):
            return [
                "type": "object", "additionalProperties": false,
                "properties": Dictionary(uniqueKeysWithValues: keys.map { ($0, ["type": "string"]) }),
            ]
        case .string(let form): return form.json
        case .integer(let range): return ["type": "integer", "minimum": range.lowerBound, "maximum": range.upperBound]
        case .boolean: return ["type": "boolean"]
        }
    }
}

extension StringForm {
    fileprivate var json: [String: Any] {
        var schema: [String: Any] = ["type": "string", "minLength": 1]
        switch self {
        case .oneOf(let values): schema["enum"] = values
        case .httpURL: schema["pattern"] = "^https?://"
        case .headerName: schema["pattern"] = "^[A-Za-z0-9-]+$"
        case .storeURL: schema["pattern"] = "^(postgres(ql)?://|mysql://|mariadb://|sqlite:|file:)"
        case .secretSource: schema["pattern"] = "^(env|file):."
        case .day: schema["format"] = "date"
        case .regionCode: schema["pattern"] = "^[A-Z]{2}$"
        case .text, .host, .hostPattern, .network, .path, .control, .documentPlace: break
        }
        return schema
    }
}
