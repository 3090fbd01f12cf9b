/// The ports that are looked at when a host names none, and what usually listens there.
///
/// Numbers follow the IANA registry or, where a product never registered one, the product's own default.
package enum KnownPorts {
    /// In rising order of port.
    package static let all: [(port: UInt16, service: Service)] = table.sorted { $0.port < $1.port }

    /// Nil for a port that isn't in the list.
    package static func service(on port: UInt16) -> Service? { byPort[port] }

    private static let byPort = Dictionary(table.map { ($0.port, $0.service) }) { first, _ in first }

    private static let table: [(port: UInt16, service: Service)] = data + middleware + admin + web

    private static let data: [(port: UInt16, service: Service)] = [
        (104, .dicom),
        (111, .nfs),
        (389, .ldap),
        (445, .smb),
        (636, .ldap),
        (873, .rsync),
        (1433, .sqlServer),
        (1521, .oracle),
        (2049, .nfs),
        (2484, .oracle),
        (2575, .hl7),
        (2881, .oceanBase),
        (3306, .mySQL),
        (4242, .dicom),
        (5236, .dameng),
        (5432, .postgreSQL),
        (5433, .postgreSQL),
        (5984, .couchDB),
        (6379, .redis),
        (6380, .redis),
        (7474, .neo4j),
        (7687, .neo4j),
        (8042, .orthanc),
        (8086, .influxDB),
        (8123, .clickHouse),
        (8983, .solr),
        (9030, .doris),
        (9042, .cassandra),
        (9200, .elasticsearch),
        (9201, .elasticsearch),
        (9300, .elasticsearchTransport),
        (11112, .dicom),
        (11211, .memcached),
        (19530, .milvus),
        (27017, .mongoDB),
        (27018, .mongoDB),
        (27019, .mongoDB),
        (33060, .mySQLX),
        (50000, .db2),
        (54321, .kingbase),
    ]

    private static let middleware: [(port: UInt16, service: Service)] = [
        (1883, .mqtt),
        (2181, .zooKeeper),
        (2379, .etcd),
        (4369, .erlangPortMapper),
        (4848, .glassFish),
        (5672, .rabbitMQ),
        (7001, .webLogic),
        (8009, .ajp),
        (8161, .activeMQ),
        (8500, .consul),
        (8848, .nacos),
        (9092, .kafka),
        (9848, .nacos),
        (9876, .rocketMQ),
        (20880, .dubbo),
        (50070, .hdfs),
        (61616, .activeMQ),
    ]

    private static let admin: [(port: UInt16, service: Service)] = [
        (21, .ftp),
        (22, .ssh),
        (23, .telnet),
        (135, .windowsRPC),
        (512, .rexec),
        (513, .rlogin),
        (2375, .docker),
        (2376, .docker),
        (3389, .rdp),
        (5005, .jdwp),
        (5601, .kibana),
        (5900, .vnc),
        (5985, .winRM),
        (5986, .winRM),
        (6443, .kubernetes),
        (8088, .yarn),
        (9090, .prometheus),
        (10000, .webmin),
        (10250, .kubelet),
        (15672, .rabbitMQManagement),
    ]

    /// Ports of products that speak HTTP, and those where anything that does may be found.
    private static let web: [(port: UInt16, service: Service)] = [
        (80, .http),
        (81, .http),
        (443, .http),
        (2380, .etcd),
        (3000, .grafana),
        (4040, .spark),
        (5000, .dockerRegistry),
        (5001, .dockerRegistry),
        (6333, .qdrant),
        (7070, .http),
        (8000, .chroma),
        (8001, .kong),
        (8008, .http),
        (8080, .http),
        (8081, .flink),
        (8082, .http),
        (8083, .http),
        (8089, .http),
        (8090, .http),
        (8181, .http),
        (8443, .http),
        (8501, .consul),
        (8888, .jupyter),
        (9000, .minIO),
        (9001, .minIO),
        (9091, .milvus),
        (9093, .alertmanager),
        (9443, .http),
        (9870, .hdfs),
        (9871, .hdfs),
        (10255, .kubelet),
        (11434, .ollama),
        (15671, .rabbitMQManagement),
        (18080, .spark),
    ]
}
