/// What listens on a port, as far as it matters to an assessment. Two are the same when their ids are.
package struct Service: Sendable {
    package enum Class: String, Hashable, Sendable {
        /// Holds records: databases, caches, search, file shares.
        case data
        /// Moves records or decides who gets them: brokers, coordination, configuration, job schedulers.
        case middleware
        /// Administers a machine, a cluster or a product.
        case admin
        /// Anything else: nothing that a finding could rest on.
        case other
    }

    /// For programs: `postgresql`, `docker-registry`.
    package let id: String
    /// A proper name, the same in every language: `PostgreSQL`.
    package let name: String
    package let kind: Class

    package init(_ id: String, _ name: String, _ kind: Class) {
        self.id = id
        self.name = name
        self.kind = kind
    }
}

extension Service: Hashable {
    package static func == (left: Service, right: Service) -> Bool { left.id == right.id }
    package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
