/// What a scan may ask of each kind of server: requests that change nothing by the protocol's own definition. Each is a whole entry of the server's
/// command log.
enum HarmlessCommands {
    /// Entries that are none of these.
    static func others(_ log: [String], of kind: String) throws -> [String] {
        let allowed = try (patterns[kind] ?? []).map { try Regex($0) }
        return try log.filter { entry in try !allowed.contains { try $0.wholeMatch(in: entry) != nil } }
    }

    /// The safe methods (RFC 9110, 9.2.1).
    private static let http = #"(GET|HEAD|OPTIONS) \S*"#

    private static let patterns: [String: [String]] = [
        "PostgreSQL": ["connection authorized", "(?i)(SELECT|SHOW) [^;]*;?"],
        "MariaDB": ["Connect", "Quit ", "Ping ", "Statistics ", "(?i)Query (SELECT|SHOW) [^;]*"],
        "Redis": ["ping", "info", "dbsize", "hello", "role", "time", "config\\|get", "acl\\|whoami", "command.*", "quit"],
        // What Redis is asked first, which Memcached answers with an error.
        "Memcached": ["version", "stats( [a-z]+)?", "quit", #"[*$]\d+"#, "DBSIZE"],
        "InfluxDB": [http],
        "etcd": [#"/etcdserverpb\.(KV/Range|Maintenance/(Status|Hash|HashKV)|Cluster/MemberList|Lease/LeaseLeases)"#],
        "ZooKeeper": ["createSession", "closeSession", "ping", "(getChildren2?|exists|getData|getACL) .*"],
        // This one of the management interface's GETs declares a queue.
        "RabbitMQ": [#"(GET|HEAD|OPTIONS) (?!/api/aliveness-test)\S*"#, "AMQP connection"],
        "Mosquitto": ["CONNECT", "SUBSCRIBE", "UNSUBSCRIBE", "PINGREQ", "DISCONNECT"],
        "NATS": ["CONNECT", "PING", "PONG"],
        "Docker registry": [http],
        // Handlers and statuses. What changes something is /-/reload, /-/quit and /api/v1/admin.
        "Prometheus": [
            #"(/|/(metrics|graph|targets|config|status|version|flags|rules|alerts)|/-/(ready|healthy)|/api/v1/(?!admin)\S*|/classic/\S*) \d+"#
        ],
        "nginx": [http],
        // The manager also starts, stops and removes applications by GET.
        "Tomcat": [
            #"(GET|HEAD|OPTIONS) (?!/(host-)?manager/)\S*"#, #"(GET|HEAD) /(host-)?manager/((html|text)(/list|/serverinfo|/)?|status\S*)?(\?.*)?"#,
        ],
        "Squid": [http, #"CONNECT \S+"#],
        "slapd": [#"BIND dn="" .*"#, "BIND anonymous.*", "SRCH .*", "UNBIND.*", "STARTTLS.*", "WHOAMI.*"],
        "vsftpd": ["USER anonymous", "PASS .*", "AUTH (TLS|SSL)", "FEAT", "SYST", "HELP", "NOOP", "PWD", "QUIT"],
        "rsync": [
            "rsyncd version .*", "connect", "module-list request", #"rsync allowed access on module \S+"#, #"auth failed on module \S+"#,
            #"unknown module \S+( tried)?"#, "rsync: .*", "rsync error: .*",
        ],
        // WRITE goes to a named pipe, as a call that lists the shares does; that no file changed, the snapshot shows.
        "Samba": [
            "NEGPROT", "SESSSETUP", "LOGOFF", "TCON", "TDIS", "CREATE", "CLOSE", "READ", "WRITE", "IOCTL", "QUERY_DIRECTORY", "GETINFO", "KEEPALIVE",
        ],
        "TigerVNC": [
            "reading protocol version", #"Client needs protocol version [0-9.]+"#, "processing security( type| result| failure)? message",
            #"Client requests security type \S+"#, "Client uses unofficial protocol version .*",
            "reading client initialisation", "Server default pixel format .*",
        ],
        "snmpd": ["(1|2c|3) (GET|GET-NEXT|GET-BULK)"],
        "Orthanc": [http, "C-ECHO"],
        "dcmqrscp": ["association", "C-ECHO"],
    ]
}
