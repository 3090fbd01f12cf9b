import ArgumentParser
import Dispatch
import Foundation

/// 素问: finds, proves and closes the gaps of an organisation that holds patient data.
struct Suwen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suwen",
        abstract: "Find, prove and close the data-security gaps of an organisation that holds patient data.",
        discussion: """
            EXAMPLES
              suwen estate init estate.yaml         write a commented estate to fill in
              suwen estate check estate.yaml        validate it, and try what it names
              suwen assess estate.yaml              assess it and write the gap-analysis report

            EXIT CODES
              0 done   1 a finding reached --fail-on   2 bad usage or input   3 done, but not everything could be examined   4 a defect of Suwen
            """,
        version: SuwenVersion.current,
        subcommands: [
            AssessCommand.self, ScanCommand.self, DiscoverCommand.self, LogsCommand.self, RegimeCommand.self, EstateCommand.self, FindingCommand.self,
            SampleCommand.self, KeysCommand.self, SealCommand.self, UnsealCommand.self, RotateCommand.self, OpenCommand.self,
            SelftestCommand.self, TemplatesCommand.self, RulesCommand.self,
        ])
}

enum SuwenVersion {
    static let current = "0.1.0"
}

@main
enum Main {
    @MainActor static func main() async {
        // A reader that goes away (`suwen … | head`) is no reason to die of a signal.
        signal(SIGPIPE, SIG_IGN)
        let work = Task { await run(Array(CommandLine.arguments.dropFirst())) }
        signals = [SIGINT, SIGTERM].map { number in stopOnSignal(number, work) }
        exit(await work.value)
    }

    /// Kept here: a source that nothing refers to any more is gone, and its signal is ignored.
    @MainActor private static var signals: [any DispatchSourceSignal] = []

    /// Cancels the work and gives it a moment to leave things whole; what writes does so atomically, so that an end at any instant loses nothing.
    private static func stopOnSignal(_ number: Int32, _ work: Task<Int32, Never>) -> any DispatchSourceSignal {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number)
        source.setEventHandler {
            work.cancel()
            DispatchQueue.global().asyncAfter(deadline: .now() + 2) {
                FileHandle.standardError.write(Data("\nsuwen: stopped\n".utf8))
                exit(128 + number)
            }
        }
        source.resume()
        return source
    }

    private static func run(_ arguments: [String]) async -> Int32 {
        do {
            var command = try Suwen.parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return 0
        } catch {
            return report(error)
        }
    }

    /// One line for people, and the exit code of the design.
    private static func report(_ error: any Error) -> Int32 {
        if let code = error as? ExitCode { return code.rawValue }
        if let failure = Failure(error) {
            if !failure.text.isEmpty { FileHandle.standardError.write(Data("suwen: \(failure.text)\n".utf8)) }
            return failure.exitCode
        }
        let text = Suwen.fullMessage(for: error)
        // Help and version are asked for, and are no failure.
        if Suwen.exitCode(for: error) == .success {
            print(text)
            return 0
        }
        FileHandle.standardError.write(Data((text + "\n").utf8))
        return 2
    }
}
