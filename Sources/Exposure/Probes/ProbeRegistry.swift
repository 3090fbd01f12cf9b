/// Every protocol that can be proven, each in a file of its own. To add one: write the probe, name it here.
package enum ProbeRegistry {
    /// In the order in which they are tried on a port whose service is unknown: lines of text
    /// come first, for most services answer them at once, if only with an error; Memcached waits for the end of a line for ever.
    package static let all: [any Probe.Type] = [
        RedisProbe.self, ElasticsearchProbe.self, MemcachedProbe.self, PostgreSQLProbe.self, MongoDBProbe.self, MySQLProbe.self,
    ]

    /// Nil when the service's protocol isn't among those that can be proven.
    package static func probe(for service: Service) -> (any Probe.Type)? { all.first { $0.service == service } }
}
