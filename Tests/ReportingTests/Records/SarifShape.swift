import Foundation

/// What the official schema of SARIF 2.1.0 (OASIS, errata 01) says of the objects that Suwen writes: which keys they may have, which they must, and
/// what stands there. Any other key is a fault, as `additionalProperties: false` has it.
enum SarifShape {
    indirect enum Kind: Sendable {
        case string
        case uriReference
        case integer(atLeast: Int)
        case bool
        case list(Kind, unique: Bool = false)
        case object(String)
        case strings
        case choice(Set<String>)
        case languageTag
        case time
        case bag
        /// In the schema, and not written here.
        case unused
    }

    struct Shape: Sendable {
        var keys: [String: Kind]
        var required: Set<String> = []
        /// One of these must be there.
        var oneOf: Set<String> = []
        init(_ keys: [String: Kind], required: Set<String> = [], oneOf: Set<String> = []) {
            self.keys = keys
            self.required = required
            self.oneOf = oneOf
        }
    }

    private static let levels: Kind = .choice(["none", "note", "warning", "error"])

    static let shapes: [String: Shape] = [
        "log": Shape(
            [
                "$schema": .string, "version": .choice(["2.1.0"]), "runs": .list(.object("run")), "inlineExternalProperties": .unused,
                "properties": .bag,
            ],
            required: ["version", "runs"]),
        "run": Shape(
            [
                "tool": .object("tool"), "invocations": .list(.object("invocation")), "results": .list(.object("result")), "language": .languageTag,
                "columnKind": .choice(["utf16CodeUnits", "unicodeCodePoints"]), "automationDetails": .object("runAutomationDetails"),
                "properties": .bag,
            ], required: ["tool"]),
        "runAutomationDetails": Shape(["id": .string, "guid": .unused, "correlationGuid": .unused, "description": .unused, "properties": .bag]),
        "tool": Shape(["driver": .object("toolComponent"), "extensions": .unused, "properties": .bag], required: ["driver"]),
        "toolComponent": Shape(
            [
                "name": .string, "semanticVersion": .string, "version": .string, "language": .languageTag,
                "rules": .list(.object("reportingDescriptor"), unique: true), "notifications": .list(.object("reportingDescriptor"), unique: true),
                "properties": .bag,
            ], required: ["name"]),
        "reportingDescriptor": Shape(
            [
                "id": .string, "name": .string, "shortDescription": .object("multiformatMessageString"),
                "fullDescription": .object("multiformatMessageString"), "help": .object("multiformatMessageString"),
                "defaultConfiguration": .object("reportingConfiguration"), "properties": .bag,
            ], required: ["id"]),
        "reportingConfiguration": Shape(["level": levels, "enabled": .bool, "properties": .bag]),
        "multiformatMessageString": Shape(["text": .string, "markdown": .string, "properties": .bag], required: ["text"]),
        "message": Shape(["text": .string, "markdown": .string, "id": .string, "properties": .bag], oneOf: ["text", "id"]),
        "invocation": Shape(
            [
                "executionSuccessful": .bool, "startTimeUtc": .time, "endTimeUtc": .time,
                "toolExecutionNotifications": .list(.object("notification")),
                "exitCode": .integer(atLeast: 0), "properties": .bag,
            ], required: ["executionSuccessful"]),
        "notification": Shape(
            [
                "message": .object("message"), "level": levels, "descriptor": .object("reportingDescriptorReference"),
                "associatedRule": .object("reportingDescriptorReference"), "properties": .bag,
            ], required: ["message"]),
        "reportingDescriptorReference": Shape(["id": .string, "index": .integer(atLeast: -1), "properties": .bag], oneOf: ["id", "index"]),
        "result": Shape(
            [
                "ruleId": .string, "ruleIndex": .integer(atLeast: -1), "level": levels, "message": .object("message"),
                "locations": .list(.object("location")), "partialFingerprints": .strings, "properties": .bag,
            ], required: ["message"]),
        "location": Shape([
            "physicalLocation": .object("physicalLocation"), "logicalLocations": .list(.object("logicalLocation"), unique: true), "properties": .bag,
        ]),
        "physicalLocation": Shape(
            ["artifactLocation": .object("artifactLocation"), "region": .object("region"), "properties": .bag], oneOf: ["artifactLocation"]),
        "artifactLocation": Shape(["uri": .uriReference, "properties": .bag]),
        "region": Shape(["startLine": .integer(atLeast: 1), "properties": .bag], oneOf: ["startLine"]),
        "logicalLocation": Shape(["name": .string, "fullyQualifiedName": .string, "kind": .string, "properties": .bag]),
    ]

    /// Every fault, with the way to it.
    static func faults(_ value: Any, _ kind: Kind = .object("log"), at path: String = "$") -> [String] {
        switch kind {
        case .object(let name): return object(value, name, path)
        case .list(let element, let unique):
            guard let list = value as? [Any] else { return ["\(path): no list"] }
            let texts = list.map { (try? JSONSerialization.data(withJSONObject: [$0], options: .sortedKeys)) ?? Data() }
            let twice = unique && Set(texts).count != texts.count ? ["\(path): an element stands twice"] : []
            return twice + list.enumerated().flatMap { faults($1, element, at: "\(path)[\($0)]") }
        case .bag:
            guard let bag = value as? [String: Any] else { return ["\(path): no object"] }
            return bag["tags"].map { faults($0, .list(.string, unique: true), at: path + ".tags") } ?? []
        case .strings: return value is [String: String] ? [] : ["\(path): no map of strings"]
        case .bool: return (value as? NSNumber).map { "\($0)" == "\($0.boolValue)" || $0 == 0 || $0 == 1 } == true ? [] : ["\(path): no boolean"]
        case .integer(let least): return (value as? Int).map { $0 >= least } == true ? [] : ["\(path): no integer from \(least)"]
        case .unused: return ["\(path): isn't written by Suwen"]
        case .string, .uriReference, .choice, .languageTag, .time:
            guard let text = value as? String else { return ["\(path): no text"] }
            return matches(text, kind) ? [] : ["\(path): '\(text)' doesn't fit"]
        }
    }

    private static func object(_ value: Any, _ name: String, _ path: String) -> [String] {
        guard let members = value as? [String: Any], let shape = shapes[name] else { return ["\(path): no \(name)"] }
        var faults = shape.required.filter { members[$0] == nil }.map { "\(path): lacks \($0)" }
        if !shape.oneOf.isEmpty, shape.oneOf.isDisjoint(with: members.keys) { faults.append("\(path): lacks one of \(shape.oneOf)") }
        for (key, member) in members {
            guard let kind = shape.keys[key] else {
                faults.append("\(path): '\(key)' is no key of \(name)")
                continue
            }
            faults += self.faults(member, kind, at: "\(path).\(key)")
        }
        return faults
    }

    private static func matches(_ text: String, _ kind: Kind) -> Bool {
        switch kind {
        case .choice(let choices): choices.contains(text)
        case .languageTag: text.wholeMatch(of: /[a-zA-Z]{2}(-[a-zA-Z]{2})?/) != nil
        case .time: text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z/) != nil
        // A path without a scheme (RFC 3986, 4.2): no colon in the first segment, and nothing but path characters.
        case .uriReference: text.wholeMatch(of: /[A-Za-z0-9._~%\-]+(\/[A-Za-z0-9._~%\-]+)*/) != nil
        default: true
        }
    }
}
