/// The ports that are looked at when a host names none, and what usually listens there.
///
/// Numbers follow the IANA registry or, where a product never registered one, the product's own default.
package enum KnownPorts {
    /// In rising order of port.
    package static let all: [(port: UInt16, service: Service)] = table.sorted { $0.port < $1.port }

    /// Nil for a port that isn't in the list.
    package static func service(on port: UInt16) -> Service? { byPort[port] }

    private static let byPort = Dictionary(table.map { ($0.port, $0.service) }) { first, _ in first }

    private static let table: [(port: UInt16, service: Service)] = data + middleware + admin

    private static let data: [(port: UInt16, service: Service)] = [
        (104, Service("DICOM", .data)),
        (111, Service("NFS (portmapper)", .data)),
        (389, Service("LDAP", .data)),
        (445, Service("SMB", .data)),
        (636, Service("LDAPS", .data)),
        (873, Service("rsync", .data)),
        (1433, Service("SQL Server", .data)),
        (1521, Service("Oracle", .data)),
        (2049, Service("NFS", .data)),
        (2484, Service("Oracle", .data)),
        (2575, Service("HL7 MLLP", .data)),
        (2881, Service("OceanBase", .data)),
        (3306, .mySQL),
        (4242, Service("DICOM", .data)),
        (5236, Service("达梦 DM", .data)),
        (5432, .postgreSQL),
        (5433, .postgreSQL),
        (5984, Service("CouchDB", .data)),
        (6379, .redis),
        (6380, .redis),
        (7474, Service("Neo4j", .data)),
        (7687, Service("Neo4j", .data)),
        (8042, Service("Orthanc", .data)),
        (8086, Service("InfluxDB", .data)),
        (8123, Service("ClickHouse", .data)),
        (8983, Service("Solr", .data)),
        (9030, Service("Doris", .data)),
        (9042, Service("Cassandra", .data)),
        (9200, .elasticsearch),
        (9201, .elasticsearch),
        (9300, Service("Elasticsearch transport", .data)),
        (11112, Service("DICOM", .data)),
        (11211, .memcached),
        (19530, Service("Milvus", .data)),
        (27017, .mongoDB),
        (27018, .mongoDB),
        (27019, .mongoDB),
        (33060, Service("MySQL X", .data)),
        (50000, Service("Db2", .data)),
        (54321, Service("人大金仓 KingbaseES", .data)),
    ]

    private static let middleware: [(port: UInt16, service: Service)] = [
        (1883, Service("MQTT", .middleware)),
        (2181, Service("ZooKeeper", .middleware)),
        (2379, Service("etcd", .middleware)),
        (4369, Service("Erlang port mapper", .middleware)),
        (4848, Service("GlassFish", .middleware)),
        (5672, Service("AMQP", .middleware)),
        (7001, Service("WebLogic", .middleware)),
        (8009, Service("AJP", .middleware)),
        (8161, Service("ActiveMQ", .middleware)),
        (8500, Service("Consul", .middleware)),
        (8848, Service("Nacos", .middleware)),
        (9092, Service("Kafka", .middleware)),
        (9848, Service("Nacos", .middleware)),
        (9876, Service("RocketMQ", .middleware)),
        (20880, Service("Dubbo", .middleware)),
        (50070, Service("HDFS", .middleware)),
        (61616, Service("ActiveMQ", .middleware)),
    ]

    private static let admin: [(port: UInt16, service: Service)] = [
        (21, Service("FTP", .admin)),
        (22, .ssh),
        (23, Service("Telnet", .admin)),
        (135, Service("Windows RPC", .admin)),
        (512, Service("rexec", .admin)),
        (513, Service("rlogin", .admin)),
        (2375, Service("Docker", .admin)),
        (2376, Service("Docker", .admin)),
        (3389, Service("RDP", .admin)),
        (5005, Service("JDWP", .admin)),
        (5601, Service("Kibana", .admin)),
        (5900, Service("VNC", .admin)),
        (5985, Service("WinRM", .admin)),
        (5986, Service("WinRM", .admin)),
        (6443, Service("Kubernetes", .admin)),
        (8088, Service("YARN", .admin)),
        (9090, Service("Prometheus", .admin)),
        (10000, Service("Webmin", .admin)),
        (10250, Service("kubelet", .admin)),
        (15672, Service("RabbitMQ management", .admin)),
    ]
}
