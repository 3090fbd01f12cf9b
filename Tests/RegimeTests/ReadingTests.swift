import Estate
import ExternalTools
import Findings
import Foundation
import Regime
import Testing

@Suite("Documents are read in every form, and what can't be read is said")
struct ReadingTests {
    private func reason(_ name: String, in inspection: Inspection) -> String? { inspection.unexamined.first { $0.subject == name }?.reason.key }

    @Test("DOCX and PDF are read like text")
    func officeFormats() async throws {
        let fixture = try Fixture()
        defer { fixture.remove() }
        let docx = fixture.folder.appendingPathComponent("plan.docx").path
        _ = try await ExternalTool.pandoc.run(["--from", "markdown", "--to", "docx", "-o", docx], input: Array(Sample.incidentPlan.utf8))
        let html =
            "<html lang=zh><meta charset=utf-8><body><h1>账号权限复核记录</h1>"
            + Sample.accessReview.split(separator: "\n").dropFirst().map { "<p>\($0)</p>" }.joined() + "</body></html>"
        let pdf = fixture.folder.appendingPathComponent("review.pdf").path
        _ = try await ExternalTool.weasyprint.run(["-q", "-", pdf], input: Array(html.utf8))
        let inspection = await fixture.inspect()
        #expect(inspection.result("regime.incident-plan")?.problems == [])
        #expect(inspection.result("regime.access-review")?.problems == [])
        #expect(inspection.unexamined.isEmpty)
    }

