import Foundation
import Glibc

/// How many sockets may be open at once: running out of descriptors would look like closed ports.
struct DescriptorLimit {
    /// For connections that look for open ports.
    let window: Int
    /// For conversations with services.
    let conversations: Int

    /// What the rest of the program may still open: files, databases, the event loops.
    private static let reserve = 16
    /// What one conversation opens at most at once: the examination of TLS.
    private static let each = 6

    /// Raises the soft limit as far as the hard limit lets it, and shares out what is left of it.
    init(window: Int, conversations: Int) {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            (self.window, self.conversations) = (min(window, 64), min(conversations, 16))
            return
        }
        let inUse = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 64
        let wanted = rlim_t(window + Self.each * conversations + inUse + Self.reserve)
        if limit.rlim_cur < wanted {
            var raised = limit
            raised.rlim_cur = min(wanted, limit.rlim_max)
            if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { limit = raised }
        }
        let free = max(8, Int(min(limit.rlim_cur, wanted)) - inUse - Self.reserve)
        self.conversations = max(1, min(conversations, free / (2 * Self.each)))
        self.window = max(4, min(window, free - Self.each * self.conversations))
    }
}
