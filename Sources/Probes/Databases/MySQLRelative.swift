/// Which of the servers that speak MySQL's protocol this is, by the version in its greeting.
struct MySQLRelative {
    let service: Service
    /// Nil for MySQL itself, and for whoever passes for it.
    let product: String?

    init(greeting: String) {
        let text = greeting.lowercased()
        // Doris and its kin greet as 5.7.99; MySQL 5.7 ended at 44.
        let found = text == "5.7.99" ? "Doris" : Self.marks.first { text.contains($0.mark) }?.product
        product = found
        switch found {
        case "OceanBase": service = .oceanBase
        case "Doris", "StarRocks": service = .doris
        default: service = .mySQL
        }
    }

    private static let marks = [
        (mark: "oceanbase", product: "OceanBase"), (mark: "tidb", product: "TiDB"), (mark: "-tddl-", product: "PolarDB-X"),
        (mark: "polardb", product: "PolarDB"), (mark: "txsql", product: "TDSQL"), (mark: "mysql_aurora", product: "Aurora MySQL"),
        (mark: "doris", product: "Doris"), (mark: "starrocks", product: "StarRocks"), (mark: "matrixone", product: "MatrixOne"),
        (mark: "vitess", product: "Vitess"), (mark: "proxysql", product: "ProxySQL"), (mark: "mycat", product: "Mycat"),
        (mark: "shardingsphere", product: "ShardingSphere-Proxy"), (mark: "mariadb", product: "MariaDB"),
    ]
}
