package import ExternalTools
package import Foundation
package import Regulations

/// Writes a report in the formats that people and programs read.
package struct ReportRenderer: Sendable {
    let wording: Wording
    private let weasyprint: ExternalTool
    private let pandoc: ExternalTool

    /// - Parameters:
    ///   - weasyprint: makes the PDF.
    ///   - pandoc: makes the Word document.
    package init(wording: Wording, weasyprint: ExternalTool = .weasyprint, pandoc: ExternalTool = .pandoc) {
        self.wording = wording
        self.weasyprint = weasyprint
        self.pandoc = pandoc
    }

    /// Writes `report.html`, `report.docx`, `report.pdf` and `report.json`, as asked for, into a folder that is made when it isn't there.
    ///
    /// A file replaces its predecessor whole or not at all, and only its owner may read it. What keeps one format from being written is
    /// among the failures; the others are written all the same.
    /// - Parameters:
    ///   - formats: written at the same time; naming one twice writes it once.
    ///   - referenceDocument: the Word document whose styles, page and footers `report.docx` takes; Suwen's own when nil.
    /// - Throws: ``ReportError`` when the folder can't be made.
    package func render(_ report: Report, formats: [ReportFormat], to folder: URL, referenceDocument: URL?) async throws(ReportError) -> WrittenReport
    {
        let wanted = ReportFormat.allCases.filter(formats.contains)
        guard let first = wanted.first else { return WrittenReport() }
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw ReportError(format: first, problem: .file(folder, reason: "the folder can't be made; name another with --output"))
        }
        let outcomes = await withTaskGroup(of: (ReportFormat, Result<URL, ReportError>).self) { group in
            for format in wanted {
                group.addTask { (format, await write(report, format, to: folder, referenceDocument)) }
            }
            return await group.reduce(into: [ReportFormat: Result<URL, ReportError>]()) { $0[$1.0] = $1.1 }
        }
        var written = WrittenReport()
        for format in wanted {
            switch outcomes[format] {
            case .success(let file): written.files.append(file)
            case .failure(let error): written.failures.append(error)
            case nil: break
            }
        }
        return written
    }

    /// `report.json`.
    package func json(_ report: Report) throws(ReportError) -> Data {
        do { return try report.json() } catch { throw ReportError(format: .json, problem: .encoding) }
    }

    /// `report.html`: one file that loads nothing and runs nothing.
    package func html(_ report: Report) throws(ReportError) -> String {
        try page(report, .html, template: "report", ["report.css"], .screen)
    }

    private func write(_ report: Report, _ format: ReportFormat, to folder: URL, _ referenceDocument: URL?) async -> Result<URL, ReportError> {
        do throws(ReportError) {
            let bytes = try await bytes(report, format, referenceDocument)
            if Task.isCancelled { throw ReportError(format: format, problem: .cancelled) }
            let file = folder.appendingPathComponent(format.fileName)
            do {
                try PrivateFile(url: file).write(bytes)
            } catch {
                throw ReportError(format: format, problem: .file(file, reason: error.reason))
            }
            return .success(file)
        } catch {
            return .failure(error)
        }
    }

    private func bytes(_ report: Report, _ format: ReportFormat, _ referenceDocument: URL?) async throws(ReportError) -> [UInt8] {
        switch format {
        case .json: return [UInt8](try json(report))
        case .html: return Array(try html(report).utf8)
        case .pdf:
            let page = try page(report, format, template: "report", ["report.css", "pdf.css"], .print)
            // Reads the page from standard input and writes the document to standard output: no temporary file holds it.
            return try await run(weasyprint, format, ["--quiet", "--encoding", "utf-8", "-", "-"], page)
        case .docx:
            let reference = try reference(referenceDocument, format)
            let page = try page(report, format, template: "document", [], .print)
            return try await run(
                pandoc, format, ["--from=html", "--to=docx", "--reference-doc=\(reference.path)", "--output=-", "-"], page)
        }
    }

    private func page(
        _ report: Report, _ format: ReportFormat, template: String, _ styleSheets: [String], _ limits: PageLimits
    ) throws(ReportError) -> String {
        let words = Words(wording: wording, language: report.language)
        do {
            let template = try Templates.template(template)
            var styleSheet = ""
            for name in styleSheets { styleSheet += try Templates.text(name) }
            return Page(report, words, limits).render(template, words, styleSheet: styleSheet)
        } catch {
            throw ReportError(format: format, problem: .resource(error.name))
        }
    }

    /// A document that is no ZIP archive would make pandoc fail with words that help nobody.
    private func reference(_ own: URL?, _ format: ReportFormat) throws(ReportError) -> URL {
        guard let own else {
            do { return try Templates.file("reference.docx") } catch { throw ReportError(format: format, problem: .resource(error.name)) }
        }
        let head = (try? FileHandle(forReadingFrom: own)).flatMap { try? $0.read(upToCount: 4) }
        guard head == Data([0x50, 0x4B, 0x03, 0x04]) else { throw ReportError(format: format, problem: .referenceDocument(own)) }
        return own
    }

    private func run(_ tool: ExternalTool, _ format: ReportFormat, _ arguments: [String], _ page: String) async throws(ReportError) -> [UInt8] {
        do {
            return try await tool.run(arguments, input: Array(page.utf8), timeout: .seconds(120), outputLimit: 256 << 20)
        } catch {
            throw ReportError(format: format, problem: .tool(error))
        }
    }
}
