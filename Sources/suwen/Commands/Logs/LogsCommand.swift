import ArgumentParser

struct LogsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs", abstract: "Prove how long logs are kept, who came from where, and who took what.",
        subcommands: [
            LogsAnalyseCommand.self, LogsShowCommand.self, LogsFormatsCommand.self, LogsStatementCommand.self, LogsVerifyCommand.self,
            LogsKeyCommand.self,
        ], defaultSubcommand: LogsAnalyseCommand.self)
}
