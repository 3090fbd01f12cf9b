import Dispatch
import Glibc

/// Looks for cleartext in a stopped copy of a database's files, or in a backup.
package enum RemanenceScanner {
    /// Looks through every regular file once. Blocks the calling thread meanwhile, and works on others.
    ///
    /// Memory: about 9 MiB per thread, and about 250 bytes per value that is looked for.
    /// - Parameters:
    ///   - path: a folder, or a file (with SQLite's `-wal` and `-journal` beside it). gzip and Zstandard are read through.
    ///   - threads: nil: one per core.
    ///   - progress: called from any thread, one call at a time.
    /// - Throws: ``RemanenceFailure``; `CancellationError` when the calling task is cancelled.
    package static func scan(
        _ path: String, needles: RemanenceNeedles, threads: Int? = nil, progress: @escaping @Sendable (RemanenceProgress) -> Void = { _ in }
    ) throws -> RemanenceReport {
        let clock = ContinuousClock()
        let start = clock.now
        let folder = try RemanenceFolder(path)
        let index = NeedleIndex(needles)
        let work = RemanenceWork(folder.files, index: index, columns: needles.columns.count, progress: progress)
        let workers = max(1, min(threads ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 16, work.units.count))
        withUnsafeCurrentTask { task in
            let isCancelled = task.map { task in { task.isCancelled } } ?? { false }
            nonisolated(unsafe) let stops = isCancelled
            DispatchQueue.concurrentPerform(iterations: workers) { _ in RemanenceReader(work).run { stops() } }
        }
        guard !work.wasCancelled else { throw CancellationError() }
        var report = work.report(needles, index)
        report.gaps = (folder.gaps + report.gaps).sorted { ($0.path, $0.reason) < ($1.path, $1.reason) }
        report.remarks = folder.remarks
        let duration = (clock.now - start).components
        report.seconds = Double(duration.seconds) + Double(duration.attoseconds) / 1e18
        return report
    }
}
