/// What listens on a port, as far as it matters to an assessment.
package struct Service: Hashable, Sendable {
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

    /// A proper name, the same in every language: `PostgreSQL`.
    package let name: String
    package let kind: Class

    package init(_ name: String, _ kind: Class) {
        self.name = name
        self.kind = kind
    }
}

extension Service {
    package static let postgreSQL = Service("PostgreSQL", .data)
    package static let mySQL = Service("MySQL/MariaDB", .data)
    package static let redis = Service("Redis", .data)
    package static let mongoDB = Service("MongoDB", .data)
    package static let elasticsearch = Service("Elasticsearch", .data)
    package static let memcached = Service("Memcached", .data)
    package static let ssh = Service("SSH", .admin)
    package static let http = Service("HTTP", .other)
}
