package import Templates

/// How a scan works.
package struct ScanOptions: Sendable {
    package var limits: SweepLimits
    /// How long one conversation with a service, or one HTTP request, may last.
    package var probeTimeout: Duration
    /// How long a server that speaks first is waited for.
    package var greetingTime: Duration
    /// How long a service is waited for that isn't the one expected on its port.
    package var patience: Duration
    /// How many ports are talked to at once.
    package var conversations: Int
    /// Open ports are reported, and nothing is sent to them.
    package var portsOnly: Bool
    /// Accounts that vendors document are tried, each once.
    package var triesDefaultAccounts: Bool
    /// What is asked of HTTP, TLS and TCP services beside the probes.
    package var templates: [Template]

    package init(
        limits: SweepLimits = SweepLimits(), probeTimeout: Duration = .seconds(5), greetingTime: Duration = .milliseconds(800),
        patience: Duration = .milliseconds(2_500), conversations: Int = 64, portsOnly: Bool = false, triesDefaultAccounts: Bool = false,
        templates: [Template] = []
    ) {
        self.limits = limits
        self.probeTimeout = max(probeTimeout, .milliseconds(1))
        self.greetingTime = max(greetingTime, .milliseconds(1))
        self.patience = max(patience, .milliseconds(1))
        self.conversations = min(max(1, conversations), 1_024)
        self.portsOnly = portsOnly
        self.triesDefaultAccounts = triesDefaultAccounts
        self.templates = templates
    }
}
