import LogFormats

/// What one HTTP request tries, by what it says: see ``AttackSigns``.
///
/// Two stages. ``AttackTriggers`` go through whole chunks of a log in one pass; only for lines with a trigger is
/// ``classify(method:target:userAgent:referer:scratch:)`` called, which decodes and reads the request. Immutable and shared by all threads; each
/// brings its own ``AttackScratch``. Allocates nothing.
///
/// It judges what was asked, never what came of it: see ``AttackDetector``.
package struct AttackClassifier: Sendable {
    private let targetNeedles = AttackNeedles.target
    private let agentNeedles = AttackNeedles.userAgent
    private let targetAutomaton: NeedleAutomaton
    private let agentAutomaton: NeedleAutomaton
    private let names = ParameterNames.table

    package init() {
        targetAutomaton = NeedleAutomaton(targetNeedles.map(\.text))
        agentAutomaton = NeedleAutomaton(agentNeedles.map(\.text))
    }

    /// - Parameters:
    ///   - target: path and query as they were sent; what logs escape may be escaped. The first 16 KiB are looked at.
    ///   - userAgent: may be empty, as may all others.
    ///   - referer: looked at for what is aimed at the server itself; pages that visitors come from are nobody's attack.
    package func classify(
        method: UnsafeRawBufferPointer, target: UnsafeRawBufferPointer, userAgent: UnsafeRawBufferPointer, referer: UnsafeRawBufferPointer,
        scratch: AttackScratch
    ) -> AttackSigns {
        var signs: AttackSigns = []
        if !userAgent.isEmpty { signs = self.signs(ofHeader: userAgent, scratch, isAgent: true) }
        if !referer.isEmpty { signs.formUnion(self.signs(ofHeader: referer, scratch, isAgent: false)) }
        scratch.decode(target)
        return signs.union(self.signs(ofTarget: target, method, scratch))
    }

    private func scan(
        _ automaton: NeedleAutomaton, _ needles: [AttackNeedle], _ text: UnsafeRawBufferPointer, pathEnd: Int
    ) -> (signs: AttackSigns, features: AttackFeatures) {
        var found: (signs: AttackSigns, features: AttackFeatures) = ([], [])
        automaton.scan(text) { number, end in
            needles.withUnsafeBufferPointer { needles in
                let isNews = !found.signs.isSuperset(of: needles[number].signs) || !found.features.isSuperset(of: needles[number].feature)
                guard isNews, needles[number].holds(in: text, pathEnd: pathEnd, end: end) else { return }
                found.signs.formUnion(needles[number].signs)
                found.features.formUnion(needles[number].feature)
            }
        }
        return found
    }

    // MARK: The target

    private func signs(ofTarget target: UnsafeRawBufferPointer, _ method: UnsafeRawBufferPointer, _ scratch: AttackScratch) -> AttackSigns {
        let text = scratch.text
        let classes = scratch.classes
        var (signs, features) = scan(targetAutomaton, targetNeedles, text, pathEnd: scratch.pathEnd)
        let path = text.part(0..<scratch.pathEnd)
        if !signs.isDisjoint(with: [.adminInterface, .probePath]), AttackNeedles.ordinaryPaths.contains(where: { path.has($0, at: 0) }) {
            signs.subtract([.adminInterface, .probePath])
        }
        if classes.contains(.dot), isTraversal(path, scratch, features) { signs.insert(.traversal) }
        if features.contains(.lookup) { signs.formUnion(ExpressionCheck(text).signs) }
        if ScriptingCheck(text).matches(classes) { signs.insert(.crossSiteScripting) }
        if SerialisedObjectCheck.matches(raw: target.part(0..<min(target.count, AttackScratch.longest)))
            || SerialisedObjectCheck.matches(decoded: text)
        {
            signs.insert(.deserialisation)
        }
        var hasCommand = false
        signs.formUnion(valueSigns(scratch, hasCommand: &hasCommand))
        let shell = WebShellCheck(path)
        if shell.matches(features, method: method, hasCommand: hasCommand) { signs.insert(.webShell) }
        return signs
    }

    private func isTraversal(_ path: UnsafeRawBufferPointer, _ scratch: AttackScratch, _ features: AttackFeatures) -> Bool {
        let isSensitive = features.contains(.sensitiveFile)
        if TraversalCheck(path).isTraversal(isPath: true, isHidden: scratch.hasEncodedPathMarks, isSensitive: isSensitive) { return true }
        for parameter in scratch.parameters {
            let value = scratch.text.part(parameter.nameStart..<parameter.valueEnd)
            // A value of more than one step is short work; two dots are the least.
            if value.count > 4, TraversalCheck(value).isTraversal(isPath: false, isHidden: scratch.isTwiceEncoded, isSensitive: isSensitive) {
                return true
            }
        }
        return false
    }

    /// What has to be read value by value: the path, and names and values of the parameters.
    private func valueSigns(_ scratch: AttackScratch, hasCommand: inout Bool) -> AttackSigns {
        let text = scratch.text
        var signs: AttackSigns = []
        if !scratch.classes.isDisjoint(with: Self.sqlClasses) { signs.formUnion(pathSigns(text.part(0..<scratch.pathEnd))) }
        for parameter in scratch.parameters {
            let name = names.value(text, parameter.nameStart, parameter.nameEnd)
            let value = text.part(parameter.valueStart..<parameter.valueEnd)
            let nameText = text.part(parameter.nameStart..<parameter.nameEnd)
            signs.formUnion(self.signs(ofValue: value, name: name, nameText: nameText))
            if parameter.nameEnd - parameter.nameStart > 3 { signs.formUnion(self.signs(ofName: nameText)) }
            if name & ParameterNames.include != 0, InclusionCheck.matches(value) { signs.insert(.fileInclusion) }
            if name & ParameterNames.command != 0, CommandInjectionCheck(value).isCommandLine {
                signs.insert(.commandInjection)
                hasCommand = true
            }
        }
        return signs
    }

    /// Signs without one of which a value holds neither SQL nor commands.
    private static let sqlClasses: ByteClasses = [.quote, .parenthesis, .separator, .space, .dash, .hash, .star, .dollar]

    private func signs(ofValue value: UnsafeRawBufferPointer, name: UInt8, nameText: UnsafeRawBufferPointer) -> AttackSigns {
        guard value.count >= 2 else { return [] }
        let classes = ByteClasses(value)
        guard !classes.isDisjoint(with: Self.sqlClasses) else { return [] }
        var signs: AttackSigns = []
        let namesNumber = name & ParameterNames.identifier != 0 || Self.endsInID(nameText)
        if !classes.isDisjoint(with: [.quote, .parenthesis, .separator, .space, .dash, .hash, .star]),
            SQLInjectionCheck(value).matches(namesNumber: namesNumber)
        {
            signs.insert(.sqlInjection)
        }
        if !classes.isDisjoint(with: [.separator, .dollar, .angle]),
            CommandInjectionCheck(value).matches(namesFields: name & ParameterNames.fields != 0)
        {
            signs.insert(.commandInjection)
        }
        return signs
    }

    /// Parameters' names: PHP's and Node's arrays carry operators of MongoDB (`user[$ne]=`), and some scripts run names.
    private func signs(ofName name: UnsafeRawBufferPointer) -> AttackSigns {
        if let bracket = name.next(UInt8(ascii: "["), from: 1), name.byte(bracket + 1) == UInt8(ascii: "$"), !name.has("filter", at: 0),
            !name.has("where", at: 0), !name.has("query", at: 0)
        {
            for word in ["$ne]", "$gt]", "$lt]", "$regex]", "$where]", "$exists]", "$nin]", "$gte]"] as [StaticString]
            where name.has(word, at: bracket + 1) {
                return .sqlInjection
            }
        }
        return signs(ofValue: name, name: 0, nameText: name)
    }

    private static func endsInID(_ name: UnsafeRawBufferPointer) -> Bool { name.has("id", at: name.count - 2) || name.has("no", at: name.count - 2) }

    /// Segments of a path are values too: `/patients/1' or '1'='1`.
    private func pathSigns(_ path: UnsafeRawBufferPointer) -> AttackSigns {
        var signs: AttackSigns = []
        var start = 0
        var segments = 0
        while start < path.count, segments < 64 {
            let end = path.next(0x2F, from: start) ?? path.count
            if end - start >= 3 {
                signs.formUnion(self.signs(ofValue: path.part(start..<end), name: ParameterNames.identifier, nameText: path.part(0..<0)))
            }
            start = end + 1
            segments += 1
        }
        return signs
    }

    // MARK: Headers

    private func signs(ofHeader value: UnsafeRawBufferPointer, _ scratch: AttackScratch, isAgent: Bool) -> AttackSigns {
        // Tools say who they are in plain words. What is encoded, quoted or in braces is decoded and looked at again.
        let isPlain = !Self.isSuspicious(value)
        if isPlain, !isAgent { return [] }
        if !isPlain { scratch.decode(value: value) }
        let text = isPlain ? value.part(0..<min(value.count, AttackScratch.longest)) : scratch.text
        var (signs, features) = scan(agentAutomaton, agentNeedles, text, pathEnd: 0)
        if isPlain { return signs }
        if !isAgent {
            // A page that visitors come from may have a tool's name, or be the one that was attacked.
            signs.subtract([.scannerTool, .webShell, .crossSiteScripting])
        }
        if features.contains(.lookup) { signs.formUnion(ExpressionCheck(text).signs) }
        if scratch.classes.contains(.quote), SQLInjectionCheck(text).matches(namesNumber: false) { signs.insert(.sqlInjection) }
        return signs
    }

    private static func isSuspicious(_ header: UnsafeRawBufferPointer) -> Bool {
        for byte in header {
            switch byte {
            case UInt8(ascii: "'"), UInt8(ascii: "$"), UInt8(ascii: "{"), UInt8(ascii: "%"), UInt8(ascii: "<"), UInt8(ascii: "\\"): return true
            default: continue
            }
        }
        return false
    }
}
