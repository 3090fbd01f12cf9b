import Cryptography
import Foundation
import Testing

@Suite("Signed notes")
struct SignedNoteTests {
    private func signer(_ name: String = "clinic.example/logs") throws -> NoteSigner {
        try #require(NoteSigner(name: name, key: try Ed25519PrivateKey()))
    }

    private func signed(_ text: String, _ signers: [NoteSigner]) throws -> String {
        var note = try SignedNote(text: text)
        for signer in signers { try note.sign(signer) }
        return note.encoded
    }

    private func open(_ note: String, _ keys: [NoteVerifierKey]) throws -> [NoteVerifierKey] {
        try SignedNote(parsing: Array(note.utf8)).verify(keys)
    }

    @Test(
        "Notes that others published verify",
        arguments: [
            (
                "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
                    + "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
            ),
            (
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "This is an example message.\n\n"
                    + "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
            ),
        ])
    func published(_ text: String, _ note: String) throws {
        let key = try #require(NoteVerifierKey(text))
        #expect(key.description == text)
        #expect(try open(note, [key]) == [key])
        #expect(try SignedNote(parsing: Array(note.utf8)).encoded == note)
    }

    @Test("A text keeps its empty lines; the last one divides")
    func emptyLines() throws {
        let one = try signer()
        let note = try signed("one\n\ntwo\n\n\nthree\n", [one])
        #expect(try open(note, [one.verifierKey]) == [one.verifierKey])
        #expect(try SignedNote(parsing: Array(note.utf8)).text == "one\n\ntwo\n\n\nthree\n")
    }

    @Test("Any changed bit fails, and so does any byte that is left out or put in")
    func everyByte() throws {
        let one = try signer("诊所.example/日志")
        let note = Array(try signed("{\n  \"days\": 184\n}\n", [one]).utf8)
        func fails(_ bytes: [UInt8]) -> Bool { (try? SignedNote(parsing: bytes).verify([one.verifierKey])) == nil }
        #expect(!fails(note))
        for index in note.indices {
            for bit in 0..<8 {
                var other = note
                other[index] ^= 1 << UInt8(bit)
                #expect(fails(other), "byte \(index), bit \(bit)")
            }
            var shorter = note
            shorter.remove(at: index)
            #expect(fails(shorter), "byte \(index) left out")
            for byte: UInt8 in [0x0A, 0x0D, 0x20, 0x41, 0] {
                var longer = note
                longer.insert(byte, at: index)
                #expect(fails(longer), "byte \(byte) before \(index)")
            }
            #expect(fails(Array(note[..<index])))
        }
    }

    @Test("Sixteen signatures and more are read; unknown keys are passed over, even under a known name")
    func many() throws {
        let all = try (0..<40).map { try signer("witness.example/\($0 / 2)") }
        let note = try signed("text\n", all)
        for one in all { #expect(try open(note, [one.verifierKey]) == [one.verifierKey]) }
        #expect(try open(note, all.map(\.verifierKey)).count == 40)
        #expect(throws: SignedNoteError.self) { try open(note, [try signer("witness.example/0").verifierKey]) }
        #expect(throws: SignedNoteError.self) { try open(note, []) }
        #expect(throws: SignedNoteError.self) {
            try open(try signed("text\n", try (0..<101).map { try signer("w.example/\($0)") }), all.map(\.verifierKey))
        }
    }

    @Test("A known key's bad signature refuses the note, whoever else signed")
    func badSignature() throws {
        let (one, two) = (try signer("one.example"), try signer("two.example"))
        let good = try signed("text\n", [one, two])
        let forged = try signed("other\n", [two]).split(separator: "\n").last.map { "\($0)\n" } ?? ""
        let line = try #require(good.split(separator: "\n").last)
        let note = good.replacingOccurrences(of: line + "\n", with: forged)
        #expect(try open(note, [one.verifierKey]) == [one.verifierKey])
        #expect(throws: SignedNoteError.badSignature(name: "two.example")) { try open(note, [one.verifierKey, two.verifierKey]) }
    }

    @Test("Signatures of types that only others know are passed over")
    func otherTypes() throws {
        let one = try signer()
        let note = try signed("text\n", [one]) + "— pq.example \(Base64.encode([1, 2, 3, 4] + [UInt8](repeating: 7, count: 4_627)))\n"
        #expect(try open(note, [one.verifierKey]) == [one.verifierKey])
    }

