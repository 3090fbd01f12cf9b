/// Attempts to attack, by their sign.
package struct AttackTries: Sendable {
    package struct Tally: Sendable {
        package var attempts: UInt32 = 0
        /// Answered with a success and a body.
        package var answered: UInt32 = 0
        /// Answered with a server error: something broke, whatever it was.
        package var errors: UInt32 = 0
        package var first: UInt32 = .max
        package var last: UInt32 = 0
        package var place = LinePlace.none
        package var shape: UInt64 = 0
        /// The largest answer with success: its size, its shape, and where.
        package var answer: UInt64 = 0
        package var answerShape: UInt64 = 0
        package var answerPlace = LinePlace.none
        package var bytes: UInt64 = 0
        /// Of requests with a body (POST).
        package var posts: UInt32 = 0
    }

    /// One for every bit of ``AttackSigns`` that there is or may come.
    static let kinds = 12
    private var tallies = InlineArray<12, Tally>(repeating: Tally())
    package private(set) var agent = Majority(none: UInt32(0))
    package private(set) var account = UInt64(0)
    package private(set) var answers = ProbeAnswers()
    private static let probes = UInt32(AttackSigns.probePath.rawValue | AttackSigns.traversal.rawValue | AttackSigns.webShell.rawValue)

    package func tally(of sign: AttackSigns) -> Tally {
        let bit = sign.rawValue.trailingZeroBitCount
        return bit < Self.kinds ? tallies[bit] : Tally()
    }

    mutating func count(_ digest: EventDigest) {
        var signs = digest.signs & (1 << UInt32(Self.kinds) - 1)
        while signs != 0 {
            let bit = signs.trailingZeroBitCount
            signs &= signs - 1
            Self.add(&tallies[bit], digest)
        }
        if digest.signs & Self.probes != 0, AttackTries.isAnswered(digest) { answers.note(digest.bytes, shape: digest.shape) }
        agent.vote(digest.agent)
        if digest.account != 0 { account = digest.account }
    }

    private static func isAnswered(_ digest: EventDigest) -> Bool { (digest.status == 200 || digest.status == 206) && digest.bytes > 0 }

    private static func add(_ tally: inout Tally, _ digest: EventDigest) {
        tally.attempts &+= 1
        if digest.time < tally.first { (tally.first, tally.place, tally.shape) = (digest.time, LinePlace(digest), digest.shape) }
        tally.last = max(tally.last, digest.time)
        tally.bytes &+= digest.bytes
        if digest.flags.contains(.isPost) { tally.posts &+= 1 }
        if digest.status >= 500 { tally.errors &+= 1 }
        guard isAnswered(digest) else { return }
        tally.answered &+= 1
        if digest.bytes > tally.answer { (tally.answer, tally.answerShape, tally.answerPlace) = (digest.bytes, digest.shape, LinePlace(digest)) }
    }

    mutating func merge(_ other: AttackTries) {
        for kind in 0..<Self.kinds { Self.join(&tallies[kind], other.tallies[kind]) }
        agent.merge(other.agent)
        answers.merge(other.answers)
        if account == 0 { account = other.account }
    }

    private static func join(_ tally: inout Tally, _ other: Tally) {
        tally.attempts &+= other.attempts
        tally.answered &+= other.answered
        tally.errors &+= other.errors
        tally.bytes &+= other.bytes
        tally.posts &+= other.posts
        if other.first < tally.first { (tally.first, tally.place, tally.shape) = (other.first, other.place, other.shape) }
        tally.last = max(tally.last, other.last)
        if other.answer > tally.answer { (tally.answer, tally.answerShape, tally.answerPlace) = (other.answer, other.answerShape, other.answerPlace) }
    }
}
