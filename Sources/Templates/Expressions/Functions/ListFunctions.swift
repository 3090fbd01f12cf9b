extension ExpressionFunction {
    static let listFunctions: [ExpressionFunction] = [
        ExpressionFunction(name: "join", arguments: 2...4_096) { (values, _) throws(EvaluationError) in
            let parts = values.dropFirst().flatMap(elements)
            return .text(try bounded(Array(parts.map(\.bytes).joined(separator: values.bytes(0)))))
        },
        ExpressionFunction(name: "split", arguments: 2...3) { (values, _) throws(EvaluationError) in
            let separator = values.bytes(1)
            let limit = values.count > 2 ? try values.integer(2) : 100_000
            guard !separator.isEmpty, limit > 0 else { throw .argument("a separator was expected") }
            return .list(split(values.bytes(0), separator, limit: min(limit, 100_000)))
        },
        ExpressionFunction(name: "index", arguments: 2...2) { (values, _) throws(EvaluationError) in
            let place = try values.integer(1)
            if case .list(let list) = values[0] {
                guard list.indices.contains(place) else { throw .argument("a place outside of the list") }
                return list[place]
            }
            let text = values.bytes(0)
            guard text.indices.contains(place) else { throw .argument("a place outside of the text") }
            return .text([text[place]])
        },
        ExpressionFunction(name: "sort", arguments: 1...4_096) { values, _ in
            if values.count == 1, case .text(let bytes) = values[0] { return .text(bytes.sorted()) }
            return .list(values.flatMap(elements).sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) })
        },
        ExpressionFunction(name: "uniq", arguments: 1...4_096) { values, _ in
            if values.count == 1, case .text(let bytes) = values[0] {
                var seen = Set<UInt8>()
                return .text(bytes.filter { seen.insert($0).inserted })
            }
            var seen = Set<[UInt8]>()
            return .list(values.flatMap(elements).filter { seen.insert($0.bytes).inserted })
        },
    ]

    private static func elements(_ value: ExpressionValue) -> [ExpressionValue] {
        if case .list(let list) = value { list } else { [value] }
    }

    private static func split(_ text: [UInt8], _ separator: [UInt8], limit: Int) -> [ExpressionValue] {
        var parts: [ExpressionValue] = []
        var position = 0
        while parts.count + 1 < limit, let found = Bytes.find(separator, in: text, from: position) {
            parts.append(.text(Array(text[position..<found])))
            position = found + separator.count
        }
        return parts + [.text(Array(text[position...]))]
    }
}
