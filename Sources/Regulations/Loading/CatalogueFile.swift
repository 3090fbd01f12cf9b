package import Foundation
import Yams

/// One YAML file of the catalogue, as text.
package struct CatalogueFile: Hashable, Sendable {
    package var name: String
    package var text: String

    package init(name: String, text: String) {
        self.name = name
        self.text = text
    }

    /// Every `.yaml` file of a folder, by name.
    package static func files(in folder: URL) throws(CatalogueError) -> [CatalogueFile] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }.sorted()
        } catch {
            throw CatalogueError([.init(file: folder.path, line: nil, key: "", problem: "can't be listed; reinstall Suwen")])
        }
        var files: [CatalogueFile] = []
        for name in names {
            guard let data = try? Data(contentsOf: folder.appendingPathComponent(name)), let text = String(bytes: data, encoding: .utf8) else {
                throw CatalogueError([.init(file: name, line: nil, key: "", problem: "can't be read as UTF-8")])
            }
            files.append(CatalogueFile(name: name, text: text))
        }
        return files
    }

    /// The root of the file; nil, with a problem logged, when it is no mapping.
    func root(_ log: ProblemLog) -> Entry? {
        do {
            guard let node = try Yams.compose(yaml: text) else {
                log.add(file: name, "is empty")
                return nil
            }
            let entry = Entry(node: node, key: "", file: name, log: log)
            guard node.mapping != nil else {
                entry.complain("must be a mapping")
                return nil
            }
            return entry
        } catch let error as YamlError {
            add(error, to: log)
        } catch {
            log.add(file: name, "is no YAML")
        }
        return nil
    }

    private func add(_ error: YamlError, to log: ProblemLog) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            log.add(file: name, line: mark.line, "is no YAML here: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            for key in duplicates { log.add(file: name, line: context.mark.line, key: key, "stands twice; keep one") }
        default: log.add(file: name, "is no YAML")
        }
    }
}
