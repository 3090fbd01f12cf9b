import Foundation

/// Templates of a folder: what loaded, and what was refused with how many of each reason.
package struct TemplateLibrary: Sendable {
    package struct Refused: Sendable {
        package var source: String
        package var refusal: TemplateRefusal
    }

    package private(set) var templates: [Template] = []
    package private(set) var refused: [Refused] = []

    package init() {}

    /// How many templates were refused for each reason.
    package var refusalCounts: [TemplateRefusal.Reason: Int] { Dictionary(grouping: refused, by: \.refusal.reason).mapValues(\.count) }

    /// What can't be read at all.
    package struct Unreadable: Error {
        package var path: String
    }

    /// Files of a folder that are looked at; more are refused as unreadable, one by one.
    package static let fileLimit = 200_000

    /// Suwen's own templates.
    package static func builtIn() -> TemplateLibrary {
        let folder = (Bundle.module.resourceURL ?? Bundle.module.bundleURL).appendingPathComponent("templates")
        return (try? TemplateLibrary(folder: folder.path, loader: TemplateLoader())) ?? TemplateLibrary()
    }

    /// Reads every `.yaml` and `.yml` file under `folder`, or the one file it names. Links are followed only for the path given.
    package init(folder: String, loader: TemplateLoader) throws(Unreadable) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else { throw Unreadable(path: folder) }
        guard isFolder.boolValue else {
            add([TemplateLibrary.load(folder, folder, loader)])
            return
        }
        guard let found = FileManager.default.enumerator(atPath: folder) else { throw Unreadable(path: folder) }
        var paths: [String] = []
        for case let path as String in found where path.hasSuffix(".yaml") || path.hasSuffix(".yml") {
            // Folders such as .git and .github hold no templates.
            if path.split(separator: "/").contains(where: { $0.hasPrefix(".") }) { continue }
            paths.append(path)
        }
        paths.sort()
        add(TemplateLibrary.loadAll(paths, in: folder, loader))
    }

    /// Reads on all cores: parsing YAML is most of the work.
    private static func loadAll(_ paths: [String], in folder: String, _ loader: TemplateLoader) -> [Outcome] {
        let size = 64
        let chunks = stride(from: 0, to: paths.count, by: size).map { Array(paths[$0..<min($0 + size, paths.count)]) }
        let collector = Collector(count: chunks.count)
        DispatchQueue.concurrentPerform(iterations: chunks.count) { index in
            collector.set(index, chunks[index].map { load(folder + "/" + $0, $0, loader) })
        }
        return collector.all
    }

    private struct Outcome: Sendable {
        var source: String
        var result: Result<Template, TemplateRefusal>
    }

    private final class Collector: @unchecked Sendable {
        private let lock = NSLock()
        private var outcomes: [[Outcome]]

        init(count: Int) { outcomes = Array(repeating: [], count: count) }

        func set(_ index: Int, _ values: [Outcome]) { lock.withLock { outcomes[index] = values } }

        var all: [Outcome] { lock.withLock { outcomes.flatMap { $0 } } }
    }

    private static func load(_ path: String, _ source: String, _ loader: TemplateLoader) -> Outcome {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let size = attributes?[.size] as? Int, attributes?[.type] as? FileAttributeType == .typeRegular else {
            return Outcome(source: source, result: .failure(TemplateRefusal(.unreadable)))
        }
        guard size <= TemplateLimits.fileBytes else { return Outcome(source: source, result: .failure(TemplateRefusal(.tooLarge))) }
        guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self) else {
            return Outcome(source: source, result: .failure(TemplateRefusal(.unreadable)))
        }
        do {
            return Outcome(source: source, result: .success(try loader.load(text, source: source)))
        } catch {
            return Outcome(source: source, result: .failure(error))
        }
    }

    private mutating func add(_ outcomes: [Outcome]) {
        var ids = Set(templates.map(\.id))
        for outcome in outcomes {
            switch outcome.result {
            case .success(let template):
                if ids.insert(template.id).inserted {
                    templates.append(template)
                } else {
                    refused.append(Refused(source: outcome.source, refusal: TemplateRefusal(.duplicateID, template.id, id: template.id)))
                }
            case .failure(let refusal): refused.append(Refused(source: outcome.source, refusal: refusal))
            }
        }
    }
}
