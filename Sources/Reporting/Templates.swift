import Foundation
import Mustache

/// The templates and the style sheet that Suwen ships.
enum Templates {
    struct Damaged: Error {
        let name: String
    }

    static func template(_ name: String) throws(Damaged) -> MustacheTemplate {
        do {
            return try MustacheTemplate(string: try text("\(name).mustache"))
        } catch {
            throw Damaged(name: "\(name).mustache")
        }
    }

    static func text(_ file: String) throws(Damaged) -> String {
        do {
            return try String(contentsOf: try self.file(file), encoding: .utf8)
        } catch {
            throw Damaged(name: file)
        }
    }

    static func file(_ name: String) throws(Damaged) -> URL {
        let url = (Bundle.module.resourceURL ?? Bundle.module.bundleURL).appendingPathComponent(name)
        guard FileManager.default.fileExists(atPath: url.path) else { throw Damaged(name: name) }
        return url
    }
}
