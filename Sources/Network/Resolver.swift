import Dispatch
import Glibc

extension Scope {
    /// Resolves `host` (a name, or an address in any spelling) and returns what the scope permits of it, IPv4 first.
    ///
    /// No query leaves this machine for a name that could not be permitted anyway: with no network in scope, only listed names are resolved.
    /// - Throws: ``ScopeError``.
    package func resolve(host: String, port: UInt16) async throws(ScopeError) -> [PermittedAddress] {
        let name = Scope.normalised(host)
        let addresses = try await addresses(of: host)
        let permitted = addresses.compactMap { permit($0, port: port, host: name) }
        guard !permitted.isEmpty else { throw .outOfScope(host: host, address: addresses.first) }
        return permitted
    }

    /// All that `host` stands for, in scope or not, IPv4 first; nothing of it is contacted by this.
    /// - Throws: ``ScopeError``; also for a name that could not be permitted anyway: no query leaves this machine for it.
    package func addresses(of host: String) async throws(ScopeError) -> [IPAddress] {
        let name = Scope.normalised(host)
        if let literal = IPAddress(name) { return [literal] }
        guard !networks.isEmpty || permits(name: name) else { throw .outOfScope(host: host, address: nil) }
        let addresses = await Resolver.addresses(of: name)
        guard !addresses.isEmpty else { throw .unresolvable(host: host) }
        return addresses
    }
}

enum Resolver {
    /// The addresses of a name through the system's resolver (hosts file, DNS), without repeats, IPv4 first; empty when there is none.
    static func addresses(of name: String) async -> [IPAddress] {
        await withCheckedContinuation { continuation in
            // getaddrinfo blocks: it must not hold a thread of the cooperative pool.
            DispatchQueue.global().async { continuation.resume(returning: blockingAddresses(of: name)) }
        }
    }

    private static func blockingAddresses(of name: String) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var found: Set<IPAddress> = []
        for entry in sequence(first: list, next: { $0?.pointee.ai_next }) {
            guard let entry, let raw = entry.pointee.ai_addr else { continue }
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            guard getnameinfo(raw, entry.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0 else { continue }
            let address = String(decoding: text.prefix { $0 != 0 && $0 != 0x25 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if let address = IPAddress(address) { found.insert(address) }
        }
        return found.sorted()
    }
}
