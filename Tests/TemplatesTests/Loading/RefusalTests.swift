import Foundation
import Templates
import Testing

@Suite("Templates that can't be run as they are written")
struct RefusalTests {
    static let names = Resources.names("refused", ".yaml")

    private func folder(_ files: [String: Data]) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("templates-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, data) in files { try data.write(to: folder.appendingPathComponent(name)) }
        return folder.path
    }

    @Test(arguments: names)
    func `A bad template is refused with its reason`(_ name: String) throws {
        let reason = try #require(name.split(separator: ".").first.map(String.init))
        let library = try TemplateLibrary(folder: Resources.folder("refused/\(name).yaml").path, loader: TemplateLoader())
        #expect(library.templates.isEmpty)
        #expect(library.refused.map(\.refusal.reason.rawValue) == [reason], "\(library.refused.map(\.refusal.detail))")
    }

    @Test func `Every reason has a bad template`() throws {
        let covered = Set(RefusalTests.names.compactMap { $0.split(separator: ".").first.map(String.init) })
        // These two are made by the tests below.
        let made: Set<String> = ["too-large", "duplicate-id"]
        #expect(covered.union(made) == Set(TemplateRefusal.Reason.allCases.map(\.rawValue)))
    }

    @Test func `A folder gives its refusals by reason`() throws {
        let library = try TemplateLibrary(folder: Resources.folder("refused").path, loader: TemplateLoader())
        #expect(library.templates.isEmpty)
        #expect(library.refusalCounts[.method] == 5)
        #expect(library.refusalCounts.values.reduce(0, +) == RefusalTests.names.count)
    }

    @Test func `A file that is too large is refused before it is read`() throws {
        let large = Data(repeating: 0x20, count: TemplateLimits.fileBytes + 1)
        let path = try folder(["large.yaml": large])
        defer { try? FileManager.default.removeItem(atPath: path) }
        let library = try TemplateLibrary(folder: path, loader: TemplateLoader())
        #expect(library.refused.map(\.refusal.reason) == [.tooLarge])
    }

    @Test func `Of two templates with one id the second is refused`() throws {
        let text = Data(try Resources.text("corpus/word-one.yaml").utf8)
        let path = try folder(["a.yaml": text, "b.yaml": text])
        defer { try? FileManager.default.removeItem(atPath: path) }
        let library = try TemplateLibrary(folder: path, loader: TemplateLoader())
        #expect(library.templates.count == 1)
        #expect(library.refused.map(\.refusal.reason) == [.duplicateID])
        #expect(library.refused.first?.source == "b.yaml")
    }

    @Test func `A grant by name lets one template use other methods`() throws {
        let text = try Resources.text("refused/method.yaml")
        #expect(throws: TemplateRefusal.self) { try TemplateLoader(grants: ["another"]).load(text) }
        #expect(try TemplateLoader(grants: ["method"]).load(text).id == "method")
    }

    @Test func `A grant does not let a template run code`() throws {
        let text = try Resources.text("refused/code.yaml")
        #expect(throws: TemplateRefusal.self) { try TemplateLoader(grants: ["code"]).load(text) }
    }

    @Test func `Deep nesting is refused, not followed`() throws {
        let brackets = "id: a\ninfo: " + String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000)
        let maps = "id: a\ninfo: " + String(repeating: "{a: ", count: 5_000) + "x" + String(repeating: "}", count: 5_000)
        let dashes = "id: a\ninfo:\n" + String(repeating: "- ", count: 900) + "x"
        for text in [brackets, maps, dashes] {
            let refusal = #expect(throws: TemplateRefusal.self) { try TemplateLoader().load(text) }
            #expect(refusal?.reason == .invalidYAML)
        }
    }

    @Test func `Knotted anchors don't blow up`() throws {
        var text = "id: a\ninfo:\n  name: x\nvariables:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let names = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "  a\(level): &a\(level) [\(names)]\n"
        }
        #expect(throws: TemplateRefusal.self) { try TemplateLoader().load(text) }
    }
}
