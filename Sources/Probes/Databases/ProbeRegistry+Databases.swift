extension ProbeRegistry {
    static let databases: [any Probe.Type] = [
        RedisProbe.self, MemcachedProbe.self, PostgreSQLProbe.self, MongoDBProbe.self, MySQLProbe.self, SQLServerProbe.self, OracleProbe.self,
        CassandraProbe.self, ClickHouseProbe.self, Neo4jProbe.self, ElasticsearchTransportProbe.self, DamengProbe.self,
    ]
}
