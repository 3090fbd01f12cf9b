extension ProbeRegistry {
    static let databases: [any Probe.Type] = [RedisProbe.self, MemcachedProbe.self, PostgreSQLProbe.self, MongoDBProbe.self, MySQLProbe.self]
}