    @Test("Names have no blanks and no plus", arguments: ["", "a b", "a+b", "a\u{3000}b", "a\u{A0}b", "a\nb", "a\tb", "a\u{2028}b", "a\u{0}b"])
    func names(_ name: String) throws {
        #expect(NoteSigner(name: name, key: try Ed25519PrivateKey()) == nil)
    }

    @Test(
        "What is no note is refused",
        arguments: [
            "", "\n", "\n\n", "text", "text\n", "text\n\n", "\n\n— a AAAAAAA=\n", "text\n\n— a AAAAAAA=", "text\n\n— a AAAAAA==\n",
            "text\n\n- a AAAAAAA=\n",
            "text\n\n—  AAAAAAA=\n", "text\n\n— a  AAAAAAA=\n", "text\n\n— a AAAAAAA= \n", "text\n\n— a AAAAAAB=\n", "text\r\n\r\n— a AAAAAAA=\n",
            "text\n\n— a AAAAAAA=\n\n", "text\n\n— a AAAAAAA=\ntext\n", "te\u{1B}[31mxt\n\n— a AAAAAAA=\n", "te\txt\n\n— a AAAAAAA=\n",
        ])
    func malformed(_ note: String) { #expect(throws: SignedNoteError.self) { try SignedNote(parsing: Array(note.utf8)) } }

    @Test("The form itself is read where nothing is wrong with it")
    func wellFormed() throws { #expect(try SignedNote(parsing: Array("text\n\n— a AAAAAAA=\n".utf8)).signatures.count == 1) }

    @Test("Invalid UTF-8 and random bytes are refused, not crashed on")
    func hostile() throws {
        let one = try signer()
        let note = Array(try signed("text\n", [one]).utf8)
        #expect(throws: SignedNoteError.self) { try SignedNote(parsing: [0xFF] + note) }
        for length in 0..<300 { #expect((try? SignedNote(parsing: randomBytes(length)).verify([one.verifierKey])) == nil) }
    }

    @Test("A verifier key with another id, type or length is none")
    func verifierKeys() throws {
        let text = try signer("a.example").verifierKey.description
        #expect(NoteVerifierKey(text) != nil)
        let parts = text.split(separator: "+", maxSplits: 2)
        let key = try #require(Base64.decode(parts[2].utf8))
        for other in [
            "a.example+00000000+\(parts[2])", "b.example+\(parts[1])+\(parts[2])", "a.example+\(parts[1])+\(Base64.encode([4] + key.dropFirst()))",
            "a.example+\(parts[1])+\(Base64.encode(key.dropLast()))", "a.example+\(parts[1])", "", "++", "a.example+\(parts[1])+\(parts[2])=",
            text + "\n",
        ] {
            #expect(NoteVerifierKey(other) == nil, "\(other)")
        }
    }

    @Test("Another implementation, written from the specification, opens our notes")
    func python() throws {
        let signers = try (0..<5).map { try signer("示例.example/\($0)") }
        let texts = ["text\n", "一\n\n二\n", "{\n}\n"]
        let requests = try texts.flatMap { text in
            let note = try signed(text, signers)
            return signers.map { ["op": "note", "key": $0.verifierKey.description, "note": note] }
        }
        let answers = try PythonScript(name: "signature").ask(requests)
        for (index, answer) in answers.enumerated() { #expect(answer as? Int == texts[index / 5].utf8.count) }
    }

    @Test("openssl verifies the extracted bytes")
    func openssl() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("suwen-note-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let one = try signer()
        var note = try SignedNote(text: "kept\n")
        try note.sign(one)
        // SubjectPublicKeyInfo of Ed25519 (RFC 8410, section 4): a fixed beginning, then the key.
        let header = bytes("302a300506032b6570032100")
        try Data(header + one.verifierKey.key.bytes).write(to: folder.appendingPathComponent("key.der"))
        try Data(note.signatures[0].bytes).write(to: folder.appendingPathComponent("signature"))
        func verify(_ text: String) throws -> Int32 {
            try Data(text.utf8).write(to: folder.appendingPathComponent("text"))
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
            process.currentDirectoryURL = folder
            process.arguments = [
                "pkeyutl", "-verify", "-pubin", "-inkey", "key.der", "-keyform", "DER", "-rawin", "-in", "text", "-sigfile", "signature",
            ]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            return process.terminationStatus
        }
        #expect(try verify(note.text) == 0)
        #expect(try verify("lost\n") != 0)
    }
}
