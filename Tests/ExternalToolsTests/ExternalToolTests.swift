import ExternalTools
import Testing

@Suite("Programs of the system")
struct ExternalToolTests {
    private let cat = ExternalTool(name: "cat", debianPackage: "coreutils")

    @Test("input goes in and output comes out, byte for byte")
    func echo() async throws {
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        #expect(try await cat.run([], input: bytes) == bytes)
    }

    @Test("no shell reads the arguments")
    func noShell() async throws {
        let echo = ExternalTool(name: "echo", debianPackage: "coreutils")
        #expect(try await echo.run(["$(id)", "; ls", "*"]) == Array("$(id) ; ls *\n".utf8))
    }

    @Test("a program that isn't there is named with its package")
    func missing() async {
        let tool = ExternalTool(name: "suwen-no-such-program", debianPackage: "no-such-package")
        await #expect(throws: ExternalToolError(tool: tool.name, problem: .missing(debianPackage: "no-such-package"))) { try await tool.run([]) }
    }

    @Test("a program that does not end is ended")
    func timeout() async {
        let sleep = ExternalTool(name: "sleep", debianPackage: "coreutils")
        await #expect(throws: ExternalToolError.self) { try await sleep.run(["600"], timeout: .milliseconds(100)) }
    }

    @Test("too much output, and a failure, are errors")
    func failures() async {
        await #expect(throws: ExternalToolError.self) { try await cat.run([], input: [UInt8](repeating: 1, count: 5_000), outputLimit: 1_000) }
        await #expect(throws: ExternalToolError.self) { try await cat.run(["/no/such/file"]) }
    }
}
