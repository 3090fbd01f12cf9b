/// One of the servers that a scan is tried on.
package struct ScannedServerKind: Sendable, CustomStringConvertible {
    package let name: String
    package let variants: [ServerVariant]
    /// Whether a test can change it.
    package let isChangeable: Bool
    private let start: @Sendable (ServerVariant, (any ScannedServer) async throws -> Void) async throws -> Void

    package var description: String { name }

    package func with(_ variant: ServerVariant, _ body: (any ScannedServer) async throws -> Void) async throws { try await start(variant, body) }

    private init<Server: ScannedServer>(_ name: String, _ type: Server.Type, _ variants: [ServerVariant] = [.open, .authenticated]) {
        self.name = name
        self.variants = variants
        isChangeable = Server.self is any ChangeableServer.Type
        start = { variant, body in try await Server.with(variant) { try await body($0) } }
    }

    package static let all = [
        ScannedServerKind("PostgreSQL", PostgreSQLServer.self),
        ScannedServerKind("MariaDB", MariaDBServer.self, ServerVariant.allCases),
        ScannedServerKind("Redis", RedisServer.self, ServerVariant.allCases),
        ScannedServerKind("Memcached", MemcachedServer.self),
        ScannedServerKind("InfluxDB", InfluxDBServer.self),
        ScannedServerKind("etcd", EtcdServer.self, ServerVariant.allCases),
        ScannedServerKind("ZooKeeper", ZooKeeperServer.self),
        ScannedServerKind("RabbitMQ", RabbitMQServer.self),
        ScannedServerKind("Mosquitto", MosquittoServer.self, ServerVariant.allCases),
        ScannedServerKind("NATS", NATSServer.self, ServerVariant.allCases),
        ScannedServerKind("Docker registry", RegistryServer.self, ServerVariant.allCases),
        ScannedServerKind("Prometheus", PrometheusServer.self),
        ScannedServerKind("nginx", NginxServer.self, ServerVariant.allCases),
        ScannedServerKind("Tomcat", TomcatServer.self),
        ScannedServerKind("Squid", SquidServer.self),
        ScannedServerKind("slapd", SlapdServer.self, ServerVariant.allCases),
        ScannedServerKind("vsftpd", VsftpdServer.self),
        ScannedServerKind("rsync", RsyncServer.self),
        ScannedServerKind("Samba", SambaServer.self),
        ScannedServerKind("TigerVNC", VNCServer.self),
        ScannedServerKind("snmpd", SNMPServer.self),
        ScannedServerKind("Orthanc", OrthancServer.self),
        ScannedServerKind("dcmqrscp", DICOMArchiveServer.self),
    ]
}
