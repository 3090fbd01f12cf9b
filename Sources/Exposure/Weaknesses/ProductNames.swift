package import Probes

/// Which names mean the same product: a declared table, so that no two products are taken for one because their names look alike.
package enum ProductNames {
    /// One product: the name that it goes by here, what lists and services call it, and the packages that hold it, as `ecosystem/name`.
    struct Product {
        var name: String
        var aliases: [String] = []
        var packages: [String] = []
    }

    /// The product that a service's reading names; nil when the service alone doesn't say it (SSH, SMB, HTTP).
    package static func product(of reading: ServiceReading) -> String? {
        if let product = reading.product { return name(product) ?? folded(product) }
        if reading.service == .mySQL { return isMariaDB(reading.version) ? "mariadb" : "mysql" }
        return products[reading.service.id]
    }

    /// The product that a table's row names: `redis`, `PostgreSQL`, `postgresql:postgresql`, `cpe:2.3:a:openbsd:openssh:…`; its own name when it
    /// isn't in the table.
    static func product(row: String) -> String {
        var text = folded(row)
        if text.hasPrefix("cpe:2.3:") || text.hasPrefix("cpe:/") {
            let parts = text.dropFirst(text.hasPrefix("cpe:/") ? "cpe:/".utf8.count : "cpe:2.3:".utf8.count).split(
                separator: ":", omittingEmptySubsequences: false)
            if parts.count >= 3 { text = "\(parts[1]):\(parts[2])" }
        }
        return name(text) ?? text
    }

    /// The product that a package of an ecosystem holds; nil for all but the declared ones: npm's `redis` is a client.
    static func product(ecosystem: String, package: String) -> String? { packaged["\(ecosystem.lowercased())/\(package.lowercased())"] }

    /// True where versions count a distribution's builds, not the maker's: `Debian:12`, `Alpine:v3.20`.
    static func isDistribution(ecosystem: String) -> Bool {
        distributions.contains(String(ecosystem.lowercased().prefix { $0 != ":" }))
    }

    private static func name(_ text: String) -> String? { named[folded(text)] }

    private static func folded(_ text: String) -> String { text.lowercased().split(separator: " ").joined(separator: " ") }

    /// MariaDB puts its name into its version; what doesn't is MySQL, or names itself as `8.0.11-TiDB-v7.5.1`, which is no version of MySQL's.
    private static func isMariaDB(_ version: String?) -> Bool { version?.lowercased().contains("mariadb") ?? false }

    private static let named: [String: String] = {
        var names: [String: String] = [:]
        for product in table { for alias in [product.name] + product.aliases { names[alias] = product.name } }
        return names
    }()

    private static let packaged: [String: String] = {
        var names: [String: String] = [:]
        for product in table {
            for package in product.packages { names[package] = product.name }
            // Bitnami's feed names products by the names that they go by here.
            names["bitnami/\(product.name)"] = product.name
        }
        return names
    }()

    private static let distributions: Set<String> = [
        "alma linux", "almalinux", "alpaquita", "alpine", "azure linux", "bellsoft hardened containers", "chainguard", "debian", "echo", "freebsd",
        "mageia", "minimos",
        "openeuler", "opensuse", "photon os", "red hat", "rocky linux", "root", "suse", "ubuntu", "wolfi",
    ]

    /// Services whose id is a product.
    private static let products: [String: String] = [
        "activemq": "activemq", "alertmanager": "alertmanager", "cassandra": "cassandra", "chroma": "chroma", "clickhouse": "clickhouse",
        "consul": "consul", "couchdb": "couchdb", "dcm4chee": "dcm4chee", "docker": "docker", "docker-registry": "docker-registry", "dubbo": "dubbo",
        "elasticsearch": "elasticsearch", "etcd": "etcd", "flink": "flink", "gitlab": "gitlab", "glassfish": "glassfish", "grafana": "grafana",
        "hdfs": "hadoop", "influxdb": "influxdb", "jenkins": "jenkins", "jupyter": "jupyter-server", "kafka": "kafka", "kibana": "kibana",
        "kubelet": "kubernetes", "kubernetes": "kubernetes", "memcached": "memcached", "milvus": "milvus", "minio": "minio", "mirth": "mirth-connect",
        "mongodb": "mongodb", "nacos": "nacos", "nats": "nats", "neo4j": "neo4j", "ollama": "ollama", "orthanc": "orthanc",
        "phpmyadmin": "phpmyadmin",
        "postgresql": "postgresql", "prometheus": "prometheus", "qdrant": "qdrant", "rabbitmq": "rabbitmq", "rabbitmq-management": "rabbitmq",
        "redis": "redis", "rocketmq": "rocketmq", "rsync": "rsync", "solr": "solr", "spark": "spark", "tomcat-manager": "tomcat",
        "weaviate": "weaviate",
        "webmin": "webmin", "yarn": "hadoop", "zookeeper": "zookeeper",
    ]
}
