import Estate
package import Findings
package import Foundation

extension FileCoverage {
    /// What a run counted of a file.
    package init(_ file: SourceReport.File) {
        self.init(path: file.path)
        bytes = file.bytes
        lines = file.count.lines
        events = file.count.events
        unparsed = file.count.unparsed
        disbelieved = file.count.implausible
        first = file.count.first == .max ? nil : file.count.first
        last = file.count.last == .min ? nil : file.count.last
    }
}

extension CoverageStatement {
    /// A file that was read for the report and can't be read again, so that nothing can be stated of it.
    package struct Unmeasurable: Error {
        package var path: String
        package var reason: Message
    }

    /// The statement of what a run found. Reads every file once more, for its digest: blocks for as long as they are large.
    /// - Parameters:
    ///   - requiredDays: the retention period that the run judged by.
    ///   - rotation: the machine's settings.
    ///   - fileDone: called after each file, with the bytes that it has.
    package init(
        _ report: LogReport, organisation: String, madeAt: Date, tool: String, requiredDays: Int, zone: TimeZone = Retention.defaultZone,
        rotation: RotationSettings, fileDone: (Int) -> Void = { _ in }
    ) throws(Unmeasurable) {
        var sources: [Source] = []
        for source in report.sources {
            var files: [FileCoverage] = []
            for file in source.files {
                var coverage = FileCoverage(file)
                do throws(LogFileError) {
                    try coverage.measure(bytes: file.bytes)
                } catch {
                    throw Unmeasurable(path: file.path, reason: error.message(file: file.path, lines: file.count.lines))
                }
                files.append(coverage)
                fileDone(file.bytes)
            }
            sources.append(
                Source(
                    name: source.name, kind: source.kind ?? .application, format: source.formatNames, retention: source.retention,
                    requiredDays: requiredDays,
                    rotation: rotation.rotation(of: source.files.map(\.path), isJournal: source.formats.contains { $0.hasPrefix("journal") }),
                    files: files))
        }
        self.init(organisation: organisation, madeAt: madeAt, tool: tool, requiredDays: requiredDays, zone: zone, sources: sources)
    }
}
