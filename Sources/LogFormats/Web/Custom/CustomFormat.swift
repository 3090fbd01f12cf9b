/// Why a format that a user wrote can't be read. One line: what, where, how to mend it.
package struct LogFormatError: Error, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

extension LogFormat {
    /// Longer texts are refused.
    private static let customLimit = 8 << 10

    /// A format by the words that the server itself is configured with.
    ///
    /// `nginx:` before a string of `log_format`, or before the whole directive with its name, quotes and continuation lines; `apache:` before a string
    /// of `LogFormat`, or before the directive. Also the names that both servers know by themselves: `nginx:combined`, `apache:common`,
    /// `apache:vhost_combined`.
    package static func custom(_ text: String) throws(LogFormatError) -> LogFormat {
        guard text.utf8.count <= customLimit else { throw LogFormatError("the format is longer than \(customLimit) bytes") }
        guard let colon = text.firstIndex(of: ":") else { throw unknownServer(text) }
        let format = String(text[text.index(after: colon)...])
        let server = String(text[..<colon])
        guard server == "nginx" || server == "apache" else { throw unknownServer(server) }
        if let known = known(server, format.filter { !$0.isWhitespace }) { return known }
        let template = server == "nginx" ? try NginxTemplate.compile(format) : try ApacheTemplate.compile(format)
        return LogFormat(
            "\(server)-custom", .web, isLineWise: true, sigma: SigmaSource(categories: ["webserver"], products: [server])
        ) { TemplateParser(template, $0) }
    }

    private static func known(_ server: String, _ name: String) -> LogFormat? {
        switch (server, name) {
        case (_, "combined"): named("combined")
        case ("apache", "common"): named("common")
        case ("apache", "vhost_combined"): named("combined-vhost")
        default: nil
        }
    }

    private static func unknownServer(_ text: String) -> LogFormatError {
        LogFormatError("'\(text.prefix(40))' names no server: write nginx:FORMAT or apache:FORMAT")
    }
}
