import ExternalTools
import Findings
import Foundation
import Regulations
import Reporting
import Testing

@Suite("The report's files")
struct ReportFilesTests {
    @Test("are written in every format, readable by their owner only, with nothing left beside them")
    func allFormats() async throws {
        let folder = try TemporaryFolder()
        let target = folder.url.appendingPathComponent("new/report folder")
        let written = try await ReportFixture.renderer().render(
            ReportFixture.clinic(), formats: [.json, .pdf, .html, .docx, .pdf], to: target, referenceDocument: nil)
        #expect(written.failures.isEmpty)
        #expect(written.files.map(\.lastPathComponent) == ["report.html", "report.docx", "report.pdf", "report.json"])
        #expect(try Set(FileManager.default.contentsOfDirectory(atPath: target.path)) == Set(written.files.map(\.lastPathComponent)))
        for file in written.files {
            let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test("the PDF's text holds the Chinese headings in order, and every open asset")
    func pdf() async throws {
        let folder = try TemporaryFolder()
        let report = try ReportFixture.clinic()
        let written = try await ReportFixture.renderer().render(report, formats: [.pdf], to: folder.url, referenceDocument: nil)
        let file = try #require(written.files.first)
        let bytes = try await ExternalTool.pdftotext.run(["-layout", "-enc", "UTF-8", file.path, "-"])
        let text = String(decoding: bytes, as: UTF8.self)
        // The table of contents names them all once; the parts come after it.
        var rest = text[try #require(text.firstRange(of: "九、评估")).upperBound...]
        for heading in ["一、对照", "二、总体", "三、涉及", "四、问题", "五、整改", "六、检测", "七、控制项", "八、评估", "九、评估"] {
            let range = try #require(rest.firstRange(of: heading), "\(heading)")
            rest = rest[range.upperBound...]
        }
        for finding in report.findings where finding.status == .open || finding.status == .new { #expect(text.contains(finding.fingerprint)) }
    }

    @Test("the Word document holds the headings as headings, tables, and every finding", arguments: [false, true])
    func docx(ownReference: Bool) async throws {
        let folder = try TemporaryFolder()
        let report = try ReportFixture.clinic()
        let reference: URL?
        if ownReference {
            let url = folder.url.appendingPathComponent("own.docx")
            try await Data(ExternalTool.pandoc.run(["--print-default-data-file", "reference.docx"])).write(to: url)
            reference = url
        } else {
            reference = nil
        }
        let written = try await ReportFixture.renderer().render(report, formats: [.docx], to: folder.url, referenceDocument: reference)
        #expect(written.failures.isEmpty)
        let file = try #require(written.files.first)
        let markdown = String(
            decoding: try await ExternalTool.pandoc.run(["--from=docx", "--to=markdown", "--wrap=none", file.path]), as: UTF8.self)
        let headings = markdown.split(separator: "\n").filter { $0.hasPrefix("# ") }.map { String($0.dropFirst(2).prefix(2)) }
        #expect(headings == ["一、", "二、", "三、", "四、", "五、", "六、", "七、", "八、", "九、"])
        for finding in report.findings { #expect(markdown.contains(finding.fingerprint)) }
    }

    @Test("hostile text comes out as text in PDF and Word")
    func hostile() async throws {
        let folder = try TemporaryFolder()
        let text = "<script>x</script> {{page}} ]]> \u{202E}fdp |*_#` <img src='file:///etc/passwd'> \\newpage " + String(repeating: "W", count: 900)
        let written = try await ReportFixture.renderer().render(
            ReportFixture.hostile(text), formats: [.pdf, .docx], to: folder.url, referenceDocument: nil)
        #expect(written.failures.isEmpty)
        for file in written.files {
            let bytes =
                file.pathExtension == "pdf"
                ? try await ExternalTool.pdftotext.run(["-enc", "UTF-8", file.path, "-"])
                : try await ExternalTool.pandoc.run(["--from=docx", "--to=plain", "--wrap=none", file.path])
            let plain = String(decoding: bytes, as: UTF8.self)
            #expect(plain.contains("<script>"))
            #expect(plain.contains("{{page}}"))
            #expect(plain.contains("]]>"))
            #expect(!plain.contains("root:"))
            #expect(!plain.unicodeScalars.contains("\u{202E}"))
        }
    }

    @Test("a missing tool costs its format only, and the failure says what to install")
    func missingTools() async throws {
        let folder = try TemporaryFolder()
        let missing = ExternalTool(name: "no-such-program", debianPackage: "its-package")
        let renderer = ReportRenderer(wording: try Catalogue.load().wording, weasyprint: missing, pandoc: missing)
        let written = try await renderer.render(ReportFixture.clinic(), formats: ReportFormat.allCases, to: folder.url, referenceDocument: nil)
        #expect(written.files.map(\.lastPathComponent) == ["report.html", "report.json"])
        #expect(written.failures.map(\.format) == [.docx, .pdf])
        for failure in written.failures { #expect(failure.description.contains("apt-get install its-package")) }
    }

    @Test("a reference document that is no Word document is named in the failure")
    func brokenReference() async throws {
        let folder = try TemporaryFolder()
        let reference = folder.url.appendingPathComponent("broken.docx")
        try Data("no document".utf8).write(to: reference)
        let written = try await ReportFixture.renderer().render(
            ReportFixture.clinic(), formats: [.docx, .json], to: folder.url, referenceDocument: reference)
        #expect(written.files.map(\.lastPathComponent) == ["report.json"])
        #expect(written.failures.first?.description.contains("broken.docx") == true)
    }

    @Test("an old report stays when a new one can't be written, and a symbolic link is replaced, not followed")
    func replacing() async throws {
        let folder = try TemporaryFolder()
        let victim = folder.url.appendingPathComponent("victim")
        try Data("untouched".utf8).write(to: victim)
        let link = folder.url.appendingPathComponent("report.json")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: victim)
        try FileManager.default.createDirectory(at: folder.url.appendingPathComponent("report.html/inner"), withIntermediateDirectories: true)
        let written = try await ReportFixture.renderer().render(
            ReportFixture.clinic(), formats: [.html, .json], to: folder.url, referenceDocument: nil)
        #expect(written.files.map(\.lastPathComponent) == ["report.json"])
        #expect(written.failures.map(\.format) == [.html])
        #expect(try String(contentsOf: victim, encoding: .utf8) == "untouched")
        #expect(try Report(json: Data(contentsOf: link)).findings.count == ReportFixture.clinic().findings.count)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { $0.hasPrefix(".report") }
        #expect(left.isEmpty)
    }

    @Test("a folder that can't be made is an error")
    func unwritableFolder() async throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appendingPathComponent("file")
        try Data().write(to: file)
        await #expect(throws: ReportError.self) {
            try await ReportFixture.renderer().render(
                ReportFixture.clinic(), formats: [.json], to: file.appendingPathComponent("below"), referenceDocument: nil)
        }
    }
}
