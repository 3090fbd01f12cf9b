extension ProductNames {
    /// Aliases are in lower case: other spellings, `vendor:product` as in CPE, and what services call themselves.
    static let table: [Product] = databases + middleware + administration + servers

    private static let databases: [Product] = [
        Product(name: "postgresql", aliases: ["postgres", "postgresql:postgresql"]),
        Product(name: "mysql", aliases: ["mysql server", "oracle:mysql", "oracle:mysql_server", "mysql:mysql"]),
        Product(name: "mariadb", aliases: ["mariadb server", "mariadb:mariadb"]),
        Product(name: "redis", aliases: ["redis server", "redis:redis", "redislabs:redis"]),
        Product(name: "valkey", aliases: ["valkey-io:valkey", "lfprojects:valkey", "valkey:valkey"]),
        Product(name: "keydb", aliases: ["snap:keydb", "keydb:keydb"]),
        Product(name: "memcached", aliases: ["memcached:memcached"]),
        Product(name: "mongodb", aliases: ["mongod", "mongodb server", "mongodb:mongodb"]),
        Product(name: "elasticsearch", aliases: ["elastic:elasticsearch"], packages: ["maven/org.elasticsearch:elasticsearch"]),
        Product(name: "opensearch-dashboards", aliases: ["opensearch dashboards", "opensearch-project:opensearch_dashboards"]),
        Product(name: "opensearch", aliases: ["opensearch-project:opensearch", "amazon:opensearch"], packages: ["maven/org.opensearch:opensearch"]),
        Product(name: "kibana", aliases: ["elastic:kibana"]),
        Product(name: "solr", aliases: ["apache solr", "apache:solr"], packages: ["maven/org.apache.solr:solr-core"]),
        Product(name: "clickhouse", aliases: ["clickhouse:clickhouse", "yandex:clickhouse"]),
        Product(name: "couchdb", aliases: ["apache couchdb", "apache:couchdb"]),
        Product(name: "influxdb", aliases: ["influxdata:influxdb"], packages: ["go/github.com/influxdata/influxdb"]),
        Product(name: "cassandra", aliases: ["apache cassandra", "apache:cassandra"], packages: ["maven/org.apache.cassandra:cassandra-all"]),
        Product(name: "neo4j", aliases: ["neo4j:neo4j"], packages: ["maven/org.neo4j:neo4j"]),
        Product(name: "milvus", aliases: ["milvus:milvus", "milvus-io:milvus"], packages: ["go/github.com/milvus-io/milvus"]),
        Product(name: "qdrant", aliases: ["qdrant:qdrant"], packages: ["crates.io/qdrant"]),
        Product(name: "weaviate", aliases: ["weaviate:weaviate"], packages: ["go/github.com/weaviate/weaviate"]),
        Product(name: "chroma", aliases: ["chromadb", "trychroma:chroma"], packages: ["pypi/chromadb"]),
        Product(name: "orthanc", aliases: ["orthanc-server:orthanc"]), Product(name: "dcm4chee", aliases: ["dcm4che:dcm4chee-arc"]),
        Product(name: "dcmtk", aliases: ["offis dcmtk", "offis:dcmtk"]), Product(name: "conquest", aliases: ["conquest dicom server"]),
    ]

    private static let middleware: [Product] = [
        Product(name: "etcd", aliases: ["etcd:etcd", "etcd-io:etcd", "redhat:etcd"], packages: ["go/go.etcd.io/etcd", "go/go.etcd.io/etcd/v3"]),
        Product(name: "zookeeper", aliases: ["apache zookeeper", "apache:zookeeper"], packages: ["maven/org.apache.zookeeper:zookeeper"]),
        Product(name: "consul", aliases: ["hashicorp:consul"], packages: ["go/github.com/hashicorp/consul"]),
        Product(name: "nacos", aliases: ["alibaba:nacos"], packages: ["maven/com.alibaba.nacos:nacos-all"]),
        Product(
            name: "kafka", aliases: ["apache kafka", "apache:kafka"],
            packages: ["maven/org.apache.kafka:kafka", "maven/org.apache.kafka:kafka_2.12", "maven/org.apache.kafka:kafka_2.13"]),
        Product(name: "rabbitmq", aliases: ["rabbitmq-server", "vmware:rabbitmq", "pivotal_software:rabbitmq"]),
        Product(
            name: "activemq", aliases: ["apache activemq", "apache:activemq"],
            packages: ["maven/org.apache.activemq:activemq-broker", "maven/org.apache.activemq:apache-activemq"]),
        Product(name: "mosquitto", aliases: ["eclipse mosquitto", "eclipse:mosquitto"]), Product(name: "emqx", aliases: ["emqx:emqx"]),
        Product(
            name: "nats", aliases: ["nats-server", "nats:nats_server", "linuxfoundation:nats-server"],
            packages: ["go/github.com/nats-io/nats-server/v2"]),
        Product(name: "rocketmq", aliases: ["apache rocketmq", "apache:rocketmq"], packages: ["maven/org.apache.rocketmq:rocketmq-broker"]),
        Product(name: "dubbo", aliases: ["apache dubbo", "apache:dubbo"], packages: ["maven/org.apache.dubbo:dubbo"]),
        Product(name: "hadoop", aliases: ["apache hadoop", "apache:hadoop"], packages: ["maven/org.apache.hadoop:hadoop-common"]),
        Product(
            name: "spark", aliases: ["apache spark", "apache:spark"],
            packages: ["maven/org.apache.spark:spark-core_2.12", "maven/org.apache.spark:spark-core_2.13", "pypi/pyspark"]),
        Product(name: "flink", aliases: ["apache flink", "apache:flink"], packages: ["maven/org.apache.flink:flink-runtime"]),
        Product(name: "mirth-connect", aliases: ["mirth connect", "nextgen:mirth_connect", "mirth_connect"]),
        Product(name: "ollama", aliases: ["ollama:ollama"], packages: ["go/github.com/ollama/ollama"]),
    ]

    private static let administration: [Product] = [
        Product(name: "docker", aliases: ["docker engine", "moby", "docker:docker", "mobyproject:moby"], packages: ["go/github.com/docker/docker"]),
        Product(
            name: "docker-registry", aliases: ["distribution", "docker registry", "docker:registry"],
            packages: ["go/github.com/distribution/distribution", "go/github.com/distribution/distribution/v3"]),
        Product(name: "kubernetes", aliases: ["kubelet", "kube-apiserver", "kubernetes:kubernetes"], packages: ["go/k8s.io/kubernetes"]),
        Product(name: "prometheus", aliases: ["prometheus:prometheus"], packages: ["go/github.com/prometheus/prometheus"]),
        Product(name: "alertmanager", aliases: ["prometheus:alertmanager"], packages: ["go/github.com/prometheus/alertmanager"]),
        Product(name: "grafana", aliases: ["grafana:grafana"], packages: ["go/github.com/grafana/grafana"]),
        Product(name: "jenkins", aliases: ["jenkins:jenkins"], packages: ["maven/org.jenkins-ci.main:jenkins-core"]),
        Product(name: "gitlab", aliases: ["gitlab:gitlab"]), Product(name: "webmin", aliases: ["webmin:webmin"]),
        Product(name: "jupyter-server", aliases: ["jupyter server", "jupyter:jupyter_server"], packages: ["pypi/jupyter-server"]),
        Product(name: "phpmyadmin", aliases: ["phpmyadmin:phpmyadmin"], packages: ["packagist/phpmyadmin/phpmyadmin"]),
        Product(name: "minio", aliases: ["minio:minio"], packages: ["go/github.com/minio/minio"]),
    ]

    private static let servers: [Product] = [
        Product(name: "openssh", aliases: ["openbsd:openssh"]),
        Product(name: "dropbear", aliases: ["dropbear_ssh_project:dropbear_ssh", "dropbear ssh"]),
        Product(name: "nginx", aliases: ["f5:nginx", "nginx:nginx", "nginx:nginx_open_source", "f5:nginx_open_source"]),
        Product(name: "openresty", aliases: ["openresty:openresty"]), Product(name: "tengine", aliases: ["alibaba:tengine"]),
        Product(name: "apache", aliases: ["apache http server", "apache httpd", "httpd", "apache:http_server"]),
        Product(
            name: "tomcat", aliases: ["apache tomcat", "apache:tomcat"],
            packages: [
                "maven/org.apache.tomcat:tomcat", "maven/org.apache.tomcat:tomcat-catalina", "maven/org.apache.tomcat.embed:tomcat-embed-core",
            ]),
        Product(name: "jetty", aliases: ["eclipse:jetty"], packages: ["maven/org.eclipse.jetty:jetty-server"]),
        Product(name: "glassfish", aliases: ["eclipse:glassfish", "oracle:glassfish_server"]),
        Product(name: "squid", aliases: ["squid-cache:squid"]), Product(name: "samba", aliases: ["samba:samba"]),
        Product(name: "vsftpd", aliases: ["beasts:vsftpd", "vsftpd_project:vsftpd"]), Product(name: "proftpd", aliases: ["proftpd:proftpd"]),
        Product(name: "pure-ftpd", aliases: ["pureftpd:pure-ftpd"]), Product(name: "rsync", aliases: ["samba:rsync"]),
        Product(name: "openldap", aliases: ["slapd", "openldap:openldap"]),
        Product(name: "exim", aliases: ["exim:exim"]), Product(name: "postfix", aliases: ["postfix:postfix"]),
    ]
}
