import Estate
import Findings
import Foundation

/// One line on standard error, when that is a terminal: what is being looked at, how far, how fast, and how long it will still take.
/// Shown only for work of over two seconds.
final class ProgressBar: @unchecked Sendable {
    // Guards everything below: updates come from many threads.
    private let lock = NSLock()
    private let isShown = isatty(STDERR_FILENO) == 1
    private let began = Date()
    private var lastDrawn = Date.distantPast
    private var drawn = false
    private var starts: [String: Date] = [:]

    func update(_ update: ProgressUpdate) {
        self.update(subject: "\(update.inspector.rawValue)  \(update.subject)", done: update.done, total: update.total, unit: update.unit)
    }

    func update(subject: String, done: Int, total: Int?, unit: String) {
        guard isShown else { return }
        lock.withLock {
            let now = Date()
            let start = starts[subject] ?? now
            starts[subject] = start
            guard now.timeIntervalSince(began) > 2, now.timeIntervalSince(lastDrawn) > 0.1 else { return }
            lastDrawn = now
            drawn = true
            let text = ProgressBar.line(subject, done, total, unit, seconds: now.timeIntervalSince(start))
            let line = DisplayWidth.wrap(text, max(20, Terminal.width - 1))[0]
            FileHandle.standardError.write(Data("\r\u{1B}[K\(line)".utf8))
        }
    }

    /// Leaves the line empty for what comes next.
    func finish() {
        lock.withLock {
            guard drawn else { return }
            drawn = false
            FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
        }
    }

    private static func line(_ subject: String, _ done: Int, _ total: Int?, _ unit: String, seconds: Double) -> String {
        let rate = seconds > 0 ? Double(done) / seconds : 0
        guard let total, total > 0 else { return "\(subject)  \(done) \(unit)  \(Int(rate))/s" }
        let share = min(1, Double(done) / Double(total))
        let filled = Int(share * 20)
        let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: 20 - filled)
        let left = rate > 0 ? "  \(max(0, Int(Double(total - done) / rate))) s left" : ""
        return "\(subject)  [\(bar)] \(Int(share * 100)) %  \(Int(rate)) \(unit)/s\(left)"
    }
}
