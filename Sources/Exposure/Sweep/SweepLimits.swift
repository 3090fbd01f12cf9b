/// How hard a sweep may work. Times are in nanoseconds of a monotonic clock, as everywhere in a sweep.
package struct SweepLimits: Sendable {
    /// Connections that may be under way at once.
    package var window: Int
    /// Connections that may be under way to one address at once.
    package var hostWindow: Int
    /// Connections a second, in all; nil: as many as the window lets through.
    package var rate: Int?
    /// Connections a second to one address; nil: no limit. Addresses of this machine have none.
    package var hostRate: Int?
    /// How long the last attempt at a port waits for an answer.
    package var patience: Int64
    /// How many attempts a port gets before it counts as silent.
    package var attempts: Int
    /// Addresses that are dealt with at once.
    package var hosts: Int

    package init(
        window: Int = 8_192, hostWindow: Int = 512, rate: Int? = nil, hostRate: Int? = 2_000, patience: Duration = .milliseconds(1_250),
        attempts: Int = 2, hosts: Int = 2_048
    ) {
        self.window = max(1, window)
        self.hostWindow = max(1, hostWindow)
        self.rate = rate.map { max(1, $0) }
        self.hostRate = hostRate.map { max(1, $0) }
        self.patience = max(1_000_000, Int64(patience / .nanoseconds(1)))
        self.attempts = max(1, attempts)
        self.hosts = max(1, hosts)
    }

    /// One lane's part of them, of `lanes`.
    func share(of lanes: Int) -> SweepLimits {
        var share = self
        share.window = max(1, window / lanes)
        share.hosts = max(1, hosts / lanes)
        share.hostWindow = max(1, hostWindow / lanes)
        share.rate = rate.map { max(1, $0 / lanes) }
        share.hostRate = hostRate.map { max(1, $0 / lanes) }
        return share
    }
}
