import Foundation
package import Network

/// What the threads that read one source's lines share.
package struct LinePlan: Sendable {
    /// Peers whose `X-Forwarded-For` counts.
    package var trustedProxies: [CIDR] = []
    /// Only events within count for anything but retention. Seconds since 1970.
    package var window: ClosedRange<Int64> = Int64.min...Int64.max
    /// Later stamps come from a wrong clock or a forger; they are counted and not believed.
    package var latest: Int64
    package var settings: DetectionSettings
    package var seed: UInt64
    package var rules: RuleBook?
    package var personalData: PersonalDataProbe?
    package var source: UInt16 = 0

    package init(settings: DetectionSettings, seed: UInt64 = .random(in: .min ... .max)) {
        self.settings = settings
        self.seed = seed
        latest = Int64(settings.now.timeIntervalSince1970) + 86_400
    }
}
