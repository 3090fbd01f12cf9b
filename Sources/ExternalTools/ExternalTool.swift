import Subprocess

/// Programs of the system that Suwen asks: pandoc, pdftotext, weasyprint. Never through a shell; always with limits.
package struct ExternalTool: Sendable {
    package let name: String
    /// The Debian package that holds it, for the error message.
    package let debianPackage: String

    package init(name: String, debianPackage: String) {
        self.name = name
        self.debianPackage = debianPackage
    }

    package static let pandoc = ExternalTool(name: "pandoc", debianPackage: "pandoc")
    package static let pdftotext = ExternalTool(name: "pdftotext", debianPackage: "poppler-utils")
    package static let weasyprint = ExternalTool(name: "weasyprint", debianPackage: "weasyprint")

    /// Runs the program to its end and returns what it wrote to standard output.
    /// - Parameters:
    ///   - arguments: given as they are.
    ///   - timeout: after it the program is killed.
    ///   - outputLimit: bytes of output beyond which the run fails.
    /// - Throws: ``ExternalToolError``.
    package func run(
        _ arguments: [String], input: [UInt8] = [], timeout: Duration = .seconds(60), outputLimit: Int = 64 << 20
    ) async throws(ExternalToolError) -> [UInt8] {
        do {
            return try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
                group.addTask { try await collect(arguments, input: input, outputLimit: outputLimit) }
                group.addTask {
                    try await Task.sleep(for: timeout)
                    return nil
                }
                defer { group.cancelAll() }
                guard let first = try await group.next(), let output = first else {
                    throw ExternalToolError(tool: name, problem: .timedOut(timeout))
                }
                return output
            }
        } catch let error as ExternalToolError {
            throw error
        } catch let error as SubprocessError where error.code == .executableNotFound {
            throw ExternalToolError(tool: name, problem: .missing(debianPackage: debianPackage))
        } catch {
            throw ExternalToolError(tool: name, problem: .failed("\(type(of: error))"))
        }
    }

    private func collect(_ arguments: [String], input: [UInt8], outputLimit: Int) async throws -> [UInt8] {
        let result = try await Subprocess.run(
            .name(name), arguments: Arguments(arguments), input: .array(input), output: .bytes(limit: outputLimit),
            error: .string(limit: 64 << 10))
        guard result.terminationStatus.isSuccess else {
            // The last line says what went wrong; earlier ones may quote the document.
            let lastLine = result.standardError.split(separator: "\n").last.map(String.init) ?? ""
            throw ExternalToolError(tool: name, problem: .failed(String(lastLine.prefix(200))))
        }
        return result.standardOutput
    }
}

/// Why a program gave no result.
package struct ExternalToolError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Problem: Hashable, Sendable {
        case missing(debianPackage: String)
        case timedOut(Duration)
        case failed(String)
    }

    package let tool: String
    package let problem: Problem

    package init(tool: String, problem: Problem) {
        self.tool = tool
        self.problem = problem
    }

    package var description: String {
        switch problem {
        case .missing(let package): "\(tool) is not installed; install it with: apt-get install \(package)"
        case .timedOut(let limit): "\(tool) did not finish within \(limit)"
        case .failed(let why): "\(tool) failed: \(why)"
        }
    }
}
