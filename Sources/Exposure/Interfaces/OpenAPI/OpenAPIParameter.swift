/// A parameter in a path or query, and a harmless value for it.
struct OpenAPIParameter: Hashable, Sendable {
    enum Place: String, Hashable, Sendable {
        case path, query
        /// Headers and cookies carry logins, and are left out; bodies aren't sent.
        case other
    }

    enum Style: Hashable, Sendable {
        case plain
        /// `;name=value`
        case matrix
        /// `.value`
        case label
    }

    var name: String
    var place: Place
    var isRequired: Bool
    var style: Style
    /// Nil: none fits that could not be somebody's.
    var value: String?

    init?(_ node: DocumentNode, root: DocumentNode) {
        guard let name = node["name"]?.text, !name.isEmpty, name.utf8.count <= 128 else { return nil }
        self.name = name
        place = node["in"]?.text.flatMap(Place.init) ?? .other
        isRequired = node["required"]?.isTrue == true || place == .path
        style = node["style"]?.text == "matrix" ? .matrix : node["style"]?.text == "label" ? .label : .plain
        // OpenAPI has a schema or a media type with one; in Swagger the parameter is its own schema.
        let described = node["schema"] ?? node["content"]?.members.first?.value["schema"] ?? node
        let schema = described.resolved(in: root)
        value = schema.flatMap { SampleValue.make(for: name, schema: $0, parameter: node, root: root) }
        if node["style"]?.text == "deepObject" { value = nil }
    }
}

/// The path and query of an operation, with values in their places.
enum RequestTarget {
    /// Nil when a parameter that must be there has no harmless value.
    static func make(_ path: String, _ parameters: [OpenAPIParameter]) -> String? {
        guard !parameters.contains(where: { $0.isRequired && $0.place != .other && $0.value == nil }), path.utf8.count <= 2_048 else { return nil }
        var target = ""
        var rest = Substring(path)
        while let open = rest.firstIndex(of: "{") {
            target += encode(rest[..<open], keeping: "/")
            guard let close = rest[open...].firstIndex(of: "}") else { return nil }
            let name = String(rest[rest.index(after: open)..<close])
            // Some tools write the query into the path: {?page,size} (RFC 6570).
            if !name.hasPrefix("?"), !name.hasPrefix("&") {
                let parameter = parameters.first { $0.place == .path && $0.name == name }
                let value = encode(Substring(parameter?.value ?? "1"), keeping: "")
                switch parameter?.style ?? .plain {
                case .plain: target += value
                case .label: target += "." + value
                case .matrix: target += ";" + encode(Substring(name), keeping: "") + "=" + value
                }
            }
            rest = rest[rest.index(after: close)...]
        }
        target += encode(rest, keeping: "/")
        let query = parameters.filter { $0.place == .query && ($0.isRequired || SampleValue.limitsSize($0.name)) }.compactMap { parameter in
            parameter.value.map { encode(Substring(parameter.name), keeping: "[]") + "=" + encode(Substring($0), keeping: ":,") }
        }
        return query.isEmpty ? target : target + "?" + query.joined(separator: "&")
    }

    /// Percent-encodes all but unreserved characters (RFC 3986 2.3) and those to keep.
    private static func encode(_ text: Substring, keeping kept: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var encoded = ""
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            if byte < 0x80,
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil || "-._~".unicodeScalars.contains(scalar)
                    || kept.unicodeScalars.contains(scalar)
            {
                encoded.unicodeScalars.append(scalar)
            } else {
                encoded += "%" + String(digits[Int(byte >> 4)]) + String(digits[Int(byte & 15)])
            }
        }
        return encoded
    }
}
