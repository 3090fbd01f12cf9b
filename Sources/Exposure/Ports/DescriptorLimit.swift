import Glibc

/// How many sockets may be open at once.
enum DescriptorLimit {
    /// What the rest of the program needs: files, databases, the event loops.
    private static let reserve: rlim_t = 192

    /// Raises the soft limit towards what `wanted` sockets need, as far as the hard limit lets it, and returns how many may be open:
    /// running out of descriptors would look like closed ports.
    static func window(wanted: Int) -> Int {
        let wanted = max(1, wanted)
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return min(wanted, 64) }
        let needed = rlim_t(wanted) + reserve
        if limit.rlim_cur < needed {
            var raised = limit
            raised.rlim_cur = min(needed, limit.rlim_max)
            if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { limit = raised }
        }
        guard limit.rlim_cur < needed else { return wanted }
        return max(4, Int(limit.rlim_cur) - Int(reserve))
    }
}
