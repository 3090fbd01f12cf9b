import Foundation

extension SigmaRuleSet {
    /// What can't be read at all.
    package struct Unreadable: Error, CustomStringConvertible {
        package var path: String
        package var description: String { "\(path): no such file or folder" }
    }

    /// Reads every `.yml` and `.yaml` file under the folders, and the files named. Links are followed only for the paths given.
    /// - Throws: ``Unreadable`` for a path that isn't there.
    package static func load(_ paths: [String]) throws(Unreadable) -> SigmaRuleSet {
        var sources: [Source] = []
        for path in paths {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw Unreadable(path: path) }
            guard isFolder.boolValue else {
                sources.append(source(path, name: path))
                continue
            }
            guard let found = FileManager.default.enumerator(atPath: path) else { throw Unreadable(path: path) }
            var names: [String] = []
            for case let name as String in found where name.hasSuffix(".yml") || name.hasSuffix(".yaml") {
                // Folders such as .git and .github hold no rules.
                if name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) { continue }
                names.append(name)
            }
            names.sort()
            for name in names { sources.append(source(path + "/" + name, name: name)) }
        }
        let kept = sources.prefix(SigmaLimits.files)
        let left = sources.dropFirst(SigmaLimits.files).map {
            Source(file: $0.file, content: .failure(SigmaRejection(.tooManyRules, "more than \(SigmaLimits.files) files")))
        }
        return SigmaRuleSet(Array(kept) + left)
    }

    package static func load(_ path: String) throws(Unreadable) -> SigmaRuleSet { try load([path]) }

    private static func source(_ path: String, name: String) -> Source {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let size = attributes?[.size] as? Int, attributes?[.type] as? FileAttributeType == .typeRegular else {
            return Source(file: name, content: .failure(SigmaRejection(.unreadable)))
        }
        guard size <= SigmaLimits.fileBytes else {
            return Source(file: name, content: .failure(SigmaRejection(.tooLarge, "\(size) bytes of at most \(SigmaLimits.fileBytes)")))
        }
        guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self) else {
            return Source(file: name, content: .failure(SigmaRejection(.unreadable, "not UTF-8")))
        }
        return Source(file: name, content: .success(text))
    }
}
