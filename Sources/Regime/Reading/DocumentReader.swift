import ExternalTools
import Findings
import Foundation

/// Reads one file into a ``Document``, or says why it can't be.
enum DocumentReader {
    static let sizeLimit = 50 << 20
    /// Text beyond this is no document of a regime, but a decompression bomb.
    private static let textLimit = 16 << 20

    enum Outcome {
        case document(Document)
        case unexamined(Message)
    }

    static func read(_ file: DocumentFolder.File) async -> Outcome {
        guard file.size <= sizeLimit else {
            return .unexamined(Message("regime.too-large", ["size": .bytes(file.size), "limit": .bytes(sizeLimit)]))
        }
        guard file.size > 0 else { return .unexamined(Message("regime.empty-file")) }
        let text: String
        switch file.url.pathExtension.lowercased() {
        case "md", "markdown", "txt", "text":
            guard let handle = try? FileHandle(forReadingFrom: file.url), let data = try? handle.read(upToCount: sizeLimit) else {
                return .unexamined(Message("regime.unreadable-file"))
            }
            try? handle.close()
            guard data.count <= textLimit else {
                return .unexamined(Message("regime.too-large", ["size": .bytes(data.count), "limit": .bytes(textLimit)]))
            }
            guard let decoded = TextDecoding.text(data) else { return .unexamined(Message("regime.not-text")) }
            text = decoded
        case "docx":
            // sandbox: a document can't make pandoc read other files. The heap is bounded for the same reason as the text.
            let arguments = ["+RTS", "-M768m", "-RTS", "--from", "docx", "--to", "gfm", "--wrap=none", "--sandbox", "--quiet", file.url.path]
            switch await converted(by: .pandoc, arguments) {
            case .success(let output): text = output
            case .failure(let failure): return .unexamined(failure.message)
            }
        case "pdf":
            switch await converted(by: .pdftotext, ["-q", "-enc", "UTF-8", file.url.path, "-"]) {
            case .success(let output): text = output
            case .failure(let failure):
                // Quiet, it doesn't say why; loud, the warnings of a poor but readable PDF could fill the limit.
                guard failure.message.key == "regime.damaged",
                    case .failure(let loud) = await converted(by: .pdftotext, ["-enc", "UTF-8", file.url.path, "-"])
                else { return .unexamined(failure.message) }
                return .unexamined(loud.message)
            }
        case let kind:
            return .unexamined(Message("regime.unknown-type", ["type": .text(kind.isEmpty ? "-" : String(kind.prefix(16)))]))
        }
        let document = OutlineParser.parse(text, file: file.path)
        // A scan is a PDF of pictures.
        return document.isEmpty ? .unexamined(Message("regime.no-text")) : .document(document)
    }

    private struct Failure: Error { var message: Message }

    private static func converted(by tool: ExternalTool, _ arguments: [String]) async -> Result<String, Failure> {
        do throws(ExternalToolError) {
            let output = try await tool.run(arguments, timeout: .seconds(60), outputLimit: textLimit)
            return .success(String(decoding: output, as: UTF8.self))
        } catch {
            return .failure(Failure(message: message(error)))
        }
    }

    /// The tool's own words may quote the document: they are not passed on.
    private static func message(_ error: ExternalToolError) -> Message {
        switch error.problem {
        case .missing(let package): Message("regime.tool-missing", ["tool": .text(error.tool), "package": .text(package)])
        case .timedOut: Message("regime.timed-out", ["tool": .text(error.tool)])
        case .failed(let words) where words.localizedCaseInsensitiveContains("password"): Message("regime.encrypted")
        case .failed: Message("regime.damaged", ["tool": .text(error.tool)])
        }
    }
}
