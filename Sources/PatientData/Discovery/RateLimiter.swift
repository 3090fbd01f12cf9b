import Foundation
import Synchronization

/// Holds several readers together to so many bytes a second.
final class RateLimiter: Sendable {
    private let bytesPerSecond: Double
    /// When what was read so far is due.
    private let due = Mutex(ContinuousClock.now)
    /// What may come at once.
    private static let burst = Duration.milliseconds(200)

    init(bytesPerSecond: Int) { self.bytesPerSecond = Double(max(1, bytesPerSecond)) }

    /// Waits until `bytes` more are due.
    func take(_ bytes: Int) {
        let wait = due.withLock { due -> Duration in
            let now = ContinuousClock.now
            due = max(due, now - Self.burst) + .seconds(Double(bytes) / bytesPerSecond)
            return due - now
        }
        guard wait > .zero else { return }
        let (seconds, attoseconds) = wait.components
        Thread.sleep(forTimeInterval: Double(seconds) + Double(attoseconds) / 1e18)
    }
}
