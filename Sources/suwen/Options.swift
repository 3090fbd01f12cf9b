import ArgumentParser
import Estate
import Findings
import Foundation
import Logging

extension Language: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}
extension InspectorID: ExpressibleByArgument {}

/// What every command that examines an estate takes.
struct EstateOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The estate file.", valueName: "estate"), completion: .file(extensions: ["yaml", "yml"]))
    var estate = "estate.yaml"

    func load() throws -> Estate { try Estate.load(estate) }
}

/// How results are shown.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print one JSON document instead of tables.")
    var json = false

    @Option(help: "The language of results: zh or en.")
    var language = Language.zh

    @Option(
        help: ArgumentHelp("Exit with 1 when a new or open finding is at least this severe: low, medium, high or critical.", valueName: "severity"))
    var failOn: Severity?
}

/// What Suwen says of its own work.
struct LogOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("trace, debug, info, notice, warning or error; to standard error. No level shows a person's data.", valueName: "level"),
        transform: { text in
            guard let level = Logger.Level(rawValue: text) else { throw ValidationError("'\(text.prefix(20))' is no log level") }
            return level
        })
    var logLevel = Logger.Level.warning

    var logger: Logger {
        var logger = Logger(label: "suwen") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = logLevel
        return logger
    }
}
