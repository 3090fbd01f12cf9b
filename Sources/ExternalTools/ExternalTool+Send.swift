import Foundation
import Subprocess

extension ExternalTool {
    package static let journalctl = ExternalTool(name: "journalctl", debianPackage: "systemd")

    /// Runs the program, for as long as it likes, and writes its output to a socket, at the pace at which that is read. Ends the program when the task is
    /// cancelled or nobody reads any more.
    /// - Parameter socket: stays the caller's to close.
    /// - Throws: ``ExternalToolError``; not when the reader has gone.
    package func send(_ arguments: [String], to socket: Int32) async throws(ExternalToolError) {
        do {
            let result = try await Subprocess.run(
                .name(name), arguments: Arguments(arguments), input: .none, output: .sequence, error: .string(limit: 64 << 10)
            ) { execution in
                for try await buffer in execution.standardOutput {
                    var bytes = buffer.withUnsafeBytes { Array($0) }[...]
                    while !bytes.isEmpty {
                        let sent = bytes.withUnsafeBytes {
                            Foundation.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
                        }
                        if sent > 0 {
                            bytes.removeFirst(sent)
                        } else if errno == EAGAIN || errno == EINTR {
                            // Whoever reads is busy.
                            try await Task.sleep(for: .milliseconds(5))
                        } else {
                            throw ReaderGone()
                        }
                    }
                }
            }
            guard result.terminationStatus.isSuccess else {
                let lastLine = result.standardError.split(separator: "\n").last.map(String.init) ?? ""
                throw ExternalToolError(tool: name, problem: .failed(String(lastLine.prefix(200))))
            }
        } catch is ReaderGone, is CancellationError {
            return
        } catch let error as ExternalToolError {
            throw error
        } catch let error as SubprocessError where error.code == .executableNotFound {
            throw ExternalToolError(tool: name, problem: .missing(debianPackage: debianPackage))
        } catch {
            throw ExternalToolError(tool: name, problem: .failed("\(type(of: error))"))
        }
    }

    private struct ReaderGone: Error {}
}
