/// The key of a detection's map: a field and its modifiers (`cs-uri-query|contains|all`).
struct FieldKey {
    enum Modifier: String {
        case all, contains, startswith, endswith, cased, exists, neq, windash, wide, utf16le, utf16be, utf16, base64, base64offset, cidr, re, i, m, s,
            fieldref, lt, lte, gt, gte
    }

    /// Empty for keywords.
    let field: String
    let modifiers: [Modifier]

    init(_ key: SigmaNode.Scalar) throws(SigmaRejection) {
        let parts = key.text.split(separator: "|", omittingEmptySubsequences: false)
        field = String(parts[0])
        var modifiers: [Modifier] = []
        for part in parts.dropFirst() {
            // `expand` and the parts of times are in the specification, and not here.
            guard let modifier = Modifier(rawValue: part.lowercased()) else { throw SigmaRejection(.modifier, String(part), line: key.line) }
            guard !modifiers.contains(modifier) else { throw SigmaRejection(.modifier, "\(part) twice", line: key.line) }
            modifiers.append(modifier)
        }
        guard field.utf8.count <= 256 else { throw SigmaRejection(.value, "a field name of more than 256 bytes", line: key.line) }
        self.modifiers = modifiers
        try check(line: key.line)
    }

    func has(_ modifier: Modifier) -> Bool { modifiers.contains(modifier) }

    private static let placements: Set<Modifier> = [.contains, .startswith, .endswith]
    private static let encodings: Set<Modifier> = [.windash, .wide, .utf16le, .utf16be, .utf16, .base64, .base64offset]
    private static let flags: Set<Modifier> = [.i, .m, .s]

    /// Combinations that have no meaning are refused, not guessed at.
    private func check(line: Int) throws(SigmaRejection) {
        let given = Set(modifiers)
        func refuse(_ why: String) -> SigmaRejection { SigmaRejection(.modifier, why, line: line) }
        if !given.isDisjoint(with: FieldKey.flags) {
            guard let start = modifiers.firstIndex(of: .re) else { throw refuse("i, m, s without re") }
            guard modifiers[..<start].allSatisfy({ !FieldKey.flags.contains($0) }) else { throw refuse("i, m, s before re") }
        }
        guard given.intersection(FieldKey.placements).count <= 1 else { throw refuse("more than one of contains, startswith, endswith") }
        let kinds: Set<Modifier> = given.intersection([.exists, .cidr, .re, .fieldref, .lt, .lte, .gt, .gte])
        guard kinds.count <= 1 else { throw refuse(kinds.map(\.rawValue).sorted().joined(separator: " with ")) }
        guard let kind = kinds.first else {
            if let start = modifiers.firstIndex(of: .base64offset) {
                guard modifiers[start...].contains(.contains) else { throw refuse("base64offset without contains after it") }
            }
            if field.isEmpty, has(.neq) { throw refuse("neq on keywords") }
            return
        }
        var allowed: Set<Modifier> = [kind, .all, .neq]
        switch kind {
        case .exists: allowed = [.exists]
        case .re: allowed.formUnion([.i, .m, .s, .contains, .startswith, .endswith])
        case .fieldref: allowed.formUnion([.contains, .startswith, .endswith, .cased])
        default: break
        }
        let strange = given.subtracting(allowed)
        guard strange.isEmpty else { throw refuse("\(kind.rawValue) with \(strange.map(\.rawValue).sorted().joined(separator: ", "))") }
        guard !field.isEmpty || kind == .re else { throw refuse("\(kind.rawValue) on keywords") }
    }
}
