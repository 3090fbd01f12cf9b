import Findings

/// One detection at one identity, before stories are made of them.
struct Suspicion: Sendable {
    /// Whose events it was seen in.
    enum View: Hashable, Sendable { case address, account, source }

    var kind: IncidentKind
    var view: View
    /// Whose doing it is; `.none` when it isn't known.
    var address = Identity.none
    /// The account whose doing it is, or that it was done to; 0 when there is none, or there are many.
    var account: UInt64 = 0
    var from: UInt32
    var to: UInt32
    var requests = 0
    var bytes: UInt64 = 0
    var rows: UInt64 = 0
    var persons = 0
    var addresses = 1
    var accounts = 0
    var succeeded = false
    var severity: Severity
    var techniques: [String]
    var place: LinePlace
    /// Where success is seen, if anywhere.
    var successPlace = LinePlace.none
    var shape: UInt64 = 0
    var agent: UInt32 = 0
    var evidence: [Message] = []

    /// - Parameter activity: fills in times and numbers.
    init(_ kind: IncidentKind, _ view: View, _ activity: Activity, severity: Severity, techniques: [String]) {
        self.init(kind, view, from: activity.first, to: activity.last, severity: severity, techniques: techniques, place: activity.place)
        requests = Int(activity.requests)
        bytes = activity.bytes
        rows = activity.rows
        shape = activity.shape.leader
        agent = activity.agent.leader
    }

    init(_ kind: IncidentKind, _ view: View, from: UInt32, to: UInt32, severity: Severity, techniques: [String], place: LinePlace) {
        self.kind = kind
        self.view = view
        self.from = from
        self.to = to
        self.severity = severity
        self.techniques = techniques
        self.place = place
    }

    /// Sets who did it: the identity of a detail, and whom it mostly dealt with.
    mutating func blame(_ identity: Identity, _ counterpart: Identity) {
        switch view {
        case .address: (address, account) = (identity, counterpart.high == 0 ? counterpart.low : 0)
        case .account: (address, account) = (counterpart, identity.low)
        case .source: break
        }
    }
}
