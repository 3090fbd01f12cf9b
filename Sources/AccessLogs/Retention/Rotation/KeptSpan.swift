/// How long settings keep what is logged, in days.
package enum KeptSpan: Hashable, Sendable {
    /// Everything is kept `atLeast` that long; nothing longer than `atMost`, when there is such a bound.
    case days(atLeast: Int, atMost: Int?)
    /// It depends on how much is logged, or how often the rotation runs: `atLeast` is certain, and some is deleted at `atMost`, when there is such a
    /// bound.
    case uncertain(atLeast: Int = 0, atMost: Int?)
    /// Nothing deletes it.
    case untilFull
    /// In memory only: a restart ends it.
    case volatile
    /// The log stops when it is full.
    case stops

    /// Whether everything is kept for so many days; nil when the settings don't say.
    package func allows(_ days: Int) -> Bool? {
        switch self {
        case .days(let atLeast, _): atLeast >= days
        case .uncertain(let atLeast, let atMost): atLeast >= days ? true : atMost.map { $0 < days } == true ? false : nil
        case .untilFull: true
        case .volatile, .stops: false
        }
    }

    /// The span in days for readers: from, to.
    package var bounds: (atLeast: Int?, atMost: Int?) {
        switch self {
        case .days(let atLeast, let atMost): (atLeast, atMost)
        case .uncertain(let atLeast, let atMost): (atLeast > 0 ? atLeast : nil, atMost)
        case .untilFull, .stops: (nil, nil)
        case .volatile: (0, nil)
        }
    }
}

/// One setting that decides how long a log is kept, and where it stands.
package struct RotationSetting: Hashable, Sendable {
    package enum Mechanism: String, Hashable, Sendable, CaseIterable {
        case logrotate, journald, auditd, postgresql, rsyslog
    }

    package var mechanism: Mechanism
    /// The file that holds it.
    package var file: String
    /// From 1; nil when it is a default, or more than one line decides.
    package var line: Int?
    package var kept: KeptSpan

    package init(_ mechanism: Mechanism, file: String, line: Int? = nil, kept: KeptSpan) {
        self.mechanism = mechanism
        self.file = file
        self.line = line
        self.kept = kept
    }
}