    @Test("GB 18030 and UTF-16 are recognised")
    func encodings() async throws {
        let fixture = try Fixture()
        defer { fixture.remove() }
        let gb = String.Encoding(rawValue: 0x8000_0632)
        let bytes = try #require(Sample.incidentPlan.data(using: gb))
        #expect(String(bytes: bytes, encoding: .utf8) == nil)
        try fixture.write("plan.txt", bytes)
        try fixture.write("review.txt", Data([0xFF, 0xFE]) + (try #require(Sample.accessReview.data(using: .utf16LittleEndian))))
        let inspection = await fixture.inspect()
        #expect(inspection.result("regime.incident-plan")?.outcome == .passed)
        #expect(inspection.result("regime.access-review")?.outcome == .passed)
    }

    @Test("a damaged, encrypted, empty, binary or unknown file is left out with its reason, and the run goes on")
    func unreadable() async throws {
        let fixture = try Fixture([
            "good.md": Sample.accessReview, "empty.md": "", "blank.md": "\n\n", "old.doc": "x", "Makefile": "x", ".hidden.pdf": "x",
        ])
        defer { fixture.remove() }
        try fixture.write("bad.docx", Data("PK\u{3}\u{4}nonsense".utf8))
        try fixture.write("bad.pdf", Data("%PDF-1.7 nonsense".utf8))
        try fixture.write("binary.txt", Data([0x41, 0x00, 0xFF, 0xFE, 0x00]))
        let inspection = await fixture.inspect()
        #expect(reason("bad.docx", in: inspection) == "regime.damaged")
        #expect(reason("bad.pdf", in: inspection) == "regime.damaged")
        #expect(reason("binary.txt", in: inspection) == "regime.not-text")
        #expect(reason("empty.md", in: inspection) == "regime.empty-file")
        #expect(reason("blank.md", in: inspection) == "regime.no-text")
        #expect(reason("old.doc", in: inspection) == "regime.unknown-type")
        #expect(reason("Makefile", in: inspection) == "regime.unknown-type")
        #expect(inspection.unexamined.count == 7)
        #expect(inspection.result("regime.access-review")?.outcome == .passed)
        #expect(inspection.result("regime.incident-plan")?.problems == ["regime.missing"])
    }

    @Test("a PDF that asks for a password is said to be encrypted")
    func encrypted() async throws {
        let fixture = try Fixture(["good.md": Sample.accessReview, "locked.pdf": Self.encryptedPDF])
        defer { fixture.remove() }
        #expect(reason("locked.pdf", in: await fixture.inspect()) == "regime.encrypted")
    }

    /// Standard security handler, 40 bits (PDF 1.4, 3.5.2), whose user password nobody knows.
    private static let encryptedPDF = {
        let (owner, user) = (String(repeating: "11", count: 32), String(repeating: "22", count: 32))
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>", "<< /Filter /Standard /V 1 /R 2 /O <\(owner)> /U <\(user)> /P -4 >>",
        ]
        let body = objects.enumerated().map { "\($0 + 1) 0 obj\n\($1)\nendobj\n" }.joined()
        let id = String(repeating: "33", count: 16)
        // Without a cross-reference table: readers rebuild it.
        return "%PDF-1.4\n\(body)trailer\n<< /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<\(id)> <\(id)>] >>\n%%EOF\n"
    }()

    @Test("nothing is said of a document that may be the file that can't be read")
    func lostDocument() async throws {
        let fixture = try Fixture(["good.md": Sample.accessReview])
        defer { fixture.remove() }
        try fixture.write("网络安全事件应急预案.docx", Data("nonsense".utf8))
        let result = try #require(await fixture.inspect().result("regime.incident-plan"))
        guard case .notAssessed(let reason) = result.outcome else { return #expect(Bool(false), "\(result.outcome)") }
        #expect(reason.key == "regime.unread-document")
    }

    @Test("a file of more than 50 MB is left out")
    func huge() async throws {
        let fixture = try Fixture(["good.md": Sample.accessReview, "huge.pdf": "x"])
        defer { fixture.remove() }
        let handle = try FileHandle(forWritingTo: fixture.folder.appendingPathComponent("huge.pdf"))
        try handle.truncate(atOffset: 51 << 20)
        try handle.close()
        #expect(reason("huge.pdf", in: await fixture.inspect()) == "regime.too-large")
    }

    @Test("links are followed once; loops, broken links and pipes are left out")
    func links() async throws {
        let fixture = try Fixture(["inner/deeper/review.md": Sample.accessReview])
        defer { fixture.remove() }
        let folder = fixture.folder
        try FileManager.default.createSymbolicLink(at: folder.appendingPathComponent("inner/loop"), withDestinationURL: folder)
        try FileManager.default.createSymbolicLink(
            at: folder.appendingPathComponent("again.md"), withDestinationURL: folder.appendingPathComponent("inner/deeper/review.md"))
        try FileManager.default.createSymbolicLink(atPath: folder.appendingPathComponent("broken.md").path, withDestinationPath: "nowhere")
        #expect(mkfifo(folder.appendingPathComponent("pipe.md").path, 0o600) == 0)
        let inspection = await fixture.inspect()
        #expect(reason("inner/loop", in: inspection) == "regime.link-loop")
        #expect(reason("broken.md", in: inspection) == "regime.unreadable-file")
        #expect(reason("pipe.md", in: inspection) == "regime.not-a-file")
        #expect(inspection.result("regime.access-review")?.outcome == .passed)
    }

    @Test("a missing, empty or undeclared folder leaves every check not assessed")
    func folders() async throws {
        let fixture = try Fixture()
        defer { fixture.remove() }
        for folder in [nil, fixture.folder, fixture.folder.appendingPathComponent("missing")] {
            let inspection = await Fixture.inspect(folder)
            #expect(inspection.checks.map(\.check) == RegimeInspector.checks)
            #expect(inspection.checks.allSatisfy { if case .notAssessed = $0.outcome { true } else { false } })
            #expect(inspection.unexamined.count == (folder == nil ? 0 : 1))
        }
    }

    @Test("any bytes are survived", arguments: 0..<24)
    func fuzz(seed: Int) async throws {
        var generator = Generator(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1)
        var bytes = Array(Sample.incidentPlan.utf8)
        for _ in 0..<(seed * 12) { bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 1...255, using: &generator) }
        let junk = (0..<4_000).map { _ in "#|*<>\\`-：；。批准人年月日2026 \n".randomElement(using: &generator) ?? " " }
        let fixture = try Fixture(["junk.md": String(junk), "long.md": "# 应急预案\n" + String(repeating: "批准人：", count: 20_000)])
        defer { fixture.remove() }
        try fixture.write("a.md", Data(bytes))
        #expect(await fixture.inspect().checks.count == RegimeInspector.checks.count)
    }
}

/// xorshift64: the same bytes in every run.
private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
