/// Whether an attack came through, as far as an access log can tell.
package enum AttackSuccess {
    /// What usually comes back from the same path (ids taken out) when nobody attacks it.
    package struct Usual: Sendable {
        /// Bytes of most responses of status 2xx, from a low to a high quantile (such as 5 % and 95 %).
        package var bytes: ClosedRange<Int64>
        /// How many responses that rests on.
        package var responses: Int

        package init(bytes: ClosedRange<Int64>, responses: Int) { (self.bytes, self.responses) = (bytes, responses) }

        fileprivate var isKnown: Bool { responses >= AttackSuccess.fewest }
    }

    /// Responses below which nothing is usual.
    package static let fewest = 20

    /// True only where the evidence says so; false means not shown, not failed.
    ///
    /// - Never for 1xx, 3xx, 4xx, for no status, and for tries without a body (HEAD, OPTIONS).
    /// - Traversal to a file, inclusion, and what is asked for but forgotten there (``AttackSigns/probePath``): 200 or 206 with a body, unless the
    ///   path answers everybody with the same (`usual` holds the size): single-page applications answer 200 to anything.
    /// - Web shell: 200 with a body at the script itself, or 201 or 204 to a PUT. The same reservation.
    /// - SQL injection and commands: 200, and the body is at least half as large again as what is usual, with at least 256 bytes more. Blind
    /// injection
    ///   shows in time only, and isn't claimed.
    /// - 500 says that the server was disturbed by it, which is no success.
    /// - Scripting works in another's browser, look-ups (JNDI) and templates show in no size: never claimed. Scanners and consoles neither.
    ///
    /// - Parameters:
    ///   - bytes: of the response; -1 when the log doesn't say: then nothing is claimed.
    ///   - usual: of this path; nil when it isn't known. What rests on size then isn't claimed.
    ///   - site: what the site answers with to paths it doesn't know, by the sizes of its other answers to the same visitor's probes: see
    ///     ``ProbeAnswers``; nil when it isn't known.
    package static func likelySucceeded(
        _ signs: AttackSigns, method: AttackMethod, status: UInt16, bytes: Int64, usual: Usual? = nil, site: ProbeAnswers? = nil
    ) -> Bool {
        guard (200..<300).contains(status), method != .withoutBody else { return false }
        if signs.contains(.webShell), method == .put, status == 201 || status == 204 { return true }
        guard status == 200 || status == 206, bytes > 0 else { return false }
        if !signs.isDisjoint(with: [.traversal, .fileInclusion, .probePath, .webShell]) {
            let isUsual = usual.map { $0.isKnown && $0.bytes.contains(bytes) } ?? false
            let isForAll = site.map { $0.isAnswerToAnything(bytes) } ?? false
            if !isUsual, !isForAll { return true }
        }
        guard !signs.isDisjoint(with: [.sqlInjection, .commandInjection]), let usual, usual.isKnown else { return false }
        let high = usual.bytes.upperBound
        return bytes >= 256 && bytes - 256 >= high && bytes - high >= high / 2
    }
}

package enum AttackMethod: Sendable {
    case withBody, withoutBody, put

    /// - Parameter method: as sent.
    package init(_ method: UnsafeRawBufferPointer) {
        if method.has("head", at: 0) || method.has("options", at: 0) || method.has("trace", at: 0) {
            self = .withoutBody
        } else if method.has("put", at: 0) || method.has("move", at: 0) || method.has("copy", at: 0) {
            self = .put
        } else {
            self = .withBody
        }
    }
}

/// The sizes that a site answered one visitor's probes with, in a few bytes: a size that comes again and again for different paths is the page
/// that the site has for everything, and no find.
package struct ProbeAnswers: Sendable {
    private var sizes = SIMD4<Int64>(repeating: -1)
    private var counts = SIMD4<UInt16>(repeating: 0)

    /// Answers of one size from which on it is the page for everything.
    package static let fewest: UInt16 = 3
    /// Such pages differ by the path that they repeat.
    private static let tolerance: Int64 = 64

    package init() {}

    /// Notes an answer of status 200 to a probe.
    package mutating func note(_ bytes: Int64) {
        guard bytes >= 0 else { return }
        if let place = place(of: bytes) {
            if counts[place] < .max { counts[place] += 1 }
            return
        }
        // The rarest makes place.
        var rarest = 0
        for index in 1..<4 where counts[index] < counts[rarest] { rarest = index }
        (sizes[rarest], counts[rarest]) = (bytes, 1)
    }

    package func isAnswerToAnything(_ bytes: Int64) -> Bool { place(of: bytes).map { counts[$0] >= Self.fewest } ?? false }

    private func place(of bytes: Int64) -> Int? {
        for index in 0..<4 where sizes[index] >= 0 && bytes >= 0 && max(sizes[index], bytes) - min(sizes[index], bytes) <= Self.tolerance {
            return index
        }
        return nil
    }
}
