import ArgumentParser
import Cryptography
import Foundation

struct SelftestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "selftest", abstract: "Check that Suwen computes right on this machine.", subcommands: [Crypto.self])

    struct Crypto: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compute the known answers of every algorithm that seals, and test vectors of your own.",
            discussion: """
                Reads files in the format of Project Wycheproof: AES-GCM, SM4-GCM, HKDF-SHA-256, HMACSHA256, HMACSM3 and AES-FF1. What Suwen
                doesn't use is skipped, with the reason. Exits with 4 when anything is computed wrongly.

                EXAMPLES
                  suwen selftest crypto
                  suwen selftest crypto --vectors aes_gcm_test.json sm4_gcm_test.json aes_ff1_base10_test.json
                  suwen selftest crypto --vectors hkdf_sha256_test.json --json
                """)

        @Option(parsing: .upToNextOption, help: ArgumentHelp("Files of test vectors.", valueName: "file")) var vectors: [String] = []
        @Flag(help: "Print one JSON document instead of a table.") var json = false

        private static let longestFile = 256 << 20
        private static let listedFailures = 20

        func run() throws {
            let wrong = KnownAnswers.wrongAnswers()
            let files = try vectors.map { ($0, try Self.results(of: $0)) }
            if json {
                let answers: [String: Any] = ["passed": KnownAnswers.count - wrong.count, "failed": wrong]
                try printJSON(["schema": "suwen.selftest/1", "knownAnswers": answers, "files": files.map(Self.document)])
            } else {
                print(Self.table(knownAnswersWrong: wrong, files))
            }
            if !wrong.isEmpty || files.contains(where: { !$0.1.failed.isEmpty }) { throw ExitCode(4) }
        }

        private static func results(of path: String) throws -> VectorResults {
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
            guard size <= longestFile else { throw Failure.input("\(path): is larger than 256 MiB; this is no file of test vectors") }
            guard let file = VectorFile(try Data(contentsOf: URL(fileURLWithPath: path))) else {
                throw Failure.input("\(path): is no file of test vectors in Wycheproof's format (JSON with algorithm and testGroups)")
            }
            return VectorRunner.run(file)
        }

        private static func document(_ file: String, _ results: VectorResults) -> [String: Any] {
            [
                "file": file, "passed": results.passed, "failed": results.failed.count, "skipped": results.skipped,
                "failedTests": Array(results.failed.prefix(listedFailures)),
            ]
        }

        private static func table(knownAnswersWrong wrong: [String], _ files: [(String, VectorResults)]) -> String {
            let answers = ["known answers", "\(KnownAnswers.count - wrong.count)", "\(wrong.count)", "0"]
            let rows = files.map { file, results in
                [file, "\(results.passed)", "\(results.failed.count)", "\(results.skipped.values.reduce(0, +))"]
            }
            var lines = [TextTable(headings: ["file", "passed", "failed", "skipped"], rows: [answers] + rows).text()]
            if !wrong.isEmpty { lines.append("known answers: wrong: \(wrong.joined(separator: ", "))") }
            for (file, results) in files {
                if !results.failed.isEmpty {
                    let listed = results.failed.prefix(listedFailures).map(String.init).joined(separator: ", ")
                    lines.append("\(file): failed: \(listed)\(results.failed.count > listedFailures ? ", …" : "")")
                }
                lines += results.skipped.sorted { $0.key < $1.key }.map { "\(file): skipped \($0.value): \($0.key)" }
            }
            return lines.joined(separator: "\n")
        }
    }
}
